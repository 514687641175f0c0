r"""Three dots in a row, under one another or aslant: what says that a table goes on.

Their signs are single dots, which tell neither that they belong together nor how: their places do.
"""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.signs import Sign

NEXT_EM = (0.1, 0.65)
"""From one dot to the next in the direction in which they follow, ems: small ones are seen a little off."""

SPREAD_EM = 0.3
"""From the first to the last at least."""

ASIDE_EM = 0.12
"""How far one may be off that direction."""

SLOPE_EM = (0.08, 0.5)
"""How much lower the next of dots aslant is."""

AXIS_EM, LINE_EM = 0.25, 0.05
"""How high the middles of `\\cdots` and `\\ldots` are over the line."""

OVER_AXIS_EM = 0.2
"""By how much the middle of `\\vdots` is higher than that of `\\cdots` beside them."""

STANDING = ("\\vdots", "\\ddots")
"""Dots under one another, and aslant."""

_DOTS = frozenset((".", "\\cdot"))
_UPRIGHT = frozenset("abcdehiklmnorstuvwxzABCDEFGHIKLMNORSTUVWXYZ0123456789")
_DIGIT_EM = 0.55


def is_dot(sign: Sign) -> bool:
    """Whether a sign may be one of three dots."""
    return sign.name in _DOTS


def standing_dots(signs: Sequence[Sign]) -> list[tuple[int, int, int]]:
    """Three dots each, by their numbers from the top, that stand under one another or aslant."""
    dots = sorted(
        (number for number, sign in enumerate(signs) if is_dot(sign)), key=lambda n: signs[n].middle
    )
    found: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for first in dots:
        if first in taken:
            continue
        for step in (_below, _aslant):
            second = next((n for n in dots if n not in taken and step(signs[first], signs[n])), None)
            third = second is not None and next(
                (n for n in dots if n not in taken and step(signs[second], signs[n])), None
            )
            if second is None or third is None or third is False:
                continue
            if signs[third].middle - signs[first].middle > SPREAD_EM - ASIDE_EM * (step is _aslant):
                found.append((first, second, third))
                taken |= {first, second, third}
                break
    return found


def _below(one: Sign, other: Sign) -> bool:
    return abs(other.centre - one.centre) < ASIDE_EM and NEXT_EM[0] < other.middle - one.middle < NEXT_EM[1]


def _aslant(one: Sign, other: Sign) -> bool:
    return (
        NEXT_EM[0] < other.centre - one.centre < NEXT_EM[1]
        and SLOPE_EM[0] < other.middle - one.middle < SLOPE_EM[1]
    )


def dots_word(signs: Sequence[Sign], cell: Sequence[int], row: Sequence[int]) -> str:
    r"""What the signs of a cell are if they are three dots; empty where they are not.

    Args:
        signs: All signs of a picture.
        cell: The numbers of those of the cell.
        row: The numbers of those of its row, by which low dots are told from high ones.

    Returns:
        `\vdots`, `\ddots`, `\cdots` or `\ldots`.
    """
    some = [signs[number] for number in cell]
    if len(some) != 3 or not all(map(is_dot, some)):  # noqa: PLR2004 - three dots
        return ""
    if standing_dots(some):
        spread = max(sign.centre for sign in some) - min(sign.centre for sign in some)
        return STANDING[spread >= 2 * ASIDE_EM]
    first, second, third = sorted(some, key=lambda sign: sign.left)
    for one, other in ((first, second), (second, third)):
        if (
            not NEXT_EM[0] < other.centre - one.centre < NEXT_EM[1]
            or abs(other.middle - one.middle) > ASIDE_EM
        ):
            return ""
    high = _axis(signs, row)
    if high is None:
        is_high = sum(sign.name == "\\cdot" for sign in some) > 1
    else:
        is_high = second.middle < high + (AXIS_EM - LINE_EM) / 2
    return "\\cdots" if is_high else "\\ldots"


def _axis(signs: Sequence[Sign], row: Sequence[int]) -> float | None:
    """Where the middle of high dots would be in a row; None where nothing in it tells."""
    some = [signs[number] for number in row]
    lines = sorted(
        sign.bottom
        for sign in some
        if sign.name in _UPRIGHT and (sign.height > _DIGIT_EM or sign.name.islower())
    )
    if lines:
        return lines[len(lines) // 2] - AXIS_EM
    standing = standing_dots(some)
    return some[standing[0][1]].middle + OVER_AXIS_EM if standing else None
