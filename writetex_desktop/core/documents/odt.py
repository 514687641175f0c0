"""A text of OpenDocument, with equations as objects of LibreOffice Math.

Source: OASIS OpenDocument 1.3, part 3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/).
"""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from writetex_desktop.core.documents.document import Document, Number, displayed
from writetex_desktop.core.formats import odf
from writetex_desktop.core.formats.page import Block, Figure, Formula, Grid, Listing, Paragraph, Role, Run

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"

_NAMES: Final = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_STYLES: Final = (
    '<style:style style:name="Equation" style:family="paragraph"><style:paragraph-properties '
    'fo:text-align="center" fo:margin-top="0.1in" fo:margin-bottom="0.1in"/></style:style>'
    '<style:style style:name="Number" style:family="paragraph"><style:paragraph-properties '
    'fo:text-align="end"/></style:style>'
    '<style:style style:name="Words" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-bottom="0.08in"/></style:style>'
    '<style:style style:name="Item" style:family="paragraph"><style:paragraph-properties '
    'fo:margin-left="0.3in" fo:text-indent="-0.3in" fo:margin-bottom="0.08in"/></style:style>'
    '<style:style style:name="Source" style:family="paragraph"><style:text-properties '
    'fo:font-family="monospace"/></style:style>'
    '<style:style style:name="Formula" style:family="graphic"><style:graphic-properties '
    'style:vertical-pos="middle" style:vertical-rel="text" draw:ole-draw-aspect="1"/></style:style>'
    '<style:style style:name="Wide" style:family="table"><style:table-properties style:rel-width="100%" '
    'table:align="margins"/></style:style>'
    '<style:style style:name="Narrow" style:family="table-column"><style:table-column-properties '
    'style:rel-column-width="1*"/></style:style>'
    '<style:style style:name="Broad" style:family="table-column"><style:table-column-properties '
    'style:rel-column-width="8*"/></style:style>'
    '<style:style style:name="Middle" style:family="table-cell"><style:table-cell-properties '
    'style:vertical-align="middle"/></style:style>'
    '<style:style style:name="Framed" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #000000" fo:padding="0.04in"/></style:style>'
)

_PX_PER_IN: Final = 96
_WIDEST_IN: Final = 6.2
"""Width of the text."""


def write_odt(document: Document) -> bytes:
    """Write a document whose formulas are MathML."""
    objects: list[str] = []
    body = "".join(_block(document, objects, at, block) for at, block in enumerate(document.blocks))
    content = (
        f'{odf.PROLOGUE}<office:document-content {_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.3"><office:automatic-styles>{_STYLES}</office:automatic-styles><office:body>'
        '<office:text><text:sequence-decls><text:sequence-decl text:display-outline-level="0" '
        f'text:name="Equation"/></text:sequence-decls>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    files = {"content.xml": content.encode()}
    media_types = {"content.xml": "text/xml"}
    for at, carried in enumerate(objects, start=1):
        formula = f"{odf.PROLOGUE}{odf.for_libreoffice(carried)}"
        files[f"Formula {at}/content.xml"] = formula.encode()
        media_types[f"Formula {at}/"] = odf.MEDIA_TYPE
        media_types[f"Formula {at}/content.xml"] = "text/xml"
    for name, data in document.pictures.items():
        files[f"Pictures/{name}"] = data
        media_types[f"Pictures/{name}"] = "image/png"
    return odf.package(MEDIA_TYPE, files, media_types)


def _block(document: Document, objects: list[str], at: int, block: Block) -> str:
    match block:
        case Paragraph(runs, level):
            content = _runs(document, objects, runs)
            if level:
                return f'<text:h text:outline-level="{level}">{content}</text:h>'
            if displayed(block) is None:
                return _paragraph(_mark(block) + content, "Item" if block.role is Role.ITEM else "Words")
            return _numbered(_paragraph(content, "Equation"), document.numbers.get(at))
        case Grid(rows):
            return _grid(document, objects, block, len(rows)) + _paragraph("", "Words")
        case Listing(source):
            return "".join(_paragraph(_words(line), "Source") for line in source.splitlines())
        case Figure(name, description):
            return _figure(document, name, description)


def _figure(document: Document, name: str, description: str) -> str:
    if name not in document.pictures:
        return _paragraph(_words(description or name), "Words")
    width, height = (int.from_bytes(document.pictures[name][at : at + 4], "big") for at in (16, 20))
    inches = min(_WIDEST_IN, width / _PX_PER_IN)
    size = f'svg:width="{inches:.2f}in" svg:height="{inches * height / max(1, width):.2f}in"'
    return _paragraph(
        f'<draw:frame {size} text:anchor-type="as-char"><draw:image xlink:href="Pictures/{escape(name)}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:desc>{escape(description)}</svg:desc></draw:frame>",
        "Equation",
    )


def _mark(paragraph: Paragraph) -> str:
    """What stands before an item or a footnote."""
    if paragraph.role is Role.ITEM:
        shown = paragraph.mark if paragraph.is_counted or "(" in paragraph.mark else "\u2022"
        return f"{escape(shown)}<text:tab/>"
    return f"{escape(paragraph.mark)} " if paragraph.role is Role.FOOTNOTE and paragraph.mark else ""


def _grid(document: Document, objects: list[str], grid: Grid, height: int) -> str:
    """A table with its merged cells; what they cover stands in the file as covered."""
    written = "<table:table-column/>" * len(grid.rows[0])
    for row in range(height):
        cells = {column: (runs, span) for runs, column, span in grid.cells(row)}
        written += "<table:table-row>"
        for column in range(len(grid.rows[row])):
            if column not in cells:
                written += "<table:covered-table-cell/>"
                continue
            runs, span = cells[column]
            merged = (
                f' table:number-columns-spanned="{span.columns}" table:number-rows-spanned="{span.rows}"'
                if span.columns * span.rows > 1
                else ""
            )
            content = _paragraph(_runs(document, objects, runs), "Words")
            written += f'<table:table-cell table:style-name="Framed"{merged}>{content}</table:table-cell>'
        written += "</table:table-row>"
    return f'<table:table table:style-name="Wide">{written}</table:table>'


def _numbered(equation: str, number: Number | None) -> str:
    if number is None:
        return equation
    shown = escape(number.text)
    if number.is_counted:
        shown = f'<text:sequence text:name="Equation" text:formula="ooow:Equation+1">{shown}</text:sequence>'
    columns = "".join(
        f'<table:table-column table:style-name="{name}"/>' for name in ("Narrow", "Broad", "Narrow")
    )
    cells = (_paragraph("", "Words"), equation, _paragraph(f"({shown})", "Number"))
    return _table(columns, (cells,), "Middle")


def _table(columns: str, rows: Iterable[tuple[str, ...]], style: str) -> str:
    written = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell table:style-name="{style}">{cell}</table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:style-name="Wide">{columns}{written}</table:table>'


def _paragraph(content: str, style: str) -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _runs(document: Document, objects: list[str], runs: Iterable[Run]) -> str:
    written = ""
    for run in runs:
        if not isinstance(run, Formula):
            written += _words(run.text)
        elif (carried := document.formulas.get(run)) is None:
            written += _words(run.latex)
        else:
            objects.append(carried)
            written += _object(len(objects), run.latex)
    return written


def _object(number: int, latex: str) -> str:
    # Without a size LibreOffice gives it its own; another one would stretch it.
    return (
        f'<draw:frame draw:style-name="Formula" draw:name="Formula {number}" text:anchor-type="as-char">'
        f'<draw:object xlink:href="./Formula {number}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:desc>{escape(latex)}</svg:desc></draw:frame>"
    )


def _words(text: str) -> str:
    return escape(text).replace("  ", ' <text:s text:c="1"/>')
