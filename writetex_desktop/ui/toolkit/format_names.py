"""What the output formats are called in the window, and how they are offered."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QMenu

from writetex_desktop.core.formats.output_format import Family, OutputFormat

_KEYS = {
    OutputFormat.RAW: "L",
    OutputFormat.INLINE: "I",
    OutputFormat.PAREN: "P",
    OutputFormat.DISPLAY: "D",
    OutputFormat.BRACKET: "B",
    OutputFormat.EQUATION: "E",
    OutputFormat.EQUATION_STAR: "Q",
    OutputFormat.ALIGN: "A",
    OutputFormat.ALIGN_STAR: "G",
    OutputFormat.GATHER: "R",
    OutputFormat.MULTLINE: "U",
    OutputFormat.SUBEQUATIONS: "S",
    OutputFormat.MARKDOWN: "N",
    OutputFormat.OBSIDIAN: "O",
    OutputFormat.TYPST: "T",
    OutputFormat.ASCIIMATH: "C",
    OutputFormat.UNICODE: "X",
    OutputFormat.WORD: "W",
    OutputFormat.MATHML: "M",
    OutputFormat.HTML: "H",
    OutputFormat.OMML: "F",
    OutputFormat.SYMPY: "Y",
    OutputFormat.MATHEMATICA: "K",
    OutputFormat.PNG: "1",
    OutputFormat.SVG: "V",
    OutputFormat.PDF: "2",
    OutputFormat.TEMPLATE: "Z",
}
"""The key of each format in its menu."""


def format_name(output_format: OutputFormat) -> str:
    """Name a format by what it looks like or where it goes."""
    names = {
        OutputFormat.RAW: QCoreApplication.translate("OutputFormat", "LaTeX as it is"),
        OutputFormat.INLINE: QCoreApplication.translate("OutputFormat", "$…$ inline"),
        OutputFormat.PAREN: QCoreApplication.translate("OutputFormat", r"\(…\) parentheses"),
        OutputFormat.DISPLAY: QCoreApplication.translate("OutputFormat", "$$…$$ display"),
        OutputFormat.BRACKET: QCoreApplication.translate("OutputFormat", r"\[…\] brackets"),
        OutputFormat.EQUATION: "equation",
        OutputFormat.EQUATION_STAR: "equation*",
        OutputFormat.ALIGN: "align",
        OutputFormat.ALIGN_STAR: "align*",
        OutputFormat.GATHER: "gather",
        OutputFormat.MULTLINE: "multline",
        OutputFormat.SUBEQUATIONS: "subequations",
        OutputFormat.MARKDOWN: QCoreApplication.translate("OutputFormat", "Markdown (GitHub)"),
        OutputFormat.OBSIDIAN: "Obsidian",
        OutputFormat.TYPST: "Typst",
        OutputFormat.ASCIIMATH: "AsciiMath",
        OutputFormat.UNICODE: QCoreApplication.translate("OutputFormat", "Plain text (Unicode)"),
        OutputFormat.WORD: QCoreApplication.translate("OutputFormat", "Word, PowerPoint, LibreOffice"),
        OutputFormat.MATHML: "MathML",
        OutputFormat.HTML: QCoreApplication.translate("OutputFormat", "HTML with MathML"),
        OutputFormat.OMML: QCoreApplication.translate("OutputFormat", "OMML (Word files)"),
        OutputFormat.SYMPY: "SymPy",
        OutputFormat.MATHEMATICA: "Mathematica",
        OutputFormat.PNG: QCoreApplication.translate("OutputFormat", "PNG picture"),
        OutputFormat.SVG: QCoreApplication.translate("OutputFormat", "SVG drawing"),
        OutputFormat.PDF: QCoreApplication.translate("OutputFormat", "PDF page"),
        OutputFormat.TEMPLATE: QCoreApplication.translate("OutputFormat", "My own template"),
    }
    return names[output_format]


def family_name(family: Family) -> str:
    """Name a group of formats."""
    names = {
        Family.LATEX: "LaTeX",
        Family.MARKUP: QCoreApplication.translate("OutputFormat", "Notes and text"),
        Family.OFFICE: QCoreApplication.translate("OutputFormat", "Office and web"),
        Family.CALCULATION: QCoreApplication.translate("OutputFormat", "Calculation"),
        Family.PICTURE: QCoreApplication.translate("OutputFormat", "Picture"),
        Family.OWN: QCoreApplication.translate("OutputFormat", "Own"),
    }
    return names[family]


def fill_box(box: QComboBox) -> None:
    """Offer every format in a box, a line between the groups; `currentData` is the format."""
    for family in Family:
        if box.count():
            box.insertSeparator(box.count())
        for output_format in OutputFormat:
            if output_format.family is family:
                box.addItem(format_name(output_format), output_format)
    box.setMaxVisibleItems(box.count())


def fill_menu(menu: QMenu, choose: Callable[[OutputFormat], object]) -> None:
    """Offer every format in a menu, each with a key, under the name of its group."""
    for family in Family:
        menu.addSection(family_name(family))
        for output_format in OutputFormat:
            if output_format.family is family:
                action = menu.addAction(_with_key(output_format))
                action.setData(output_format)
                action.triggered.connect(lambda _checked=False, form=output_format: choose(form))


def _with_key(output_format: OutputFormat) -> str:
    """Write the name with its key marked in it, or behind it where the name lacks the letter."""
    name, key = format_name(output_format), _KEYS[output_format]
    at = name.casefold().find(key.casefold())
    return f"{name} (&{key})" if at < 0 else f"{name[:at]}&{name[at:]}"
