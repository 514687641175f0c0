"""A formula as a PNG file."""

import math

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.adapters.exporters.svg import DEFAULT_FONT_PT
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.language.words import tr

DEFAULT_DPI = 300.0
MAX_PIXELS = 64_000_000

_POINTS_PER_INCH = 72
_METRES_PER_INCH = 0.0254


class PngExporter:
    """Writes formulas as PNG files; needs no display.

    Qt draws letters only while an application object lives. Where the program has none yet, as on the command
    line, the exporter makes one without a display and keeps it; make the exporter on the main thread then.
    """

    def __init__(self) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication(
            ["writetex", "-platform", "offscreen"]
        )

    def to_png(
        self,
        formula: RenderedFormula,
        *,
        dpi: float = DEFAULT_DPI,
        font_pt: float = DEFAULT_FONT_PT,
        ink: str = "#000000",
        paper: str | None = None,
    ) -> bytes:
        """Draw a formula into a PNG file that knows its physical size.

        Args:
            formula: What to draw.
            dpi: Pixels per inch.
            font_pt: Size of the text around the formula in points.
            ink: Colour of what the formula does not colour itself, `#rrggbb`.
            paper: Colour behind it; None for transparent.

        Raises:
            RenderError: It would have more than `MAX_PIXELS` pixels.
        """
        em_px = font_pt * dpi / _POINTS_PER_INCH
        box = QRectF(0, 0, formula.width_em * em_px, formula.height_em * em_px)
        size = QSize(math.ceil(box.width()), math.ceil(box.height()))
        if size.width() * size.height() > MAX_PIXELS:
            raise RenderError(tr("The picture would be too large."), tr("Choose a lower resolution."))
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(paper) if paper else Qt.GlobalColor.transparent)
        dots_per_metre = round(dpi / _METRES_PER_INCH)
        image.setDotsPerMeterX(dots_per_metre)
        image.setDotsPerMeterY(dots_per_metre)
        painter = QPainter(image)
        QSvgRenderer(with_ink(formula, ink).encode()).render(painter, box)
        painter.end()
        return _encode(image)


def _encode(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only bytes
    return bytes(data.data())
