"""The view of a drawing: what of the paper is seen, how large, and with which rules."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.pictures.geometry import Box, around
from writetex_desktop.ui.ink.layer import InkLayer
from writetex_desktop.ui.ink.paper import Paper

ZOOM_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)

_FREE: Final = 160.0
"""Empty paper that there always is beyond the ink, in units of the paper."""

_STEP_PX: Final = 40


class InkSheet(QAbstractScrollArea):
    """Shows a drawing on paper that has no end; finished strokes are kept as pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._layer = InkLayer()
        self._paper = Paper()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(240, 160))
        self.horizontalScrollBar().valueChanged.connect(lambda: self._scrolled())
        self.verticalScrollBar().valueChanged.connect(lambda: self._scrolled())

    @property
    def ink(self) -> Ink:
        """The drawing."""
        return self._ink

    @property
    def paper(self) -> Paper:
        """How the paper looks."""
        return self._paper

    @property
    def zoom(self) -> float:
        """Pixels for each unit of the paper."""
        return self._layer.zoom

    @property
    def is_dark(self) -> bool:
        """Whether the paper is dark, by itself or with the theme."""
        return self._paper.is_dark(self.palette())

    def set_paper(self, paper: Paper) -> None:
        """Write on another paper."""
        self._paper = paper
        self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Show the paper larger or smaller about the middle of the view."""
        middle = QPointF(self.viewport().rect().center())
        x, y = self._layer.to_paper(middle)
        self._layer.look_at(QPointF(x, y) - middle / zoom, zoom)
        self._fit_bars()
        self.viewport().update()

    def zoom_by(self, steps: int) -> None:
        """Zoom by steps; 0 goes back to the usual size."""
        at = min(range(len(ZOOM_STEPS)), key=lambda number: abs(ZOOM_STEPS[number] - self.zoom))
        at = ZOOM_STEPS.index(1.0) if steps == 0 else min(max(at + steps, 0), len(ZOOM_STEPS) - 1)
        self.set_zoom(ZOOM_STEPS[at])

    def show_all(self) -> None:
        """Bring the drawing into view, smaller where it is too large."""
        box = self._ink.box
        if box is None:
            self._layer.look_at(QPointF(0, 0), 1.0)
        else:
            room, port = box.grown(24), self.viewport()
            fit = min(port.width() / room.width, port.height() / room.height)
            zoom = max((step for step in ZOOM_STEPS if step <= min(1.0, fit)), default=ZOOM_STEPS[0])
            x, y = room.centre, room.middle
            self._layer.look_at(QPointF(x - port.width() / 2 / zoom, y - port.height() / 2 / zoom), zoom)
        self._fit_bars()
        self.viewport().update()

    def view_of(self, box: Box) -> QRectF:
        """Give the rectangle of the viewport over a box of the paper."""
        return self._layer.to_view(box)

    def pan(self, dx: float, dy: float) -> None:
        """Move the paper under the view, in pixels; there is always more of it."""
        self._layer.look_at(self._layer.origin - QPointF(dx, dy) / self.zoom, self.zoom)
        self._fit_bars()
        self.viewport().update()

    def zoom_about(self, place: QPointF, factor: float) -> None:
        """Zoom by a factor, so that what is under a place of the view stays there."""
        zoom = min(max(self.zoom * factor, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        x, y = self._layer.to_paper(place)
        self._layer.look_at(QPointF(x, y) - place / zoom, zoom)
        self._fit_bars()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else move the paper."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_about(event.position(), 1.25 if turned.y() > 0 else 0.8)
        else:
            moved_px = event.pixelDelta() if not event.pixelDelta().isNull() else turned / 120 * _STEP_PX
            self.pan(moved_px.x(), moved_px.y())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is to be seen where it is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper, and copy what is finished."""
        painter = QPainter(self.viewport())
        self.paint_sheet(painter, event)

    def paint_sheet(self, painter: QPainter, event: QPaintEvent) -> None:
        """Paint what lies below everything that moves."""
        layer = self._layer
        self._paper.paint(painter, QRectF(event.rect()), self.palette(), layer.origin, layer.zoom)
        layer.paint(painter, event.rect())

    def _show_ink(self, ink: Ink) -> None:
        self._ink = ink
        changed = self._layer.set_ink(ink)
        self._fit_bars()
        if not changed.isNull():
            self.viewport().update(changed.toAlignedRect())

    # --- Room --------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Take the size of the view and the colours as they are now."""
        _, ink, _ = self._paper.colours(self.palette())
        self._layer.set_room(self.viewport().size(), self.devicePixelRatioF(), ink)
        self._fit_bars()
        self.viewport().update()

    def _fit_bars(self) -> None:
        """Let the bars lead through the paper: all of the ink, what is in view, and some more."""
        port, origin = self.viewport().rect(), self._layer.origin
        view = Box(
            origin.x(),
            origin.y(),
            origin.x() + port.width() / self.zoom,
            origin.y() + port.height() / self.zoom,
        )
        box = self._layer.box
        sheet = view if box is None else around((view, box.grown(_FREE)))
        for bar, first, at, shown, last in (
            (self.horizontalScrollBar(), sheet.left, view.left, port.width(), sheet.right),
            (self.verticalScrollBar(), sheet.top, view.top, port.height(), sheet.bottom),
        ):
            blocked = bar.blockSignals(True)
            low, high = round(first * self.zoom), round(last * self.zoom) - shown
            bar.setRange(low, max(low, high))
            bar.setPageStep(shown)
            bar.setSingleStep(_STEP_PX)
            bar.setValue(round(at * self.zoom))
            bar.blockSignals(blocked)

    def _scrolled(self) -> None:
        place = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._layer.look_at(place / self.zoom, self.zoom)
        self.viewport().update()
