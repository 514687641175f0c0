"""The small window of the pad, which stays above the others."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen


class PadWindow(QWidget):
    """Holds the pad while it is not a page of the large window."""

    closed = Signal()
    """The user closed it; the ink stays."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(tr("WriteTex pad"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        resize_within_screen(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        """Ask for room for one line of a formula and its reading."""
        return QSize(608, 600)

    def hold(self, pad: QWidget) -> None:
        """Take the pad, and show it."""
        if pad.parentWidget() is not self:
            self._column.addWidget(pad)
            pad.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def event(self, event: QEvent) -> bool:
        """Claim Escape."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go away, and tell."""
        super().closeEvent(event)
        self.closed.emit()
