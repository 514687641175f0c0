"""A formula as a PDF file of one page, as large as the formula."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.adapters.exporters.svg import DEFAULT_FONT_PT
from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink

_DOTS_PER_INCH = 1200
_POINTS_PER_INCH = 72


def to_pdf(formula: RenderedFormula, *, ink: str = "#000000", font_pt: float = DEFAULT_FONT_PT) -> bytes:
    """Draw a formula as curves on a page without margins; needs a Qt application object.

    Args:
        formula: What to draw.
        ink: Colour of what the formula does not colour itself, `#rrggbb`.
        font_pt: Size of the text around the formula in points.
    """
    size = QSizeF(max(formula.width_em, _LEAST_EM) * font_pt, max(formula.height_em, _LEAST_EM) * font_pt)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setCreator("WriteTex Desktop")
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    scale = _DOTS_PER_INCH / _POINTS_PER_INCH
    painter = QPainter(writer)
    box = QRectF(0, 0, size.width() * scale, size.height() * scale)
    QSvgRenderer(with_ink(formula, ink).encode()).render(painter, box)
    painter.end()
    return bytes(data.data())


_LEAST_EM = 0.1
"""An empty formula has no size, but a page must."""
