"""Which strokes a gesture means: the rubber, the lasso, and the scribble that scratches out."""

import math
from collections.abc import Sequence
from itertools import pairwise

from writetex_desktop.core.ink.ink import Ink, Point, Stroke
from writetex_desktop.core.pictures.geometry import Box

LASSO_SHARE = 0.6
"""Share of a stroke's points that must be inside the lasso: people cut off the ends of what they mean."""

SCRATCH_TURNS = 5
"""Turns to and fro from which on a stroke may be a scratch; a written w, m or zeta has fewer."""

SCRATCH_DENSITY = 3.2
"""Length of a scratch, measured in longer sides of its box."""

SCRATCH_SHARE = 0.5
"""Share of a stroke's points that must be under a scratch for it to be scratched out."""

_TURN = 0.25
"""Part of the longer side by which a stroke must run back for a turn."""


def touched(ink: Ink, x: float, y: float, radius: float) -> frozenset[int]:
    """Give the numbers of the strokes whose line comes within a radius of a place."""
    spot = Box(x, y, x, y)
    return frozenset(
        number
        for number, stroke in enumerate(ink.strokes)
        if stroke.box.grown(radius + stroke.width / 2).meets(spot)
        and _distance(stroke, x, y) <= radius + stroke.width / 2
    )


def enclosed(ink: Ink, lasso: Sequence[tuple[float, float]]) -> frozenset[int]:
    """Give the numbers of the strokes that a lasso holds.

    Args:
        ink: The drawing.
        lasso: Its corners; from the last a straight line leads back to the first.
    """
    if len(lasso) < 3:  # noqa: PLR2004 - a line encloses nothing
        return frozenset()
    return frozenset(
        number
        for number, stroke in enumerate(ink.strokes)
        if sum(_inside(point.x, point.y, lasso) for point in stroke.points)
        >= LASSO_SHARE * len(stroke.points)
    )


def scratched_out(ink: Ink, scratch: Stroke) -> frozenset[int]:
    """Give the numbers of the strokes that a stroke scratches out; none where it is no scratch.

    A scratch runs to and fro over what is there. On empty paper the same stroke is writing.

    Args:
        ink: The drawing, without the scratch.
        scratch: The stroke that was just drawn.
    """
    box = scratch.box
    side = max(box.width, box.height)
    if side <= 0 or scratch.length < SCRATCH_DENSITY * side or _turns(scratch.points, side) < SCRATCH_TURNS:
        return frozenset()
    reach = max(side * 0.04, scratch.width)
    area = box.grown(reach)
    return frozenset(
        number
        for number, stroke in enumerate(ink.strokes)
        if stroke.box.meets(area)
        and sum(area.holds(point.x, point.y) for point in stroke.points) >= SCRATCH_SHARE * len(stroke.points)
        and _crossed(stroke, scratch, reach)
    )


def _crossed(stroke: Stroke, scratch: Stroke, reach: float) -> bool:
    """Whether the scratch comes over the stroke, and does not merely have it in a corner of its box."""
    return any(_distance(scratch, point.x, point.y) <= reach + stroke.width for point in stroke.points)


def _turns(points: Sequence[Point], side: float) -> int:
    """Count how often a way turns back, along the direction in which it mainly goes."""
    ways = [(two.x - one.x, two.y - one.y) for one, two in pairwise(points)]
    # The main direction of lines without a sense: doubled angles, weighted by length.
    double_x = sum(dx * dx - dy * dy for dx, dy in ways)
    double_y = sum(2 * dx * dy for dx, dy in ways)
    angle = math.atan2(double_y, double_x) / 2
    along = [point.x * math.cos(angle) + point.y * math.sin(angle) for point in points]
    turns, sense, extreme = 0, 0, along[0]
    for place in along:
        if sense >= 0 and place > extreme:
            sense, extreme = 1, place
        elif sense <= 0 and place < extreme:
            sense, extreme = -1, place
        elif abs(place - extreme) > _TURN * side:
            turns, sense, extreme = turns + 1, -sense, place
    return turns


def _distance(stroke: Stroke, x: float, y: float) -> float:
    """Give the distance of a place from the line through a stroke's points."""
    points = stroke.points
    if len(points) == 1:
        return math.dist((points[0].x, points[0].y), (x, y))
    return min(_from_line(one, two, x, y) for one, two in pairwise(points))


def _from_line(one: Point, two: Point, x: float, y: float) -> float:
    dx, dy = two.x - one.x, two.y - one.y
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else ((x - one.x) * dx + (y - one.y) * dy) / square
    share = min(1.0, max(0.0, share))
    return math.dist((one.x + share * dx, one.y + share * dy), (x, y))


def _inside(x: float, y: float, corners: Sequence[tuple[float, float]]) -> bool:
    """Whether a place is inside a polygon: a line to the right crosses its edge an odd number of times."""
    is_inside = False
    before_x, before_y = corners[-1]
    for corner_x, corner_y in corners:
        if (corner_y > y) != (before_y > y):
            crossing = corner_x + (y - corner_y) * (before_x - corner_x) / (before_y - corner_y)
            if x < crossing:
                is_inside = not is_inside
        before_x, before_y = corner_x, corner_y
    return is_inside
