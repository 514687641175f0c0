"""Rules and cells of a table: which rules belong together, which cells are one, how columns are aligned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev
from typing import Final

from writetex_desktop.core.formats.page import Span
from writetex_desktop.core.pictures.geometry import Box, around

SAME_EM: Final = 0.8
"""How far the ends of two rules of one table may be apart."""

TALLEST_EM: Final = 40.0
"""Paper between two rules of one table at most."""

INNER_EM: Final = 6.0
"""The same for a shorter rule within."""

WIDEST_CELL_EM: Final = 12.0
"""Width of a cell of a table without rules at most."""

ROW_PITCH_EM: Final = 2.6
"""From one row of it to the next at most."""

GAP_EM: Final = 0.75
"""Paper between two of its columns at least."""

CELL_MARGIN_EM: Final = 0.3
"""Paper round it."""

FEWEST_ROWS, FEWEST_WORDED = 3, 2
"""Rows, and cells with words at its head or its side, at least."""

FIGURES: Final = 0.6
"""Share of the other cells that have figures at least."""

ALIGNED_EM: Final = 0.1
"""By how much left edges may scatter more than others do that are aligned all the same."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a table.

    Attributes:
        box: What the table covers.
        lying: From top to bottom.
        standing: From left to right.
    """

    box: Box
    lying: tuple[Box, ...]
    standing: tuple[Box, ...] = ()


def ruled_tables(
    lying: Sequence[Box], standing: Sequence[Box], em_px: float, texts: Sequence[Box] | None = None
) -> list[Rules]:
    """Gather the rules of each table: lying ones of the same length, at least two, one over the other.

    Args:
        lying: Lying rules.
        standing: Standing rules.
        em_px: The size of the text.
        texts: The lines of text, where they are known: a rule far below that no text leads to is none of the
            table's, but an axis or a frame.
    """
    groups: list[list[Box]] = []
    for rule in sorted(lying, key=lambda box: box.top):
        for group in groups:
            reach = around(group)
            alike = (
                abs(rule.left - reach.left) < SAME_EM * em_px
                and abs(rule.right - reach.right) < SAME_EM * em_px
            )
            inside = rule.left > reach.left - em_px and rule.right < reach.right + em_px
            gap = rule.top - group[-1].bottom
            beyond = Box(reach.left, group[-1].bottom, reach.right, rule.top)
            if (
                texts is not None
                and gap > INNER_EM * em_px
                and not any(beyond.holds_middle_of(text) for text in texts)
            ):
                continue
            if (alike and gap < TALLEST_EM * em_px) or (inside and len(group) > 1 and gap < INNER_EM * em_px):
                group.append(rule)
                break
        else:
            groups.append([rule])
    tables = []
    for group in groups:
        box = around(group)
        if len(group) > 1 and box.height > 1.5 * em_px:
            inner = tuple(
                sorted(
                    (rule for rule in standing if box.grown(0.5 * em_px).holds_middle_of(rule)),
                    key=lambda rule: rule.left,
                )
            )
            tables.append(Rules(box, tuple(group), inner))
    return tables


def unruled_tables(cells: Sequence[tuple[Box, str]], em_px: float) -> list[Box]:
    """Find tables that have no rules: rows of short cells with paper between the same columns.

    Figures in most of the cells and words at their head or beside them tell a table from a matrix, and from
    lines of verse.

    Args:
        cells: Lines of the page as they were found, and what was read in them.
        em_px: The size of the text.
    """
    short = [cell for cell in cells if cell[0].width <= WIDEST_CELL_EM * em_px]
    rows: list[list[tuple[Box, str]]] = []
    for cell in sorted(short, key=lambda cell: cell[0].middle):
        if rows and cell[0].middle - rows[-1][-1][0].middle < em_px / 2:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    tables: list[Box] = []
    run: list[list[tuple[Box, str]]] = []
    gaps: list[tuple[float, float]] = []
    for row in [*rows, []]:
        near = bool(run) and bool(row) and row[0][0].middle - run[-1][0][0].middle < ROW_PITCH_EM * em_px
        common = _common(gaps, _gaps(row, em_px), em_px) if near else []
        if common:
            run.append(row)
            gaps = common
            continue
        if _is_table(run):
            tables.append(around(cell[0] for each in run for cell in each).grown(CELL_MARGIN_EM * em_px))
        gaps = _gaps(row, em_px)
        run = [row] if gaps else []
    return tables


def _gaps(row: Sequence[tuple[Box, str]], em_px: float) -> list[tuple[float, float]]:
    """The paper between the cells of a row, and at its ends, from left to right."""
    boxes = sorted((cell[0] for cell in row), key=lambda box: box.left)
    return [
        (before.right, after.left) for before, after in pairwise(boxes) if after.left - before.right >= em_px
    ]


def _common(
    gaps: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]], em_px: float
) -> list[tuple[float, float]]:
    """The paper that two rows share."""
    shared = ((max(a, c), min(b, d)) for a, b in gaps for c, d in others)
    return [(left, right) for left, right in shared if right - left >= GAP_EM * em_px]


def _is_table(rows: Sequence[Sequence[tuple[Box, str]]]) -> bool:
    if len(rows) < FEWEST_ROWS:
        return False
    below = [text for row in rows[1:] for _, text in sorted(row, key=lambda cell: cell[0].left)[1:]]
    figures = sum(any(map(str.isdigit, text)) for text in below)
    head = [text for _, text in rows[0]]
    side = [min(row, key=lambda cell: cell[0].left)[1] for row in rows[1:]]
    worded = max(sum(map(_is_worded, head)), sum(map(_is_worded, side)))
    return worded >= FEWEST_WORDED and figures >= FIGURES * len(below)


def _is_worded(text: str) -> bool:
    return any(len(word) > 2 and word.isalpha() for word in text.split())  # noqa: PLR2004 - letters


def steps(edges: Iterable[float], apart: float) -> list[float]:
    """Edges that are nearer than `apart` are one: their means, in order."""
    found: list[list[float]] = []
    for edge in sorted(edges):
        if found and edge - found[-1][-1] < apart:
            found[-1].append(edge)
        else:
            found.append([edge])
    return [sum(group) / len(group) for group in found]


def merged(
    rows: int, columns: int, is_open: Callable[[int, int, bool], bool]
) -> tuple[tuple[Span, ...], dict[tuple[int, int], tuple[int, int]]]:
    """Tell which cells are one.

    Args:
        rows: Their number.
        columns: Their number.
        is_open: Whether nothing parts a cell from the one to its right, or (True) from the one below.

    Returns:
        The merged cells, and for each cell the one that it is part of.
    """
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    spans: list[Span] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owners:
                continue
            wide = 1
            while column + wide < columns and is_open(row, column + wide - 1, False):
                wide += 1
            high = 1
            while row + high < rows and all(
                is_open(row + high - 1, column + across, True) for across in range(wide)
            ):
                high += 1
            for down in range(high):
                for across in range(wide):
                    owners.setdefault((row + down, column + across), (row, column))
            if wide * high > 1:
                spans.append(Span(row, column, high, wide))
    return tuple(spans), owners


def alignment(cells: Sequence[Box], em_px: float) -> str:
    """How the cells of a column are aligned: `l`, `c` or `r`."""
    if len(cells) < 2:  # noqa: PLR2004 - one cell tells nothing
        return "l"
    spread = {
        "l": pstdev(cell.left for cell in cells),
        "r": pstdev(cell.right for cell in cells),
        "c": pstdev(cell.centre for cell in cells),
    }
    best = min(spread, key=lambda side: spread[side])
    return "l" if spread["l"] <= spread[best] + ALIGNED_EM * em_px else best
