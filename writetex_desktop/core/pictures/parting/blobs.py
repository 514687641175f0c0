"""Ink that hangs together, run by run, so that it can be taken out of a picture again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MOST_RUNS = 60_000
"""A picture with more runs of ink is a page or a photograph, and not looked at further."""

_RUN = re.compile(rb"\xff+")

Run = tuple[int, int, int]
"""Row, first column, column after the last."""


@dataclass(slots=True)
class Blob:
    """Ink that hangs together; lengths in pixels, `right` and `bottom` after the last.

    Attributes:
        left: First column.
        top: First row.
        right: Column after the last.
        bottom: Row after the last.
        ink: Pixels of ink.
        runs: Its runs, in no order.
    """

    left: int
    top: int
    right: int
    bottom: int
    ink: int
    runs: list[Run] = field(repr=False)

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top


def blobs_of(mask: bytes, width: int) -> list[Blob]:
    """Gather ink that touches, diagonals included; nothing where there is too much of it.

    Args:
        mask: One byte a pixel, row after row: 255 is ink, 0 is paper.
        width: Pixels a row, at least 1.
    """
    runs: list[Run] = []
    parents: list[int] = []
    above: list[int] = []
    for y, start in enumerate(range(0, len(mask), width)):
        row: list[int] = []
        first = 0
        for match in _RUN.finditer(mask, start, start + width):
            left, right = match.start() - start, match.end() - start
            while first < len(above) and runs[above[first]][2] < left:
                first += 1
            number = len(runs)
            runs.append((y, left, right))
            parents.append(number)
            for place in _from(above, runs, first, right):
                one, other = _root(parents, number), _root(parents, place)
                parents[max(one, other)] = min(one, other)
            row.append(number)
        above = row
        if len(runs) > MOST_RUNS:
            return []
    return _gathered(runs, parents)


def _from(above: Sequence[int], runs: Sequence[Run], first: int, right: int) -> Iterator[int]:
    """Give the runs of the row above from `first` on that begin no later than `right`."""
    for index in range(first, len(above)):
        if runs[above[index]][1] > right:
            return
        yield above[index]


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _gathered(runs: Sequence[Run], parents: list[int]) -> list[Blob]:
    found: dict[int, Blob] = {}
    for number, (y, left, right) in enumerate(runs):
        root = _root(parents, number)
        blob = found.get(root)
        if blob is None:
            found[root] = Blob(left, y, right, y + 1, right - left, [runs[number]])
            continue
        blob.left, blob.right = min(blob.left, left), max(blob.right, right)
        blob.bottom = y + 1
        blob.ink += right - left
        blob.runs.append(runs[number])
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Box:
    """What some blobs cover, in pixels; `right` and `bottom` after the last."""

    left: int
    top: int
    right: int
    bottom: int


def union(blobs: Iterable[Blob]) -> Box:
    """What blobs cover together; at least one."""
    lefts, tops, rights, bottoms = zip(
        *((blob.left, blob.top, blob.right, blob.bottom) for blob in blobs), strict=True
    )
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def is_inside(blob: Blob, frame: Blob) -> bool:
    """Whether a blob's box lies in that of another."""
    return (
        blob.left >= frame.left
        and blob.right <= frame.right
        and blob.top >= frame.top
        and blob.bottom <= frame.bottom
    )
