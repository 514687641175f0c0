"""A page that was read as the markup that engines answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writetex_desktop.core.formats.page import Figure, Grid
from writetex_desktop.core.formats.page_text import markup_of, table_of
from writetex_desktop.core.formats.table import format_latex
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Mode

if TYPE_CHECKING:
    from writetex_desktop.core.pages.places import ReadPage


def page_markup(page: ReadPage, mode: Mode) -> str:
    """Write a page as text, or its tables alone as LaTeX; empty where there is nothing.

    Figures are no text, and furniture only belongs to the paper.
    """
    blocks = [placed.block for placed in page.blocks if not isinstance(placed.block, Figure)]
    grids = [block for block in blocks if isinstance(block, Grid)]
    if mode is Mode.TABLE and grids:
        return "\n\n".join(format_latex(table_of(grid)) for grid in grids)
    return markup_of(blocks)


def doubts_told(doubtful: int, count: int) -> str:
    """Say how many formulas of a page are to be looked at."""
    return (
        tr("{doubtful} of {count} formulas are uncertain: check them.", doubtful=doubtful, count=count)
        if count > 1
        else tr("The formula is uncertain: check it.")
    )
