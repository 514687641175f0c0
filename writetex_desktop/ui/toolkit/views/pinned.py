"""Formulas that stay on the screen, above whatever the user works with."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QWidget

from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.formula import FormulaView

_MARGIN: Final = 12
_STEP: Final = 1.15
_SMALLEST, _LARGEST = 0.4, 8.0
_MOVED_PX: Final = 8
_CASCADE: Final = QPoint(24, 24)


class PinnedFormula(QWidget):
    """A window without a frame: dragged, made larger by the wheel, closed by Escape.

    Args:
        formula: What it shows.
        em_px: Logical pixels to the em.
        source: What it is, for screen readers.
    """

    closed = Signal()

    def __init__(self, formula: RenderedFormula, em_px: float, source: str) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # else it hides with our window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(tr("Pinned formula"))
        self.setAccessibleName(tr("Pinned formula"))
        self.setAccessibleDescription(source)
        self.setToolTip(
            tr("Drag it anywhere; the wheel makes it larger, a double click or Escape closes it.")
        )
        self._formula = formula
        self._em_px = em_px
        self._scale = 1.0
        self._held: QPoint | None = None
        self._drawing = QSvgRenderer(self)
        self._ink()
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Take the room of the formula with a margin."""
        em = self._em_px * self._scale
        inside = QSize(round(self._formula.width_em * em), round(self._formula.height_em * em))
        return inside + QSize(2 * _MARGIN, 2 * _MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint paper, edge and formula."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._drawing.render(painter, QRectF(self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._ink()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it; Wayland lets only the desktop move a window."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._held is None or (event.position().toPoint() - self._held).manhattanLength() < 1:
            return
        handle = self.windowHandle()
        if not handle.startSystemMove():
            self.move(event.globalPosition().toPoint() - self._held)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._held = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Take it away."""
        self.close()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Make it larger or smaller."""
        self._resize(1 if event.angleDelta().y() > 0 else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the same by keyboard: plus and minus, the arrows, Escape."""
        moves = {
            Qt.Key.Key_Left: QPoint(-_MOVED_PX, 0),
            Qt.Key.Key_Right: QPoint(_MOVED_PX, 0),
            Qt.Key.Key_Up: QPoint(0, -_MOVED_PX),
            Qt.Key.Key_Down: QPoint(0, _MOVED_PX),
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Delete):
            self.close()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._resize(-1 if key is Qt.Key.Key_Minus else 1)
        elif key in moves:
            self.move(self.pos() + moves[key])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to take it away."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Close")).triggered.connect(self.close)
        menu.popup(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is gone."""
        super().closeEvent(event)
        self.closed.emit()

    def _resize(self, steps: int) -> None:
        self._scale = min(max(self._scale * _STEP**steps, _SMALLEST), _LARGEST)
        self.resize(self.sizeHint())

    def _ink(self) -> None:
        ink = self.palette().color(QPalette.ColorRole.Text).name()
        self._drawing.load(QByteArray(with_ink(self._formula, ink).encode()))
        self.update()


class Pins(QObject):
    """The formulas that were pinned, until each is closed.

    Args:
        view: Shows the formula that is pinned next.
        source: Gives its markup.
        actions: The action that pins.
    """

    def __init__(self, view: FormulaView, source: Callable[[], str], actions: Actions) -> None:
        super().__init__(view)
        self._view = view
        self._source = source
        self._pinned: list[PinnedFormula] = []
        actions.pin.triggered.connect(lambda: self.pin())

    @property
    def pinned(self) -> tuple[PinnedFormula, ...]:
        """Those that are on the screen, the oldest first."""
        return tuple(self._pinned)

    def pin(self) -> None:
        """Pin what is drawn, over the place where it is drawn."""
        formula = self._view.formula
        if formula is None:
            return
        shown = self._view.drawn_rect()
        pinned = PinnedFormula(formula, shown.width() / formula.width_em, self._source())
        pinned.closed.connect(lambda: self._pinned.remove(pinned))
        corner = self._view.viewport().mapToGlobal(shown.topLeft().toPoint())
        pinned.move(corner - QPoint(_MARGIN, _MARGIN) + _CASCADE * len(self._pinned))
        self._pinned.append(pinned)
        pinned.show()

    def close_all(self) -> None:
        """Take all of them away."""
        for each in self.pinned:
            each.close()
