"""Strokes of a pen, a mouse or a finger, and what can be done to them.

Coordinates are units of the paper: one is a logical pixel at the usual zoom. Origin left top, y downwards;
the paper grows in all directions, so that coordinates may be below zero.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from writetex_desktop.core.pictures.geometry import Box

USUAL_WIDTH = 2.5
"""Width of a stroke at full pressure."""

USUAL_SIDE = 40.0
"""Longer side of an ordinary stroke, such as a digit's, as people write on the pad."""

_LEAST_SIDE = 1e-9
_USUAL_SIDES = (6.0, 240.0)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a pen was at one moment.

    Attributes:
        x: To the right.
        y: Downwards.
        time_ms: Milliseconds since the drawing was begun; 0 throughout where nobody knows.
        pressure: 0 to 1; 1 where the device has none.
    """

    x: float
    y: float
    time_ms: float = 0.0
    pressure: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """From setting the pen down to lifting it; a dot is a stroke of one point.

    Attributes:
        points: At least one, in the order in which they were drawn.
        width: Of the line at full pressure, in units of the paper.
    """

    points: tuple[Point, ...]
    width: float = USUAL_WIDTH

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a stroke has at least one point")

    @property
    def box(self) -> Box:
        """The box round its points; half the width of the line reaches out of it."""
        xs = [point.x for point in self.points]
        ys = [point.y for point in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def length(self) -> float:
        """The length of the way."""
        return sum(math.dist((one.x, one.y), (two.x, two.y)) for one, two in pairwise(self.points))


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawing: strokes in the order in which they were drawn; later ones lie above."""

    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.strokes)

    @property
    def box(self) -> Box | None:
        """The box round all points; None where there are none."""
        return box_of(self.strokes)

    def chosen(self, numbers: Iterable[int]) -> "Ink":
        """Give some of the strokes, by their numbers from 0, in their order."""
        wanted = frozenset(numbers)
        return Ink(tuple(stroke for number, stroke in enumerate(self.strokes) if number in wanted))

    def without(self, numbers: Iterable[int]) -> "Ink":
        """Give the drawing without some of the strokes, by their numbers from 0."""
        unwanted = frozenset(numbers)
        return Ink(tuple(stroke for number, stroke in enumerate(self.strokes) if number not in unwanted))

    def with_stroke(self, stroke: Stroke) -> "Ink":
        """Give the drawing with one more stroke, above the others."""
        return Ink((*self.strokes, stroke))


def box_of(strokes: Sequence[Stroke]) -> Box | None:
    """Give the box round all points of some strokes; None for none."""
    boxes = [stroke.box for stroke in strokes]
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def moved(ink: Ink, dx: float, dy: float, numbers: Iterable[int] | None = None) -> Ink:
    """Move strokes.

    Args:
        ink: The drawing.
        dx: How far to the right.
        dy: How far down.
        numbers: Which strokes, by their numbers from 0; None for all.
    """

    def move(point: Point) -> Point:
        return Point(point.x + dx, point.y + dy, point.time_ms, point.pressure)

    wanted = None if numbers is None else frozenset(numbers)
    return Ink(
        tuple(
            replace(stroke, points=tuple(move(point) for point in stroke.points))
            if wanted is None or number in wanted
            else stroke
            for number, stroke in enumerate(ink.strokes)
        )
    )


def scaled(ink: Ink, factor: float, about: tuple[float, float], numbers: Iterable[int] | None = None) -> Ink:
    """Make strokes larger or smaller; the width of their lines stays, as with a pen.

    Args:
        ink: The drawing.
        factor: How much; above 0.
        about: The place that stays: to the right and downwards.
        numbers: Which strokes, by their numbers from 0; None for all.
    """
    if factor <= 0:
        raise ValueError("strokes are scaled by a factor above 0")
    x0, y0 = about

    def scale(point: Point) -> Point:
        x, y = x0 + (point.x - x0) * factor, y0 + (point.y - y0) * factor
        return Point(x, y, point.time_ms, point.pressure)

    wanted = None if numbers is None else frozenset(numbers)
    return Ink(
        tuple(
            replace(stroke, points=tuple(scale(point) for point in stroke.points))
            if wanted is None or number in wanted
            else stroke
            for number, stroke in enumerate(ink.strokes)
        )
    )


def at_usual_size(ink: Ink) -> Ink:
    """Give a drawing the size of what is written on the pad, with its left top corner near the origin.

    Devices and programs count in tenths of millimetres, in dots of a digitiser or in lines of text. What has
    about the usual size stays as it is.
    """
    sides = sorted(max(stroke.box.width, stroke.box.height) for stroke in ink.strokes)
    usual = sides[len(sides) // 2] if sides else 0.0
    box = ink.box
    if box is None or usual <= _LEAST_SIDE or _USUAL_SIDES[0] <= usual <= _USUAL_SIDES[1]:
        return ink
    sized = scaled(ink, USUAL_SIDE / usual, (box.left, box.top))
    sized = moved(sized, USUAL_SIDE - box.left, USUAL_SIDE - box.top)
    return Ink(tuple(replace(stroke, width=USUAL_WIDTH) for stroke in sized.strokes))
