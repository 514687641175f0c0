"""What in a formula holds other signs: bars, roots, brackets, and what has long scripts."""

from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.scripts import BRACKETS, SMALL, scripts_of
from writetex_desktop.core.pictures.parting.signs import Sign, rule_pairs

FEWEST_HELD = 4
"""Signs that a fraction, a root or a bracket holds at least, for them to be taken out."""

BAR_ENDS, PARTS = 2, 2
"""What is seen of a bar, and what it parts."""

SLACK_EM = 0.12
"""How far an edge may be from where it should be."""

_NEAR_EM = 0.75
"""How far from a bar what it divides is at most."""

_BRACKET_EM = 1.35
"""How tall a bracket is that holds nothing taller than text."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What holds other signs.

    Attributes:
        parts: The numbers of the signs that it holds: numerator and denominator, the inside, or scripts.
        left: From where
        right: to where it and they reach, in ems.
        middle: Where its bar is.
        is_fraction: Whether it has one between two parts.
        base: The signs over and under which its parts stand.
    """

    parts: tuple[Band, ...]
    left: float
    right: float
    middle: float
    is_fraction: bool
    base: Band = ()


def outermost(signs: Sequence[Sign], chosen: Band, sizes: Sequence[float]) -> list[Shell]:
    """The widest things that hold enough and share their columns with nothing else."""
    found = _fractions(signs, chosen) + _roots(signs, chosen) + _brackets(signs, chosen)
    found += [
        Shell(each.parts, each.left, each.right, 0.0, is_fraction=False, base=each.base)
        for each in scripts_of(signs, chosen, sizes)
    ]
    shells: list[Shell] = []
    taken: set[int] = set()
    for shell in sorted(found, key=lambda each: each.left - each.right):
        inside = {number for part in shell.parts for number in part}
        is_all = shell.is_fraction and len(inside) == len(chosen) - BAR_ENDS
        if (
            (is_all or len(inside) >= FEWEST_HELD)
            and not inside.union(shell.base) & taken
            and _is_alone(signs, chosen, shell, inside.union(shell.base))
        ):
            shells.append(shell)
            taken |= inside.union(shell.base)
    return sorted(shells, key=lambda shell: shell.left)


def _is_alone(signs: Sequence[Sign], chosen: Band, shell: Shell, inside: set[int]) -> bool:
    """Whether nothing else stands over, under or between what a shell holds, but what holds the shell."""
    others = [number for number in chosen if number not in inside]
    paired = {
        place: (signs[others[first]].left, signs[others[last]].right)
        for first, last in rule_pairs([signs[number] for number in others])
        for place in (others[first], others[last])
    }
    for number in others:
        left, right = paired.get(number, (signs[number].left, signs[number].right))
        is_beside = right <= shell.left + SLACK_EM or left >= shell.right - SLACK_EM
        if not is_beside and (left > shell.left + SLACK_EM or right < shell.right - SLACK_EM):
            return False
    return True


def _fractions(signs: Sequence[Sign], chosen: Band) -> list[Shell]:
    some = [signs[number] for number in chosen]
    bars = [(some[first], some[last], {first, last}) for first, last in rule_pairs(some)]
    shells = []
    for first, last, own in bars:
        left, right, middle = first.left, last.right, (first.middle + last.middle) / 2
        holding = {
            place
            for one, other, places in bars
            if one.left < left - SLACK_EM or other.right > right + SLACK_EM
            for place in places
        }
        within = [
            place
            for place, sign in enumerate(some)
            if place not in own | holding and left - SLACK_EM <= sign.left and sign.right <= right + SLACK_EM
        ]
        above = [place for place in within if some[place].middle < middle]
        below = [place for place in within if some[place].middle > middle]
        if _touch(some, above, middle) and _touch(some, below, middle):
            parts = tuple(tuple(chosen[place] for place in part) for part in (above, below))
            shells.append(Shell(parts, left, right, middle, is_fraction=True))
    return shells


def _touch(signs: Sequence[Sign], part: Sequence[int], middle: float) -> bool:
    """Whether some signs stand next to a bar, and no bar is the next."""
    if not part:
        return False
    gap, nearest = min(
        (min(abs(signs[place].bottom - middle), abs(signs[place].top - middle)), place) for place in part
    )
    return gap <= _NEAR_EM and not signs[nearest].name.startswith("rule")


def _roots(signs: Sequence[Sign], chosen: Band) -> list[Shell]:
    some = [signs[number] for number in chosen]
    shells = []
    for first, last in rule_pairs(some):
        rule, end = some[first], some[last]
        hooks = [
            sign
            for sign in some
            if sign.name in {"\\sqrt{", "\\surd"}
            and abs(sign.right - rule.left) < 2 * SLACK_EM
            and abs(sign.top - rule.middle) < 2 * SLACK_EM
        ]
        if len(hooks) != 1:
            continue
        inside = tuple(
            chosen[place]
            for place, sign in enumerate(some)
            if place not in {first, last}
            and rule.left <= sign.centre <= end.right
            and sign.top > rule.middle - SLACK_EM
            and sign.bottom < hooks[0].bottom + 2 * SLACK_EM
        )
        if inside:
            left, right = extent_of(signs, inside)
            shells.append(Shell((inside,), left, right, rule.middle, is_fraction=False))
    return shells


def _brackets(signs: Sequence[Sign], chosen: Band) -> list[Shell]:
    """Brackets of the height of text that close, with what stands between them."""
    order = sorted(chosen, key=lambda number: signs[number].left)
    shells: list[Shell] = []
    open_: list[tuple[str, int]] = []
    closing = set(BRACKETS.values())
    for place, number in enumerate(order):
        sign = signs[number]
        if sign.height > _BRACKET_EM:
            continue
        if sign.name in BRACKETS:
            open_.append((BRACKETS[sign.name], place))
        elif sign.name in closing and open_:
            wanted, start = open_.pop()
            first = signs[order[start]]
            inside = tuple(order[start + 1 : place])
            is_level = abs(first.top - sign.top) < SLACK_EM and abs(first.bottom - sign.bottom) < SLACK_EM
            if wanted == sign.name and is_level and _hold(sign, [signs[each] for each in inside]):
                left, right = extent_of(signs, inside)
                shells.append(Shell((inside,), left, right, sign.middle, is_fraction=False))
    return shells


def _hold(bracket: Sign, inside: Sequence[Sign]) -> bool:
    """Whether a pair of brackets holds what stands between them: it may be a script of something else.

    Args:
        bracket: One of the two.
        inside: What stands between them.
    """
    small = bracket.height < SMALL
    return bool(inside) and not (
        small and any(sign.top > bracket.bottom or sign.bottom < bracket.top for sign in inside)
    )


def extent_of(signs: Sequence[Sign], numbers: Sequence[int]) -> tuple[float, float]:
    """From where to where some signs reach, in ems."""
    return min(signs[number].left for number in numbers), max(signs[number].right for number in numbers)
