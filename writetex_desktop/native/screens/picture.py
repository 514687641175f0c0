"""Picture files of the screen, as tools and portals write them, read by Qt.

Qt reads a PPM of 3840 x 2160 pixels in 40 ms; Python alone takes 300.
"""

from PySide6.QtGui import QImage, QImageReader

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import Bitmap


def load_readers() -> None:
    """Load Qt's readers of picture files, on the main thread: they belong to the thread that loads them."""
    QImageReader.supportedImageFormats()


def read_screen_picture(data: bytes) -> Bitmap:
    """Read a picture file; callable from any thread after `load_readers`.

    Raises:
        CaptureError: It is no picture.
    """
    image = QImage.fromData(data)
    if image.isNull():
        raise CaptureError(tr("The picture of the screen could not be read."), tr("Snip again."))
    return to_bitmap(image)


def to_bitmap(image: QImage) -> Bitmap:
    """Give the pixels of an image; callable from any thread."""
    if image.format() != QImage.Format.Format_RGB32:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    return Bitmap(image.width(), image.height(), bytes(image.constBits()))  # rows of 32 bits have no padding
