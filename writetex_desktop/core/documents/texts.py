"""Documents that are text: LaTeX, Markdown, Typst, a web page, a notebook."""

import base64
import html
import json
import re
from collections.abc import Callable, Iterable
from typing import Final

from writetex_desktop.core.documents.document import Document, Number, displayed
from writetex_desktop.core.formats.latex_document import LATEX_FOOT, latex_head
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
)
from writetex_desktop.core.formats.table import Table, TableSpan, format_latex

_SECTIONS: Final = ("section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph")
_LATEX_SIGNS: Final = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
_DRAWING: Final = re.compile(r"\A\s*\\begin\s*\{(?:tikz|circuitikz|tabular|table)")
_MARKDOWN_SIGNS: Final = re.compile(r"([\\`*_\[\]<>$|])")
_TYPST_SIGNS: Final = re.compile(r"([\\#*_$@<>`~\[\]])")
_TYPST_LINE: Final = re.compile(r"\A(?=[=+/-])")

_MARKDOWN_DASHES: Final = {"l": "---", "c": ":-:", "r": "--:"}
_SIDES: Final = {"c": "center", "r": "right"}
_STYLE: Final = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.5 serif}"
    "table.grid{border-collapse:collapse}table.grid td{border:1px solid;padding:.2rem .6rem}"
    ".numbered{display:grid;grid-template-columns:3rem 1fr 3rem;align-items:center}"
    ".numbered span{text-align:right}math{font-size:1.1em}"
    "@media(prefers-color-scheme:dark){body{background:#1b1b1f;color:#e6e6e6}}"
)


def write_latex(document: Document) -> str:
    """Write a document that LaTeX prints; it names the packages that its formulas need."""

    def formula(run: Formula, number: Number | None) -> str:
        if not run.display:
            return f"${run.latex}$"
        if number is not None:
            tag = "" if number.is_counted else f" \\tag{{{number.text}}}"
            return f"\\begin{{equation}}\n{run.latex}{tag}\n\\end{{equation}}"
        return f"\\[\n{run.latex}\n\\]"

    def block(at: int, each: Block) -> str:
        match each:
            case Paragraph(runs, level):
                written = _joined(runs, _latex_words, formula, document.numbers.get(at))
                return f"\\{_SECTIONS[level - 1]}*{{{written}}}" if level else _latex_mark(each) + written
            case Grid():
                return _latex_table(each, lambda cell: _joined(cell, _latex_words, formula))
            case Figure():
                return _latex_figure(document, each)
            case Listing(source):
                return (
                    source if _DRAWING.match(source) else f"\\begin{{verbatim}}\n{source}\n\\end{{verbatim}}"
                )

    body = "\n\n".join(block(at, each) for at, each in enumerate(document.blocks))
    return f"{latex_head(body, document.definitions)}{body}\n{LATEX_FOOT}"


def write_markdown(document: Document) -> str:
    """Write Markdown with formulas between dollar signs, as Pandoc, Obsidian and notebooks read it."""
    return "\n\n".join(_markdown_block(document, at, each) for at, each in enumerate(document.blocks)) + "\n"


def write_notebook(document: Document) -> str:
    """Write a Jupyter notebook with a cell a block (https://nbformat.readthedocs.io, version 4.5)."""
    cells = [
        {
            "cell_type": "markdown",
            "id": f"block-{at}",
            "metadata": {},
            "source": _markdown_block(document, at, block),
        }
        for at, block in enumerate(document.blocks)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def write_typst(document: Document) -> str:
    """Write a document for Typst; what Typst cannot carry stands as its LaTeX."""

    def formula(run: Formula, number: Number | None) -> str:
        carried = document.formulas.get(run)
        if carried is None:
            return _raw(run.latex)
        body = carried.strip("$ \n")
        if not run.display:
            return f"${body}$"
        if number is not None and not number.is_counted:
            shown = json.dumps(f"({number.text})", ensure_ascii=False)
            return f"#math.equation(block: true, numbering: _ => {shown}, $ {body} $)"
        return f"$ {body} $"

    def block(at: int, each: Block) -> str:
        match each:
            case Paragraph(runs, level):
                written = _joined(runs, _typst_words, formula, document.numbers.get(at))
                return _typst_mark(each) + written if level or each.mark else _TYPST_LINE.sub(r"\\", written)
            case Grid():
                return _typst_table(each, lambda cell: _joined(cell, _typst_words, formula))
            case Figure():
                return _typst_figure(document, each)
            case Listing(source):
                return f"#raw(block: true, {json.dumps(source, ensure_ascii=False)})"

    counts = any(number.is_counted for number in document.numbers.values())
    head = '#set math.equation(numbering: "(1)")\n\n' if counts else ""
    return head + "\n\n".join(block(at, each) for at, each in enumerate(document.blocks)) + "\n"


def write_html(document: Document) -> str:
    """Write a page that stands alone: formulas are MathML, and no program runs in it."""

    def formula(run: Formula, number: Number | None) -> str:
        carried = document.formulas.get(run)
        shown = f"<code>{html.escape(run.latex)}</code>" if carried is None else carried
        if number is None:
            return shown
        return f'<div class="numbered"><i></i>{shown}<span>({html.escape(number.text)})</span></div>'

    def block(at: int, each: Block) -> str:
        match each:
            case Paragraph(runs, level):
                written = _joined(runs, html.escape, formula, document.numbers.get(at))
                name = f"h{level}" if level else "div" if displayed(each) else "p"
                if each.role in {Role.ITEM, Role.FOOTNOTE, Role.CAPTION}:
                    mark = "•" if each.mark in {"-", "*", "+"} and each.role is Role.ITEM else each.mark
                    shown = f"<span>{html.escape(mark)}</span> " if mark else ""
                    inset = (
                        f' style="margin-left:{1.5 * (each.depth + 1)}rem"' if each.role is Role.ITEM else ""
                    )
                    return f'<p class="{each.role}"{inset}>{shown}{written}</p>'
                return f"<{name}>{written}</{name}>"
            case Grid(rows):
                cells = "\n".join(
                    "<tr>"
                    + "".join(
                        _html_cell(each, column, span, _joined(cell, html.escape, formula))
                        for cell, column, span in line
                    )
                    + "</tr>"
                    for line in map(each.cells, range(len(rows)))
                )
                return f'<table class="grid">\n{cells}\n</table>'
            case Figure(file, description):
                picture = document.pictures.get(file)
                held = base64.b64encode(picture).decode() if picture else ""
                source = f"data:image/png;base64,{held}" if picture else html.escape(file, quote=True)
                return f'<p><img src="{source}" alt="{html.escape(description, quote=True)}"></p>'
            case Listing(source):
                return f"<pre>{html.escape(source)}</pre>"

    body = "\n".join(block(at, each) for at, each in enumerate(document.blocks))
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>WriteTex</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _markdown_block(document: Document, at: int, block: Block) -> str:
    match block:
        case Paragraph(runs, level):
            written = _joined(runs, _markdown_words, _markdown_formula, document.numbers.get(at))
            if block.role is Role.ITEM:
                return f"{'  ' * block.depth}{block.mark} {written}"
            if block.role is Role.FOOTNOTE and block.mark:
                return f"[^{block.mark}]: {written}"
            return f"{'#' * level} {written}" if level else written
        case Grid(rows):
            lines = [
                "| " + " | ".join(_joined(cell, _markdown_words, _markdown_formula) for cell in row) + " |"
                for row in rows
            ]
            dashes = "".join(f" {_MARKDOWN_DASHES[column]} |" for column in block.alignment)
            return "\n".join([lines[0], f"|{dashes}", *lines[1:]])
        case Listing(source, language):
            return f"```{language}\n{source}\n```"
        case Figure(name, description):
            return f"![{_markdown_words(description)}]({name})"


def _latex_table(grid: Grid, cell: Callable[[Iterable[Run]], str]) -> str:
    rows = tuple(tuple(map(cell, row)) for row in grid.rows)
    spans = tuple(TableSpan(each.row, each.column, each.rows, each.columns) for each in grid.spans)
    return format_latex(Table(rows, spans, grid.columns, grid.is_ruled))


def _latex_figure(document: Document, figure: Figure) -> str:
    """A picture that is there; LaTeX stops at one that is not."""
    if figure.name not in document.pictures:
        return _latex_words(figure.description or figure.name)
    return f"\\begin{{center}}\n\\includegraphics[width=.8\\linewidth]{{{figure.name}}}\n\\end{{center}}"


def _typst_figure(document: Document, figure: Figure) -> str:
    if figure.name not in document.pictures:
        return _typst_words(figure.description or figure.name)
    return f"#image({json.dumps(figure.name, ensure_ascii=False)})"


def _html_cell(grid: Grid, column: int, span: Span, written: str) -> str:
    wide = f' colspan="{span.columns}"' if span.columns > 1 else ""
    high = f' rowspan="{span.rows}"' if span.rows > 1 else ""
    side = _SIDES.get(grid.alignment[column], "")
    style = f' style="text-align:{side}"' if side else ""
    return f"<td{wide}{high}{style}>{written}</td>"


def _typst_mark(paragraph: Paragraph) -> str:
    mark = paragraph.mark
    if paragraph.level:
        return f"{'=' * paragraph.level} "
    if paragraph.role is Role.FOOTNOTE:
        return f"#super[{_typst_words(mark)}] "
    counted = f"{mark.strip('()').rstrip('.)')}." if mark.strip("(")[:1].isdigit() else "-"
    return f"{'  ' * paragraph.depth}{counted} "


def _typst_table(grid: Grid, cell: Callable[[Iterable[Run]], str]) -> str:
    lines = "\n".join(
        f"  {', '.join(_typst_cell(span, cell(runs)) for runs, _, span in grid.cells(row))},"
        for row in range(len(grid.rows))
    )
    names = {"l": "left", "c": "center", "r": "right"}
    sides = ", ".join(names[column] for column in grid.alignment)
    align = f"\n  align: ({sides},)," if grid.columns else ""
    return f"#table(\n  columns: {len(grid.rows[0])},{align}\n{lines}\n)"


def _typst_cell(span: Span, written: str) -> str:
    if span.rows == span.columns == 1:
        return f"[{written}]"
    return f"table.cell(colspan: {span.columns}, rowspan: {span.rows})[{written}]"


def _latex_mark(paragraph: Paragraph) -> str:
    """What stands before an item or a footnote; the page's own numbers are kept."""
    if not paragraph.mark:
        return ""
    if paragraph.role is Role.FOOTNOTE:
        return f"\\textsuperscript{{{_latex_words(paragraph.mark)}}} "
    mark = _latex_words(paragraph.mark) if paragraph.is_counted or "(" in paragraph.mark else "\\textbullet"
    return f"\\noindent\\hspace*{{{1.5 * (paragraph.depth + 1)}em}}\\llap{{{mark}\\ }}"


def _markdown_formula(run: Formula, number: Number | None) -> str:
    if not run.display:
        return f"${run.latex}$"
    tag = "" if number is None else f" \\tag{{{number.text}}}"
    return f"$$\n{run.latex}{tag}\n$$"


def _joined(
    runs: Iterable[Run],
    words: Callable[[str], str],
    formula: Callable[[Formula, Number | None], str],
    number: Number | None = None,
) -> str:
    return "".join(
        formula(run, number) if isinstance(run, Formula) else words(run.text) for run in runs
    ).strip()


def _latex_words(text: str) -> str:
    return "".join(_LATEX_SIGNS.get(sign, sign) for sign in text)


def _markdown_words(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def _typst_words(text: str) -> str:
    return _TYPST_SIGNS.sub(r"\\\1", text)


def _raw(text: str) -> str:
    return f"#raw({json.dumps(text, ensure_ascii=False)})"
