"""What the output formats are called in the window."""

from PySide6.QtCore import QCoreApplication

from writetex_desktop.core.output_format import OutputFormat


def format_name(output_format: OutputFormat) -> str:
    """Name a format by what it looks like."""
    names = {
        OutputFormat.RAW: QCoreApplication.translate("OutputFormat", "LaTeX as it is"),
        OutputFormat.INLINE: "$…$",
        OutputFormat.DISPLAY: "$$…$$",
        OutputFormat.PAREN: r"\(…\)",
        OutputFormat.BRACKET: r"\[…\]",
        OutputFormat.EQUATION: "equation",
        OutputFormat.ALIGN: "align",
    }
    return names[output_format]
