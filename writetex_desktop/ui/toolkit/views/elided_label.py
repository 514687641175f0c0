"""A line that is shortened where there is no room for it, and whole in its tooltip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStylePainter

from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class ElidedLabel(PlainLabel):
    """Shows a line of text; dots stand for what does not fit, and pointing at it shows the rest."""

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(tagless(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        room, metrics = self.contentsRect(), self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QStylePainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
