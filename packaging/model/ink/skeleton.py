"""From a picture of a sign to strokes: thinned to lines of one pixel, which are then followed.

Thinning is that of Zhang and Suen (Communications of the ACM 27, 1984), a whole picture at once.
"""

import numpy as np
from numpy.typing import NDArray

AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""The neighbours of a pixel, from the upper one clockwise: row and column."""

SPUR = 3
"""Ends of lines up to so many pixels are what thinning leaves of a corner."""

Stroke = NDArray[np.float32]


def thinned(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The middle lines of a picture's ink."""
    picture = np.pad(ink, 1)
    while True:
        before = picture.sum()
        for turn in (0, 1):
            near = [np.roll(picture, (-dy, -dx), (0, 1)) for dy, dx in AROUND]
            count = sum(side.astype(np.int8) for side in near)
            changes = sum(
                (~one & other).astype(np.int8) for one, other in zip(near, [*near[1:], near[0]], strict=True)
            )
            up, right, down, left = near[0], near[2], near[4], near[6]
            first = ~(up & right & down) & ~(right & down & left)
            second = ~(up & right & left) & ~(up & down & left)
            picture = picture & ~(
                picture & (count >= 2) & (count <= 6) & (changes == 1) & (second if turn else first)
            )
        if picture.sum() == before:
            return picture[1:-1, 1:-1]


def followed(lines: NDArray[np.bool_]) -> list[Stroke]:
    """Thinned lines as strokes: x and y of their points, smoothed a little."""
    left = {(int(row), int(column)) for row, column in zip(*np.nonzero(lines), strict=True)}
    whole = set(left)

    def near(place: tuple[int, int], among: set[tuple[int, int]]) -> list[tuple[int, int]]:
        found = [(place[0] + dy, place[1] + dx) for dy, dx in AROUND]
        return [other for other in found if other in among]

    strokes: list[Stroke] = []
    while left:
        start = min(left, key=lambda place: (len(near(place, left)) != 1, place))
        left.discard(start)
        path = [start]
        heading = (0, 0)
        while True:
            here = path[-1]
            ways = near(here, left)
            if not ways:
                break
            then = max(
                ways,
                key=lambda way: (way[0] - here[0]) * heading[0] + (way[1] - here[1]) * heading[1]
                - 0.1 * (abs(way[0] - here[0]) + abs(way[1] - here[1])),
            )  # fmt: skip
            back = path[max(0, len(path) - 4)]
            heading = (then[0] - back[0], then[1] - back[1])
            left.discard(then)
            path.append(then)
        touching = [place for place in near(path[-1], whole) if place not in path[-3:]]
        if len(path) <= SPUR and touching and strokes:
            continue
        if touching:
            path.append(touching[0])
        strokes.append(_smooth(np.array([(x, y) for y, x in path], np.float32)))
    return strokes


def _smooth(path: Stroke) -> Stroke:
    for _ in range(3):
        if len(path) > 2:
            path = np.concatenate([path[:1], (path[:-2] + 2 * path[1:-1] + path[2:]) / 4, path[-1:]])
    return path
