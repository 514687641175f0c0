"""Between our bitmaps and Qt's images."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap


def image_of(bitmap: Bitmap) -> QImage:
    """Make an image that owns its pixels."""
    row = bitmap.width * BYTES_PER_PIXEL
    # QImage does not keep the buffer alive that it is given (https://doc.qt.io/qt-6/qimage.html#QImage-3).
    view = QImage(bytes(bitmap.data), bitmap.width, bitmap.height, row, QImage.Format.Format_RGB32)
    return view.copy()


def bitmap_of(image: QImage) -> Bitmap:
    """Make a bitmap of an image; what is transparent becomes white."""
    opaque = QImage(image.size(), QImage.Format.Format_RGB32)
    opaque.fill(Qt.GlobalColor.white)
    painter = QPainter(opaque)
    painter.drawImage(opaque.rect(), image)
    painter.end()
    # Rows of 32-bit images have no padding.
    return Bitmap(opaque.width(), opaque.height(), bytes(opaque.constBits()))
