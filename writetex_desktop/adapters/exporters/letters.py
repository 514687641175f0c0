"""Letters in fonts of the system, by Qt: shaped, and in the order of their script.

Qt finds a font that has them, as the desktop does. Without an application object it has no fonts at all, and
nothing is measured then. All of it may be called from any thread.
"""

import math

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPainterPath

from writetex_desktop.core.formats.drawing.lettering import Extent, Lettering, LetteringPicture

_SIZE_PX = 1000
_PICTURE_PX = 128
"""The size at which fonts of emoji have their pictures."""

_HINTS = {
    "serif": QFont.StyleHint.Serif,
    "sans-serif": QFont.StyleHint.SansSerif,
    "monospace": QFont.StyleHint.Monospace,
}


def measure(lettering: Lettering) -> Extent | None:
    """Tell how much room letters take; None where there are no fonts."""
    if QGuiApplication.instance() is None:
        return None
    font = _font(lettering)
    if _is_pictured(lettering):
        font.setPixelSize(_PICTURE_PX)
        metrics = QFontMetricsF(font)
        sides = (metrics.horizontalAdvance(lettering.text), metrics.ascent(), metrics.descent())
        return Extent(*(side / _PICTURE_PX for side in sides))
    box = _path(lettering, font).boundingRect()
    width = QFontMetricsF(font).horizontalAdvance(lettering.text)
    return Extent(width / _SIZE_PX, max(0.0, -box.top()) / _SIZE_PX, max(0.0, box.bottom()) / _SIZE_PX)


def outline(lettering: Lettering, size: float) -> str | LetteringPicture | None:
    """Give the outline of letters as SVG path data, or a picture of them where they have none, as emoji.

    Args:
        lettering: What is set.
        size: The font size in units of the path.

    Returns:
        The path with its origin at the left end of the baseline and y downwards; None where there are no
        fonts.
    """
    if QGuiApplication.instance() is None:
        return None
    if _is_pictured(lettering):
        return _picture(lettering)
    path = _path(lettering, _font(lettering))
    scale = size / _SIZE_PX
    written: list[str] = []
    for at in range(path.elementCount()):
        element = path.elementAt(at)
        sign = _SIGNS.get(element.type, " ")
        written.append(f"{sign}{element.x * scale:.1f} {element.y * scale:.1f}")
    return "".join(written) or None


_FIRST_EMOJI = 0x1F000
_AS_PICTURE = "\ufe0f"
_SIGNS = {
    QPainterPath.ElementType.MoveToElement: "M",
    QPainterPath.ElementType.LineToElement: "L",
    QPainterPath.ElementType.CurveToElement: "C",
}
"""What each kind of element begins with; the others go on with a curve."""


def _is_pictured(lettering: Lettering) -> bool:
    """Whether it is an emoji, whose font has pictures of a few sizes in place of outlines.

    Such a font must not be asked for an outline at all: Qt then takes another size for its own from there on.
    """
    return any(ord(sign) >= _FIRST_EMOJI or sign == _AS_PICTURE for sign in lettering.text)


def _picture(lettering: Lettering) -> LetteringPicture | None:
    font = _font(lettering)
    font.setPixelSize(_PICTURE_PX)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(lettering.text), metrics.ascent() + metrics.descent()
    size = QSize(math.ceil(width), math.ceil(height))
    if size.isEmpty():
        return None
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(QPointF(0, metrics.ascent()), lettering.text)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only bytes
    em = 1 / _PICTURE_PX
    box = (0.0, metrics.ascent() * em, size.width() * em, size.height() * em)
    return LetteringPicture(bytes(data.data()), *box)


def _font(lettering: Lettering) -> QFont:
    font = QFont(lettering.family)
    font.setStyleHint(_HINTS.get(lettering.family, QFont.StyleHint.Serif))
    font.setPixelSize(_SIZE_PX)
    font.setItalic(lettering.is_italic)
    font.setBold(lettering.is_bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _path(lettering: Lettering, font: QFont) -> QPainterPath:
    path = QPainterPath()
    path.addText(0, 0, font, lettering.text)
    return path
