"""The picture as it was cut out, beside its render."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.image import Bitmap
from writetex_desktop.ui.qt_image import image_of
from writetex_desktop.ui.zoom_view import ZoomView


class CropView(ZoomView):
    """Shows a picture at the size it had on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("The picture that was read"))

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    def set_bitmap(self, bitmap: Bitmap | None) -> None:
        """Show a picture, or none."""
        self._image = QImage() if bitmap is None else image_of(bitmap)
        self.picture_changed()

    def natural_size(self) -> QSizeF:
        """Give the size at which one pixel of the picture is one pixel of the screen."""
        return QSizeF(self._image.size()) / self.devicePixelRatioF()

    def paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint the picture; enlarged pixels stay sharp, reduced ones are averaged."""
        reduced = target.width() * self.devicePixelRatioF() < self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, reduced)
        painter.drawImage(target, self._image)
