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
from writetex_desktop.core.formats.page import (
    Block,
    Figure,
    Formula,
    Grid,
    Listing,
    Paragraph,
    Role,
    Run,
)

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

_INSET: Final = 425
"""How far an item is set in, in points / 20."""

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_EMU_PER_PX: Final = 9525
"""English metric units of a pixel at 96 to the inch."""

_WIDEST_PX: Final = 600
"""Width of the text."""

_TYPES: Final = (
    f'{PROLOGUE}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
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
            "word/_rels/document.xml.rels": _relations(
                "styles",
                "styles.xml",
                tuple(f"media/{at}.png" for at in range(1, len(document.pictures) + 1)),
            ),
            "word/styles.xml": _styles().encode(),
            **{f"word/media/{at}.png": data for at, data in enumerate(document.pictures.values(), start=1)},
        }
    )


def _relations(kind: str, target: str, pictures: Iterable[str] = ()) -> bytes:
    shown = "".join(
        f'<Relationship Id="picture{at}" Type="{_RELATIONS}/image" Target="{name}"/>'
        for at, name in enumerate(pictures, start=1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/>{shown}</Relationships>'
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
            return _paragraph(_mark(block) + _runs(document, runs), style or _place(block))
        case Grid(rows):
            cells = "".join(f"<w:tr>{_row(document, block, at)}</w:tr>" for at in range(len(rows)))
            grid = "<w:gridCol/>" * len(rows[0])
            return (
                f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{_BORDERS}</w:tblPr>'
                f"<w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>{_paragraph('')}"
            )
        case Listing(source):
            return "".join(
                _paragraph(_words(line), '<w:pStyle w:val="Source"/>') for line in source.splitlines()
            )
        case Figure(name, description):
            if name not in document.pictures:
                return _paragraph(_words(description or name))
            number = list(document.pictures).index(name) + 1
            return _paragraph(
                _picture(number, document.pictures[name], description), '<w:jc w:val="center"/>'
            )


def _mark(paragraph: Paragraph) -> str:
    """What stands before an item or a footnote."""
    if paragraph.role is Role.ITEM:
        shown = paragraph.mark if paragraph.is_counted or "(" in paragraph.mark else "\u2022"
        return f"{_words(shown)}<w:r><w:tab/></w:r>"
    if paragraph.role is Role.FOOTNOTE and paragraph.mark:
        raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        return f'<w:r>{raised}<w:t xml:space="preserve">{escape(paragraph.mark)} </w:t></w:r>'
    return ""


def _place(paragraph: Paragraph) -> str:
    """How far an item is set in, its mark hanging, and what of a caption stands in the middle."""
    if paragraph.role is Role.ITEM:
        return f'<w:ind w:left="{_INSET * (paragraph.depth + 1)}" w:hanging="{_INSET}"/>'
    return '<w:jc w:val="center"/>' if paragraph.role is Role.CAPTION else ""


def _row(document: Document, grid: Grid, row: int) -> str:
    """The cells of a row; Word wants those that a cell above covers, and joins them to it."""
    below = {(span.row + down, span.column): span for span in grid.spans for down in range(1, span.rows)}
    here = {column: (runs, span, False) for runs, column, span in grid.cells(row)}
    here |= {column: ((), span, True) for (down, column), span in below.items() if down == row}
    written = ""
    for column, (runs, span, is_covered) in sorted(here.items()):
        wide = f'<w:gridSpan w:val="{span.columns}"/>' if span.columns > 1 else ""
        high = "<w:vMerge/>" if is_covered else '<w:vMerge w:val="restart"/>' if span.rows > 1 else ""
        side = {"c": "center", "r": "right"}.get(grid.alignment[column], "")
        place = f'<w:jc w:val="{side}"/>' if side else ""
        written += _cell(_paragraph(_runs(document, runs), place), wide + high)
    return written


def _picture(number: int, data: bytes, description: str) -> str:
    """A picture as wide as it is on paper, at most as wide as the text."""
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    factor = min(1.0, _WIDEST_PX / max(1, width)) * _EMU_PER_PX
    size = f'cx="{round(width * factor)}" cy="{round(height * factor)}"'
    told = escape(description, {'"': "&quot;"})
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{told}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="picture{number}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
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
