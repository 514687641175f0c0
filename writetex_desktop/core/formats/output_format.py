"""The forms in which a result can be copied: the table that names each of them once."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Self

from writetex_desktop.core.formats import flavour
from writetex_desktop.core.formats.flavour import Flavour
from writetex_desktop.core.language.words import mark


class Family(StrEnum):
    """What kind of target a format is for; formats of a family stand together in menus."""

    LATEX = "LaTeX"
    MARKUP = mark("Notes and text")
    OFFICE = mark("Office and web")
    CALCULATION = mark("Calculation")
    PICTURE = mark("Picture")
    OWN = mark("Own")


class Way(Enum):
    """What makes a format."""

    SOURCE = auto()
    """The source itself, with something round it: `formats.wrapping.wrap`."""
    TREE = auto()
    """A text that is written from the formula's MathML: a line in `services.output.text_forms`."""
    MATHML = auto()
    """The MathML, in the dress that its readers want."""
    DRAWING = auto()
    """The drawn formula as a file; only SVG has a text."""
    SPOKEN = auto()
    """The MathML in words or in Braille."""
    LABELLED = auto()
    """The source as text, for a picture that is beside it."""
    TEMPLATE = auto()
    """The user's own text with placeholders, filled with the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the program knows of a format besides its name on the command line and in files.

    Attributes:
        family: What kind of target it is for.
        label: What people call it, in English: by what it looks like or where it goes.
        key: The letter or digit that chooses it in the menu; no two have the same.
        way: What makes it.
        beside: What is on the clipboard beside the text; a test shows the table in the guide.
    """

    family: Family
    label: str
    key: str
    way: Way = Way.SOURCE
    beside: tuple[Flavour, ...] = ()


class OutputFormat(StrEnum):
    """The forms in which a result can be copied, a row each.

    To add one: `docs/architecture.md`, "a new output format".
    """

    row: Row

    def __new__(cls, value: str, row: Row | None = None) -> Self:
        """Make a member of its row; without one, Python looks a member up."""
        assert row is not None
        member = str.__new__(cls, value)
        member._value_ = value
        member.row = row
        return member

    RAW = "raw", Row(Family.LATEX, mark("LaTeX as it is"), "L")
    INLINE = "inline", Row(Family.LATEX, mark("$…$ inline"), "I")
    PAREN = "paren", Row(Family.LATEX, mark(r"\(…\) parentheses"), "P")
    DISPLAY = "display", Row(Family.LATEX, mark("$$…$$ display"), "D")
    BRACKET = "bracket", Row(Family.LATEX, mark(r"\[…\] brackets"), "B")
    EQUATION = "equation", Row(Family.LATEX, "equation", "E")
    # A shell would take a star for a pattern of file names.
    EQUATION_STAR = "equation-star", Row(Family.LATEX, "equation*", "Q")
    ALIGN = "align", Row(Family.LATEX, "align", "A")
    ALIGN_STAR = "align-star", Row(Family.LATEX, "align*", "G")
    GATHER = "gather", Row(Family.LATEX, "gather", "R")
    MULTLINE = "multline", Row(Family.LATEX, "multline", "U")
    # `align` within `subequations`: one number with letters.
    SUBEQUATIONS = "subequations", Row(Family.LATEX, "subequations", "S")
    # A fence of `math`, in which no sign is taken for Markdown's own.
    MARKDOWN = "markdown", Row(Family.MARKUP, "Markdown (GitHub)", "N")
    # `$...$` without a blank inside, `$$` on lines of their own where there are several lines.
    OBSIDIAN = "obsidian", Row(Family.MARKUP, "Obsidian", "O")
    TYPST = "typst", Row(Family.MARKUP, "Typst", "T", Way.TREE)
    ASCIIMATH = "asciimath", Row(Family.MARKUP, "AsciiMath", "C", Way.TREE)
    UNICODE = "unicode", Row(Family.MARKUP, mark("Plain text (Unicode)"), "X", Way.TREE)
    # In the forms that Word, PowerPoint and LibreOffice take for an equation.
    WORD = "word", Row(Family.OFFICE, "Word, PowerPoint, LibreOffice", "W", Way.MATHML, flavour.OFFICE)
    # Editors of the web keep no formula that is pasted, but take a picture.
    DOCS = "docs", Row(Family.OFFICE, "Google Docs, Slides, Confluence", "J", Way.LABELLED, flavour.PICTURE)
    MATHML = "mathml", Row(Family.OFFICE, "MathML", "M", Way.MATHML, flavour.MATHML)
    HTML = "html", Row(Family.OFFICE, mark("HTML with MathML"), "H", Way.MATHML, flavour.WEB)
    OMML = "omml", Row(Family.OFFICE, mark("OMML (Word files)"), "F", Way.TREE, flavour.OFFICE)
    STARMATH = "starmath", Row(Family.OFFICE, "StarMath (LibreOffice Math)", "3", Way.TREE)
    SPEECH = "speech", Row(Family.OFFICE, mark("Spoken text"), "-", Way.SPOKEN)
    BRAILLE = "braille", Row(Family.OFFICE, mark("Nemeth Braille"), "+", Way.SPOKEN)
    SYMPY = "sympy", Row(Family.CALCULATION, "SymPy", "Y", Way.TREE)
    MATHEMATICA = "mathematica", Row(Family.CALCULATION, "Mathematica", "K", Way.TREE)
    PYTHON = "python", Row(Family.CALCULATION, "Python (NumPy)", "6", Way.TREE)
    MATLAB = "matlab", Row(Family.CALCULATION, "MATLAB, Octave", "7", Way.TREE)
    JULIA = "julia", Row(Family.CALCULATION, "Julia", "8", Way.TREE)
    MAPLE = "maple", Row(Family.CALCULATION, "Maple", "9", Way.TREE)
    GEOGEBRA = "geogebra", Row(Family.CALCULATION, "GeoGebra, Desmos", "0", Way.TREE)
    PNG = "png", Row(Family.PICTURE, mark("PNG picture"), "1", Way.DRAWING, flavour.PNG)
    SVG = "svg", Row(Family.PICTURE, mark("SVG drawing"), "V", Way.DRAWING, flavour.SVG)
    PDF = "pdf", Row(Family.PICTURE, mark("PDF page"), "2", Way.DRAWING, flavour.PDF)
    TEMPLATE = "template", Row(Family.OWN, mark("My own template"), "Z", Way.TEMPLATE)

    @property
    def is_binary(self) -> bool:
        """Whether it is a file that is no text."""
        return self in {OutputFormat.PNG, OutputFormat.PDF}
