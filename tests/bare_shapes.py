"""The judge of shapes for tests: it knows no fonts and looks at the ink alone."""

from collections.abc import Sequence

from writetex_desktop.core.pictures.ink import Piece, unlikeness


class BareShapes:
    """Compares the grids of two pieces cell by cell."""

    def __init__(self, ones: Sequence[Piece], others: Sequence[Piece], _em_px: float) -> None:
        self._ones, self._others = ones, others
        self.settled: tuple[tuple[int, int], ...] = ()

    def at_first(self, one: int, other: int) -> float:
        return unlikeness(self._ones[one], self._others[other])

    def settle(self, pairs: Sequence[tuple[int, int]]) -> float:
        self.settled = tuple(pairs)
        return 0.0

    def in_font(self, one: int, other: int) -> float:
        return self.at_first(one, other)

    def of_groups(self, one: Piece, other: Piece) -> float:
        return unlikeness(one, other)
