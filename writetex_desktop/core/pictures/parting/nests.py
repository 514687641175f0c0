r"""What a formula holds inside bars, roots and brackets or in scripts, so that it is read apart.

A long formula is several short ones: a fraction is a bar with something over and something under it,
whatever these are. What is held is taken out, one letter stands in for it, and what stands to the right moves
up: what is left is a short formula with the same structure, and each part is one more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from writetex_desktop.core.pictures.parting.bands import Band
from writetex_desktop.core.pictures.parting.scripts import SMALL
from writetex_desktop.core.pictures.parting.shells import (
    BAR_ENDS,
    PARTS,
    SLACK_EM,
    Shell,
    extent_of,
    outermost,
)
from writetex_desktop.core.pictures.parting.signs import Sign

STAND_INS = (
    *("x", "a", "n", "k", "u", "c", "m", "r", "s", "z", "v", "e", "o", "w"),
    *("\\alpha", "\\omega", "\\sigma", "\\tau", "\\kappa"),
)
"""Letters without ascender and descender; those that the formula does not have stand in for what is held."""

LETTER_EM, LETTER_WIDTH_EM = 0.43, 0.55
"""Height and width of such a letter at full size."""

_DISPLAYED, _IN_TEXT = (0.43, 0.94), (0.14, 0.6)
"""How far over and under a bar the baselines of its parts are, in ems: TeX's for displays and for text."""

_OFF_LINE = 0.35
"""How far from there a baseline may be, in ems of its text, before it is that of something further in."""

_UPRIGHT = frozenset("abcdehiklmnorstuvwxzABCDEFGHIKLMNORSTUVWXYZ0123456789") | {
    *("\\alpha", "\\delta", "\\epsilon", "\\varepsilon", "\\theta", "\\iota", "\\kappa", "\\lambda", "\\nu"),
    *("\\pi", "\\sigma", "\\tau", "\\upsilon", "\\omega", "\\partial", "\\ell", "\\hbar"),
    *("\\Gamma", "\\Delta", "\\Theta", "\\Lambda", "\\Xi", "\\Pi", "\\Sigma", "\\Upsilon", "\\Phi", "\\Psi"),
    "\\Omega",
}
"""Signs that stand on the baseline."""


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
    """A fraction, a root, a bracket, or what has scripts, whose parts are read apart.

    Attributes:
        held: What it holds: numerator and denominator, the inside, or the scripts.
        left: From where what it holds reaches,
        right: to where,
        width: and how wide it is with the letters in its stead; ems.
        base: The signs that what it holds stands over and under; they stay.
        base_moved: By how much these move to the left.
    """

    held: tuple[Held, ...]
    left: float
    right: float
    width: float
    base: Band = ()
    base_moved: float = 0.0


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


def outline_of(signs: Sequence[Sign], chosen: Band, sizes: Sequence[float]) -> Outline | None:
    """Shut the outermost nests of a formula; None where there is none worth it.

    Args:
        signs: All signs of a picture.
        chosen: The numbers of those of the formula.
        sizes: How tall each sign is over one of its class at full size.
    """
    shells = outermost(signs, chosen, sizes)
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


def _shut(signs: Sequence[Sign], shell: Shell, letters: Sequence[str], sizes: Sequence[float]) -> Nest | None:
    """The nest of a shell: letters where the baselines of its parts are."""
    measured = [_size(signs, part, sizes) for part in shell.parts]
    width = LETTER_WIDTH_EM * max(measured)
    base_moved = 0.0
    if shell.base:
        left, right = extent_of(signs, shell.base)
        width = max(width, right - left)
        base_moved = left - shell.left - (width - (right - left)) / 2
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
    return Nest(tuple(held), shell.left, shell.right, width, shell.base, base_moved)


def _off_bar(place: int, size: float) -> float:
    """How far under a bar the baseline of its first or second part is; negative for over it."""
    over, under = (
        (each * size for each in _DISPLAYED) if size > SMALL else (each * size / 0.7 for each in _IN_TEXT)
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
        if signs[number].letter in _UPRIGHT and sizes[number] > SMALL * size
    ]
    if not standing or max(standing) - min(standing) > LETTER_EM * size:
        return None
    return median(standing)


def _moved_up(signs: Sequence[Sign], chosen: Band, nests: Sequence[Nest]) -> Outline:
    """What is left when nests are shut, moved together."""
    inside = {number for nest in nests for held in nest.held for number in held.numbers}

    def saved(edge: float) -> float:
        """By how much what stands there moves to the left."""
        return sum(nest.right - nest.left - nest.width for nest in nests if edge >= nest.right - SLACK_EM)

    bases = {number: nest for nest in nests for number in nest.base}

    def moved(number: int) -> Sign:
        """Ends of bars keep their width, and so does all but what reaches over a nest."""
        sign = signs[number]
        if number in bases:
            left = saved(bases[number].left) + bases[number].base_moved
            return replace(sign, left=sign.left - left, right=sign.right - left)
        spans = any(
            sign.left <= nest.left + SLACK_EM and sign.right >= nest.right - SLACK_EM for nest in nests
        )
        left = saved(sign.right if sign.name == "rule>" else sign.left)
        right = saved(sign.right) if spans and not sign.name.startswith("rule") else left
        return replace(sign, left=sign.left - left, right=sign.right - right)

    found: list[tuple[Sign, int | None]] = [
        (moved(number), number) for number in chosen if number not in inside
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
