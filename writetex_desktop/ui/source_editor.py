"""The editor of the markup."""

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from writetex_desktop.ui.image_input import PlainText, holds_picture, read_mime

_LINES: Final = 5
"""Height of the editor in lines; it does not grow while text streams."""


class SourceEditor(QPlainTextEdit):
    """A plain monospace editor that leaves pictures and copying without a selection to the window."""

    edited = Signal(str)
    """The user changed the text; what the program writes does not count."""

    input_given = Signal(object)
    """A picture or files were pasted or dropped here: an `ImageInput`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setAccessibleName(self.tr("LaTeX source"))
        self.setPlaceholderText(self.tr("The LaTeX appears here; you can also type or paste your own."))
        # Tab goes on to the next field, as everywhere else in the window; LaTeX needs no tabs.
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)

    def set_markup(self, markup: str) -> None:
        """Write what the program has; keeps the place of the cursor and appends without flicker."""
        before = self.toPlainText()
        if before == markup:
            return
        blocked = self.blockSignals(True)
        if markup.startswith(before):
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(markup[len(before) :])
        else:
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(markup)
        self.blockSignals(blocked)
        bar = self.verticalScrollBar()
        if not self.hasFocus():
            bar.setValue(bar.maximum())

    def show_position(self, position: int) -> None:
        """Put the cursor at an offset in characters (code points, as Python counts them)."""
        cursor = self.textCursor()
        # Qt counts UTF-16 units.
        cursor.setPosition(
            min(_utf16_length(self.toPlainText()[:position]), _utf16_length(self.toPlainText()))
        )
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        """Ask for room for a few lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        frame = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(480, round(line * _LINES) + frame)

    def minimumSizeHint(self) -> QSize:
        """Stay at two lines at least."""
        line = QFontMetricsF(self.font()).lineSpacing()
        return QSize(160, round(line * 2) + 2 * self.frameWidth())

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the window while nothing is selected."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and not self.textCursor().hasSelection()
        ):
            event.ignore()
            return False
        return super().event(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take pictures and files as well as text."""
        return holds_picture(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert text; hand on pictures and files."""
        given = read_mime(source)
        if isinstance(given, PlainText):
            super().insertFromMimeData(source)
        else:
            self.input_given.emit(given)

    def _tell(self) -> None:
        self.edited.emit(self.toPlainText())


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
