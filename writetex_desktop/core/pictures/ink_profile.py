"""Compares the ink of two drawings of one formula, piece by piece.

Weight, size, margins, font and small shifts are let pass; a sign that has another shape, another size or
another place, one too many and one too few are not. The weights and limits are those that separate best on
formulas that LaTeX drew in nine fonts; `tests/benchmarks/bench_visual_check.py` measures how well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.pictures.ink import Ink, Piece, moved, pieces_of, united
from writetex_desktop.core.pictures.ink_match import (
    CompareShapes,
    Match,
    Shapes,
    centre,
    matched,
    middle,
    ratio,
)

_LEAST: Final = 0.05
_COARSE: Final = 5.0
"""Strangeness above which a place is shown: at least so much, and so much over the pixels an em more."""

_FOREIGN: Final = 0.8
"""How much more is let pass in another font."""

_GROWTH, _BREADTH, _DROP, _DRIFT = 0.27, 0.15, 0.2, 0.1
"""Weights with which it is judged: height, width, place across and along the line."""

_ALIKE: Final = 0.3
"""Two pieces whose strangeness is below are taken for the same sign."""

_SPECK_EM: Final = 0.13
_ROOM: Final = 2.5
_MORE: Final = 0.03


@dataclass(frozen=True, slots=True)
class Band:
    """Where two drawings differ: columns of one, 0 for the left edge of its ink and 1 for the right."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class InkComparison:
    """How like two drawings are.

    Attributes:
        likeness: 0 to 1; 0.8 and more for drawings of the same formula.
        bands: Where the first differs from the second, from left to right; empty when nothing stands out.
        drawn_bands: The same places in the second.
    """

    likeness: float
    bands: tuple[Band, ...]
    drawn_bands: tuple[Band, ...]


def compare_ink(crop: Ink, drawing: Ink, em_px: float, compare_shapes: CompareShapes) -> InkComparison | None:
    """Compare what was cut out with what was drawn of the markup.

    Args:
        crop: Ink of the picture.
        drawing: Ink of the drawing, at about the same size.
        em_px: Pixels an em in `drawing`.
        compare_shapes: Judges shapes.

    Returns:
        The comparison; None when one of them has nothing to compare, or too much.
    """
    ones, others = pieces_of(crop), pieces_of(drawing)
    if not ones or not others:
        return None
    scales = [drawing.height / crop.height]
    if abs(drawing.width / crop.width / scales[0] - 1) > 0.03:  # noqa: PLR2004 - three in a hundred
        scales += [drawing.width / crop.width, 1.0]
    shapes = compare_shapes(ones, others, em_px)
    matches = [matched(tuple(moved(each, scale) for each in ones), others, em_px, shapes) for scale in scales]
    match = min(matches, key=lambda each: each.badness)
    foreign = shapes.settle([(pair.one, pair.other) for pair in match.pairs])
    judge = _Judge(shapes, match, others, em_px)
    pixels = em_px * crop.place.width / crop.width
    limit = _LEAST + _COARSE / pixels + _FOREIGN * foreign
    strange = judge.groups()
    alike = [each for each in judge.strangeness.values() if each <= _ALIKE]
    worst = max([*alike, *(each for each, _group in strange)], default=0.0)
    found = [group for strangeness, group in strange if strangeness > limit]
    return InkComparison(
        1 / (1 + 0.25 * (worst / limit) ** 2),
        _joined(
            [
                _band(ones, group[0], crop.width) if group[0] else _band(others, group[1], drawing.width)
                for group in found
            ]
        ),
        # A sign that the drawing lacks is marked where it would stand there.
        _joined(
            [
                _band(others, group[1], drawing.width)
                if group[1]
                else _band(match.ones, group[0], drawing.width)
                for group in found
            ]
        ),
    )


_Group = tuple[set[int], set[int]]
"""Numbers of pieces of the one drawing and of the other."""


def _band(pieces: Sequence[Piece], numbers: set[int], width: int) -> Band:
    left = min(pieces[number].left for number in numbers) / width
    right = max(pieces[number].right for number in numbers) / width
    return Band(min(max(left, 0.0), 1.0), min(max(right, 0.0), 1.0))


class _Judge:
    """Judges what was matched.

    Attributes:
        strangeness: How strange the two pieces of each pair are to each other.
    """

    def __init__(self, shapes: Shapes, match: Match, others: Sequence[Piece], em: float) -> None:
        self._shapes = shapes
        self._match = match
        self._others = others
        self._em = em
        self.strangeness = {
            (pair.one, pair.other): shapes.in_font(pair.one, pair.other)
            + self._out_of_place(match.ones[pair.one], others[pair.other])
            for pair in match.pairs
        }

    def groups(self) -> list[tuple[float, _Group]]:
        """Gather what does not fit, piece with piece, and say how strange each gathering is.

        A sign may be one piece here and two there, and two signs may touch; together they look alike again.
        """
        groups: list[_Group] = [
            ({one}, {other}) for (one, other), far in self.strangeness.items() if far > _ALIKE
        ]
        groups += [({number}, set()) for number in self._match.lonely_ones]
        groups += [(set(), {number}) for number in self._match.lonely_others]
        merged: list[_Group] = []
        for group in groups:
            whole = group
            for near in [each for each in merged if _overlap(self._match.ones, self._others, each, whole)]:
                merged.remove(near)
                whole = (whole[0] | near[0], whole[1] | near[1])
            merged.append(whole)
        return [(self._judged(group), group) for group in merged]

    def _judged(self, group: _Group) -> float:
        strangeness = self._of_group(group)
        if strangeness <= _ALIKE or len(group[0]) == len(group[1]) == 1:
            return strangeness
        # It may be part of a sign whose rest was taken for the whole.
        ones, others, em = self._match.ones, self._others, self._em
        box = _united(ones, others, group)
        width, height = (_ROOM * max(side, 0.4 * em) for side in (box.width, box.height))
        fitting = [
            (one, other)
            for one, other in self.strangeness
            if one not in group[0]
            and other not in group[1]
            and (_touch(ones[one], box, 0.05 * em) or _touch(others[other], box, 0.05 * em))
            and ones[one].width < width
            and ones[one].height < height
        ]
        larger = [(group[0] | {one}, group[1] | {other}) for one, other in fitting]
        if len(fitting) > 1:
            larger.append(
                (group[0] | {one for one, _ in fitting}, group[1] | {other for _, other in fitting})
            )
        return min([strangeness, *(self._of_group(each) + _MORE for each in larger)])

    def _of_group(self, group: _Group) -> float:
        if len(group[0]) == len(group[1]) == 1:
            (one,), (other,) = group
            known = self.strangeness.get((one, other))
            if known is not None:
                return known
        if group[0] and group[1]:
            here = united(tuple(self._match.ones[number] for number in sorted(group[0])))
            there = united(tuple(self._others[number] for number in sorted(group[1])))
            return self._shapes.of_groups(here, there) + self._out_of_place(here, there)
        alone = _united(self._match.ones, self._others, group)
        size = max(alone.width, alone.height) / self._em
        return min(1.5, 0.2 + 1.3 * size) if size > _SPECK_EM else 0.05

    def _out_of_place(self, one: Piece, other: Piece) -> float:
        return (
            _GROWTH * ratio(one.height, other.height)
            + _BREADTH * ratio(one.width, other.width)
            + _DROP * abs(middle(one) - middle(other)) / self._em
            + _DRIFT * abs(centre(one) - centre(other)) / self._em
        )


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
