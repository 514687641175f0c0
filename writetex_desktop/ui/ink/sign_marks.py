"""Marks on the paper round signs that may be something else, each with a place to press."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from writetex_desktop.core.ink.signs import InkSign
from writetex_desktop.core.notice import Level
from writetex_desktop.ui.ink.layer import InkLayer
from writetex_desktop.ui.toolkit.notice_words import level_colour

CHIP_PX: Final = 18.0


def chip_of(sign: InkSign, layer: InkLayer) -> QRectF:
    """Give the place to press for other readings of a sign, in pixels of the view."""
    view = _frame_of(sign, layer)
    return QRectF(view.right() - CHIP_PX / 2, view.top() - CHIP_PX / 2, CHIP_PX, CHIP_PX)


def chip_at(signs: Sequence[InkSign], place: QPointF, layer: InkLayer) -> InkSign | None:
    """Give the sign whose chip is at a place of the view, if there is one."""
    found = (each for each in signs if each.is_doubtful and chip_of(each, layer).contains(place))
    return next(found, None)


def paint_marks(painter: QPainter, signs: Sequence[InkSign], layer: InkLayer, palette: QPalette) -> None:
    """Paint a frame round every sign that is in doubt, and a question mark at its corner."""
    colour = level_colour(Level.WARNING, palette)
    for sign in signs:
        if not sign.is_doubtful:
            continue
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine))
        painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), 20))
        painter.drawRoundedRect(_frame_of(sign, layer), 4, 4)
        chip = chip_of(sign, layer)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(chip)
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Base))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, "?")


def _frame_of(sign: InkSign, layer: InkLayer) -> QRectF:
    return layer.to_view(sign.box).adjusted(-5, -5, 5, 5)
