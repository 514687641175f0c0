"""A page that was read as the markup that engines answer with."""

from __future__ import annotations

from writetex_desktop.core.formats.page import Figure, Grid, Paragraph, Role, Words
from writetex_desktop.core.formats.page_text import markup_of, table_of
from writetex_desktop.core.formats.table import format_latex
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pages.places import ReadPage
from writetex_desktop.core.pages.vocabulary import CHINESE
from writetex_desktop.core.reading.recognition import Mode

FEWEST_WORDS = 3
"""Words that are text and no label of a formula."""


def page_markup(page: ReadPage, mode: Mode) -> str:
    """Write a page as text, or its tables alone as LaTeX; empty where there is nothing.

    Figures are no text, and furniture only belongs to the paper.
    """
    blocks = [placed.block for placed in page.blocks if not isinstance(placed.block, Figure)]
    grids = [block for block in blocks if isinstance(block, Grid)]
    if mode is Mode.TABLE and grids:
        return "\n\n".join(format_latex(table_of(grid)) for grid in grids)
    return markup_of(blocks)


def page_mode(page: ReadPage, asked: Mode) -> Mode:
    """Say what a page turned out to be: what was asked for, a table where there is nothing else, or text."""
    told = [
        placed.block
        for placed in page.blocks
        if not isinstance(placed.block, Figure)
        and not (isinstance(placed.block, Paragraph) and placed.block.role is Role.FURNITURE)
    ]
    grids = sum(isinstance(block, Grid) for block in told)
    is_table = grids > 0 if asked is Mode.TABLE else grids == len(told) > 0 and asked is not Mode.TEXT
    return Mode.TABLE if is_table else Mode.TEXT


def has_sentences(page: ReadPage) -> bool:
    """Whether there is text on a page that is worth an answer where a formula was asked for."""
    words = [
        word
        for placed in page.blocks
        if isinstance(placed.block, Paragraph)
        for run in placed.block.runs
        if isinstance(run, Words)
        for word in run.text.split()
        if len(word) > 1 and word.strip(".,;:").isalpha()
    ]
    chinese = sum(len(CHINESE.findall(word)) for word in words)
    has_grid = any(isinstance(placed.block, Grid) for placed in page.blocks)
    return len(words) + chinese >= FEWEST_WORDS or has_grid


def doubts_told(doubtful: int, count: int) -> str:
    """Say how many formulas of a page are to be looked at."""
    return (
        tr("Uncertain formulas: {doubtful} of {count}. Check them.", doubtful=doubtful, count=count)
        if count > 1
        else tr("The formula is uncertain: check it.")
    )
