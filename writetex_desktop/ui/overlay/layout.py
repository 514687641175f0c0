"""What an overlay window shows and where, in device pixels of its screen; which parts a change touches."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from writetex_desktop.core.pictures.geometry import PointF, Rect, Size
from writetex_desktop.core.pictures.selection import (
    Adjusting,
    Canvas,
    Dragging,
    Idle,
    SelectionState,
    region_of,
)

MAGNIFIED_PX: Final = 15
"""Device pixels of the frame on each side of the magnifier; odd, so that one is in its middle."""

ZOOM: Final = 8
"""Logical pixels that the magnifier gives to one device pixel of the frame."""

_GAP: Final = 12.0
_MAGNIFIER_OFFSET: Final = 24.0
_HINT_MARGIN: Final = 32.0
_HINT_CLEARANCE: Final = 120.0
"""Distances in logical pixels: labels from what they belong to, the magnifier from the pointer, the hint
from the screen's edge, and the pointer from the hint."""

_Part = TypeVar("_Part")

Measure = Callable[[str], Size]
"""Gives the size in device pixels of a label with a text."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on its own ground."""

    text: str
    area: Rect


@dataclass(frozen=True, slots=True)
class Magnifier:
    """An enlarged part of the frame.

    Attributes:
        area: Where it is shown.
        zoom: How many device pixels of the screen one pixel of the frame takes there.
        centre: The pixel of the frame in its middle, as a rectangle of one pixel.
    """

    area: Rect
    zoom: int
    centre: Rect


@dataclass(frozen=True, slots=True)
class OverlayView:
    """Everything on the frozen frame of one screen.

    Attributes:
        crosshair: The pixel through which the two lines go.
        selection: The region, shown undimmed.
        handles: Whether its handles are shown.
        last: The outline of the last region.
        size: The size of the region.
        magnifier: The enlarged part at the pointer.
        hint: What the user can do.
    """

    crosshair: Rect | None = None
    selection: Rect | None = None
    handles: bool = False
    last: Rect | None = None
    size: Label | None = None
    magnifier: Magnifier | None = None
    hint: Label | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a view, in the user's language; an empty one is not shown."""

    size: str
    hint: str


def arrange(
    state: SelectionState,
    canvas: Canvas,
    pointer: PointF,
    *,
    last: Rect | None,
    texts: Texts,
    measure: Measure,
) -> OverlayView:
    """Compose the view of the screen on which the pointer is.

    Args:
        state: What the user is doing.
        canvas: The screen.
        pointer: Where the mouse is, in logical pixels.
        last: The last region, if it can be taken again.
        texts: The texts.
        measure: Measures a label.
    """
    selection = region_of(state, canvas)
    pixel = _pixel_at(pointer, canvas)
    magnifier = None
    match state:
        case Idle():
            magnifier = _magnifier(pixel, canvas, 1, 1)
        case Dragging(anchor, corner):
            # Away from the region, so that it does not cover what is being chosen.
            magnifier = _magnifier(
                pixel, canvas, 1 if corner.x >= anchor.x else -1, 1 if corner.y >= anchor.y else -1
            )
        case Adjusting(hold=hold) if hold is not None:
            magnifier = _magnifier(pixel, canvas, hold.grip.horizontal or 1, hold.grip.vertical or 1)
    idle = isinstance(state, Idle)
    return OverlayView(
        crosshair=pixel if idle else None,
        selection=selection,
        handles=isinstance(state, Adjusting),
        last=last if idle else None,
        size=_size_label(selection, magnifier, canvas, texts.size, measure) if selection else None,
        magnifier=magnifier,
        hint=_hint(texts.hint, selection, pixel, canvas, measure) if texts.hint else None,
    )


def damaged(old: OverlayView, new: OverlayView, bounds: Size, scale: float) -> Iterator[Rect]:
    """Give the parts of the screen that look different in two views."""
    edge = line_width(scale) * 2
    if old.crosshair != new.crosshair:
        for pixel in _present(old.crosshair, new.crosshair):
            yield Rect(pixel.x - 1, 0, 3, bounds.height)
            yield Rect(0, pixel.y - 1, bounds.width, 3)
    if (old.selection, old.handles) != (new.selection, new.handles):
        margin = max(edge, handle_side(scale))
        yield from _united(old.selection, new.selection, margin)
    if old.last != new.last:
        yield from _united(old.last, new.last, edge)
    if old.magnifier != new.magnifier or (new.magnifier and old.selection != new.selection):
        yield from (inflated(each.area, edge) for each in _present(old.magnifier, new.magnifier))
    for before, after in ((old.size, new.size), (old.hint, new.hint)):
        if before != after:
            yield from (inflated(each.area, edge) for each in _present(before, after))


def inflated(rect: Rect, by: int) -> Rect:
    """Give a rectangle that is larger on all sides."""
    return Rect(rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by)


def surrounding(whole: Rect, hole: Rect) -> tuple[Rect, ...]:
    """Cut a hole out of a rectangle: what remains, in at most four parts."""
    hole = hole.intersected(whole)
    if hole.is_empty:
        return (whole,)
    parts = (
        Rect(whole.x, whole.y, whole.width, hole.y - whole.y),
        Rect(whole.x, hole.bottom, whole.width, whole.bottom - hole.bottom),
        Rect(whole.x, hole.y, hole.x - whole.x, hole.height),
        Rect(hole.right, hole.y, whole.right - hole.right, hole.height),
    )
    return tuple(part for part in parts if not part.is_empty)


def line_width(scale: float) -> int:
    """Give the width of a thin line in device pixels."""
    return max(1, int(scale))


def handle_side(scale: float) -> int:
    """Give the side of a handle in device pixels; odd, so that an edge runs through its middle."""
    return round(8 * scale) | 1


def _pixel_at(pointer: PointF, canvas: Canvas) -> Rect:
    x = min(max(0, math.floor(pointer.x * canvas.scale + 1e-6)), canvas.bounds.width - 1)
    y = min(max(0, math.floor(pointer.y * canvas.scale + 1e-6)), canvas.bounds.height - 1)
    return Rect(x, y, 1, 1)


def _magnifier(pixel: Rect, canvas: Canvas, right: int, down: int) -> Magnifier:
    zoom = round(ZOOM * canvas.scale)
    side = MAGNIFIED_PX * zoom
    offset = round(_MAGNIFIER_OFFSET * canvas.scale)
    area = Rect(
        _beside(pixel.x, side, offset, right, canvas.bounds.width),
        _beside(pixel.y, side, offset, down, canvas.bounds.height),
        side,
        side,
    )
    return Magnifier(area, zoom, pixel)


def _beside(at: int, side: int, offset: int, direction: int, length: int) -> int:
    """Place something on one side of a position, or on the other where there is no room."""
    after, before = at + offset, at - offset - side
    if direction > 0:
        return after if after + side <= length else before
    return before if before >= 0 else after


def _size_label(
    selection: Rect, magnifier: Magnifier | None, canvas: Canvas, text: str, measure: Measure
) -> Label:
    size = measure(text)
    gap = round(_GAP * canvas.scale)
    above, below = selection.y - gap - size.height, selection.bottom + gap
    right = selection.right - size.width
    places = (
        (selection.x, above),
        (selection.x, below),
        (right, above),
        (right, below),
        (selection.x + gap, selection.y + gap),
    )
    return Label(text, _first_free(places, size, canvas, magnifier.area if magnifier else None))


def _hint(text: str, selection: Rect | None, pixel: Rect, canvas: Canvas, measure: Measure) -> Label:
    size = measure(text)
    margin = round(_HINT_MARGIN * canvas.scale)
    x = (canvas.bounds.width - size.width) // 2
    places = ((x, margin), (x, canvas.bounds.height - margin - size.height))
    busy = selection or inflated(pixel, round(_HINT_CLEARANCE * canvas.scale))
    return Label(text, _first_free(places, size, canvas, busy))


def _first_free(places: Iterable[tuple[int, int]], size: Size, canvas: Canvas, taken: Rect | None) -> Rect:
    """Take the first place inside the screen and clear of what is taken; else the last one, pushed inside."""
    bounds = Rect(0, 0, canvas.bounds.width, canvas.bounds.height)
    area = Rect(0, 0, size.width, size.height)
    for x, y in places:
        area = Rect(x, y, size.width, size.height)
        if area.intersected(bounds) == area and (taken is None or area.intersected(taken).is_empty):
            return area
    return Rect(
        max(0, min(area.x, bounds.right - size.width)),
        max(0, min(area.y, bounds.bottom - size.height)),
        size.width,
        size.height,
    )


def _present(*each: _Part | None) -> list[_Part]:
    return [one for one in each if one is not None]


def _united(old: Rect | None, new: Rect | None, margin: int) -> list[Rect]:
    """Give the one rectangle that holds both, with a margin; nothing when there are none."""
    both = _present(old, new)
    if not both:
        return []
    x, y = min(each.x for each in both), min(each.y for each in both)
    right, bottom = max(each.right for each in both), max(each.bottom for each in both)
    return [inflated(Rect(x, y, right - x, bottom - y), margin)]
