"""How tall the signs in a picture are, so that it can be scaled to a size that engines read well."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

RUN_BUDGET = 2000
"""After how many runs of ink no further line of text is begun. A line has about a thousand; this keeps a full
page under a few milliseconds, and on a page the area limit decides the scale anyway."""

LAST_RUN = 5 * RUN_BUDGET
"""After how many runs the look ends wherever it is: a photograph has no paper between its lines."""

MIN_HEIGHT_PX = 4
"""What is lower is a speck, a thin bar or a dot."""

_RUN = re.compile(rb"\xff+")


@dataclass(slots=True)
class _Component:
    """Ink that hangs together while it is being gathered: rows `top`..`bottom`, columns `left`..`right`."""

    top: int
    bottom: int
    left: int
    right: int
    ink: int
    merged_into: "_Component | None" = None


_Run = tuple[int, int, _Component]
"""Adjoining pixels of ink in one row: first column, column after the last, what they belong to."""


def estimate_text_height(mask: bytes, width: int) -> float | None:
    """Give the median height of the signs, in pixels.

    A sign is ink that hangs together, so that what stands under a root or inside brackets is still seen.
    Bars (fractions, minus signs, rules) and dots do not count.

    Args:
        mask: One byte a pixel, row after row: 255 is ink, 0 is paper.
        width: Pixels a row, at least 1.

    Returns:
        A height between that of `x` and that of `X`, or None when the picture has no sign to judge by.
    """
    heights = [
        height
        for each in _components(mask, width)
        if (height := each.bottom - each.top + 1) >= MIN_HEIGHT_PX and not _is_bar(each, height)
    ]
    if not heights:
        return None
    smallest = _median(heights) / 2
    return float(_median([height for height in heights if height >= smallest]))


def _median(numbers: list[int]) -> int:
    """Give the upper median; `statistics` would take longer to import than all else here takes to run."""
    return sorted(numbers)[len(numbers) // 2]


def _is_bar(component: _Component, height: int) -> bool:
    """Whether it is filled and much wider than high."""
    width = component.right - component.left
    return width > 2 * height and component.ink > 0.75 * width * height


def _components(mask: bytes, width: int) -> list[_Component]:
    """Gather ink that touches, diagonals included, in one pass over the rows."""
    found: list[_Component] = []
    above: list[_Run] = []
    seen = 0
    for y, start in enumerate(range(0, len(mask), width)):
        row: list[_Run] = []
        first = 0
        for match in _RUN.finditer(mask, start, start + width):
            left, right = match.start() - start, match.end() - start
            while first < len(above) and above[first][1] < left:
                first += 1
            owner: _Component | None = None
            for _left, _right, touched in _from(above, first, right):
                owner = _root(touched) if owner is None else _merged(owner, _root(touched))
            if owner is None:
                owner = _Component(y, y, left, right, right - left)
                found.append(owner)
            else:
                owner.bottom = y
                owner.left = min(owner.left, left)
                owner.right = max(owner.right, right)
                owner.ink += right - left
            row.append((left, right, owner))
        above = row
        seen += len(row)
        if (seen > RUN_BUDGET and not row) or seen > LAST_RUN:
            break
    return [each for each in found if each.merged_into is None]


def _from(runs: list[_Run], first: int, right: int) -> Iterator[_Run]:
    """Give the runs from `first` on that begin no later than `right`."""
    for index in range(first, len(runs)):
        if runs[index][0] > right:
            return
        yield runs[index]


def _merged(kept: _Component, other: _Component) -> _Component:
    """Join what has turned out to be one, and give it."""
    if other is not kept:
        kept.top = min(kept.top, other.top)
        kept.bottom = max(kept.bottom, other.bottom)
        kept.left = min(kept.left, other.left)
        kept.right = max(kept.right, other.right)
        kept.ink += other.ink
        other.merged_into = kept
    return kept


def _root(component: _Component) -> _Component:
    while component.merged_into is not None:
        component = component.merged_into
    return component
