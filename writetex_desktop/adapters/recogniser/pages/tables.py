"""Tables of a page: their rules, rows and columns by the ink, each cell read by itself.

numpy is imported inside the functions, for the reason given in `model`.
"""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.pages.networks import boxes_of
from writetex_desktop.adapters.recogniser.pages.sheet import INK_ABOVE
from writetex_desktop.core.formats.page import Grid
from writetex_desktop.core.pages.places import Line, Placed
from writetex_desktop.core.pages.ruling import Rules, alignment, merged, ruled_tables, steps
from writetex_desktop.core.pages.sentences import joined_pieces, runs_of_pieces
from writetex_desktop.core.pictures.geometry import Box, around

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from writetex_desktop.core.formats.page import Run, Span
    from writetex_desktop.core.reading.recognition import SeenFormula

LYING_EM, STANDING_EM = 3.0, 1.35
"""Length of a rule at least."""

THICK_EM = 0.35
"""Thickness of a rule at most."""

COLUMN_GAP_EM = 0.75
"""Paper between two columns that no rule parts, at least."""

ROW_EM = 0.6
"""How far apart the middles of two rows are at least."""

FEWEST = 2
"""Rows and columns of a table at least."""


def find_rules(ink: NDArray[np.uint8], em_px: float, cores: Sequence[Box] | None = None) -> list[Rules]:
    """Find the tables that have rules; `cores` are the lines of text, where they are known."""
    mask = ink > INK_ABOVE
    lying = _long(mask, round(LYING_EM * em_px), em_px)
    standing = [_turned(box) for box in _long(mask.T, round(STANDING_EM * em_px), em_px)]
    return ruled_tables(lying, standing, em_px, cores)


def _turned(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def _long(mask: NDArray[np.bool_], length: int, em_px: float) -> list[Box]:
    """Ink that goes on for a length in a row."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    if length < 1 or mask.shape[1] <= length:
        return []
    sums = np.cumsum(np.pad(mask.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    whole = sums[:, length:] - sums[:, :-length] >= length - 1
    boxes = (Box(box.left, box.top, box.right + length - 1, box.bottom) for box in boxes_of(whole))
    return [box for box in boxes if box.height <= THICK_EM * em_px]


class TableReader:
    """Reads a table.

    Args:
        ink: The page, rows by columns.
        cores: The lines that were found on it.
        em_px: The size of its text.
        read: Reads a line, given its core.
    """

    def __init__(
        self, ink: NDArray[np.uint8], cores: Sequence[Box], em_px: float, read: Callable[[Box], Line]
    ) -> None:
        self._mask = ink > INK_ABOVE
        self._cores = cores
        self._em_px = em_px
        self._read = read

    def table(self, rules: Rules) -> Placed | None:
        """Read a table; None where it has fewer than two rows or columns."""
        mask = self._mask.copy()
        for rule in (*rules.lying, *rules.standing):
            edge = rule.grown(2)
            mask[max(0, int(edge.top)) : int(edge.bottom), max(0, int(edge.left)) : int(edge.right)] = False
        inside = [core for core in self._cores if rules.box.holds_middle_of(core)]
        is_grid = len(steps((rule.centre for rule in rules.standing), self._em_px)) > FEWEST
        bands = self._bands(rules, inside, is_grid=is_grid)
        edges = self._edges(rules, mask, bands)
        if len(bands) < FEWEST or len(edges) <= FEWEST:
            return None

        def is_open(row: int, column: int, below: bool) -> bool:
            top, bottom = bands[row]
            if below:
                return is_grid and not _crossed(
                    rules.lying, (edges[column] + edges[column + 1]) / 2, bottom, self._em_px
                )
            edge = edges[column + 1]
            if rules.standing:
                return not any(
                    abs(rule.centre - edge) < self._em_px / 2
                    and rule.top <= (top + bottom) / 2 <= rule.bottom
                    for rule in rules.standing
                )
            middle = mask[int(top) : int(bottom), int(edge - 1) : int(edge + 2)]
            return bool(middle.any())

        spans, owners = merged(len(bands), len(edges) - 1, is_open)
        cells: dict[tuple[int, int], list[Line]] = {}
        for place in sorted(set(owners.values())):
            own = [each for each, owner in owners.items() if owner == place]
            box = Box(
                min(edges[column] for _, column in own),
                min(bands[row][0] for row, _ in own),
                max(edges[column + 1] for _, column in own),
                max(bands[row][1] for row, _ in own),
            )
            cells[place] = self._cell(box, mask, inside)
        return self._placed(rules, cells, spans, (len(bands), len(edges) - 1), is_grid=is_grid)

    def _bands(self, rules: Rules, inside: list[Box], *, is_grid: bool) -> list[tuple[float, float]]:
        """The rows: between lying rules where all are ruled, else round the lines of text."""
        ruled = steps((rule.middle for rule in rules.lying), ROW_EM * self._em_px)
        middles = steps((core.middle for core in inside), ROW_EM * self._em_px)
        if is_grid and len(ruled) > FEWEST:
            bands = list(pairwise(ruled))
            if len(bands) >= len(middles) - 1 or all(
                sum(top < middle < bottom for middle in middles) <= 1 for top, bottom in bands[1:]
            ):
                return bands
        if not middles:
            return []
        cuts = [(above + below) / 2 for above, below in pairwise(middles)]
        first, last = rules.box.top, rules.box.bottom
        return list(zip([first, *cuts], [*cuts, last], strict=True))

    def _edges(self, rules: Rules, mask: NDArray[np.bool_], bands: list[tuple[float, float]]) -> list[float]:
        """Where columns begin and end: at standing rules, else where no row has ink."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        if len(ruled := steps((rule.centre for rule in rules.standing), self._em_px / 2)) > FEWEST - 1:
            inner = [rules.box.left, *ruled, rules.box.right]
            return steps(inner, self._em_px)
        left, right = int(rules.box.left), int(rules.box.right)
        filled = np.array([mask[int(top) : int(bottom), left:right].any(0) for top, bottom in bands])
        if not len(filled):
            return []
        found = self._gaps(filled)
        if len(bands) > FEWEST and len(fewer := self._gaps(filled[1:])) > len(found):
            found = fewer
        return [rules.box.left, *(left + gap for gap in found), rules.box.right]

    def _gaps(self, filled: NDArray[np.bool_]) -> list[float]:
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        ink = np.flatnonzero(filled.max(axis=0)).tolist()
        least = COLUMN_GAP_EM * self._em_px
        return [(a + b) / 2 for a, b in pairwise(ink) if b - a > least]

    def _cell(self, box: Box, mask: NDArray[np.bool_], inside: list[Box]) -> list[Line]:
        """Read what stands in a cell, line by line."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        part = mask[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
        columns = np.flatnonzero(part.max(axis=0)) if part.size else np.zeros(0, np.intp)
        if not len(columns):
            return []
        left, right = box.left + float(columns[0]), box.left + float(columns[-1]) + 1
        heights = [core for core in inside if box.top <= core.middle <= box.bottom]
        own = [core for core in heights if core.left < right and core.right > left] or heights
        height = statistics.median(core.height for core in own) if own else self._em_px / 2
        margin = 0.3 * height
        lines: list[Line] = []
        for middle in steps((core.middle for core in own), ROW_EM * self._em_px) or [box.middle]:
            core = Box(left - margin, middle - height / 2, right + margin, middle + height / 2)
            lines.append(self._read(core))
        return lines

    def _placed(
        self,
        rules: Rules,
        cells: dict[tuple[int, int], list[Line]],
        spans: tuple[Span, ...],
        size: tuple[int, int],
        *,
        is_grid: bool,
    ) -> Placed:
        rows: list[tuple[tuple[Run, ...], ...]] = []
        formulas: list[SeenFormula] = []
        for row in range(size[0]):
            line: list[tuple[Run, ...]] = []
            for column in range(size[1]):
                pieces = joined_pieces(cells.get((row, column), []))
                line.append(runs_of_pieces(pieces))
                formulas += [piece.seen for piece in pieces if piece.is_formula]
            rows.append(tuple(line))
        columns = ""
        for column in range(size[1]):
            boxes = [
                around(line.box for line in cells[row, column])
                for row in range(1, size[0])
                if cells.get((row, column))
            ]
            columns += alignment(boxes, self._em_px)
        return Placed(Grid(tuple(rows), spans, columns, is_grid), rules.box, tuple(formulas))


def _crossed(rules: Sequence[Box], x: float, y: float, em_px: float) -> bool:
    """Whether a lying rule goes through a place."""
    return any(rule.left <= x <= rule.right and abs(rule.middle - y) < em_px / 2 for rule in rules)
