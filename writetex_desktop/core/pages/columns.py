"""The columns of a page, and the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.pictures.geometry import Box

GUTTER_EM: Final = 0.7
"""Paper between two columns at least."""

EDGE_EM: Final = 0.1
"""How far from the column behind it the gutter is looked for: what ends before the column does not go across,
however far into the paper a page number or a long line reaches."""

MOST_ACROSS: Final = 0.35
"""Lines that go over both columns, over those that stand in one, at most."""

FEWEST: Final = 3
"""Lines of a column at least."""

COLUMN_EM: Final = 7.0
"""Width that a quarter of the lines of a column have at least; what is narrower is the numbers of equations.
Not half of them: a line with formulas is seen in several pieces."""

ACROSS_EM: Final = 1.0
"""How far what goes over two columns reaches into each at least; what only touches the paper between them is
a piece of one."""

_DEEPEST: Final = 4
_MOST_GUTTERS: Final = 3


def columns_of(boxes: Sequence[Box], em_px: float) -> list[list[int]]:
    """Give the columns in reading order, each from top to bottom.

    What goes over several columns is one of its own between them.

    Args:
        boxes: Lines of text and whatever else stands on the page.
        em_px: The size of the text.
    """
    return _parted(list(range(len(boxes))), boxes, em_px, 0)


def gutters_of(boxes: Sequence[Box], em_px: float) -> list[float]:
    """Where the paper between the columns of a page is; columns within the first are not looked for.

    Args:
        boxes: Lines of text.
        em_px: The size of the text.
    """
    found: list[float] = []
    rest = list(range(len(boxes)))
    while len(found) < _MOST_GUTTERS and (more := _gutters(rest, boxes, em_px)):
        found += more
        rest = [number for number in rest if boxes[number].left > more[0]]
    return found


def _parted(numbers: list[int], boxes: Sequence[Box], em_px: float, depth: int) -> list[list[int]]:
    numbers = sorted(numbers, key=lambda number: (boxes[number].top, boxes[number].left))
    gutters = _gutters(numbers, boxes, em_px) if depth < _DEEPEST else []
    if not gutters:
        return [numbers] if numbers else []
    parts: list[list[int]] = []
    block: list[int] = []
    for number in [*numbers, None]:
        if number is not None and not _crosses(boxes[number], gutters, em_px):
            block.append(number)
            continue
        if block:
            parts += _columns(block, boxes, gutters, em_px, depth)
            block = []
        if number is not None:
            if parts and parts[-1] and _crosses(boxes[parts[-1][-1]], gutters, em_px):
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


def _crosses(box: Box, gutters: Sequence[float], em_px: float) -> bool:
    reach = ACROSS_EM * em_px
    return any(box.left < gutter - reach and gutter + reach < box.right for gutter in gutters)


def _gutters(numbers: Sequence[int], boxes: Sequence[Box], em_px: float) -> list[float]:
    """Where the paper between two columns is: lines stand side by side there, and few go across."""
    items = [boxes[number] for number in numbers]
    if len(items) < 2 * FEWEST:
        return []
    best: tuple[int, float] | None = None
    for left in sorted({box.left for box in items}):
        middle = left - EDGE_EM * em_px
        gain = _gain(items, middle, em_px)
        if gain > 0 and (best is None or gain > best[0]):
            best = gain, middle
    return [] if best is None else [best[1]]


def _gain(items: Sequence[Box], middle: float, em_px: float) -> int:
    """How many more lines stand beside a gutter than go across; 0 where there is none."""
    before = [box for box in items if box.right <= middle]
    behind = [box for box in items if box.left >= middle]
    if min(len(before), len(behind)) < FEWEST:
        return 0
    top = max(min(box.top for box in before), min(box.top for box in behind))
    bottom = min(max(box.bottom for box in before), max(box.bottom for box in behind))
    before, behind, across = (
        [box for box in side if top <= box.middle <= bottom]
        for side in (before, behind, [box for box in items if box.left < middle < box.right])
    )
    if not _is_column(before, em_px) or not _is_column(behind, em_px):
        return 0
    edge = min(box.left for box in behind) - GUTTER_EM * em_px
    crossing = len(across) + sum(box.right > edge for box in before)
    count = len(before) + len(behind)
    return count - crossing if crossing <= MOST_ACROSS * count else 0


def _is_column(boxes: Sequence[Box], em_px: float) -> bool:
    widths = sorted(box.width for box in boxes)
    return len(boxes) >= FEWEST and widths[len(widths) * 3 // 4] >= COLUMN_EM * em_px
