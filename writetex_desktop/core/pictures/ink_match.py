"""Finds out which piece of a picture is which piece of a drawing."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from writetex_desktop.core.pictures.ink import Piece, moved

_SHAPE_FIRST, _HEIGHT, _WIDTH, _DOWN, _ALONG = 2.2, 0.9, 0.7, 1.0, 0.6
"""Weights with which a partner is looked for."""

_PIXELS: Final = 2.0
"""Two sizes that differ by less are the same."""

_FLOOR_PX: Final = 3.0

_REACH_EM: Final = (2.5, 1.2, 0.8)
"""How far along the line a piece is looked for: at first, and when it is known how the pictures shift."""

_REACH_DOWN_EM: Final = 0.6

_NEIGHBOURS: Final = 5


class Shapes(Protocol):
    """How strange pieces of a picture are to those of a drawing, by shape alone: 0 for the same sign."""

    def at_first(self, one: int, other: int) -> float:
        """Say it of two pieces by their numbers, before it is known what the picture's font is like."""
        ...

    def settle(self, pairs: Sequence[tuple[int, int]]) -> float:
        """Learn from pieces that stand where they should what the font is like.

        Returns:
            How foreign it is: 0 for the font of the drawing, 0.5 for one that is quite another.
        """
        ...

    def in_font(self, one: int, other: int) -> float:
        """Say it of two pieces by their numbers, once the font is known."""
        ...

    def of_groups(self, one: Piece, other: Piece) -> float:
        """Say it of pieces that were united."""
        ...


CompareShapes = Callable[[Sequence[Piece], Sequence[Piece], float], Shapes]
"""Takes the pieces of a picture, those of a drawing, and how many pixels an em has."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The numbers of two pieces that are taken for one, and how strange they are to each other."""

    one: int
    other: int
    strangeness: float


@dataclass(frozen=True, slots=True)
class Match:
    """Which piece is which; `ones` are where they would be in the other drawing."""

    ones: tuple[Piece, ...]
    pairs: tuple[Pair, ...]
    lonely_ones: tuple[int, ...]
    lonely_others: tuple[int, ...]

    @property
    def badness(self) -> float:
        """What is left over, for choosing among scales."""
        mean = sum(pair.strangeness for pair in self.pairs) / max(1, len(self.pairs))
        return mean + len(self.lonely_ones) + len(self.lonely_others)


def matched(ones: tuple[Piece, ...], others: tuple[Piece, ...], em: float, shapes: Shapes) -> Match:
    """Find out which piece is which, and on the way how the pictures shift against each other."""
    shifts = [0.0] * len(ones)
    pairs = _pairs(ones, others, em, _REACH_EM[0], shapes)
    down = median_of([middle(others[pair.other]) - middle(ones[pair.one]) for pair in pairs], default=0.0)
    ones = tuple(moved(each, 1.0, 0.0, down) for each in ones)
    placed = ones
    for reach in _REACH_EM[1:]:
        shifts = _shifts(ones, others, pairs)
        placed = tuple(moved(each, 1.0, shift) for each, shift in zip(ones, shifts, strict=True))
        pairs = _pairs(placed, others, em, reach, shapes)
    known_ones, known_others = {pair.one for pair in pairs}, {pair.other for pair in pairs}
    return Match(
        placed,
        pairs,
        tuple(number for number in range(len(ones)) if number not in known_ones),
        tuple(number for number in range(len(others)) if number not in known_others),
    )


def _pairs(
    ones: Sequence[Piece], others: Sequence[Piece], em: float, reach_em: float, shapes: Shapes
) -> tuple[Pair, ...]:
    """Take the least strange pairs first, each piece once."""
    by_place = sorted(range(len(others)), key=lambda number: centre(others[number]))
    centres = [centre(others[number]) for number in by_place]
    found: list[Pair] = []
    for number, one in enumerate(ones):
        at = bisect_left(centres, centre(one) - reach_em * em)
        while at < len(centres) and centres[at] <= centre(one) + reach_em * em:
            other = others[by_place[at]]
            if (
                abs(middle(other) - middle(one)) < _REACH_DOWN_EM * em
                and 0.4 < (one.height + _FLOOR_PX) / (other.height + _FLOOR_PX) < 2.5  # noqa: PLR2004 - surely another
            ):
                first = shapes.at_first(number, by_place[at])
                found.append(Pair(number, by_place[at], _SHAPE_FIRST * first + _misplaced(one, other, em)))
            at += 1
    found.sort(key=lambda pair: pair.strangeness)
    taken_ones: set[int] = set()
    taken_others: set[int] = set()
    pairs: list[Pair] = []
    for pair in found:
        if pair.one not in taken_ones and pair.other not in taken_others:
            taken_ones.add(pair.one)
            taken_others.add(pair.other)
            pairs.append(pair)
    return tuple(pairs)


def _misplaced(one: Piece, other: Piece, em: float) -> float:
    return (
        _HEIGHT * ratio(one.height, other.height)
        + _WIDTH * ratio(one.width, other.width)
        + _DOWN * abs(middle(one) - middle(other)) / em
        + _ALONG * abs(centre(one) - centre(other)) / em
    )


def ratio(one: float, other: float) -> float:
    """Give the logarithm of the larger over the smaller, but for what the grid of the pixels makes."""
    low, high = min(one, other), max(one, other)
    return math.log((max(low, high - _PIXELS) + _FLOOR_PX) / (low + _FLOOR_PX))


def _shifts(ones: Sequence[Piece], others: Sequence[Piece], pairs: Iterable[Pair]) -> list[float]:
    """Say for each piece how far its neighbourhood stands to the right in the other drawing."""
    known = sorted(
        (centre(ones[pair.one]), centre(others[pair.other]) - centre(ones[pair.one])) for pair in pairs
    )
    places = [place for place, _shift in known]
    shifts: list[float] = []
    for one in ones:
        at = bisect_left(places, centre(one))
        around = known[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
        around.sort(key=lambda each: abs(each[0] - centre(one)))
        shifts.append(median_of([shift for _place, shift in around[:_NEIGHBOURS]], default=0.0))
    return shifts


def centre(piece: Piece) -> float:
    """Give the column of the middle."""
    return piece.left + piece.width / 2


def middle(piece: Piece) -> float:
    """Give the row of the middle."""
    return piece.top + piece.height / 2


def median_of(numbers: list[float], *, default: float) -> float:
    """Give the upper median; of nothing, the default."""
    return sorted(numbers)[len(numbers) // 2] if numbers else default
