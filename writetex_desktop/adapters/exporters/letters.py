"""Letters in fonts of the system, by Qt: shaped, and in the order of their script.

Qt finds a font that has them, as the desktop does. Without an application object it has no fonts at all, and
nothing is measured then. All of it may be called from any thread.
"""

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainterPath

from writetex_desktop.core.formats.drawing.lettering import Extent, Lettering

_SIZE_PX = 1000
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
    width = QFontMetricsF(font).horizontalAdvance(lettering.text)
    box = _path(lettering, font).boundingRect()
    if box.isEmpty():
        box = QFontMetricsF(font).tightBoundingRect(lettering.text)
    return Extent(width / _SIZE_PX, max(0.0, -box.top()) / _SIZE_PX, max(0.0, box.bottom()) / _SIZE_PX)


def outline(lettering: Lettering, size: float) -> str | None:
    """Give the outline of letters as SVG path data.

    Args:
        lettering: What is set.
        size: The font size in units of the path.

    Returns:
        The path with its origin at the left end of the baseline and y downwards; None for what has no
        outline, as emoji in colours, and where there are no fonts.
    """
    if QGuiApplication.instance() is None:
        return None
    path = _path(lettering, _font(lettering))
    scale = size / _SIZE_PX
    written: list[str] = []
    for at in range(path.elementCount()):
        element = path.elementAt(at)
        sign = _SIGNS.get(element.type, " ")
        written.append(f"{sign}{element.x * scale:.1f} {element.y * scale:.1f}")
    return "".join(written) or None


_SIGNS = {
    QPainterPath.ElementType.MoveToElement: "M",
    QPainterPath.ElementType.LineToElement: "L",
    QPainterPath.ElementType.CurveToElement: "C",
}
"""What each kind of element begins with; the others go on with a curve."""


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
