r"""A page as the text that engines write, read and written: Markdown with LaTeX.

Formulas stand in `\( \)`, `$ $`, `\[ \]` or `$$ $$`, paragraphs are parted by blank lines; headings, lists,
fences, pictures and footnotes are Markdown's (https://spec.commonmark.org, https://github.github.com/gfm),
tables are Markdown's, LaTeX's or HTML's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.formats.page import (
    Block,
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Run,
    Span,
    Words,
)
from writetex_desktop.core.formats.table import Table, TableSpan, format_latex, format_markdown, parse_table
from writetex_desktop.core.reading.recognition import Mode

_FORMULA: Final = re.compile(
    r"\\\[(?P<bracket>(?:[^\\]|\\(?![\[\]]))*+)\\\]|\$\$(?P<dollars>.*?)\$\$|\\\((?P<paren>(?:[^\\]|\\(?![()]))*+)\\\)"
    r"|(?<!\\)\$(?P<dollar>[^$\n]+?)(?<!\\)\$",
    re.DOTALL,
)
_HEADING: Final = re.compile(r"(#{1,6})\s+")
_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*+•]|\d{1,3}[.)]|\((?:\d{1,2}|[a-z])\)|[a-z]\))[ \t]+(?=\S)"
)
_NOTE: Final = re.compile(r"\[\^([^\]\s]{1,20})\]:[ \t]+")
_CAPTION: Final = re.compile(
    r"(?:Fig(?:ure|\.)|Tab(?:le|\.)|Abbildung|Tabelle)\s*\d+\s*[.:]|[图表]\s*\d+", re.IGNORECASE
)
_PICTURE: Final = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)\)")
_APART: Final = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<language>[^\n`]*+)\n(?P<source>.*?)(?:^(?P=fence)[ \t]*$|\Z)"
    r"|\\begin\{(?P<name>tabular[*x]?|longtable)\}.*?(?:\\end\{(?P=name)\}|\Z)"
    r"|<table\b.*?(?:</table>|\Z)"
    r"|^(?=[^\n]*\|)[^\n]*+\n[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$"
    r"(?:\n(?=[^\n]*\|)[^\n]*+)*+",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_GLUE: Final = "\x00"
_DEPTH: Final = 2
"""Blanks before an item that stands in another."""


@dataclass(frozen=True, slots=True)
class WrittenFormula:
    """A formula where it stands in text.

    Attributes:
        start: Offset of its LaTeX in characters, behind the delimiter.
        end: Offset after its LaTeX, before the delimiter.
        latex: It, without blanks at its ends.
    """

    start: int
    end: int
    latex: str


def formulas_in(markup: str) -> tuple[WrittenFormula, ...]:
    """Find the formulas of text or a table, in the order in which `page_of` gives them; fences have none."""
    fences = [found.span() for found in _APART.finditer(markup) if found["fence"]]
    found = (
        (each.start(str(each.lastgroup)), each.end(str(each.lastgroup))) for each in _FORMULA.finditer(markup)
    )
    return tuple(
        WrittenFormula(start, end, latex)
        for start, end in found
        if (latex := markup[start:end].strip()) and not any(first <= start < last for first, last in fences)
    )


def page_of(markup: str, mode: Mode) -> tuple[Block, ...]:
    """Give the blocks of text, a table or a diagram; unfinished markup gives what there is."""
    if not markup.strip():
        return ()
    match mode:
        case Mode.TIKZ:
            return (Listing(markup),)
        case Mode.TABLE:
            table = parse_table(markup)
            return (Listing(markup) if table is None else _grid(table),)
        case _:
            return tuple(_blocks(markup))


def markup_of(page: Iterable[Block]) -> str:
    r"""Write blocks as text with formulas in `\( \)` and `\[ \]`; furniture is left out."""
    return "\n\n".join(text for block in page if (text := _written(block)))


def runs_of(text: str) -> tuple[Run, ...]:
    """Give the words and formulas of a line."""
    return tuple(_runs(text))


def line_of(runs: Iterable[Run]) -> str:
    """Write words and formulas of a line; the inverse of `runs_of`."""
    return "".join(
        (f"\\[{run.latex}\\]" if run.display else f"\\({run.latex}\\)")
        if isinstance(run, Formula)
        else run.text.replace("$", "\\$")
        for run in runs
    )


def table_of(grid: Grid) -> Table:
    """Give a grid as rows of text."""
    rows = tuple(tuple(line_of(cell) for cell in row) for row in grid.rows)
    spans = tuple(TableSpan(each.row, each.column, each.rows, each.columns) for each in grid.spans)
    return Table(rows, spans, grid.columns, grid.is_ruled)


def _grid(table: Table) -> Grid:
    rows = tuple(tuple(tuple(_runs(cell)) for cell in row) for row in table.rows)
    spans = tuple(Span(each.row, each.column, each.rows, each.columns) for each in table.spans)
    return Grid(rows, spans, table.columns, table.is_ruled)


def _written(block: Block) -> str:
    match block:
        case Paragraph(role=Role.FURNITURE):
            return ""
        case Paragraph(runs, level, role, mark, depth):
            before = f"{'#' * level} " if level else ""
            if role is Role.ITEM:
                before = f"{' ' * _DEPTH * depth}{mark} "
            elif role is Role.FOOTNOTE and mark:
                before = f"[^{mark}]: "
            return before + line_of(runs)
        case Grid(spans=spans):
            table = table_of(block)
            return format_latex(table) if spans else format_markdown(table)
        case Listing(source, language):
            return source if language == "latex" else f"```{language}\n{source}\n```"
        case Figure(name, description):
            return f"![{description}]({name})"


def _blocks(markup: str) -> Iterator[Block]:
    """Part what is no paragraph from the paragraphs."""
    position = 0
    for found in _APART.finditer(markup):
        block: Block | None
        if found["fence"]:
            block = Listing(found["source"].rstrip("\n"), found["language"].strip())
        else:
            table = parse_table(found[0])
            block = None if table is None else _grid(table)
        if block is None:
            continue
        yield from _paragraphs(markup[position : found.start()])
        yield block
        position = found.end()
    yield from _paragraphs(markup[position:])


def _paragraphs(markup: str) -> Iterator[Block]:
    for piece in re.split(r"\n\s*\n", _kept_together(markup)):
        text = piece.strip("\n").replace(_GLUE, "\n")
        for part in _parts(text):
            if picture := _PICTURE.fullmatch(part.strip()):
                yield Figure(picture[2], picture[1])
            elif paragraph := _paragraph(part):
                yield paragraph


def _paragraph(part: str) -> Paragraph | None:
    level, role, mark, depth = 0, Role.TEXT, "", 0
    if heading := _HEADING.match(part):
        level, part = len(heading[1]), part[heading.end() :]
    elif item := _ITEM.match(part):
        role, mark, depth = Role.ITEM, item["mark"], len(item["indent"].expandtabs(4)) // _DEPTH
        part = part[item.end() :]
    elif note := _NOTE.match(part):
        role, mark, part = Role.FOOTNOTE, note[1], part[note.end() :]
    elif _CAPTION.match(part):
        role = Role.CAPTION
    runs = tuple(_runs(part))
    return Paragraph(runs, level, role, mark, depth) if runs else None


def _kept_together(markup: str) -> str:
    """Keep blank lines within a formula from parting it."""
    return _FORMULA.sub(lambda found: found[0].replace("\n", _GLUE), markup)


def _parts(text: str) -> Iterator[str]:
    """Part headings and items of lists from the lines before them."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and (_begins(line) or _HEADING.match(lines[0])):
            yield "\n".join(lines)
            lines = []
        lines.append(line)
    yield "\n".join(lines)


def _begins(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_HEADING, _ITEM, _NOTE, _PICTURE))


def _runs(text: str) -> Iterator[Run]:
    position = 0
    for found in _FORMULA.finditer(text):
        if words := _words(text[position : found.start()]):
            yield Words(words)
        display = found.lastgroup in {"bracket", "dollars"}
        latex = found[str(found.lastgroup)].strip()
        if latex:
            yield Formula(latex, display)
        position = found.end()
    if words := _words(text[position:]).rstrip():
        yield Words(words)


def _words(text: str) -> str:
    return text.replace("\n", " ").replace("\\$", "$")
