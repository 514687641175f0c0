"""Lines of two columns that the network for lines has joined over a narrow gutter are parted again.

numpy is imported inside the function, for the reason given in `model`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.pages.sheet import INK_ABOVE
from writetex_desktop.core.pages.columns import gutters_of
from writetex_desktop.core.pictures.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

PAPER_EM = 0.65
"""Paper in the gutter at least; between two words of a line over both columns there is less."""

BESIDE_EM = 0.5
"""How far from the gutter of the other lines it may begin."""

REACH = 0.35
"""How far above and below its core a line is looked at, over the core's height."""


def parted_at_gutters(cores: Sequence[Box], ink: NDArray[np.uint8], em_px: float) -> list[Box]:
    """Give the lines, those that go over a gutter in which there is only paper as two.

    Args:
        cores: The lines as they were found.
        ink: The page, rows by columns.
        em_px: The size of its text.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    found: list[Box] = list(cores)
    for gutter in gutters_of(cores, em_px):
        parted: list[Box] = []
        for core in found:
            left = round(max(core.left, gutter - 2 * em_px))
            right = round(min(core.right, gutter + 2 * em_px))
            top = max(0, round(core.top - REACH * core.height))
            bottom = round(core.bottom + REACH * core.height)
            if not core.left + em_px < gutter < core.right - em_px:
                parted.append(core)
                continue
            filled = np.flatnonzero((ink[top:bottom, left:right] > INK_ABOVE).any(axis=0)) + left
            gaps = [
                (before + 1.0, float(after))
                for before, after in pairwise(filled.tolist())
                if after - before > PAPER_EM * em_px
                and before - BESIDE_EM * em_px < gutter < after + BESIDE_EM * em_px
            ]
            if gaps:
                parted += [
                    Box(core.left, core.top, gaps[0][0], core.bottom),
                    Box(gaps[0][1], core.top, core.right, core.bottom),
                ]
            else:
                parted.append(core)
        found = parted
    return found
