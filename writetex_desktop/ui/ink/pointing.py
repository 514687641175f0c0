"""Mouse, finger and pen as one thing: where, when, how hard, and with which end."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent

if TYPE_CHECKING:
    from writetex_desktop.ui.ink.canvas import InkCanvas

_TWO = 2


@dataclass(frozen=True, slots=True)
class Pointing:
    """One moment of a pointing device.

    Attributes:
        place: In pixels of the view.
        time_ms: By the clock of the events.
        pressure: 0 to 1; 1 where the device has none.
        rubs: Whether it is the rubber: the other end of the pen, or the right button.
        pans: Whether it moves the paper: the middle button.
    """

    place: QPointF
    time_ms: float
    pressure: float = 1.0
    rubs: bool = False
    pans: bool = False


class PointingEvents:
    """Turns events into presses, moves and releases of a canvas.

    One finger writes and two move and zoom the paper; once a pen has been seen, fingers and the hand that
    rests beside it write no more, and one of them moves the paper.

    While the pointer is over the paper the library may not join its moves: on X11 it does whenever the
    program is busy, and what is left of a curve is a straight line.
    https://doc.qt.io/qt-6/qt.html#ApplicationAttribute-enum

    Args:
        canvas: Obeys.
    """

    def __init__(self, canvas: "InkCanvas") -> None:
        self._canvas = canvas
        self._pen_seen = False
        self._is_down = False
        self._joined = False
        self._fingers: dict[int, QPointF] = {}

    def take(self, event: QEvent) -> bool:
        """Take an event; says whether it was one of ours."""
        match event:
            case QTabletEvent():
                return self._take_pen(event)
            case QTouchEvent():
                return self._take_fingers(event)
            case QMouseEvent():
                return self._take_mouse(event)
            case _ if event.type() is QEvent.Type.Enter:
                self._join_moves(joined=False)
            case _ if event.type() in {QEvent.Type.Leave, QEvent.Type.Hide}:
                self._join_moves(joined=True)
            case _:
                pass
        return False

    def _join_moves(self, *, joined: bool) -> None:
        """Let the library join moves that come while the program is busy, where it did so."""
        attribute = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
        if joined and self._joined:
            self._joined = False
            QCoreApplication.setAttribute(attribute, True)
        elif not joined and QCoreApplication.testAttribute(attribute):
            self._joined = True
            QCoreApplication.setAttribute(attribute, False)

    def _take_pen(self, event: QTabletEvent) -> bool:
        self._pen_seen = True
        # A pen without a pressure of its own reports 0 when it is down.
        pressure = event.pressure() or (1.0 if _lacks_pressure(event) else 0.0)
        pointing = Pointing(
            event.position(),
            event.timestamp(),
            min(1.0, max(0.0, pressure)),
            rubs=event.pointerType() == QPointingDevice.PointerType.Eraser
            or event.button() == Qt.MouseButton.RightButton,
            pans=event.button() == Qt.MouseButton.MiddleButton,
        )
        match event.type():
            case QEvent.Type.TabletPress:
                self._press(pointing)
            case QEvent.Type.TabletMove:
                if self._is_down:
                    self._canvas.pen_to(pointing)
            case QEvent.Type.TabletRelease:
                self._release(pointing)
            case _:
                return False
        event.accept()
        return True

    def _take_mouse(self, event: QMouseEvent) -> bool:
        pointing = Pointing(
            event.position(),
            event.timestamp(),
            rubs=event.button() == Qt.MouseButton.RightButton,
            pans=event.button() == Qt.MouseButton.MiddleButton,
        )
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick:
                self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
                self._press(pointing)
            case QEvent.Type.MouseMove:
                if self._is_down:
                    self._canvas.pen_to(pointing)
            case QEvent.Type.MouseButtonRelease:
                self._release(pointing)
            case _:
                return False
        event.accept()
        return True

    def _take_fingers(self, event: QTouchEvent) -> bool:
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._fingers.clear()
            self._is_down = False
            self._canvas.give_up()
            return True
        points = [each for each in event.points() if each.state() is not QEventPoint.State.Released]
        lifted = [each for each in event.points() if each.state() is QEventPoint.State.Released]
        if len(points) >= _TWO or len(self._fingers) >= _TWO or self._pen_seen:
            if self._is_down:
                self._is_down = False
                self._canvas.give_up()
            self._pan_and_zoom(points)
        elif points:
            (point,) = points
            pointing = Pointing(self._place(point), event.timestamp(), _of_finger(point))
            if point.state() is QEventPoint.State.Pressed:
                self._press(pointing)
            elif self._is_down:
                self._canvas.pen_to(pointing)
            self._fingers = {point.id(): self._place(point)}
        elif lifted and self._is_down:
            self._release(Pointing(self._place(lifted[0]), event.timestamp(), _of_finger(lifted[0])))
        if not points:
            self._fingers.clear()
        return True

    def _pan_and_zoom(self, points: list[QEventPoint]) -> None:
        """Follow the middle of the fingers, and their distance."""
        now = {point.id(): self._place(point) for point in points}
        both = [key for key in now if key in self._fingers]
        if both:
            before, after = [self._fingers[key] for key in both], [now[key] for key in both]
            shift = _middle(after) - _middle(before)
            self._canvas.pan(shift.x(), shift.y())
            if len(both) >= _TWO:
                old, new = _spread(before), _spread(after)
                if old > 1 and new > 1:
                    self._canvas.zoom_about(_middle(after), new / old)
        self._fingers = now

    def _place(self, point: QEventPoint) -> QPointF:
        return self._canvas.viewport().mapFromGlobal(point.globalPosition())

    def _press(self, pointing: Pointing) -> None:
        if self._is_down:
            self._canvas.give_up()
        self._is_down = True
        self._join_moves(joined=False)
        self._canvas.pen_down(pointing)

    def _release(self, pointing: Pointing) -> None:
        if self._is_down:
            self._is_down = False
            self._canvas.pen_up(pointing)


def _lacks_pressure(event: QTabletEvent) -> bool:
    device = event.pointingDevice()
    return not bool(device.capabilities() & QPointingDevice.Capability.Pressure)


def _of_finger(point: QEventPoint) -> float:
    """The pressure of a finger; most screens report 1 or nothing."""
    return point.pressure() if 0 < point.pressure() <= 1 else 1.0


def _middle(places: list[QPointF]) -> QPointF:
    return QPointF(
        sum(place.x() for place in places) / len(places), sum(place.y() for place in places) / len(places)
    )


def _spread(places: list[QPointF]) -> float:
    one, two = places[:2]
    return math.dist((one.x(), one.y()), (two.x(), two.y()))
