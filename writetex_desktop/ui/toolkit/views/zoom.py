"""A view of one picture that can be zoomed, scrolled and dragged."""

import math
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

_MARGIN: Final = 16
"""Empty room round the picture, in logical pixels."""

_STEP: Final = 20
"""How far an arrow key or a notch of the wheel scrolls, in logical pixels."""


class ZoomView(QAbstractScrollArea):
    """Shows a picture at its usual size, or smaller to fit, times the zoom.

    The usual size is the natural one, unless somebody lets more of a wide room be used.

    A subclass says how large its picture is and paints it; it calls `picture_changed` for a new one.
    """

    zoom_asked = Signal(int)
    """The user turned the wheel with Ctrl held: steps, positive for larger."""

    dragged_out = Signal()
    """The user began to drag the picture away, which was to be seen whole."""

    room_changed = Signal()
    """There is another picture, or other room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 1.0
        self._usual = 1.0
        self._dragged_from: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(QSize(160, 96))

    def natural_size(self) -> QSizeF:
        """The size of the picture at zoom 1 in logical pixels; empty when there is none."""
        raise NotImplementedError

    def paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint the picture into a rectangle of the viewport."""
        raise NotImplementedError

    def picture_changed(self) -> None:
        """Show what there is now."""
        self._fit_bars()
        self.viewport().update()
        self.room_changed.emit()

    @property
    def fitting_scale(self) -> float:
        """How many times its natural size the whole picture could have in the room there is."""
        natural = self.natural_size()
        if natural.isEmpty():
            return math.inf
        room = self.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN)
        return max(min(room.width() / natural.width(), room.height() / natural.height()), 0.01)

    def set_usual_scale(self, scale: float) -> None:
        """Let the picture be this many times its natural size at zoom 1, where there is room for it."""
        if scale != self._usual:
            self._usual = scale
            self._fit_bars()
            self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Show the picture larger or smaller; at 1 all of it is to be seen."""
        self._zoom = zoom
        self.picture_changed()

    def drawn_rect(self) -> QRectF:
        """Where the picture is painted, in logical pixels of the viewport."""
        size = self._drawn_size()
        port = self.viewport().rect()
        x = max((port.width() - size.width()) / 2, float(_MARGIN)) - self.horizontalScrollBar().value()
        y = max((port.height() - size.height()) / 2, float(_MARGIN)) - self.verticalScrollBar().value()
        return QRectF(round(x), round(y), size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle, or the part that is scrolled to."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().base())
        if not self.natural_size().isEmpty():
            self.paint_picture(painter, self.drawn_rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in the middle."""
        super().resizeEvent(event)
        self._fit_bars()
        self.room_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture where it is larger than its room, else drag it away."""
        if self._dragged_from is None or self.natural_size().isEmpty():
            return
        moved = event.position().toPoint() - self._dragged_from
        if not (self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum()):
            if moved.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self._dragged_from = None
                self.dragged_out.emit()
        else:
            self._dragged_from = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        self._dragged_from = None

    def _drawn_size(self) -> QSizeF:
        return self.natural_size() * min(self.fitting_scale, self._usual) * self._zoom

    def _fit_bars(self) -> None:
        size = self._drawn_size()
        port = self.maximumViewportSize()
        for bar, length, room in (
            (self.horizontalScrollBar(), size.width(), port.width()),
            (self.verticalScrollBar(), size.height(), port.height()),
        ):
            # A picture that was shrunk to fit needs no bar, whatever the rounding.
            beyond = int(length) + 2 * _MARGIN - room
            bar.setRange(0, max(0, beyond))
            bar.setPageStep(room)
            bar.setSingleStep(_STEP)
