"""The smooth line through the points of a stroke, for screen, picture and file alike.

Points come at the beat of the device, some 60 to 240 a second; straight lines between them show corners. The
line goes through the middles of neighbouring points, bent towards the points themselves: quadratic curves
whose ends meet in one direction, drawn anew only at the end where the pen is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.ink.ink import Point, Stroke

LEAST_WIDTH_SHARE = 0.35
"""What is left of the width of a line without any pressure: it stays visible."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve of one width.

    Attributes:
        start: Where it begins: to the right and downwards.
        control: What bends it.
        end: Where it ends.
        width: Of the line.
    """

    start: tuple[float, float]
    control: tuple[float, float]
    end: tuple[float, float]
    width: float


def line_width(stroke_width: float, pressure: float) -> float:
    """Give the width of a line under a pressure of 0 to 1."""
    pressure = min(1.0, max(0.0, pressure))
    return stroke_width * (LEAST_WIDTH_SHARE + (1 - LEAST_WIDTH_SHARE) * pressure)


def curves(stroke: Stroke, first: int = 0) -> tuple[Curve, ...]:
    """Give the curves of a stroke, one for each point; a dot is a curve without a length.

    Args:
        stroke: The stroke.
        first: Number of the point to begin with: only what is new needs to be painted.
    """
    points = stroke.points
    return tuple(_curve(points, number, stroke.width) for number in range(first, len(points)))


def _curve(points: Sequence[Point], number: int, width: float) -> Curve:
    point = points[number]
    place = point.x, point.y
    start = _middle(points[number - 1], point) if number else place
    end = _middle(point, points[number + 1]) if number + 1 < len(points) else place
    return Curve(start, place, end, line_width(width, point.pressure))


def _middle(one: Point, two: Point) -> tuple[float, float]:
    return (one.x + two.x) / 2, (one.y + two.y) / 2


def thinned(points: Sequence[Point], tolerance: float = 0.35) -> tuple[Point, ...]:
    """Leave out points nearer than a tolerance to the one before: a resting pen tells nothing new.

    The first and the last are kept.
    """
    kept = list(points[:1])
    for point in points[1:]:
        if abs(point.x - kept[-1].x) + abs(point.y - kept[-1].y) >= tolerance:
            kept.append(point)
    if len(points) > 1 and kept[-1] is not points[-1]:
        kept.append(points[-1])
    return tuple(kept)
