"""What a page says: blocks of runs in reading order, whoever read it and into whatever it is written.

An endpoint's answer and what the reader of pages finds on this machine are both made into it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is to its page."""

    TEXT = "text"
    ITEM = "item"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text within a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula within a line, or displayed on its own."""

    latex: str
    display: bool = False


Run = Words | Formula


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that flow.

    Attributes:
        runs: In their order.
        level: 1 to 6 for headings, 0 for text.
        role: What it is; a heading is text.
        mark: What stands before an item (`-`, `2.`) or a footnote (`1`, `*`).
        depth: How many items an item stands in.
    """

    runs: tuple[Run, ...]
    level: int = 0
    role: Role = Role.TEXT
    mark: str = ""
    depth: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether an item has a number or a letter and no bullet."""
        return self.role is Role.ITEM and self.mark[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell: where it begins, and over how many rows and columns it goes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        rows: Rows of cells of runs, all rows equally long; what a merged cell covers is empty.
        spans: The merged cells.
        columns: A letter a column, `l`, `c` or `r`; empty where nothing is known of them.
        is_ruled: Whether lines stand between all cells.
    """

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    spans: tuple[Span, ...] = ()
    columns: str = ""
    is_ruled: bool = False

    @property
    def alignment(self) -> str:
        """A letter a column, to the left where nothing is known."""
        return self.columns or "l" * len(self.rows[0])

    def cells(self, row: int) -> Iterator[tuple[tuple[Run, ...], int, Span]]:
        """Give the cells of a row that are no part of another: runs, column, and how far each goes."""
        found = {(span.row, span.column): span for span in self.spans}
        covered = {
            (down, across)
            for span in self.spans
            for down in range(span.row, span.row + span.rows)
            for across in range(span.column, span.column + span.columns)
        }
        for column, runs in enumerate(self.rows[row]):
            if (row, column) in found or (row, column) not in covered:
                yield runs, column, found.get((row, column), Span(row, column))


@dataclass(frozen=True, slots=True)
class Listing:
    """Source that is shown as it is; `language` is what follows a fence."""

    source: str
    language: str = "latex"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture beside the text: the name of its file, and words for who does not see it."""

    name: str
    description: str = ""


Block = Paragraph | Grid | Listing | Figure


def formulas_of(page: Iterable[Block]) -> tuple[Formula, ...]:
    """Give the formulas of a page, each once, in reading order."""
    found: dict[Formula, None] = {}
    for block in page:
        match block:
            case Paragraph(runs):
                found.update((run, None) for run in runs if isinstance(run, Formula))
            case Grid(rows):
                cells = [run for row in rows for cell in row for run in cell]
                found.update((run, None) for run in cells if isinstance(run, Formula))
            case Listing() | Figure():
                pass
    return tuple(found)
