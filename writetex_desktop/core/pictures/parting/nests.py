r"""What a formula holds inside bars, roots and brackets, so that it can be read apart from the rest.

A long formula is several short ones: a fraction is a bar with something over and something under it,
whatever these are. What is held is taken out, one letter stands in for it, and what stands to the right moves
up: what is left is a short formula with the same structure, and each part is one more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.signs import Sign, rule_pairs

FEWEST_HELD = 4
"""Signs that a fraction, a root or a bracket holds at least, for them to be taken out."""

BAR_ENDS, PARTS = 2, 2
"""What is seen of a bar, and what it parts."""

STAND_INS = ("x", "a", "n", "k", "u", "c", "m", "r", "s", "z", "v", "e", "o", "w")
"""Letters without ascender and descender; those that the formula does not have stand in for what is held."""

LETTER_EM, LETTER_WIDTH_EM = 0.43, 0.55
"""Height and width of such a letter at full size."""

_SLACK_EM = 0.12
"""How far an edge may be from where it should be."""

_NEAR_EM = 0.75
"""How far from a bar what it divides is at most."""

_SMALL = 0.85
"""Size of text over full size below which it is a script."""

_DISPLAYED, _IN_TEXT = (0.43, 0.94), (0.14, 0.6)
"""How far over and under a bar the baselines of its parts are, in ems: TeX's for displays and for text."""

_OFF_LINE = 0.35
"""How far from there a baseline may be, in ems of its text, before it is that of something further in."""

_UPRIGHT = frozenset("abcdehiklmnorstuvwxzABCDEFGHIKLMNORSTUVWXYZ0123456789")
"""Signs that stand on the baseline."""

_BRACKETS = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle"}
_BRACKET_EM = 1.35
"""How tall a bracket is that holds nothing taller than text."""


@dataclass(frozen=True, slots=True)
class Held:
    """Signs that are read apart, and the letter that stands in for them.

    Attributes:
        numbers: Which signs.
        letter: What stands in: its name and its place.
    """

    numbers: Band
    letter: Sign


@dataclass(frozen=True, slots=True)
class Nest:
    """A fraction, a root or a bracket whose inside is read apart.

    Attributes:
        held: What it holds: numerator and denominator, or the inside.
        left: From where what it holds reaches,
        right: to where,
        width: and how wide it is with the letters in its stead; ems.
    """

    held: tuple[Held, ...]
    left: float
    right: float
    width: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A formula with its nests shut.

    Attributes:
        signs: What is left, from left to right, each where it stands then.
        numbers: The number of each among the signs that were given; None for a letter that stands in.
        nests: What was shut.
    """

    signs: tuple[Sign, ...]
    numbers: tuple[int | None, ...]
    nests: tuple[Nest, ...]

    @property
    def is_fraction(self) -> bool:
        """Whether it is one fraction and nothing else: what it says needs no reader."""
        return len(self.nests) == 1 and len(self.nests[0].held) == len(self.signs) - BAR_ENDS == PARTS


@dataclass(frozen=True, slots=True)
class _Shell:
    """What holds, before letters are chosen: the parts, and where they are."""

    parts: tuple[Band, ...]
    left: float
    right: float
    middle: float
    is_fraction: bool


def outline_of(signs: Sequence[Sign], chosen: Band, sizes: Sequence[float]) -> Outline | None:
    """Shut the outermost nests of a formula; None where there is none worth it.

    Args:
        signs: All signs of a picture.
        chosen: The numbers of those of the formula.
        sizes: How tall each sign is over one of its class at full size.
    """
    shells = _outermost(signs, chosen)
    if not shells:
        return None
    used = {signs[number].letter for number in chosen}
    free = iter([letter for letter in STAND_INS if letter not in used and letter.upper() not in used])
    nests: list[Nest] = []
    for shell in shells:
        letters = [next(free, "") for _ in shell.parts]
        if not all(letters):
            break
        nest = _shut(signs, shell, letters, sizes)
        if nest is not None:
            nests.append(nest)
    return _moved_up(signs, chosen, nests) if nests else None


def _outermost(signs: Sequence[Sign], chosen: Band) -> list[_Shell]:
    """The widest things that hold enough and share their columns with nothing else."""
    found = _fractions(signs, chosen) + _roots(signs, chosen) + _brackets(signs, chosen)
    shells: list[_Shell] = []
    taken: set[int] = set()
    for shell in sorted(found, key=lambda each: each.left - each.right):
        inside = {number for part in shell.parts for number in part}
        is_all = shell.is_fraction and len(inside) == len(chosen) - BAR_ENDS
        if (
            (is_all or len(inside) >= FEWEST_HELD)
            and not inside & taken
            and _is_alone(signs, chosen, shell, inside)
        ):
            shells.append(shell)
            taken |= inside
    return sorted(shells, key=lambda shell: shell.left)


def _is_alone(signs: Sequence[Sign], chosen: Band, shell: _Shell, inside: set[int]) -> bool:
    """Whether nothing else stands over, under or between what a shell holds, but what holds the shell."""
    others = [number for number in chosen if number not in inside]
    paired = {
        place: (signs[others[first]].left, signs[others[last]].right)
        for first, last in rule_pairs([signs[number] for number in others])
        for place in (others[first], others[last])
    }
    for number in others:
        left, right = paired.get(number, (signs[number].left, signs[number].right))
        is_beside = right <= shell.left + _SLACK_EM or left >= shell.right - _SLACK_EM
        if not is_beside and (left > shell.left + _SLACK_EM or right < shell.right - _SLACK_EM):
            return False
    return True


def _fractions(signs: Sequence[Sign], chosen: Band) -> list[_Shell]:
    some = [signs[number] for number in chosen]
    bars = [(some[first], some[last], {first, last}) for first, last in rule_pairs(some)]
    shells = []
    for first, last, own in bars:
        left, right, middle = first.left, last.right, (first.middle + last.middle) / 2
        holding = {
            place
            for one, other, places in bars
            if one.left < left - _SLACK_EM or other.right > right + _SLACK_EM
            for place in places
        }
        within = [
            place
            for place, sign in enumerate(some)
            if place not in own | holding
            and left - _SLACK_EM <= sign.left
            and sign.right <= right + _SLACK_EM
        ]
        above = [place for place in within if some[place].middle < middle]
        below = [place for place in within if some[place].middle > middle]
        if _touch(some, above, middle) and _touch(some, below, middle):
            parts = tuple(tuple(chosen[place] for place in part) for part in (above, below))
            shells.append(_Shell(parts, left, right, middle, is_fraction=True))
    return shells


def _touch(signs: Sequence[Sign], part: Sequence[int], middle: float) -> bool:
    """Whether some signs stand next to a bar, and no bar is the next."""
    if not part:
        return False
    gap, nearest = min(
        (min(abs(signs[place].bottom - middle), abs(signs[place].top - middle)), place) for place in part
    )
    return gap <= _NEAR_EM and not signs[nearest].name.startswith("rule")


def _roots(signs: Sequence[Sign], chosen: Band) -> list[_Shell]:
    some = [signs[number] for number in chosen]
    shells = []
    for first, last in rule_pairs(some):
        rule, end = some[first], some[last]
        hooks = [
            sign
            for sign in some
            if sign.name in {"\\sqrt{", "\\surd"}
            and abs(sign.right - rule.left) < 2 * _SLACK_EM
            and abs(sign.top - rule.middle) < 2 * _SLACK_EM
        ]
        if len(hooks) != 1:
            continue
        inside = tuple(
            chosen[place]
            for place, sign in enumerate(some)
            if place not in {first, last}
            and rule.left <= sign.centre <= end.right
            and sign.top > rule.middle - _SLACK_EM
            and sign.bottom < hooks[0].bottom + 2 * _SLACK_EM
        )
        if inside:
            left, right = _extent(signs, inside)
            shells.append(_Shell((inside,), left, right, rule.middle, is_fraction=False))
    return shells


def _brackets(signs: Sequence[Sign], chosen: Band) -> list[_Shell]:
    """Brackets of the height of text that close, with what stands between them."""
    order = sorted(chosen, key=lambda number: signs[number].left)
    shells: list[_Shell] = []
    open_: list[tuple[str, int]] = []
    closing = set(_BRACKETS.values())
    for place, number in enumerate(order):
        sign = signs[number]
        if sign.height > _BRACKET_EM:
            continue
        if sign.name in _BRACKETS:
            open_.append((_BRACKETS[sign.name], place))
        elif sign.name in closing and open_:
            wanted, start = open_.pop()
            first = signs[order[start]]
            inside = tuple(order[start + 1 : place])
            is_level = abs(first.top - sign.top) < _SLACK_EM and abs(first.bottom - sign.bottom) < _SLACK_EM
            if wanted == sign.name and is_level and inside:
                left, right = _extent(signs, inside)
                shells.append(_Shell((inside,), left, right, sign.middle, is_fraction=False))
    return shells


def _extent(signs: Sequence[Sign], numbers: Sequence[int]) -> tuple[float, float]:
    return min(signs[number].left for number in numbers), max(signs[number].right for number in numbers)


def _shut(
    signs: Sequence[Sign], shell: _Shell, letters: Sequence[str], sizes: Sequence[float]
) -> Nest | None:
    """The nest of a shell: letters where the baselines of its parts are."""
    measured = [_size(signs, part, sizes) for part in shell.parts]
    width = LETTER_WIDTH_EM * max(measured)
    held = []
    for place, (part, letter, size) in enumerate(zip(shell.parts, letters, measured, strict=True)):
        level = _baseline(signs, part, sizes, size)
        if shell.is_fraction:
            usual = shell.middle + _off_bar(place, size)
            level = usual if level is None or abs(level - usual) > _OFF_LINE * size else level
        elif level is None:
            return None
        left = shell.left + (width - LETTER_WIDTH_EM * size) / 2
        held.append(
            Held(
                part,
                Sign(letter, left, level - LETTER_EM * size, left + LETTER_WIDTH_EM * size, level),
            )
        )
    return Nest(tuple(held), shell.left, shell.right, width)


def _off_bar(place: int, size: float) -> float:
    """How far under a bar the baseline of its first or second part is; negative for over it."""
    over, under = (
        (each * size for each in _DISPLAYED) if size > _SMALL else (each * size / 0.7 for each in _IN_TEXT)
    )
    return under if place else -over


def _size(signs: Sequence[Sign], part: Band, sizes: Sequence[float]) -> float:
    """How large the text of some signs is: four in five are smaller, and none of what grows counts."""
    firm = sorted(sizes[number] for number in part if not signs[number].grows) or [1.0]
    return min(1.2, max(0.4, firm[len(firm) * 4 // 5]))


def _baseline(signs: Sequence[Sign], part: Band, sizes: Sequence[float], size: float) -> float | None:
    """Where the line of some signs is; None where no letter stands on it."""
    standing = [
        signs[number].bottom
        for number in part
        if signs[number].name in _UPRIGHT and sizes[number] > _SMALL * size
    ]
    if not standing or max(standing) - min(standing) > LETTER_EM * size:
        return None
    return median(standing)


def _moved_up(signs: Sequence[Sign], chosen: Band, nests: Sequence[Nest]) -> Outline:
    """What is left when nests are shut, moved together."""
    inside = {number for nest in nests for held in nest.held for number in held.numbers}

    def saved(edge: float) -> float:
        """By how much what stands there moves to the left."""
        return sum(nest.right - nest.left - nest.width for nest in nests if edge >= nest.right - _SLACK_EM)

    def moved(sign: Sign) -> Sign:
        """Ends of bars keep their width, and so does all but what reaches over a nest."""
        spans = any(
            sign.left <= nest.left + _SLACK_EM and sign.right >= nest.right - _SLACK_EM for nest in nests
        )
        left = saved(sign.right if sign.name == "rule>" else sign.left)
        right = saved(sign.right) if spans and not sign.name.startswith("rule") else left
        return replace(sign, left=sign.left - left, right=sign.right - right)

    found: list[tuple[Sign, int | None]] = [
        (moved(signs[number]), number) for number in chosen if number not in inside
    ]
    found += [
        (
            replace(
                held.letter,
                left=held.letter.left - saved(nest.left),
                right=held.letter.right - saved(nest.left),
            ),
            None,
        )
        for nest in nests
        for held in nest.held
    ]
    found.sort(key=lambda pair: pair[0].left)
    return Outline(tuple(sign for sign, _ in found), tuple(number for _, number in found), tuple(nests))
