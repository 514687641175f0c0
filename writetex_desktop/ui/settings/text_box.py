"""A box for a few lines of text that tells when they are finished."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget


class TextBox(QPlainTextEdit):
    """Lines of text; Tab goes on to the next field.

    Args:
        lines: Its height.
        is_code: Whether what is written is LaTeX, whose letters stand under each other.
    """

    finished = Signal()
    """The user left the box after changing the text."""

    def __init__(self, lines: int, *, is_code: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.setTabChangesFocus(True)
        if is_code:
            self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        frame = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(QFontMetricsF(self.font()).lineSpacing() * lines) + frame)

    def show_text(self, text: str) -> None:
        """Write what is in force, unless the user is at it."""
        if not self.hasFocus() and text != self.toPlainText():
            self.setPlainText(text)
        self._known = text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell what was written."""
        super().focusOutEvent(event)
        if self.toPlainText() != self._known:
            self._known = self.toPlainText()
            self.finished.emit()
