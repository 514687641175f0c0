"""The mark at a place where picture and drawing differ; on both of them it is the same."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPalette

from writetex_desktop.core.notice import Level
from writetex_desktop.ui.toolkit.notice_words import level_colour

_ALPHA: Final = 56
_ROOM: Final = 2


def paint_mark(painter: QPainter, place: QRectF, ground: QColor) -> None:
    """Tint a place and underline it, in the colour of warnings that is legible on a ground."""
    colour = level_colour(Level.WARNING, QPalette(ground))
    faint = QColor(colour)
    faint.setAlpha(_ALPHA)
    place = place.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
    painter.fillRect(place, faint)
    painter.fillRect(QRectF(place.left(), place.bottom(), place.width(), 2), colour)
