r"""Tables as values: read from LaTeX, Markdown, HTML or tab-separated text, written as all of them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.formats.harmless_markdown import harmless

MOST_COLUMNS: Final = 200
_DEEPEST_MERGE: Final = 3
"""Merged cells within merged cells."""

_ENVIRONMENT: Final = re.compile(
    r"\\begin\s*\{(tabular[*x]?|array|longtable|tabularx)\}(.*?)(?:\\end\s*\{\1\}|\Z)", re.DOTALL
)
_RULE: Final = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|centering|endhead|endfirsthead)(?![a-zA-Z])"
    r"|\\(?:cline|cmidrule)\s*+(?:\([^)\\]*+\))?\s*+\{[^}\\]*+\}|\\(?:addlinespace)(?:\[[^\]]*\])?"
)
_SPLIT: Final = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline(?![a-zA-Z])|\\.|[{}&\n]", re.DOTALL)
_MERGED: Final = re.compile(r"\s*\\multicolumn\s*\{(\d+)\}\s*\{[^{}]*\}\s*\{(.*)\}\s*", re.DOTALL)
_TALL: Final = re.compile(
    r"\s*\\multirow\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}\s*\{[^{}]*\}\s*\{(.*)\}\s*", re.DOTALL
)
_DASHES: Final = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_HTML_ROW: Final = re.compile(r"<tr\b[^<>]*>(.*?)(?:</tr>|(?=<tr\b)|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL: Final = re.compile(
    r"<t[dh]\b([^<>]*)>(.*?)(?:</t[dh]>|(?=<t[dh]\b)|\Z)", re.DOTALL | re.IGNORECASE
)
_WIDE: Final = re.compile(r"colspan\s*=\s*[\"']?(\d+)", re.IGNORECASE)
_HIGH: Final = re.compile(r"rowspan\s*=\s*[\"']?(\d+)", re.IGNORECASE)
_COLUMN: Final = re.compile(r"[lcrpmbXS]")
_IN_COLUMNS: Final = re.compile(r"[@!><*]\s*\{(?:[^{}]|\{[^{}]*\})*\}|\{(?:[^{}]|\{[^{}]*\})*\}|\[[^\]]*\]")
_TAG: Final = re.compile(r"<[^<>]*>")
_CALCULATED: Final = re.compile(r"[\"']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What makes a spreadsheet calculate a cell, also in the wide forms of East Asia and behind a quote."""

_NUMBER: Final = re.compile(r"[+-]?\d[\d., ]{0,40}%?", re.ASCII)
_BARE_SIGN: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class TableSpan:
    """A merged cell: where it begins, and over how many rows and columns it goes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    r"""A table as text.

    Attributes:
        rows: Rows of cells, all rows equally long; a cell is text in which formulas stand in `$ $`
            or `\\( \\)`.
            What a merged cell covers is empty.
        spans: The merged cells.
        columns: A letter a column, `l`, `c` or `r`; empty where nothing is said of them.
        is_ruled: Whether lines stand between all cells.
    """

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[TableSpan, ...] = ()
    columns: str = ""
    is_ruled: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell, and over how many rows and columns it goes."""

    text: str
    columns: int = 1
    rows: int = 1


def parse_table(markup: str) -> Table | None:
    """Read the first table of a text, in whichever form it is; a merged cell is followed by empty ones.

    Returns:
        The table; None when there is none.
    """
    columns, is_ruled = "", False
    if environment := _ENVIRONMENT.search(markup):
        argument, body = _parted(environment[2], has_width=environment[1] in {"tabular*", "tabularx"})
        columns = _alignment(argument)
        is_ruled = "|" in argument and "\\hline" in body
        cells = _latex_rows(body)
    elif re.search(r"<t[rd]\b", markup, re.IGNORECASE):
        cells = _html_rows(markup)
    elif "|" in markup:
        lines = [line for line in markup.splitlines() if "|" in line]
        dashes = [line for line in lines if _DASHES.fullmatch(line)]
        columns = _pipe_alignment(dashes[0]) if dashes else ""
        cells = [[_Cell(each) for each in _pipe_row(line)] for line in lines if line not in dashes]
    elif "\t" in markup:
        cells = [
            [_Cell(_from_tsv(cell)) for cell in line.split("\t")]
            for line in markup.splitlines()
            if line.strip()
        ]
    else:
        return None
    return _even(cells, columns, is_ruled=is_ruled)


def format_latex(table: Table) -> str:
    """Write a `tabular`: ruled where the table was, else with the three rules of `booktabs`."""
    bar = "|" if table.is_ruled else ""
    columns = bar + bar.join(table.columns or "l" * len(table.rows[0])) + bar
    top, foot = ("\\hline",) * 2 if table.is_ruled else ("\\toprule", "\\bottomrule")
    head = max((span.rows for span in table.spans if span.row == 0), default=1)
    lines = [f"\\begin{{tabular}}{{{columns}}}", top]
    for at in range(len(table.rows)):
        lines.append(f"{' & '.join(_latex_cells(table, at, bar))} \\\\")
        if at + 1 < len(table.rows):
            if table.is_ruled:
                lines.append(_lines_below(table, at))
            elif at == head - 1:
                lines.append("\\midrule")
    return "\n".join([*lines, foot, "\\end{tabular}"])


def _latex_cells(table: Table, row: int, bar: str) -> list[str]:
    spans = {(span.row, span.column): span for span in table.spans}
    # Below a cell that is merged over rows LaTeX wants its empty ones, as wide as it is.
    below = {
        (down, span.column): span
        for span in table.spans
        for down in range(span.row + 1, span.row + span.rows)
    }
    cells: list[str] = []
    column = 0
    while column < len(table.rows[row]):
        text = table.rows[row][column]
        wide = 1
        if span := spans.get((row, column)):
            text = f"\\multirow{{{span.rows}}}{{*}}{{{text}}}" if span.rows > 1 else text
            wide = span.columns
        elif span := below.get((row, column)):
            text, wide = "", span.columns
        if wide > 1:
            text = f"\\multicolumn{{{wide}}}{{{bar}c{bar}}}{{{text}}}"
        cells.append(text)
        column += wide
    return cells


def _lines_below(table: Table, row: int) -> str:
    """The line below a row, open where a cell goes on."""
    covered = {
        column
        for span in table.spans
        if span.row <= row < span.row + span.rows - 1
        for column in range(span.column, span.column + span.columns)
    }
    if not covered:
        return "\\hline"
    return " ".join(
        f"\\cline{{{column + 1}-{column + 1}}}"
        for column in range(len(table.rows[0]))
        if column not in covered
    )


def format_tsv(table: Table) -> str:
    """Write tab-separated lines, as spreadsheets paste them; none of the cells is calculated there."""
    lines = ([guarded(re.sub(r"[\t\r\n]+", " ", cell)) for cell in row] for row in table.rows)
    return "\n".join("\t".join(cells) for cells in lines)


def guarded(cell: str) -> str:
    """Put a blank before a cell that a spreadsheet would calculate; it is nothing to LaTeX.

    A picture can carry instructions (https://owasp.org/www-community/attacks/CSV_Injection). Plain numbers
    stay as they are: many begin with a minus.
    """
    return f" {cell}" if _CALCULATED.match(cell) and not _NUMBER.fullmatch(cell) else cell


def format_markdown(table: Table) -> str:
    """Write a pipe table whose first row is the head."""
    lines = [
        "| " + " | ".join(_BARE_SIGN.sub(r"\\|", harmless(cell.replace("\n", " "))) for cell in row) + " |"
        for row in table.rows
    ]
    marks = {"c": ":-:", "r": "--:"}
    dashes = "".join(f" {marks.get(column, '---')} |" for column in table.columns or "l" * len(table.rows[0]))
    return "\n".join([lines[0], f"|{dashes}", *lines[1:]])


def format_html(table: Table) -> str:
    """Write a `table` element without styles."""
    rows = ("<tr>" + "".join(_html_cells(table, at)) + "</tr>" for at in range(len(table.rows)))
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _html_cells(table: Table, row: int) -> Iterator[str]:
    spans = {(span.row, span.column): span for span in table.spans}
    covered = {place for span in table.spans for place in _places(span)}
    for column, cell in enumerate(table.rows[row]):
        span = spans.get((row, column))
        if span is None and (row, column) in covered:
            continue
        wide = f' colspan="{span.columns}"' if span and span.columns > 1 else ""
        high = f' rowspan="{span.rows}"' if span and span.rows > 1 else ""
        yield f"<td{wide}{high}>{html.escape(cell)}</td>"


def _places(span: TableSpan) -> Iterator[tuple[int, int]]:
    for row in range(span.row, span.row + span.rows):
        for column in range(span.column, span.column + span.columns):
            yield row, column


def _even(cells: list[list[_Cell]], columns: str, *, is_ruled: bool) -> Table | None:
    """Put cells where they stand: those of HTML make way for what a cell above covers."""
    cells = [row for row in cells if any(cell.text.strip() for cell in row)]
    if not cells:
        return None
    rows: list[list[str]] = []
    spans: list[TableSpan] = []
    for at, row in enumerate(cells):
        rows.append([cell.text.strip() for cell in row for cell in (cell, *[_Cell("")] * (cell.columns - 1))])
        column = 0
        for cell in row:
            high = min(cell.rows, len(cells) - at)
            if column < MOST_COLUMNS and (cell.columns > 1 or high > 1):
                spans.append(TableSpan(at, column, high, min(cell.columns, MOST_COLUMNS - column)))
            column += cell.columns
    width = min(MOST_COLUMNS, max(map(len, rows)))
    even = tuple(tuple((row + [""] * (width - len(row)))[:width]) for row in rows)
    return Table(even, tuple(spans), (columns + "l" * width)[:width] if columns else "", is_ruled)


def _parted(body: str, *, has_width: bool) -> tuple[str, str]:
    """Part what says the columns from the rows."""
    argument = ""
    body = body.lstrip()
    for _argument in range(1 + has_width):
        body = re.sub(r"\A\s*\[[^\]]*\]", "", body).lstrip()
        if not body.startswith("{"):
            break
        depth = 0
        for number, sign in enumerate(body):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth == 0:
                argument, body = body[1:number], body[number + 1 :]
                break
        else:
            return "", ""
    return argument, body


def _alignment(argument: str) -> str:
    """A letter a column, of what LaTeX says; paragraphs are to the left, numbers to the right."""
    known = {"c": "c", "r": "r", "S": "r"}
    plain = _IN_COLUMNS.sub("", argument)
    columns = "".join(known.get(each, "l") for each in _COLUMN.findall(plain))[:MOST_COLUMNS]
    return "" if set(columns) <= {"l"} or "*" in argument else columns


def _pipe_alignment(dashes: str) -> str:
    columns = ""
    for each in dashes.strip().strip("|").split("|"):
        mark = each.strip()
        columns += "c" if mark[:1] == mark[-1:] == ":" else "r" if mark[-1:] == ":" else "l"
    return "" if set(columns) <= {"l"} else columns


def _latex_rows(body: str) -> list[list[_Cell]]:
    rows: list[list[str]] = [[""]]
    depth = 0
    position = 0
    body = _RULE.sub("", body)
    for found in _SPLIT.finditer(body):
        sign = found[0]
        rows[-1][-1] += body[position : found.start()]
        position = found.end()
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and (sign.startswith("\\\\") or sign == "\\tabularnewline"):
            rows.append([""])
        elif depth == 0 and sign == "&":
            rows[-1].append("")
        else:
            rows[-1][-1] += " " if sign == "\n" else sign
    rows[-1][-1] += body[position:]
    return [[_merged(cell) for cell in row] for row in rows]


def _merged(cell: str, depth: int = 0) -> _Cell:
    r"""Open `\multicolumn` and `\multirow`."""
    if depth < _DEEPEST_MERGE and (found := _MERGED.fullmatch(cell)):
        inner = _merged(found[2], depth + 1)
        return _Cell(inner.text, max(1, min(int(found[1][:4]), MOST_COLUMNS)), inner.rows)
    if depth < _DEEPEST_MERGE and (found := _TALL.fullmatch(cell)):
        inner = _merged(found[2].strip(), depth + 1)
        high = int(found[1][:4]) if found[1].isascii() and found[1].isdecimal() else 1
        return _Cell(inner.text, inner.columns, max(1, high))
    return _Cell(cell)


def _html_rows(markup: str) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    hanging: dict[int, tuple[int, int]] = {}
    for row in _HTML_ROW.finditer(markup):
        cells: list[_Cell] = []
        column = 0
        above, hanging = hanging, {}
        for found in [*_HTML_CELL.finditer(row[1]), None]:
            while column in above:  # a cell of an earlier row still stands here
                left, wide = above[column]
                cells += [_Cell("")] * wide
                if left > 1:
                    hanging[column] = (left - 1, wide)
                column += wide
            if found is None:
                break
            wide, high = (_told(pattern, found[1]) for pattern in (_WIDE, _HIGH))
            cells.append(_Cell(html.unescape(_TAG.sub("", found[2])).strip(), wide, high))
            if high > 1:
                hanging[column] = (high - 1, wide)
            column += wide
        rows.append(cells)
    return rows


def _told(pattern: re.Pattern[str], attributes: str) -> int:
    found = pattern.search(attributes)
    return max(1, min(int(found[1][:4]), MOST_COLUMNS)) if found is not None else 1


def _pipe_row(line: str) -> list[str]:
    cells = [cell.replace(r"\|", "|") for cell in _BARE_SIGN.split(line.strip())]
    if not cells[0].strip():
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1].strip() else cells


def _from_tsv(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
