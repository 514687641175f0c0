r"""Tables in other forms than LaTeX: HTML, OTSL tokens and Markdown, made into `tabular`.

OTSL is what table models write: one token before each cell, `<nl>` after each row
(https://arxiv.org/abs/2305.03393). `<fcel>` is a cell, `<ecel>` an empty one, `<lcel>` belongs to the cell on
its left, `<ucel>` to the one above, `<xcel>` to both; `<ched>`, `<rhed>` and `<srow>` are headings.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_OTSL = re.compile(r"<(fcel|ecel|lcel|ucel|xcel|ched|rhed|srow|nl)>")
_HEADINGS = frozenset(("ched", "rhed", "srow"))
_HTML = re.compile(r"<table(?:\s[^<>]*)?>|</table\s*>", re.IGNORECASE)
_RULE = r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+"
_MARKDOWN = re.compile(
    rf"^[ \t]*+\|?(?P<head>[^\n|]*+\|[^\n]*+)\n{_RULE}\n(?P<body>(?:[ \t]*\|[^\n]*(?:\n|\Z))*)", re.MULTILINE
)
_COLUMN = re.compile(r"(?<!\\)\|")
_MATHEMATICS = re.compile(r"(\$[^$]*\$|\\\((?:[^\\]|\\(?![()]))*+\\\)|\\[A-Za-z]+|\\.)", re.DOTALL)
_SPECIAL = re.compile(r"[&%#_]")
_MOST_SPAN = 100
"""No table has more columns or rows in one cell; a number beyond is a slip."""


@dataclass(slots=True)
class _Cell:
    """One cell: its text, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1
    heading: bool = False


_Rows = list[list[_Cell]]


def write_tabular(text: str, *, markdown: bool) -> str:
    r"""Replace every whole table of another form by a `tabular`; other text stays.

    Args:
        text: What may hold tables.
        markdown: Whether tables in Markdown count; in running text they are text.
    """
    if "<nl>" in text and _OTSL.search(text):
        text = _replace_otsl(text)
    if "<" in text:
        text = _replace_html(text)
    if markdown:
        text = _MARKDOWN.sub(lambda found: _print(_read_markdown(found["head"], found["body"])) + "\n", text)
    return text


def _replace_html(text: str) -> str:
    """Replace each `<table>` up to its end; one that is not over stays."""
    out: list[str] = []
    position = 0
    opened: int | None = None
    for tag in _HTML.finditer(text):
        if opened is None and not tag[0].startswith("</"):
            opened = tag.start()
        elif opened is not None and tag[0].startswith("</"):
            table = text[opened : tag.end()]
            out += [text[position:opened], _print(_read_html(table)) or table]
            position, opened = tag.end(), None
    return "".join((*out, text[position:]))


def _replace_otsl(text: str) -> str:
    start = next(_OTSL.finditer(text)).start()
    end = text.rindex("<nl>") + len("<nl>")
    rest = re.sub(r"</?otsl>", "", text[end:])
    return re.sub(r"</?otsl>", "", text[:start]) + _print(_read_otsl(text[start:end])) + rest


def _read_otsl(text: str) -> _Rows:
    rows: _Rows = []
    above: dict[int, _Cell] = {}
    for line in text.split("<nl>")[:-1]:
        cells: list[_Cell] = []
        pieces = _OTSL.split(line)[1:]
        for column, (kind, content) in enumerate(zip(pieces[::2], pieces[1::2], strict=True)):
            match kind:
                case "lcel" if cells:
                    cells[-1].columns += 1
                    above[column] = cells[-1]
                case "ucel" | "xcel" if column in above:
                    above[column].rows += kind == "ucel"
                    cells.append(_Cell("", columns=0))
                case _:
                    above[column] = _Cell(content.strip(), heading=kind in _HEADINGS)
                    cells.append(above[column])
        rows.append(cells)
    return _with_gaps(rows)


def _with_gaps(rows: _Rows) -> _Rows:
    """Make the places under a cell of several rows empty cells, as `tabular` wants them."""
    return [[_Cell(cell.text) if cell.columns == 0 else cell for cell in row] for row in rows]


class _TableParser(HTMLParser):
    """Reads the rows of one table; tags in cells are dropped, `<br>` is a blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: _Rows = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._open = False
        elif tag in {"td", "th"}:
            spans = {name: _span(value) for name, value in attrs}
            if not self.rows:
                self.rows.append([])
            cell = _Cell("", spans.get("colspan", 1), spans.get("rowspan", 1), tag == "th")
            self.rows[-1].append(cell)
            self._open = True
        elif tag in {"math", "br"}:
            self.handle_data("$" if tag == "math" else " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._open = False
        elif tag == "math":
            self.handle_data("$")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1].text += data


def _read_html(text: str) -> _Rows:
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    covered: dict[tuple[int, int], int] = {}
    rows: _Rows = []
    for number, row in enumerate(parser.rows):
        cells: list[_Cell] = []
        column = 0
        for cell in row:
            column = _skip(covered, number, column, cells)
            for below in range(1, cell.rows):
                covered[number + below, column] = cell.columns
            cells.append(cell)
            column += cell.columns
        _skip(covered, number, column, cells)
        rows.append(cells)
    return rows


def _skip(covered: dict[tuple[int, int], int], row: int, column: int, cells: list[_Cell]) -> int:
    """Put empty cells where a cell of a row above reaches down; gives the next free column."""
    while width := covered.get((row, column), 0):
        cells.append(_Cell("", width))
        column += width
    return column


def _read_markdown(head: str, body: str) -> _Rows:
    rows = [[_Cell(cell, heading=True) for cell in _markdown_cells(head)]]
    return rows + [[_Cell(cell) for cell in _markdown_cells(line)] for line in body.splitlines()]


def _markdown_cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _COLUMN.split(line.strip().strip("|"))]


def _print(rows: _Rows) -> str:
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(sum(cell.columns for cell in row) for row in rows)
    lines: list[str] = []
    for number, row in enumerate(rows):
        lines.append(" & ".join(map(_print_cell, row)) + r" \\")
        if number == 0 and all(cell.heading for cell in row):
            lines.append(r"\hline")
    return "\n".join([rf"\begin{{tabular}}{{{'c' * width}}}", *lines, r"\end{tabular}"])


def _print_cell(cell: _Cell) -> str:
    text = _escape(" ".join(cell.text.split()))
    if cell.rows > 1:
        text = rf"\multirow{{{cell.rows}}}{{*}}{{{text}}}"
    return text if cell.columns == 1 else rf"\multicolumn{{{cell.columns}}}{{c}}{{{text}}}"


def _escape(text: str) -> str:
    """Escape what would end a cell, outside mathematics and commands."""
    pieces = _MATHEMATICS.split(text)
    pieces[::2] = [_SPECIAL.sub(r"\\\g<0>", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPAN) if value and value.isdecimal() and int(value) else 1
