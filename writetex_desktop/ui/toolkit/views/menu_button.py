"""A button that opens a menu and says so beside its words."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

_GAP: Final = 4


class MenuButton(QToolButton):
    """Opens its menu wherever it is pressed.

    Qt's styles paint the arrow of such a button into its corner, over the end of the words; here it has room
    of its own, on the side to which the language reads.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Take the room of the words and of the arrow."""
        return super().sizeHint() + QSize(self._arrow_width(), 0)

    def minimumSizeHint(self) -> QSize:
        """Never lose a part of either."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, then words and arrow beside each other."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
        painter = QStylePainter(self)
        text, sign = option.text, QIcon(option.icon)
        # The panel alone: what is on it is painted into a part of it.
        option.text, option.icon = "", QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        option.text, option.icon = text, sign
        whole, width = self.rect(), self._arrow_width()
        option.rect = self._placed(whole.adjusted(0, 0, -width, 0))
        painter.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, option)
        arrow = QStyleOption()
        arrow.initFrom(self)
        side = width - _GAP
        arrow.rect = self._placed(
            QRect(whole.right() - width, whole.center().y() - side // 2 + 1, side, side)
        )
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, arrow)

    def _placed(self, place: QRect) -> QRect:
        """Mirror a place where the language is written from right to left."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _arrow_width(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator, None, self) + _GAP
