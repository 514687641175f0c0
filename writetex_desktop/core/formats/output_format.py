"""The forms in which a result can be copied."""

from enum import StrEnum


class Family(StrEnum):
    """What kind of target a format is for; formats of a family stand together in menus."""

    LATEX = "latex"
    MARKUP = "markup"
    OFFICE = "office"
    CALCULATION = "calculation"
    PICTURE = "picture"
    OWN = "own"


class OutputFormat(StrEnum):
    """The forms in which a result can be copied; the values are the names on the command line."""

    RAW = "raw"
    INLINE = "inline"
    """`$...$`"""
    PAREN = "paren"
    r"""`\\(...\\)`"""
    DISPLAY = "display"
    """`$$...$$`"""
    BRACKET = "bracket"
    r"""`\\[...\\]`"""
    EQUATION = "equation"
    EQUATION_STAR = "equation-star"
    """`equation*`; a shell would take the star for a pattern of file names."""
    ALIGN = "align"
    ALIGN_STAR = "align-star"
    GATHER = "gather"
    MULTLINE = "multline"
    SUBEQUATIONS = "subequations"
    """`align` within `subequations`: one number with letters."""
    MARKDOWN = "markdown"
    """GitHub: a fence of `math`, in which no sign is taken for Markdown's own."""
    OBSIDIAN = "obsidian"
    """`$...$` without a blank inside, `$$` on lines of their own where there are several lines."""
    TYPST = "typst"
    ASCIIMATH = "asciimath"
    UNICODE = "unicode"
    """Plain text in one line."""
    WORD = "word"
    """MathML in the forms that Word, PowerPoint and LibreOffice take for an equation."""
    MATHML = "mathml"
    HTML = "html"
    OMML = "omml"
    SYMPY = "sympy"
    MATHEMATICA = "mathematica"
    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    TEMPLATE = "template"
    """The user's own text with placeholders."""

    @property
    def family(self) -> Family:
        """What kind of target it is for."""
        return _FAMILIES[self]

    @property
    def is_wrapping(self) -> bool:
        """Whether `formats.wrapping.wrap` makes it: the formula's own source, with something round it."""
        return self in _WRAPPINGS

    @property
    def is_binary(self) -> bool:
        """Whether it is a file that is no text."""
        return self in {OutputFormat.PNG, OutputFormat.PDF}


_FAMILIES = {
    **dict.fromkeys(
        (
            OutputFormat.RAW,
            OutputFormat.INLINE,
            OutputFormat.PAREN,
            OutputFormat.DISPLAY,
            OutputFormat.BRACKET,
            OutputFormat.EQUATION,
            OutputFormat.EQUATION_STAR,
            OutputFormat.ALIGN,
            OutputFormat.ALIGN_STAR,
            OutputFormat.GATHER,
            OutputFormat.MULTLINE,
            OutputFormat.SUBEQUATIONS,
        ),
        Family.LATEX,
    ),
    **dict.fromkeys(
        (
            OutputFormat.MARKDOWN,
            OutputFormat.OBSIDIAN,
            OutputFormat.TYPST,
            OutputFormat.ASCIIMATH,
            OutputFormat.UNICODE,
        ),
        Family.MARKUP,
    ),
    **dict.fromkeys(
        (OutputFormat.WORD, OutputFormat.MATHML, OutputFormat.HTML, OutputFormat.OMML), Family.OFFICE
    ),
    **dict.fromkeys((OutputFormat.SYMPY, OutputFormat.MATHEMATICA), Family.CALCULATION),
    **dict.fromkeys((OutputFormat.PNG, OutputFormat.SVG, OutputFormat.PDF), Family.PICTURE),
    OutputFormat.TEMPLATE: Family.OWN,
}

_WRAPPINGS = frozenset(
    (
        *(each for each, family in _FAMILIES.items() if family is Family.LATEX),
        OutputFormat.MARKDOWN,
        OutputFormat.OBSIDIAN,
    )
)
