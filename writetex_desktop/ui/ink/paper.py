"""The paper of the pad: its colours and its rules."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from writetex_desktop.ui.toolkit.theme import is_dark

RULE = 32.0
"""Distance of rules, in units of the paper."""

_LEAST_PX = 8.0
"""Rules nearer to each other would be a grey page."""


class Rules(Enum):
    """What is printed on the paper."""

    NONE = "none"
    LINES = "lines"
    SQUARES = "squares"


@dataclass(frozen=True, slots=True)
class Paper:
    """How the paper looks.

    Attributes:
        rules: What is printed on it.
        dark: Whether it is dark; None for the theme's own.
    """

    rules: Rules = Rules.SQUARES
    dark: bool | None = None

    def is_dark(self, palette: QPalette) -> bool:
        """Say whether the paper is dark, by itself or with the theme of a palette."""
        return is_dark(palette) if self.dark is None else self.dark

    def colours(self, palette: QPalette) -> tuple[QColor, QColor, QColor]:
        """Give the colours of the paper, of the ink and of the rules, within the theme of a palette."""
        if self.is_dark(palette):
            return QColor("#1d2126"), QColor("#f2f4f6"), QColor("#343b43")
        return QColor("#ffffff"), QColor("#15181c"), QColor("#dfe5ec")

    def paint(self, painter: QPainter, room: QRectF, palette: QPalette, origin: QPointF, zoom: float) -> None:
        """Paint a part of the paper.

        Args:
            painter: In logical pixels of the view.
            room: The part.
            palette: The theme.
            origin: What place of the paper is at the left top of the view.
            zoom: Pixels for each unit of the paper.
        """
        ground, _, rule = self.colours(palette)
        painter.fillRect(room, ground)
        step = RULE * zoom
        while step < _LEAST_PX:
            step *= 2
        if self.rules is Rules.NONE:
            return
        painter.setPen(QPen(rule, 1))
        lines = []
        y = room.top() - (room.top() + origin.y() * zoom) % step + step
        while y <= room.bottom():
            lines.append(QLineF(room.left(), round(y) + 0.5, room.right(), round(y) + 0.5))
            y += step
        if self.rules is Rules.SQUARES:
            x = room.left() - (room.left() + origin.x() * zoom) % step + step
            while x <= room.right():
                lines.append(QLineF(round(x) + 0.5, room.top(), round(x) + 0.5, room.bottom()))
                x += step
        painter.drawLines(lines)
