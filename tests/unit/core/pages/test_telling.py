"""What a page turned out to be."""

import pytest

from writetex_desktop.core.formats.page import Block, Figure, Grid, Paragraph, Role, Words
from writetex_desktop.core.pages.places import Placed, ReadPage
from writetex_desktop.core.pages.telling import page_markup, page_mode
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.reading.recognition import Mode

CELL = (Words("1"),)
GRID = Grid(((CELL, CELL), (CELL, CELL)))
TEXT = Paragraph((Words("It is so."),))
NUMBER = Paragraph((Words("7"),), role=Role.FURNITURE)


@pytest.mark.parametrize(
    ("blocks", "asked", "mode"),
    [
        ((GRID,), Mode.FORMULA, Mode.TABLE),
        ((GRID, NUMBER, Figure("a.png")), Mode.FORMULA, Mode.TABLE),
        ((GRID, TEXT), Mode.FORMULA, Mode.TEXT),
        ((GRID,), Mode.TEXT, Mode.TEXT),
        ((GRID, TEXT), Mode.TABLE, Mode.TABLE),
        ((TEXT,), Mode.TABLE, Mode.TEXT),
        ((), Mode.FORMULA, Mode.TEXT),
    ],
)
def test_a_page_is_what_it_holds(blocks: tuple[Block, ...], asked: Mode, mode: Mode) -> None:
    page = ReadPage(100, 100, tuple(Placed(block, Box(0, 0, 9, 9)) for block in blocks))
    assert page_mode(page, asked) is mode
    assert page_markup(page, mode).startswith("\\begin{tabular}") == (mode is Mode.TABLE)
