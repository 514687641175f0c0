"""Small signs above and below the line: scripts behind their base, labels and limits over and under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.signs import Sign, is_end, rule_pairs

BRACKETS = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle"}
"""Brackets, with what closes each."""

SMALL = 0.85
"""Size of text over full size below which it is a script."""

_SCRIPT = 0.8
"""The same for one sign beside the largest of its formula: single sizes are less sure than that of a line."""

_NEAR_EM = 0.7
"""How far apart two signs of a script stand at most, side by side and with nothing large between them."""

_MARKS = frozenset((".", ",", ";", ":", "-", "'"))
_MARK_EM = 0.25
"""How far from its neighbours such a mark stands in a script at most."""

_TOUCH_EM = 0.06
"""How far under one another two signs are that are not over one another: TeX keeps scripts 0.16 em apart."""

_BEHIND_EM, _REACH_EM = 0.1, 0.45
"""How far a script may begin before the end of what it belongs to, and how far after it."""

_OFF_LINE_EM = 0.12
"""How far above or below the middle of that the middle of a script is at least."""

_STACKED_EM = 0.6
"""How far from what it stands over or under a label or a limit is at most."""

_BAR_REACH_EM = 0.35
"""How far from a bar what it divides begins at most, in a script."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """What stands above and below the line behind one sign, or over and under one.

    Attributes:
        parts: The numbers of the signs above, of those below, or of both.
        base: What they stand over and under; empty where they stand behind it.
        left: From where
        right: to where all of it reaches, in ems.
    """

    parts: tuple[Band, ...]
    base: Band
    left: float
    right: float


def scripts_of(signs: Sequence[Sign], chosen: Band, sizes: Sequence[float]) -> list[Scripts]:
    """The scripts of a formula, those above and below one sign together.

    Args:
        signs: All signs of a picture.
        chosen: The numbers of those of the formula.
        sizes: How tall each sign is over one of its class at full size.
    """
    firm = sorted(sizes[number] for number in chosen if not signs[number].grows) or [1.0]
    least = _SCRIPT * firm[len(firm) * 9 // 10]
    small = [number for number in chosen if sizes[number] < least and not is_end(signs[number])]
    small += [number for number in chosen if _is_between(signs, small, number)]
    large = [number for number in chosen if number not in small]
    behind: dict[int, list[Band]] = {}
    stacked: dict[Band, list[Band]] = {}
    walls = [signs[number] for number in large]
    for places in _groups([signs[number] for number in small], walls):
        group = _closed(signs, [small[place] for place in places])
        if not group:
            continue
        stack = _base_stacked(signs, large, group)
        base = None if stack else _base_behind(signs, large, group)
        if stack:
            stacked.setdefault(stack, []).append(group)
        elif base is not None:
            behind.setdefault(base, []).append(group)
    return [
        Scripts(tuple(groups), (), *_reach(signs, [number for group in groups for number in group]))
        for groups in behind.values()
    ] + [
        Scripts(
            tuple(groups), base, *_reach(signs, [*base, *(number for group in groups for number in group)])
        )
        for base, groups in stacked.items()
    ]


def _is_between(signs: Sequence[Sign], small: Sequence[int], number: int) -> bool:
    """Whether a mark whose height tells no size stands between two small signs."""
    mark = signs[number]
    if mark.name not in _MARKS or number in small:
        return False
    beside = [signs[other] for other in small if _at_one_height(mark, signs[other])]
    before = any(0 <= mark.centre - sign.right <= _MARK_EM for sign in beside)
    return before and any(0 <= sign.left - mark.centre <= _MARK_EM for sign in beside)


def _reach(signs: Sequence[Sign], numbers: Sequence[int]) -> tuple[float, float]:
    return min(signs[number].left for number in numbers), max(signs[number].right for number in numbers)


def _base_behind(signs: Sequence[Sign], large: Sequence[int], group: Band) -> int | None:
    """The sign behind which a group stands, above or below the line."""
    left, _ = _reach(signs, group)
    before = [
        (abs(left - signs[number].right), number)
        for number in large
        if signs[number].right - _BEHIND_EM <= left <= signs[number].right + _REACH_EM
        and not signs[number].name.startswith("rule")
    ]
    if not before:
        return None
    _, base = min(before)
    return base if abs(_middle(signs, group) - signs[base].middle) >= _OFF_LINE_EM else None


def _base_stacked(signs: Sequence[Sign], large: Sequence[int], group: Band) -> Band:
    """The signs over or under which a group stands; none where there are none near it."""
    left, right = _reach(signs, group)
    top, bottom = min(signs[number].top for number in group), max(signs[number].bottom for number in group)
    base = tuple(
        number for number in large if left - _BEHIND_EM <= signs[number].centre <= right + _BEHIND_EM
    )
    if not base or any(signs[number].name.startswith("rule") for number in base):
        return ()
    over = min(signs[number].top for number in base) - bottom
    under = top - max(signs[number].bottom for number in base)
    return base if -_BEHIND_EM <= max(over, under) <= _STACKED_EM else ()


def _closed(signs: Sequence[Sign], group: Sequence[int]) -> Band:
    """A group without a bracket that opens at its end; nothing where brackets do not close in it.

    A bracket of text may be no taller than one of a script of another font.
    """
    order = sorted(group, key=lambda number: signs[number].left)
    while order and signs[order[-1]].name in BRACKETS:
        order.pop()
    depth = 0
    for number in order:
        depth += (signs[number].name in BRACKETS) - (signs[number].name in BRACKETS.values())
        if depth < 0:
            return ()
    return () if depth else tuple(sorted(order))


def _middle(signs: Sequence[Sign], group: Band) -> float:
    return (min(signs[number].top for number in group) + max(signs[number].bottom for number in group)) / 2


def _groups(signs: Sequence[Sign], walls: Sequence[Sign]) -> list[Band]:
    """Signs that hang together: beside one another at one height, or over and under one bar.

    Args:
        signs: Small ones.
        walls: Large ones that may stand between them.
    """
    group_of = list(range(len(signs)))

    def join(one: int, other: int) -> None:
        old, new = group_of[one], group_of[other]
        for place, group in enumerate(group_of):
            if group == old:
                group_of[place] = new

    for one, other in combinations(range(len(signs)), 2):
        if _are_beside(signs[one], signs[other], walls):
            join(one, other)
    for first, last in rule_pairs(signs):
        join(last, first)
        for place, sign in enumerate(signs):
            if _is_at_bar(sign, signs[first], signs[last]):
                join(place, first)
    return [
        tuple(place for place, its in enumerate(group_of) if its == group) for group in sorted(set(group_of))
    ]


def _are_beside(one: Sign, other: Sign, walls: Sequence[Sign]) -> bool:
    apart = max(one.left, other.left) - min(one.right, other.right)
    if apart > _NEAR_EM or not _at_one_height(one, other):
        return False
    first, last = sorted((one.centre, other.centre))
    return not any(
        first < wall.centre < last and (_at_one_height(wall, one) or _at_one_height(wall, other))
        for wall in walls
    )


def _at_one_height(one: Sign, other: Sign) -> bool:
    return one.top < other.bottom + _TOUCH_EM and other.top < one.bottom + _TOUCH_EM


def _is_at_bar(sign: Sign, first: Sign, last: Sign) -> bool:
    gap = max(first.middle - sign.bottom, sign.top - first.middle)
    return first.left - _BEHIND_EM <= sign.centre <= last.right + _BEHIND_EM and gap <= _BAR_REACH_EM
