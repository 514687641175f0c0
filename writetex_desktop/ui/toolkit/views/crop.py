"""The picture as it was cut out, beside its render."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.toolkit.pictures import image_of
from writetex_desktop.ui.toolkit.views.difference_mark import paint_mark
from writetex_desktop.ui.toolkit.views.zoom import ZoomView


class CropView(ZoomView):
    """Shows a picture at the size it had on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._small = QImage()
        self._marks: tuple[Rect, ...] = ()
        self.setAccessibleName(tr("Picture"))
        self.set_marks(())

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    def set_bitmap(self, bitmap: Bitmap | None) -> None:
        """Show a picture, or none."""
        self._image = QImage() if bitmap is None else image_of(bitmap)
        self._small = QImage()
        self.set_marks(())
        self.picture_changed()

    def set_marks(self, marks: Sequence[Rect]) -> None:
        """Mark places, in pixels of the picture; none takes the marks away."""
        self._marks = tuple(marks)
        self.setAccessibleDescription(
            tr("The picture that was read, marked where the drawing differs from it")
            if marks
            else tr("The picture that was read")
        )
        self.viewport().update()

    def natural_size(self) -> QSizeF:
        """Give the size at which one pixel of the picture is one pixel of the screen."""
        return QSizeF(self._image.size()) / self.devicePixelRatioF()

    def paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint the picture; enlarged pixels stay sharp, reduced ones are averaged."""
        reduced = target.width() * self.devicePixelRatioF() < self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, reduced)
        painter.drawImage(target, self._reduced(target) if reduced else self._image)
        across, down = target.width() / self._image.width(), target.height() / self._image.height()
        for mark in self._marks:
            place = QRectF(mark.x * across, mark.y * down, mark.width * across, mark.height * down)
            paint_mark(painter, place.translated(target.topLeft()), self._paper())

    def _paper(self) -> QColor:
        """Give the colour of the picture as a whole, whose paper may be light in a dark theme."""
        how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        return self._image.scaled(QSize(1, 1), *how).pixelColor(0, 0)

    def _reduced(self, target: QRectF) -> QImage:
        """Give the picture at the size at which it is painted.

        A painter averages four pixels at most; the print of a whole page would break into dots.
        """
        size = (target.size() * self.devicePixelRatioF()).toSize()
        if self._small.size() != size:
            how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._small = self._image.scaled(size, *how)
        return self._small
