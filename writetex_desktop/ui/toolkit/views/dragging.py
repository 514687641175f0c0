"""Results and pictures that are dragged into other programs."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.formats.flavour import MATHML, OFFICE, Content
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.formula import FormulaView

SVG: Final = "image/svg+xml"
_MATHML_OF_WINDOWS: Final = tuple(
    flavour
    for flavour in OFFICE
    if flavour.content is Content.OFFICE_MATHML
    and flavour.media_type not in {each.media_type for each in MATHML}
)
"""The other names by which programs ask for it."""

EM_PX: Final = 48
"""Pixels to the em of a formula that is dropped as a picture: print at 300 dots per inch has about that."""

_SHADOW: Final = QSize(240, 96)
"""The room for what hangs on the pointer."""


def let_drag_out(crop: CropView, render: FormulaView, markup: Callable[[], str]) -> None:
    """Let picture and drawing be dragged from two views.

    Args:
        crop: Shows the picture.
        render: Shows the drawing; one that is older than its source is not dragged.
        markup: Gives the source.
    """

    def drag_formula() -> None:
        if render.formula is not None and not render.is_stale:
            drag(render, formula_mime(markup(), render.formula, render.mathml))

    crop.dragged_out.connect(lambda: drag(crop, picture_mime(crop.image)))
    render.dragged_out.connect(drag_formula)


def sources_mime(markups: Sequence[str], picture: QImage | None = None) -> QMimeData:
    """Offer results as their sources, a blank line between them, and the picture of a single one."""
    mime = QMimeData()
    mime.setText("\n\n".join(markups))
    if picture is not None and not picture.isNull():
        mime.setImageData(picture)
    return mime


def formula_mime(markup: str, formula: RenderedFormula, mathml: str) -> QMimeData:
    """Offer a formula as source, MathML, drawing and picture on white; the other program chooses."""
    drawing = with_ink(formula, "#000000").encode()
    mime = QMimeData()
    mime.setText(markup)
    mime.setData(SVG, QByteArray(drawing))
    if mathml:
        for flavour in (*MATHML, *_MATHML_OF_WINDOWS):
            mime.setData(flavour.media_type, QByteArray(mathml.encode()))
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
