"""Rules and cells of a table: which rules belong together, which cells are one, how columns are aligned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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


def ruled_tables(lying: Sequence[Box], standing: Sequence[Box], em_px: float) -> list[Rules]:
    """Gather the rules of each table: lying ones of the same length, at least two, one over the other."""
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
