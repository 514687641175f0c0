"""Results and pictures that are dragged into other programs."""

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink

SVG: Final = "image/svg+xml"
EM_PX: Final = 48
"""Pixels to the em of a formula that is dropped as a picture: print at 300 dots per inch has about that."""

_SHADOW: Final = QSize(240, 96)
"""The room for what hangs on the pointer."""


def formula_mime(markup: str, formula: RenderedFormula) -> QMimeData:
    """Offer a formula as its source, as a drawing and as a picture on white; the other program chooses."""
    drawing = with_ink(formula, "#000000").encode()
    mime = QMimeData()
    mime.setText(markup)
    mime.setData(SVG, QByteArray(drawing))
    mime.setImageData(_picture(drawing, formula))
    return mime


def picture_mime(image: QImage) -> QMimeData:
    """Offer a picture."""
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def drag(view: QWidget, mime: QMimeData) -> None:
    """Let the user drag; comes back when something was dropped, or nothing."""
    dragged = QDrag(view)
    dragged.setMimeData(mime)
    shadow = QPixmap.fromImage(mime.imageData()).scaled(
        _SHADOW, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    dragged.setPixmap(shadow)
    dragged.setHotSpot(QPoint(shadow.width() // 2, shadow.height() // 2))
    dragged.exec(Qt.DropAction.CopyAction)


def _picture(drawing: bytes, formula: RenderedFormula) -> QImage:
    size = QSize(round(formula.width_em * EM_PX), round(formula.height_em * EM_PX)).expandedTo(QSize(1, 1))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    return image
