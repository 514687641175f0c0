r"""What is shown of text with mathematics, of tables and of diagrams: blocks of runs.

Formulas stand in `\( \)`, `$ $`, `\[ \]` or `$$ $$`, paragraphs are parted by blank lines, headings
and lists are Markdown's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.formats.table import parse_table
from writetex_desktop.core.reading.recognition import Mode

_FORMULA: Final = re.compile(
    r"\\\[(?P<bracket>(?:[^\\]|\\(?![\[\]]))*+)\\\]|\$\$(?P<dollars>.*?)\$\$|\\\((?P<paren>(?:[^\\]|\\(?![()]))*+)\\\)"
    r"|(?<!\\)\$(?P<dollar>[^$\n]+?)(?<!\\)\$",
    re.DOTALL,
)
_HEADING: Final = re.compile(r"(#{1,6})\s+")
_ITEM: Final = re.compile(r"(?:[-*+•]|\d+[.)])\s+")


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
    """Runs that flow; `level` is 1 to 6 for headings and 0 for text."""

    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of runs, all rows equally long."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Source that is shown as it is."""

    source: str


Block = Paragraph | Grid | Listing


def page_of(markup: str, mode: Mode) -> tuple[Block, ...]:
    """Give the blocks of text, a table or a diagram; unfinished markup gives what there is."""
    if not markup.strip():
        return ()
    match mode:
        case Mode.TIKZ:
            return (Listing(markup),)
        case Mode.TABLE:
            table = parse_table(markup)
            if table is None:
                return (Listing(markup),)
            return (Grid(tuple(tuple(tuple(_runs(cell)) for cell in row) for row in table.rows)),)
        case _:
            return tuple(_paragraphs(markup))


def formulas_of(page: tuple[Block, ...]) -> tuple[Formula, ...]:
    """Give the formulas of a page, each once, in reading order."""
    found: dict[Formula, None] = {}
    for block in page:
        match block:
            case Paragraph(runs):
                found.update((run, None) for run in runs if isinstance(run, Formula))
            case Grid(rows):
                cells = [run for row in rows for cell in row for run in cell]
                found.update((run, None) for run in cells if isinstance(run, Formula))
            case Listing():
                pass
    return tuple(found)


def _paragraphs(markup: str) -> Iterator[Paragraph]:
    for piece in re.split(r"\n\s*\n", _kept_together(markup)):
        text = piece.strip("\n").replace(_GLUE, "\n")
        for part in _parts(text):
            heading = _HEADING.match(part)
            level = len(heading[1]) if heading is not None else 0
            runs = tuple(_runs(part[heading.end() :] if heading is not None else part))
            if runs:
                yield Paragraph(runs, level)


_GLUE: Final = "\x00"


def _kept_together(markup: str) -> str:
    """Keep blank lines within a formula from parting it."""
    return _FORMULA.sub(lambda found: found[0].replace("\n", _GLUE), markup)


def _parts(text: str) -> Iterator[str]:
    """Part headings and items of lists from the lines before them."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and (_HEADING.match(line) or _ITEM.match(line) or _HEADING.match(lines[0])):
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    yield "\n".join(lines)


def _runs(text: str) -> Iterator[Run]:
    position = 0
    for found in _FORMULA.finditer(text):
        if words := text[position : found.start()].replace("\n", " "):
            yield Words(words)
        display = found.lastgroup in {"bracket", "dollars"}
        latex = found[str(found.lastgroup)].strip()
        if latex:
            yield Formula(latex, display)
        position = found.end()
    if words := text[position:].replace("\n", " ").rstrip():
        yield Words(words)
