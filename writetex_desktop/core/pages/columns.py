"""The columns of a page, and the order in which they are read."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writetex_desktop.core.pages.places import Box

GUTTER_EM: Final = 0.9
"""Paper between two columns at least."""

NARROW: Final = 0.62
"""Width of what stands in a column over that of the whole at most."""

FEWEST: Final = 3
"""Lines of a column at least."""

COLUMN_EM: Final = 7.0
"""Median width of the lines of a column at least; what is narrower is the numbers of equations."""

_DEEPEST: Final = 4


def columns_of(boxes: Sequence[Box], em_px: float) -> list[list[int]]:
    """Give the columns in reading order, each from top to bottom.

    What goes over several columns is one of its own between them.

    Args:
        boxes: Lines of text and whatever else stands on the page.
        em_px: The size of the text.
    """
    return _parted(list(range(len(boxes))), boxes, em_px, 0)


def _parted(numbers: list[int], boxes: Sequence[Box], em_px: float, depth: int) -> list[list[int]]:
    numbers = sorted(numbers, key=lambda number: (boxes[number].top, boxes[number].left))
    gutters = _gutters(numbers, boxes, em_px) if depth < _DEEPEST else []
    if not gutters:
        return [numbers] if numbers else []
    parts: list[list[int]] = []
    block: list[int] = []
    for number in [*numbers, None]:
        if number is not None and not _crosses(boxes[number], gutters):
            block.append(number)
            continue
        if block:
            parts += _columns(block, boxes, gutters, em_px, depth)
            block = []
        if number is not None:
            if parts and parts[-1] and _crosses(boxes[parts[-1][-1]], gutters):
                parts[-1].append(number)
            else:
                parts.append([number])
    return parts


def _columns(
    block: list[int], boxes: Sequence[Box], gutters: Sequence[float], em_px: float, depth: int
) -> list[list[int]]:
    """Part what stands between two full-width lines into its columns."""
    sides: list[list[int]] = [[] for _ in range(len(gutters) + 1)]
    for number in block:
        sides[sum(boxes[number].centre > gutter for gutter in gutters)].append(number)
    return [part for side in sides for part in _parted(side, boxes, em_px, depth + 1)]


def _crosses(box: Box, gutters: Sequence[float]) -> bool:
    return any(box.left < gutter < box.right for gutter in gutters)


def _gutters(numbers: Sequence[int], boxes: Sequence[Box], em_px: float) -> list[float]:
    """Where the paper between columns is: nothing narrow stands there, and lines stand on both sides."""
    if len(numbers) < 2 * FEWEST:
        return []
    left, right = min(boxes[n].left for n in numbers), max(boxes[n].right for n in numbers)
    narrow = [boxes[n] for n in numbers if boxes[n].width < NARROW * (right - left)]
    found: list[float] = []
    reach = left
    for box in sorted(narrow, key=lambda box: box.left):
        if box.left - reach >= GUTTER_EM * em_px and reach > left:
            middle = (reach + box.left) / 2
            if _is_between(narrow, middle, found[-1] if found else left):
                found.append(middle)
        reach = max(reach, box.right)
    if found and not _is_column([box for box in narrow if box.left > found[-1]], em_px):
        return []
    edges = [left, *found, right]
    sides = [[box for box in narrow if start <= box.centre < end] for start, end in pairwise(edges)]
    return found if all(_is_column(side, em_px) for side in sides) else []


def _is_column(boxes: Sequence[Box], em_px: float) -> bool:
    return len(boxes) >= FEWEST and median(box.width for box in boxes) >= COLUMN_EM * em_px


def _is_between(boxes: Sequence[Box], middle: float, start: float) -> bool:
    """Whether what stands on both sides stands side by side."""
    before = [box for box in boxes if start <= box.centre < middle]
    behind = [box for box in boxes if box.centre > middle]
    if not before or not behind:
        return False
    top = max(min(box.top for box in before), min(box.top for box in behind))
    bottom = min(max(box.bottom for box in before), max(box.bottom for box in behind))
    return sum(top <= box.middle <= bottom for box in before) >= FEWEST - 1 and bottom > top
