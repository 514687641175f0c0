"""A document for Word, with equations of its own.

Source: ECMA-376, part 1, sections 17 and 22.1, and part 2 for the package
(https://ecma-international.org/publications-and-standards/standards/ecma-376/).
"""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from writetex_desktop.core.documents.document import Document, Number, displayed
from writetex_desktop.core.formats.odf import PROLOGUE, packed
from writetex_desktop.core.formats.omml.elements import NAMESPACE
from writetex_desktop.core.formats.page import Block, Formula, Grid, Listing, Paragraph, Run

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HEADINGS: Final = 6
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINE: Final = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
_BORDERS: Final = f"<w:tblBorders>{''.join(f'<w:{side} {_LINE}/>' for side in _SIDES)}</w:tblBorders>"
_NUMBERED_GRID: Final = (900, 7272, 900)
"""Widths of what stands left of a numbered equation, of the equation, of its number, in points / 20."""

_TYPES: Final = (
    f'{PROLOGUE}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>'
)


def write_docx(document: Document) -> bytes:
    """Write a document whose formulas are OMML."""
    body = "".join(_block(document, at, block) for at, block in enumerate(document.blocks))
    text = (
        f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:m="{NAMESPACE}"><w:body>{body}<w:sectPr>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
        'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": text.encode(),
            "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
            "word/styles.xml": _styles().encode(),
        }
    )


def _relations(kind: str, target: str) -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Times New Roman" w:eastAsia="SimSun"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{max(22, 36 - 4 * level)}"/></w:rPr></w:style>'
        for level in range(1, _HEADINGS + 1)
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f'{headings}<w:style w:type="paragraph" w:styleId="Source"><w:name w:val="Source"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr>'
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="20"/></w:rPr></w:style></w:styles>'
    )


def _block(document: Document, at: int, block: Block) -> str:
    match block:
        case Paragraph(runs, level):
            formula = displayed(block)
            if formula is not None and formula in document.formulas:
                return _equation(_omml(document, formula), document.numbers.get(at))
            style = f'<w:pStyle w:val="Heading{level}"/>' if level else ""
            return _paragraph(_runs(document, runs), style)
        case Grid(rows):
            cells = "".join(
                "<w:tr>" + "".join(_cell(_paragraph(_runs(document, cell))) for cell in row) + "</w:tr>"
                for row in rows
            )
            grid = "<w:gridCol/>" * len(rows[0])
            return (
                f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{_BORDERS}</w:tblPr>'
                f"<w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>{_paragraph('')}"
            )
        case Listing(source):
            return "".join(
                _paragraph(_words(line), '<w:pStyle w:val="Source"/>') for line in source.splitlines()
            )


def _equation(omml: str, number: Number | None) -> str:
    display = f"<m:oMathPara>{omml}</m:oMathPara>"
    if number is None:
        return _paragraph(display)
    shown = (
        '<w:r><w:t>(</w:t></w:r><w:fldSimple w:instr=" SEQ Equation \\* ARABIC "><w:r><w:t>'
        f"{escape(number.text)}</w:t></w:r></w:fldSimple><w:r><w:t>)</w:t></w:r>"
        if number.is_counted
        else _words(f"({number.text})")
    )
    cells = (_paragraph(""), _paragraph(display), _paragraph(shown, '<w:jc w:val="right"/>'))
    row = "".join(
        _cell(cell, f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/>')
        for cell, width in zip(cells, _NUMBERED_GRID, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _NUMBERED_GRID)
    # Two tables with nothing between them are one to Word.
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
        + _paragraph("", '<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>')
    )


def _cell(content: str, properties: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def _paragraph(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def _runs(document: Document, runs: Iterable[Run]) -> str:
    return "".join(
        (_omml(document, run) if run in document.formulas else _words(run.latex))
        if isinstance(run, Formula)
        else _words(run.text)
        for run in runs
    )


def _omml(document: Document, formula: Formula) -> str:
    return document.formulas[formula].replace(f' xmlns:m="{NAMESPACE}"', "", 1)


def _words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
