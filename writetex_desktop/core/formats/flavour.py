"""What is put on the clipboard beside the text of a format: the data that `OutputFormat` names row by row."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Content(StrEnum):
    """What a flavour holds; the values are the words of the guide."""

    MATHML = "MathML"
    OFFICE_MATHML = "MathML without what Word stumbles over"
    RTF = "RTF math"
    OFFICE_PAGE = "a page with OMML for Word and MathML for others"
    MATHML_PAGE = "a page with MathML"
    PICTURE_PAGE = "a page with the picture and its LaTeX"
    PNG = "the picture"
    SVG = "the drawing"
    PDF = "the drawing as a page"
    FORMULA_OBJECT = "a formula of OpenDocument"
    OBJECT_NAME = "what the formula of OpenDocument is"


@dataclass(frozen=True, slots=True)
class Flavour:
    """A form beside the text.

    Attributes:
        media_type: What it is called on the clipboard; `WINDOWS` makes the names that only Windows knows.
            Where it says how large something is, `{width}` and `{height}` stand for units of 0.01 mm.
        content: What it holds.
    """

    media_type: str
    content: Content


WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
"""How Qt is told the name of a format that programs on Windows have registered
(https://doc.qt.io/qt-6/qwindowsmimeconverter.html)."""

MATHML: Final = (Flavour("application/mathml+xml", Content.MATHML),)
"""The W3C's name (https://www.w3.org/TR/MathML3/chapter6.html#world-int-transfers)."""

LIBREOFFICE: Final = (
    Flavour(
        'application/x-openoffice-embed-source-xml;windows_formatname="Star Embed Source (XML)"',
        Content.FORMULA_OBJECT,
    ),
    Flavour(
        'application/x-openoffice-objectdescriptor-xml;windows_formatname="Star Object Descriptor (XML)";'
        'classname="078B7ABA-54FC-457F-8551-6147e776a997";typename="Formula";viewaspect="1";'
        'width="{width}";height="{height}";posx="0";posy="0"',
        Content.OBJECT_NAME,
    ),
)
"""What LibreOffice's own Math puts there: the one form of an equation that Impress, Draw and Calc paste. The
class is that of Math (`SO3_SM_CLASSID` in include/comphelper/classids.hxx of its source)."""

OFFICE: Final = (
    *LIBREOFFICE,
    *(
        Flavour(media_type, Content.OFFICE_MATHML)
        for media_type in (
            WINDOWS.format("MathML"),
            WINDOWS.format("MathML Presentation"),
            "application/mathml+xml",
            "application/mathml-presentation+xml",
        )
    ),
    Flavour("text/rtf", Content.RTF),
    Flavour(WINDOWS.format("Rich Text Format"), Content.RTF),
    Flavour("text/html", Content.OFFICE_PAGE),
)
"""Office on Windows asks for its own names of MathML
(https://learn.microsoft.com/archive/blogs/murrays/mathml-on-the-windows-clipboard), LibreOffice for RTF."""

WEB: Final = (Flavour("text/html", Content.MATHML_PAGE),)

PICTURE: Final = (Flavour("image/png", Content.PNG), Flavour("text/html", Content.PICTURE_PAGE))
"""What a browser puts on the clipboard when it copies a picture: editors of the web paste either."""

PNG: Final = (Flavour("image/png", Content.PNG),)
SVG: Final = (Flavour("image/svg+xml", Content.SVG),)
PDF: Final = (Flavour("application/pdf", Content.PDF),)
