"""Drawings for tests: made by hand, and any that hypothesis thinks of."""

import math
from itertools import pairwise

from hypothesis import strategies as st

from writetex_desktop.core.ink.ink import Ink, Point, Stroke

numbers = st.floats(-10_000, 10_000, allow_nan=False)
points = st.builds(Point, numbers, numbers, st.floats(0, 1e6), st.floats(0, 1))
strokes = st.builds(
    Stroke, st.lists(points, min_size=1, max_size=4).map(tuple), st.floats(0.1, 20, allow_nan=False)
)
inks = st.builds(Ink, st.lists(strokes, min_size=1, max_size=4).map(tuple))


def line(*places: tuple[float, float]) -> Stroke:
    """A stroke through some places, with a point at each unit of its way."""
    found: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(places):
        steps = max(1, int(math.dist((x0, y0), (x1, y1))))
        found += [Point(x0 + (x1 - x0) * s / steps, y0 + (y1 - y0) * s / steps) for s in range(steps)]
    found.append(Point(*places[-1]))
    return Stroke(tuple(found))


PLUS = Ink((line((0, 20), (40, 20)), line((20, 0), (20, 40))))
SCRATCH = line((-5, 5), (45, 10), (-5, 16), (45, 21), (-5, 26), (45, 31), (-5, 36))
