"""How a user chooses a region: a state machine without a toolkit.

```
Idle --press--> Dragging --release--> Chosen                      (the usual way)
                    |        `------> Adjusting --confirm--> Chosen   (where the user confirms)
                    `--back--> Idle
```

Positions come in as logical pixels from the left top corner of one screen, with fractions; regions come out
in device pixels of that screen. A position is rounded to a boundary between device pixels as soon as it
comes in (`snapped`), so that nothing later can shift a region by a pixel.
"""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from writetex_desktop.core.pictures.geometry import PointF, Rect, Size, device_region

MIN_SIDE_PX: Final = 4
"""A drag that is shorter than this on either side, in device pixels, is a slip of the hand."""

HANDLE_REACH: Final = 8.0
"""How far from an edge, in logical pixels, the edge can still be taken hold of."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The screen on which a region is chosen.

    Attributes:
        bounds: Its size in device pixels.
        scale: Device pixels per logical pixel.
        confirm: Whether a region is adjusted and confirmed after the drag.
    """

    bounds: Size
    scale: float
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Grip:
    """What of a region is held by the mouse.

    Attributes:
        horizontal: -1 for the left edge, 1 for the right one, 0 for neither.
        vertical: -1 for the top edge, 1 for the bottom one, 0 for neither; both 0 hold the whole region.
    """

    horizontal: int
    vertical: int


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is chosen yet."""


@dataclass(frozen=True, slots=True)
class Dragging:
    """The mouse button is down.

    Attributes:
        anchor: Where the drag began, snapped; outside the screen when Space moved it there.
        pointer: Where the mouse is, snapped.
        moving: Whether the mouse moves the region instead of resizing it (Space is held).
    """

    anchor: PointF
    pointer: PointF
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A region in the user's hand.

    Attributes:
        grip: What of it is held.
        start: Where it was taken hold of, snapped.
        origin: The region at that moment.
    """

    grip: Grip
    start: PointF
    origin: Rect


@dataclass(frozen=True, slots=True)
class Adjusting:
    """A region waits to be confirmed and can be changed.

    Attributes:
        region: In device pixels.
        hold: What the mouse does to it now, if anything.
    """

    region: Rect
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The user chose a region, in device pixels."""

    region: Rect


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The user chose nothing."""


SelectionState = Idle | Dragging | Adjusting | Chosen | Cancelled


def snapped(at: PointF, canvas: Canvas) -> PointF:
    """Round a position to the nearest boundary between device pixels.

    The mouse cannot leave the screen, so its last column and row stand for the screen's edge: else the last
    pixels could never be chosen.

    Args:
        at: In logical pixels; may lie outside the screen.
        canvas: The screen.

    Returns:
        In device pixels, whole numbers within `0..width` and `0..height`.
    """

    def snap(value: float, length: int) -> float:
        boundary = round(value * canvas.scale)
        return float(length if boundary >= length - 1 else max(0, boundary))

    return PointF(snap(at.x, canvas.bounds.width), snap(at.y, canvas.bounds.height))


def region_of(state: SelectionState, canvas: Canvas) -> Rect | None:
    """Give the region in device pixels, empty while a drag has no extent; None when there is none."""
    match state:
        case Dragging(anchor, pointer):
            return device_region(anchor, pointer, 1.0, canvas.bounds)
        case Adjusting(region) | Chosen(region):
            return region
        case Idle() | Cancelled():
            return None
        case _:
            assert_never(state)


def press(state: SelectionState, at: PointF, canvas: Canvas) -> SelectionState:
    """Press the mouse button: begin a drag, or take hold of the region that waits."""
    match state:
        case Idle():
            return _drag_from(at, canvas)
        case Adjusting(region):
            grip = grip_at(region, at, canvas)
            if grip is None:
                return _drag_from(at, canvas)
            return Adjusting(region, Hold(grip, snapped(at, canvas), region))
        case _:
            return state


def move(state: SelectionState, at: PointF, canvas: Canvas) -> SelectionState:
    """Move the mouse."""
    match state:
        case Dragging(anchor, pointer, moving):
            now = snapped(at, canvas)
            if moving:
                anchor = PointF(anchor.x + now.x - pointer.x, anchor.y + now.y - pointer.y)
            return Dragging(anchor, now, moving)
        case Adjusting(hold=Hold() as hold):
            return Adjusting(_held(hold, snapped(at, canvas), canvas.bounds), hold)
        case _:
            return state


def release(state: SelectionState, at: PointF, canvas: Canvas) -> SelectionState:
    """Let the mouse button go: the drag is over, or the region is put down."""
    state = move(state, at, canvas)
    match state:
        case Dragging():
            region = region_of(state, canvas)
            if region is None or min(region.width, region.height) < MIN_SIDE_PX:
                return Idle()
            return Adjusting(region) if canvas.confirm else Chosen(region)
        case Adjusting(region):
            return Adjusting(region)
        case _:
            return state


def double_press(state: SelectionState, at: PointF, canvas: Canvas) -> SelectionState:
    """Press the mouse button twice: inside the region that waits, this confirms it."""
    match state:
        case Adjusting(region) if _holds(region, at, canvas):
            return Chosen(region)
        case _:
            return press(state, at, canvas)


def hold_space(state: SelectionState, *, held: bool) -> SelectionState:
    """Press Space or let it go; while it is held a drag moves the region."""
    return replace(state, moving=held) if isinstance(state, Dragging) else state


def nudge(state: SelectionState, dx: int, dy: int, canvas: Canvas, *, resize: bool) -> SelectionState:
    """Move the region that waits, or its right and bottom edges.

    Args:
        state: The state.
        dx: Device pixels to the right.
        dy: Device pixels down.
        canvas: The screen; the region stays inside.
        resize: Whether the right and bottom edges move instead of the region.
    """
    match state:
        case Adjusting(region, None):
            grip = Grip(int(dx != 0), int(dy != 0)) if resize else Grip(0, 0)
            hold = Hold(grip, PointF(0.0, 0.0), region)
            return Adjusting(_held(hold, PointF(float(dx), float(dy)), canvas.bounds))
        case _:
            return state


def confirm(state: SelectionState) -> SelectionState:
    """Take the region that waits."""
    return Chosen(state.region) if isinstance(state, Adjusting) else state


def back(state: SelectionState) -> SelectionState:
    """Take one step back (the right mouse button): end the drag, else choose nothing."""
    return Idle() if isinstance(state, Dragging) else Cancelled()


def grip_at(region: Rect, at: PointF, canvas: Canvas) -> Grip | None:
    """Say what of a region a position takes hold of; None when it is too far away.

    Inside a small region the edges reach less far, so that its middle can always be held.

    Args:
        region: In device pixels.
        at: In logical pixels.
        canvas: The screen.
    """
    x, y = at.x * canvas.scale, at.y * canvas.scale
    outside = HANDLE_REACH * canvas.scale
    if not (
        region.x - outside <= x <= region.right + outside
        and region.y - outside <= y <= region.bottom + outside
    ):
        return None
    return Grip(
        _edge(x, region.x, region.right, min(outside, region.width / 4)),
        _edge(y, region.y, region.bottom, min(outside, region.height / 4)),
    )


def _edge(value: float, low: int, high: int, reach: float) -> int:
    if value <= low + reach:
        return -1
    return 1 if value >= high - reach else 0


def _drag_from(at: PointF, canvas: Canvas) -> Dragging:
    start = snapped(at, canvas)
    return Dragging(start, start)


def _holds(region: Rect, at: PointF, canvas: Canvas) -> bool:
    x, y = at.x * canvas.scale, at.y * canvas.scale
    return region.x <= x <= region.right and region.y <= y <= region.bottom


def _held(hold: Hold, now: PointF, bounds: Size) -> Rect:
    """Give the region when what is held has come to `now`; inside the screen, never below the least size."""
    grip, origin = hold.grip, hold.origin
    dx, dy = round(now.x - hold.start.x), round(now.y - hold.start.y)
    if grip == Grip(0, 0):
        return Rect(
            _within(origin.x + dx, 0, bounds.width - origin.width),
            _within(origin.y + dy, 0, bounds.height - origin.height),
            origin.width,
            origin.height,
        )
    left, right = _pulled(grip.horizontal, origin.x, origin.right, dx, bounds.width)
    top, bottom = _pulled(grip.vertical, origin.y, origin.bottom, dy, bounds.height)
    return Rect(left, top, right - left, bottom - top)


def _pulled(edge: int, low: int, high: int, by: int, length: int) -> tuple[int, int]:
    """Move one of two edges, or neither."""
    if edge < 0:
        return _within(low + by, 0, high - MIN_SIDE_PX), high
    if edge > 0:
        return low, _within(high + by, low + MIN_SIDE_PX, length)
    return low, high


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
