"""The picture as it was cut out, beside its render."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from writetex_desktop.core.image import Bitmap
from writetex_desktop.ui.qt_image import image_of

_MARGIN: Final = 16
"""Empty room round the picture, in logical pixels."""

_WHEEL_NOTCH: Final = 120
"""Units of one notch of a wheel, https://doc.qt.io/qt-6/qwheelevent.html#angleDelta."""


class CropView(QAbstractScrollArea):
    """Shows a picture at the size it had on the screen, or smaller to fit, times the zoom."""

    zoom_asked = Signal(int)
    """The user turned the wheel with Ctrl held: steps, positive for larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._zoom = 1.0
        self._dragged_from: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("The picture that was read"))
        self.setMinimumSize(QSize(160, 96))

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    def set_bitmap(self, bitmap: Bitmap | None) -> None:
        """Show a picture, or none."""
        self._image = QImage() if bitmap is None else image_of(bitmap)
        self._fit_bars()
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Show it larger or smaller than it comes; 1 is as it comes."""
        self._zoom = zoom
        self._fit_bars()
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle, or the part that is scrolled to."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().base())
        if self._image.isNull():
            return
        # Enlarged pixels stay sharp; reduced ones are averaged.
        smooth = self._drawn_scale() * self.devicePixelRatioF() < 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(self._target(), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in the middle."""
        super().resizeEvent(event)
        self._fit_bars()

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
        """Move the picture."""
        if self._dragged_from is not None:
            moved = event.position().toPoint() - self._dragged_from
            self._dragged_from = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        self._dragged_from = None

    def _drawn_scale(self) -> float:
        """Logical pixels for one pixel of the picture."""
        natural = 1 / self.devicePixelRatioF()
        room = self.maximumViewportSize() - QSize(2 * _MARGIN, 2 * _MARGIN)
        fit = min(room.width() / self._image.width(), room.height() / self._image.height())
        return max(min(natural, fit), 0.01) * self._zoom

    def _target(self) -> QRectF:
        scale = self._drawn_scale()
        width, height = self._image.width() * scale, self._image.height() * scale
        port = self.viewport().rect()
        x = max((port.width() - width) / 2, float(_MARGIN)) - self.horizontalScrollBar().value()
        y = max((port.height() - height) / 2, float(_MARGIN)) - self.verticalScrollBar().value()
        return QRectF(round(x), round(y), width, height)

    def _fit_bars(self) -> None:
        if self._image.isNull():
            self.horizontalScrollBar().setRange(0, 0)
            self.verticalScrollBar().setRange(0, 0)
            return
        scale = self._drawn_scale()
        port = self.maximumViewportSize()
        for bar, length, room in (
            (self.horizontalScrollBar(), self._image.width() * scale, port.width()),
            (self.verticalScrollBar(), self._image.height() * scale, port.height()),
        ):
            bar.setRange(0, max(0, round(length) + 2 * _MARGIN - room))
            bar.setPageStep(room)
            bar.setSingleStep(_WHEEL_NOTCH // 6)
