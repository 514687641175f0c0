"""A row of two groups that becomes two rows where there is no room for both."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

_SPACING: Final = 8


class WrappedRow(QWidget):
    """Puts one group at the start and one at the end; words are long in some languages, and screens small.

    Args:
        first: The widgets at the start.
        second: Those at the end; in a narrow window they stand below the others.
    """

    def __init__(
        self, first: Sequence[QWidget], second: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._first, self._second = _group(first), _group(second)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._first, 0, 0)
        self._is_wide = False
        self._place_second(wide=True)

    def minimumSizeHint(self) -> QSize:
        """Do with the width of the longer group."""
        widths = (each.minimumSizeHint().width() for each in (self._first, self._second))
        return QSize(max(widths), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._adapt()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._adapt()

    def event(self, event: QEvent) -> bool:
        """Follow the words, which another language makes longer or shorter."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._adapt()
        return super().event(event)

    def _adapt(self) -> None:
        needed = self._first.sizeHint().width() + _SPACING + self._second.sizeHint().width()
        self._place_second(wide=needed <= self.width())

    def _place_second(self, *, wide: bool) -> None:
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self._grid.removeWidget(self._second)
        if wide:
            self._grid.addWidget(self._second, 0, 2)
        else:
            self._grid.addWidget(self._second, 1, 0, 1, 3)
        self.updateGeometry()


def _group(widgets: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_SPACING)
    for each in widgets:
        row.addWidget(each)
    row.addStretch(1)
    return holder
