"""A region chosen by the keyboard alone: the arrows lead the crosshair, Space sets the corners."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures import selection as choosing
from writetex_desktop.core.pictures.geometry import PointF
from writetex_desktop.core.pictures.selection import Canvas, Dragging, Idle, SelectionState
from writetex_desktop.ui.toolkit.keys import ARROWS, ENTER

_STEPS_PX: Final = (
    (Qt.KeyboardModifier.ControlModifier, 100),
    (Qt.KeyboardModifier.ShiftModifier, 10),
    (Qt.KeyboardModifier.NoModifier, 1),
)
"""How far an arrow key goes, in device pixels; the first that is held counts."""


@dataclass(frozen=True, slots=True)
class ByKeys:
    """What the keyboard has done so far.

    Attributes:
        leads: Whether an arrow key has led the crosshair.
        drags: Whether a corner is set and the arrows move the other one.
    """

    leads: bool = False
    drags: bool = False

    def hint(self, state: SelectionState) -> str:
        """Say what the keys do now; empty where the mouse is used."""
        match state:
            case Idle() if self.leads:
                return tr("Arrow keys move (Shift: faster, Ctrl: fast). Space sets a corner. Esc cancels.")
            case Dragging() if self.drags:
                return tr("Arrow keys move the other corner. Space takes the region. Esc goes back.")
            case _:
                return ""


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a key.

    Attributes:
        state: The state after it.
        pointer: Where the crosshair is, in logical pixels; may lie outside the screen.
        by_keys: What the keyboard has done.
    """

    state: SelectionState
    pointer: PointF
    by_keys: ByKeys


def stepped(
    state: SelectionState,
    pointer: PointF,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    *,
    canvas: Canvas,
    by_keys: ByKeys,
) -> Step | None:
    """Obey a key; None for one that means nothing here.

    Args:
        state: The state before.
        pointer: Where the crosshair is, in logical pixels.
        key: It.
        held: What is held with it.
        canvas: The screen.
        by_keys: What the keyboard has done so far.
    """
    match state:
        case Idle() if key in ARROWS:
            return Step(state, _led(pointer, key, held, canvas), ByKeys(leads=True))
        case Idle() if key == Qt.Key.Key_Space:
            return Step(choosing.press(state, pointer, canvas), pointer, ByKeys(leads=True, drags=True))
        case Dragging() if by_keys.drags and key in ARROWS:
            now = within(_led(pointer, key, held, canvas), canvas)
            return Step(choosing.move(state, now, canvas), now, by_keys)
        case Dragging() if by_keys.drags and (key in ENTER or key == Qt.Key.Key_Space):
            return Step(choosing.release(state, pointer, canvas), pointer, ByKeys(leads=True))
        case Dragging() if by_keys.drags and key == Qt.Key.Key_Escape:
            return Step(Idle(), pointer, ByKeys(leads=True))
        case _:
            return None


def within(pointer: PointF, canvas: Canvas) -> PointF:
    """Keep a position on the screen, which has none beyond its last pixels."""
    right, bottom = ((side - 1) / canvas.scale for side in (canvas.bounds.width, canvas.bounds.height))
    return PointF(min(max(pointer.x, 0.0), right), min(max(pointer.y, 0.0), bottom))


def _led(pointer: PointF, key: Qt.Key, held: Qt.KeyboardModifier, canvas: Canvas) -> PointF:
    step = next(px for modifier, px in _STEPS_PX if not modifier.value or held & modifier) / canvas.scale
    dx, dy = ARROWS[key]
    return PointF(pointer.x + dx * step, pointer.y + dy * step)
