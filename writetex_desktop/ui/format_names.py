"""What the output formats are called in the window."""

from PySide6.QtCore import QCoreApplication

from writetex_desktop.core.output_format import OutputFormat


def format_name(output_format: OutputFormat) -> str:
    """Name a format by what it looks like, or by the program it is for."""
    names = {
        OutputFormat.RAW: QCoreApplication.translate("OutputFormat", "LaTeX as it is"),
        OutputFormat.INLINE: "$…$",
        OutputFormat.DISPLAY: "$$…$$",
        OutputFormat.PAREN: r"\(…\)",
        OutputFormat.BRACKET: r"\[…\]",
        OutputFormat.EQUATION: "equation",
        OutputFormat.EQUATION_STAR: "equation*",
        OutputFormat.ALIGN: "align",
        OutputFormat.ALIGN_STAR: "align*",
        OutputFormat.GATHER: "gather",
        OutputFormat.MULTLINE: "multline",
        OutputFormat.SUBEQUATIONS: "subequations",
        OutputFormat.MARKDOWN: "Markdown (GitHub)",
        OutputFormat.OBSIDIAN: "Obsidian",
        OutputFormat.TYPST: "Typst",
        OutputFormat.ASCIIMATH: "AsciiMath",
        OutputFormat.UNICODE: QCoreApplication.translate("OutputFormat", "Plain text"),
        OutputFormat.WORD: QCoreApplication.translate("OutputFormat", "Word equation"),
        OutputFormat.MATHML: "MathML",
        OutputFormat.HTML: "HTML",
        OutputFormat.OMML: "OMML",
        OutputFormat.SYMPY: "SymPy",
        OutputFormat.MATHEMATICA: "Mathematica",
        OutputFormat.PNG: QCoreApplication.translate("OutputFormat", "PNG picture"),
        OutputFormat.SVG: QCoreApplication.translate("OutputFormat", "SVG picture"),
        OutputFormat.PDF: QCoreApplication.translate("OutputFormat", "PDF picture"),
        OutputFormat.TEMPLATE: QCoreApplication.translate("OutputFormat", "My own template"),
    }
    return names[output_format]
