"""Colours of LaTeX in the editor."""

from typing import Final

from PySide6.QtGui import QColor, QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from writetex_desktop.core.latex.edits import WordKind, words_of
from writetex_desktop.ui.toolkit.theme import is_dark

_COLOURS: Final = {
    WordKind.COMMENT: ("#5f6368", "#9aa0a6"),
    WordKind.ENVIRONMENT: ("#7a3e9d", "#c99bf0"),
    WordKind.DELIMITER: ("#8a4b00", "#e5b567"),
    WordKind.COMMAND: ("#0b57a4", "#8ab8f0"),
    WordKind.BRACE: ("#8a4b00", "#e5b567"),
    WordKind.BRACKET: ("#8a4b00", "#e5b567"),
    WordKind.MARK: ("#a31545", "#f08aa8"),
}
"""On light ground and on dark; each has a contrast of at least 4.5 to 1 to it."""


class LatexHighlighter(QSyntaxHighlighter):
    """Colours commands, braces, environments, scripts and comments; words do not reach over lines."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._formats: dict[WordKind, QTextCharFormat] = {}
        self.set_palette(palette)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours for light or for dark ground."""
        dark = is_dark(palette)
        for kind, (light_colour, dark_colour) in _COLOURS.items():
            form = QTextCharFormat()
            form.setForeground(QColor(dark_colour if dark else light_colour))
            form.setFontItalic(kind is WordKind.COMMENT)
            self._formats[kind] = form
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        beyond = len(text) != len(text.encode("utf-16-le")) // 2
        for word in words_of(text):
            # Qt counts UTF-16 units; nearly every line has none that differ.
            start = len(text[: word.start].encode("utf-16-le")) // 2 if beyond else word.start
            self.setFormat(start, len(word.text), self._formats[word.kind])
