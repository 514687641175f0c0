"""A formula as pixels in memory."""

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import Bitmap

MARGIN_PX = 4
"""White paper round the formula."""

MAX_PIXELS = 2_000_000


def to_bitmap(formula: RenderedFormula, em_px: float) -> Bitmap:
    """Draw a formula black on white; callable from any thread while an application object lives.

    Args:
        formula: What to draw.
        em_px: Pixels an em.

    Raises:
        RenderError: It would have more than `MAX_PIXELS` pixels.
    """
    box = QRectF(MARGIN_PX, MARGIN_PX, formula.width_em * em_px, formula.height_em * em_px)
    width, height = math.ceil(box.width()) + 2 * MARGIN_PX, math.ceil(box.height()) + 2 * MARGIN_PX
    if width * height > MAX_PIXELS:
        raise RenderError(tr("The picture would be too large."), tr("Choose a smaller size."))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(with_ink(formula, "#000000").encode()).render(painter, box)
    painter.end()
    return Bitmap(width, height, bytes(image.constBits()))
