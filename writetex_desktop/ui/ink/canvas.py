"""The paper that is written on, with mouse, finger and pen alike."""

from collections.abc import Sequence
from typing import Final, assert_never

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.ink.choosing import enclosed, touched
from writetex_desktop.core.ink.ink import USUAL_WIDTH, Ink, Point, moved, scaled
from writetex_desktop.core.ink.signs import InkSign
from writetex_desktop.core.ink.smoothing import curves
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.ui.ink.gesture_paint import (
    handle_of,
    paint_carried,
    paint_frame,
    paint_lasso,
    paint_writing,
)
from writetex_desktop.ui.ink.pointing import Pointing, PointingEvents
from writetex_desktop.ui.ink.sheet import InkSheet
from writetex_desktop.ui.ink.sign_marks import chip_at, paint_marks
from writetex_desktop.ui.ink.tools import Carrying, Gesture, Lassoing, Panning, Rubbing, Tool, Writing

_RUBBER_PX: Final = 9.0
_LEAST_STEP_PX: Final = 0.7
_TAP_PX: Final = 4.0


class InkCanvas(InkSheet):
    """Lets a drawing be changed; what comes of it goes out as a signal.

    While one writes, nothing but the new piece of the line is painted.
    """

    ink_changed = Signal(object)
    """The user changed the drawing: the new `Ink`. It is shown already."""

    writing_begun = Signal()
    """The pen was set down: what is being read is old."""

    sign_chosen = Signal(object, object)
    """The user wants another reading of a sign: the `InkSign`, and where on the screen (`QPoint`)."""

    selection_changed = Signal(bool)
    """Whether the lasso holds anything."""

    left = Signal()
    """Escape was pressed, and there was nothing to give up."""

    _events: PointingEvents | None = None  # the library sends events before it has made the view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.PEN
        self._width = USUAL_WIDTH
        self._gesture: Gesture | None = None
        self._held: tuple[InkSign, Pointing] | None = None
        self._selected: frozenset[int] = frozenset()
        self._signs: tuple[InkSign, ...] = ()
        self._epoch_ms: float | None = None
        self._press = QPointF()
        self._events = PointingEvents(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Paper"))
        self.setAccessibleDescription(
            tr("Write a formula here with mouse, finger or pen; what is read stands beside it")
        )
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().ungrabGesture(Qt.GestureType.PanGesture)  # two fingers are ours
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    # --- What it shows -------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """What the pen is."""
        return self._tool

    @property
    def selected(self) -> frozenset[int]:
        """Numbers of the strokes that the lasso holds."""
        return self._selected

    def set_ink(self, ink: Ink) -> None:
        """Show a drawing without telling anybody; what was being drawn is given up."""
        self._gesture = self._held = None
        self._select(frozenset())
        self._show_ink(ink)

    def set_signs(self, signs: Sequence[InkSign]) -> None:
        """Mark the signs of the last reading that are in doubt."""
        self._signs = tuple(signs)
        self.viewport().update()

    def set_tool(self, tool: Tool) -> None:
        """Let the pen be something else."""
        self._tool = tool
        if tool is not Tool.LASSO:
            self._select(frozenset())
        shape = Qt.CursorShape.PointingHandCursor if tool is Tool.RUBBER else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def set_pen_width(self, width: float) -> None:
        """Write with another pen from now on."""
        self._width = width

    def delete_selected(self) -> None:
        """Take away what the lasso holds."""
        if self._selected:
            gone, self._selected = self._selected, frozenset()
            self.selection_changed.emit(False)
            self._change(self._ink.without(gone))
            self.viewport().update()

    # --- What the user does ----------------------------------------------------------------------------

    def pen_down(self, pointing: Pointing) -> None:
        """Begin what the tool does."""
        place = self._press = pointing.place
        sign = chip_at(self._signs, place, self._layer)
        if sign is not None and not (pointing.rubs or pointing.pans):
            self._held = sign, pointing
            return
        self._begin(pointing)

    def _begin(self, pointing: Pointing) -> None:
        place = pointing.place
        x, y = self._layer.to_paper(place)
        if pointing.pans:
            self._gesture = Panning((place.x(), place.y()))
        elif pointing.rubs or self._tool is Tool.RUBBER:
            self.writing_begun.emit()
            self._gesture = Rubbing((x, y))
            self._rub(x, y)
        elif self._tool is Tool.LASSO:
            self._gesture = self._grip(place, x, y) or Lassoing([(x, y)])
            if isinstance(self._gesture, Carrying):
                self.writing_begun.emit()
                self._layer.hide(self._selected)
            else:
                self._select(frozenset())
            self.viewport().update()
        else:
            self.writing_begun.emit()
            self._select(frozenset())
            self._gesture = Writing(width=self._width)
            self._write(pointing)

    def pen_to(self, pointing: Pointing) -> None:
        """Go on with it."""
        place = pointing.place
        # The mark of a sign is where its exponent begins: who draws from there writes.
        if self._held is not None and (place - self._press).manhattanLength() >= _TAP_PX:
            (_, pressed), self._held = self._held, None
            self._begin(pressed)
        x, y = self._layer.to_paper(place)
        match self._gesture:
            case None:
                return
            case Writing():
                self._write(pointing)
            case Rubbing() as rubbing:
                self._rub_to(rubbing, x, y)
            case Lassoing(corners):
                corners.append((x, y))
                self.viewport().update()
            case Carrying() as carrying:
                carrying.to(x, y)
                self.viewport().update()
            case Panning() as panning:
                self.pan(place.x() - panning.last[0], place.y() - panning.last[1])
                panning.last = (place.x(), place.y())
            case _:
                assert_never(self._gesture)

    def pen_up(self, pointing: Pointing) -> None:
        """End it; what came of it is told."""
        self.pen_to(pointing)
        if self._held is not None:
            (sign, _), self._held = self._held, None
            self.sign_chosen.emit(sign, self.viewport().mapToGlobal(self._press.toPoint()))
        gesture, self._gesture = self._gesture, None
        match gesture:
            case Writing():
                self._finish(gesture)
            case Lassoing(corners):
                self._end_lasso(corners, pointing)
            case Carrying():
                self._put_down(gesture)
            case Rubbing():
                self._fit_bars()
            case None | Panning():
                pass
            case _:
                assert_never(gesture)

    def give_up(self) -> None:
        """End it as if it had not been begun: a second finger came, or the system took the pen away."""
        gesture, self._gesture, self._held = self._gesture, None, None
        if isinstance(gesture, Writing):
            self._layer.repair(self._layer.to_view(gesture.stroke.box.grown(2 * gesture.width)))
        if isinstance(gesture, Carrying):
            self._layer.hide(())
        self.viewport().update()

    # --- Writing ---------------------------------------------------------------------------------------

    def _write(self, pointing: Pointing) -> None:
        writing = self._gesture
        if not isinstance(writing, Writing):
            return
        x, y = self._layer.to_paper(pointing.place)
        if self._epoch_ms is None or not self._ink:
            self._epoch_ms = pointing.time_ms if not self._ink else pointing.time_ms - self._latest_ms()
        point = Point(x, y, max(0.0, pointing.time_ms - self._epoch_ms), pointing.pressure)
        if not writing.add(point, _LEAST_STEP_PX / self.zoom):
            return
        # All curves but the last are what they will be.
        made = curves(writing.stroke, max(0, writing.put_down))
        for curve in made[:-1]:
            self._layer.put_down(curve)
        writing.put_down = len(writing.points) - 1
        box = writing.newest.grown(writing.width)
        self.viewport().update(self._layer.to_view(box).toAlignedRect().adjusted(-2, -2, 2, 2))

    def _finish(self, writing: Writing) -> None:
        stroke = writing.finished()
        for curve in curves(writing.stroke, writing.put_down):
            self._layer.put_down(curve)
        self._layer.take_in(stroke)
        self._ink = self._ink.with_stroke(stroke)
        self._fit_bars()
        self.viewport().update(
            self._layer.to_view(stroke.box.grown(stroke.width)).toAlignedRect().adjusted(-2, -2, 2, 2)
        )
        self.ink_changed.emit(self._ink)

    def _latest_ms(self) -> float:
        return max((stroke.points[-1].time_ms for stroke in self._ink.strokes[-1:]), default=0.0)

    # --- Rubbing, and the lasso --------------------------------------------------------------------------

    def _rub_to(self, rubbing: Rubbing, x: float, y: float) -> None:
        """Rub along the way: a quick pen leaves wide gaps between its points."""
        x0, y0 = rubbing.last
        steps = max(1, int(max(abs(x - x0), abs(y - y0)) * self.zoom / _RUBBER_PX))
        for step in range(1, steps + 1):
            self._rub(x0 + (x - x0) * step / steps, y0 + (y - y0) * step / steps)
        rubbing.last = (x, y)

    def _rub(self, x: float, y: float) -> None:
        radius = _RUBBER_PX / self.zoom
        near = self._layer.numbers_near(x, y, radius)
        gone = {near[number] for number in touched(self._ink.chosen(near), x, y, radius)}
        if gone:
            self._change(self._ink.without(gone))

    def _grip(self, place: QPointF, x: float, y: float) -> Carrying | None:
        """What a press takes hold of, if the lasso holds anything there."""
        box = self._selected_box()
        if box is None:
            return None
        view = self._layer.to_view(box)
        if handle_of(view).adjusted(-6, -6, 6, 6).contains(place):
            return Carrying((x, y), box, resizes=True)
        return Carrying((x, y), box, resizes=False) if view.adjusted(-8, -8, 8, 8).contains(place) else None

    def _end_lasso(self, corners: Sequence[tuple[float, float]], pointing: Pointing) -> None:
        if (pointing.place - self._press).manhattanLength() < _TAP_PX:  # a tap: what is there
            x, y = corners[0]
            sign = next((each for each in self._signs if each.box.grown(4).holds(x, y)), None)
            if sign is not None:
                place = self.viewport().mapToGlobal(pointing.place.toPoint())
                self.sign_chosen.emit(sign, place)
                return
            self._select(touched(self._ink, x, y, _RUBBER_PX / self.zoom))
            return
        self._select(enclosed(self._ink, corners))

    def _put_down(self, carrying: Carrying) -> None:
        chosen = self._selected
        if carrying.resizes:
            ink = scaled(self._ink, carrying.factor, (carrying.box.left, carrying.box.top), chosen)
        else:
            ink = moved(self._ink, carrying.dx, carrying.dy, chosen)
        self._layer.hide(())
        if carrying.factor == 1.0 and carrying.dx == carrying.dy == 0.0:
            self.viewport().update()
            return
        self._change(ink)
        self._select(chosen)

    def _selected_box(self) -> Box | None:
        return self._ink.chosen(self._selected).box if self._selected else None

    def _select(self, numbers: frozenset[int]) -> None:
        if numbers != self._selected:
            self._selected = numbers
            self.selection_changed.emit(bool(numbers))
        self.viewport().update()

    def _change(self, ink: Ink) -> None:
        self._show_ink(ink)
        self.ink_changed.emit(ink)

    # --- Events ----------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Take pens and fingers, which the class of the library does not know."""
        if self._events is not None and self._events.take(event):
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take away or let go what the lasso holds."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._selected:
            self.delete_selected()
        elif event.key() == Qt.Key.Key_Escape and (self._selected or self._gesture is not None):
            self.give_up()
            self._select(frozenset())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            super().keyPressEvent(event)
        else:  # the base class would scroll by arrows, which choose in a list beside it
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what is finished, and paint what is in the making."""
        painter = QPainter(self.viewport())
        self.paint_sheet(painter, event)
        layer = self._layer
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._signs, layer, self.palette())
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        match self._gesture:
            case Writing() as writing:
                paint_writing(painter, layer, writing, self._paper.colours(self.palette())[1])
            case Lassoing(corners):
                paint_lasso(painter, layer, corners, accent)
            case Carrying() as carrying:
                paint_carried(painter, layer, carrying, self._selected, accent)
            case _:
                box = self._selected_box()
                if box is not None:
                    paint_frame(painter, layer.to_view(box), accent)
