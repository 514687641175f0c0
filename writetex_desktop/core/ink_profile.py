"""Compares the ink of two drawings of one formula, piece by piece.

Weight, size, margins and small shifts are let pass; a sign that has another shape, another size or another
place, one too many and one too few are not. The weights and limits are those that separate best on formulas
that LaTeX drew (`tests/benchmarks/bench_visual_check.py`): a picture in the font of TeX with 20 pixels an em
and more is judged well; in other fonts and in smaller ones more has to differ before it is said.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.ink import Ink, Piece, moved, pieces_of, united, unlikeness

_LIMIT: Final = 0.25
"""Strangeness above which a place is shown to the user, in two pictures without any noise."""

_NOISE: Final = 2.0
"""How much of the strangeness of an ordinary sign is let pass everywhere: pixels, weight of the strokes."""

_FONT: Final = 3.0
_FONT_ABOVE: Final = 0.3
"""How much more is let pass when one sign in five is stranger than this: it was set in another font."""

_SHAPE, _HEIGHT, _WIDTH, _DOWN, _ALONG = 2.2, 0.9, 0.7, 1.0, 0.6
_PIXELS: Final = 2.0
"""Two sizes that differ by less are the same."""

_FLOOR_PX: Final = 3.0
_ALIKE: Final = 0.45
"""Two pieces whose strangeness is below are taken for the same sign."""

_REACH_EM: Final = (2.5, 1.0, 0.7)
"""How far along the line a piece is looked for: at first, and when it is known how the pictures shift."""

_REACH_DOWN_EM: Final = 0.6
_NEIGHBOURS: Final = 5
_SPECK_EM: Final = 0.12


@dataclass(frozen=True, slots=True)
class Band:
    """Where two drawings differ: columns of the first one's ink, 0 for its left edge and 1 for its right."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class InkComparison:
    """How like two drawings are.

    Attributes:
        likeness: 0 to 1; 0.8 and more for drawings of the same formula.
        bands: Where the first differs from the second, from left to right; empty when nothing stands out.
    """

    likeness: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """The numbers of two pieces that are taken for one, and how strange they are to each other."""

    one: int
    other: int
    strangeness: float


@dataclass(frozen=True, slots=True)
class _Match:
    """Which piece is which; `ones` are where they would be in the other drawing."""

    ones: tuple[Piece, ...]
    pairs: tuple[_Pair, ...]
    lonely_ones: tuple[int, ...]
    lonely_others: tuple[int, ...]

    @property
    def badness(self) -> float:
        """What is left over, for choosing among scales."""
        mean = sum(pair.strangeness for pair in self.pairs) / max(1, len(self.pairs))
        return mean + len(self.lonely_ones) + len(self.lonely_others)


def compare_ink(crop: Ink, drawing: Ink, em_px: float) -> InkComparison | None:
    """Compare what was cut out with what was drawn of the markup.

    Args:
        crop: Ink of the picture.
        drawing: Ink of the drawing, at about the same size.
        em_px: Pixels an em in `drawing`.

    Returns:
        The comparison; None when one of them has nothing to compare, or too much.
    """
    ones, others = pieces_of(crop), pieces_of(drawing)
    if not ones or not others:
        return None
    scales = [drawing.height / crop.height]
    if abs(drawing.width / crop.width / scales[0] - 1) > 0.03:  # noqa: PLR2004 - three in a hundred
        scales += [drawing.width / crop.width, 1.0]
    matches = (_matched(tuple(moved(each, scale) for each in ones), others, em_px) for scale in scales)
    match = min(matches, key=lambda each: each.badness)
    limit = _limit([pair.strangeness for pair in match.pairs])
    strange = _groups(match, others, em_px)
    worst = max((each for each, _group in strange), default=0.0)
    worst = max([worst, *(pair.strangeness for pair in match.pairs if pair.strangeness <= _ALIKE)])
    bands = [
        _band(ones, group[0], crop.width) if group[0] else _band(others, group[1], drawing.width)
        for strangeness, group in strange
        if strangeness > limit
    ]
    likeness = 1 / (1 + 0.25 * (worst / limit) ** 2)
    return InkComparison(likeness, _joined(bands))


_Group = tuple[set[int], set[int]]
"""Numbers of pieces of the one drawing and of the other."""


def _band(pieces: Sequence[Piece], numbers: set[int], width: int) -> Band:
    return Band(
        min(pieces[number].left for number in numbers) / width,
        max(pieces[number].right for number in numbers) / width,
    )


def _limit(strangeness: list[float]) -> float:
    """Say how strange a sign must be in this picture to be shown."""
    usual = _median(strangeness, default=0.0)
    fifth = sorted(strangeness)[int(0.8 * (len(strangeness) - 1))] if strangeness else 0.0
    return _LIMIT + _NOISE * usual + _FONT * max(0.0, fifth - _FONT_ABOVE)


def _matched(ones: tuple[Piece, ...], others: tuple[Piece, ...], em: float) -> _Match:
    """Find out which piece is which, and on the way how the pictures shift against each other."""
    shifts = [0.0] * len(ones)
    pairs = _pairs(ones, others, em, _REACH_EM[0])
    down = _median([_middle(others[pair.other]) - _middle(ones[pair.one]) for pair in pairs], default=0.0)
    ones = tuple(moved(each, 1.0, 0.0, down) for each in ones)
    placed = ones
    for reach in _REACH_EM[1:]:
        shifts = _shifts(ones, others, pairs)
        placed = tuple(moved(each, 1.0, shift) for each, shift in zip(ones, shifts, strict=True))
        pairs = _pairs(placed, others, em, reach)
    known_ones, known_others = {pair.one for pair in pairs}, {pair.other for pair in pairs}
    return _Match(
        placed,
        pairs,
        tuple(number for number in range(len(ones)) if number not in known_ones),
        tuple(number for number in range(len(others)) if number not in known_others),
    )


def _pairs(ones: Sequence[Piece], others: Sequence[Piece], em: float, reach_em: float) -> tuple[_Pair, ...]:
    """Take the least strange pairs first, each piece once."""
    by_place = sorted(range(len(others)), key=lambda number: _centre(others[number]))
    centres = [_centre(others[number]) for number in by_place]
    found: list[_Pair] = []
    for number, one in enumerate(ones):
        at = bisect_left(centres, _centre(one) - reach_em * em)
        while at < len(centres) and centres[at] <= _centre(one) + reach_em * em:
            other = others[by_place[at]]
            if (
                abs(_middle(other) - _middle(one)) < _REACH_DOWN_EM * em
                and 0.4 < (one.height + _FLOOR_PX) / (other.height + _FLOOR_PX) < 2.5  # noqa: PLR2004 - surely another
            ):
                found.append(_Pair(number, by_place[at], _strangeness(one, other, em)))
            at += 1
    found.sort(key=lambda pair: pair.strangeness)
    taken_ones: set[int] = set()
    taken_others: set[int] = set()
    pairs: list[_Pair] = []
    for pair in found:
        if pair.one not in taken_ones and pair.other not in taken_others:
            taken_ones.add(pair.one)
            taken_others.add(pair.other)
            pairs.append(pair)
    return tuple(pairs)


def _strangeness(one: Piece, other: Piece, em: float) -> float:
    return (
        _SHAPE * unlikeness(one, other)
        + _HEIGHT * _ratio(one.height, other.height)
        + _WIDTH * _ratio(one.width, other.width)
        + _DOWN * abs(_middle(one) - _middle(other)) / em
        + _ALONG * abs(_centre(one) - _centre(other)) / em
    )


def _ratio(one: float, other: float) -> float:
    """Give the logarithm of the larger over the smaller, but for what the grid of the pixels makes."""
    low, high = min(one, other), max(one, other)
    return math.log((max(low, high - _PIXELS) + _FLOOR_PX) / (low + _FLOOR_PX))


def _shifts(ones: Sequence[Piece], others: Sequence[Piece], pairs: Iterable[_Pair]) -> list[float]:
    """Say for each piece how far its neighbourhood stands to the right in the other drawing."""
    known = sorted(
        (_centre(ones[pair.one]), _centre(others[pair.other]) - _centre(ones[pair.one])) for pair in pairs
    )
    places = [place for place, _shift in known]
    shifts: list[float] = []
    for one in ones:
        at = bisect_left(places, _centre(one))
        around = known[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
        around.sort(key=lambda each: abs(each[0] - _centre(one)))
        shifts.append(_median([shift for _place, shift in around[:_NEIGHBOURS]], default=0.0))
    return shifts


def _groups(match: _Match, others: Sequence[Piece], em: float) -> list[tuple[float, _Group]]:
    """Gather what does not fit, piece with piece, and say how strange each gathering is.

    A sign may be one piece here and two there; together they look alike again.
    """
    groups: list[_Group] = [({pair.one}, {pair.other}) for pair in match.pairs if pair.strangeness > _ALIKE]
    groups += [({number}, set()) for number in match.lonely_ones]
    groups += [(set(), {number}) for number in match.lonely_others]
    merged: list[_Group] = []
    for group in groups:
        whole = group
        for near in [each for each in merged if _overlap(match.ones, others, each, whole)]:
            merged.remove(near)
            whole = (whole[0] | near[0], whole[1] | near[1])
        merged.append(whole)
    return [(_judged(match, others, group, em), group) for group in merged]


def _judged(match: _Match, others: Sequence[Piece], group: _Group, em: float) -> float:
    numbers, other_numbers = group
    box = _united(match.ones, others, group)
    strangeness = _of_group(match.ones, others, group, em)
    if strangeness > _ALIKE and len(numbers) != len(other_numbers):
        # It may be part of a sign whose rest was taken for the whole.
        room = 1.5 * box.width * box.height
        fitting = [
            pair
            for pair in match.pairs
            if pair.one not in numbers
            and _touch(match.ones[pair.one], box, 0.05 * em)
            and match.ones[pair.one].width * match.ones[pair.one].height < room
            and match.ones[pair.one].width < 2 * max(box.width, 0.3 * em)
        ]
        larger = (
            numbers | {pair.one for pair in fitting},
            other_numbers | {pair.other for pair in fitting},
        )
        together = _of_group(match.ones, others, larger, em)
        if together < 0.7 * strangeness:
            strangeness = together
    return strangeness


def _of_group(ones: Sequence[Piece], others: Sequence[Piece], group: _Group, em: float) -> float:
    if group[0] and group[1]:
        one = united(tuple(ones[number] for number in sorted(group[0])))
        other = united(tuple(others[number] for number in sorted(group[1])))
        return _strangeness(one, other, em)
    alone = _united(ones, others, group)
    size = max(alone.width, alone.height) / em
    return min(2.0, 0.3 + 2.2 * size) if size > _SPECK_EM else 0.1


def _united(ones: Sequence[Piece], others: Sequence[Piece], group: _Group) -> Piece:
    pieces = [ones[number] for number in sorted(group[0])] + [others[number] for number in sorted(group[1])]
    return united(tuple(pieces))


def _overlap(
    ones: Sequence[Piece],
    others: Sequence[Piece],
    group: _Group,
    another: _Group,
) -> bool:
    """Whether a piece of one drawing stands on a piece of the other."""
    return any(_touch(ones[a], others[b], 0.0) for a in group[0] for b in another[1]) or any(
        _touch(ones[a], others[b], 0.0) for a in another[0] for b in group[1]
    )


def _touch(one: Piece, other: Piece, gap: float) -> bool:
    return (
        one.left < other.right + gap
        and other.left < one.right + gap
        and one.top < other.bottom + gap
        and other.top < one.bottom + gap
    )


def _joined(bands: list[Band]) -> tuple[Band, ...]:
    """Make one of bands that touch."""
    joined: list[Band] = []
    for band in sorted(bands, key=lambda each: each.start):
        if joined and band.start <= joined[-1].end:
            joined[-1] = Band(joined[-1].start, max(joined[-1].end, band.end))
        else:
            joined.append(band)
    return tuple(joined)


def _centre(piece: Piece) -> float:
    return piece.left + piece.width / 2


def _middle(piece: Piece) -> float:
    return piece.top + piece.height / 2


def _median(numbers: list[float], *, default: float) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else default
