r"""Tables as values: read from LaTeX, Markdown, HTML or tab-separated text, written as the last three."""

import html
import re
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
    r"\s*\\multirow\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*\{[^{}]*\}\s*\{(.*)\}\s*", re.DOTALL
)
_DASHES: Final = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_HTML_ROW: Final = re.compile(r"<tr\b[^<>]*>(.*?)(?:</tr>|(?=<tr\b)|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL: Final = re.compile(
    r"<t[dh]\b([^<>]*)>(.*?)(?:</t[dh]>|(?=<t[dh]\b)|\Z)", re.DOTALL | re.IGNORECASE
)
_SPAN: Final = re.compile(r"colspan\s*=\s*[\"']?(\d+)", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_CALCULATED: Final = re.compile(r"[\"']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What makes a spreadsheet calculate a cell, also in the wide forms of East Asia and behind a quote."""

_NUMBER: Final = re.compile(r"[+-]?\d[\d., ]{0,40}%?", re.ASCII)
_BARE_SIGN: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Table:
    r"""Rows of cells, all rows equally long; a cell is text in which formulas stand in `$ $` or `\\( \\)`."""

    rows: tuple[tuple[str, ...], ...]


def parse_table(markup: str) -> Table | None:
    """Read the first table of a text, in whichever form it is; a merged cell is followed by empty ones.

    Returns:
        The table; None when there is none.
    """
    if environment := _ENVIRONMENT.search(markup):
        rows = _latex_rows(
            _without_columns(environment[2], has_width=environment[1] in {"tabular*", "tabularx"})
        )
    elif re.search(r"<t[rd]\b", markup, re.IGNORECASE):
        rows = _html_rows(markup)
    elif "|" in markup:
        rows = [
            _pipe_row(line) for line in markup.splitlines() if "|" in line and not _DASHES.fullmatch(line)
        ]
    elif "\t" in markup:
        rows = [
            [_from_tsv(cell) for cell in line.split("\t")] for line in markup.splitlines() if line.strip()
        ]
    else:
        return None
    return _even(rows)


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
    return "\n".join([lines[0], "|" + " --- |" * len(table.rows[0]), *lines[1:]])


def format_html(table: Table) -> str:
    """Write a `table` element without styles."""
    rows = ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _even(rows: list[list[str]]) -> Table | None:
    rows = [[cell.strip() for cell in row][:MOST_COLUMNS] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    width = max(map(len, rows))
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in rows))


def _without_columns(body: str, *, has_width: bool) -> str:
    """Take away the arguments in front of the first row."""
    body = body.lstrip()
    for _argument in range(1 + has_width):
        body = re.sub(r"\A\s*\[[^\]]*\]", "", body).lstrip()
        if not body.startswith("{"):
            break
        depth = 0
        for number, sign in enumerate(body):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth == 0:
                body = body[number + 1 :]
                break
        else:
            return ""
    return body


def _latex_rows(body: str) -> list[list[str]]:
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
    return [[each for cell in row for each in _merged(cell)] for row in rows]


def _merged(cell: str, depth: int = 0) -> list[str]:
    r"""Open `\multicolumn` and `\multirow`."""
    if depth < _DEEPEST_MERGE and (found := _MERGED.fullmatch(cell)):
        return [*_merged(found[2], depth + 1), *[""] * (min(int(found[1]), MOST_COLUMNS) - 1)]
    if found := _TALL.fullmatch(cell):
        return [found[1].strip()]
    return [cell]


def _html_rows(markup: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in _HTML_ROW.finditer(markup):
        cells: list[str] = []
        for found in _HTML_CELL.finditer(row[1]):
            span = _SPAN.search(found[1])
            empty = min(int(span[1]), MOST_COLUMNS) - 1 if span is not None else 0
            cells += [html.unescape(_TAG.sub("", found[2])).strip(), *[""] * empty]
        rows.append(cells)
    return rows


def _pipe_row(line: str) -> list[str]:
    cells = [cell.replace(r"\|", "|") for cell in _BARE_SIGN.split(line.strip())]
    if not cells[0].strip():
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1].strip() else cells


def _from_tsv(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
