"""Where a picture of several rows can be parted: bands of signs with paper between, and columns."""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.dots import standing_dots
from writetex_desktop.core.pictures.parting.signs import Sign, rule_pairs, tall_pairs

ROW_GAP_EM = 0.22
"""Paper between two rows at least. There may be as much between a bar and what it divides: signs that bind
what stands over and under them reach as far as `_BINDING` says."""

_BINDING = {
    **dict.fromkeys(("\\sum", "\\prod", "\\coprod", "\\int", "\\oint"), 0.3),
    **dict.fromkeys(("\\bigcup", "\\bigcap", "\\bigoplus", "\\bigotimes", "\\bigvee", "\\bigwedge"), 0.3),
    **dict.fromkeys(("\\bigodot", "\\biguplus", "\\bigsqcup"), 0.3),
    **dict.fromkeys(("\\to", "\\longrightarrow", "\\leftarrow", "=", "\\sim", "\\Rightarrow"), 0.15),
}
_BRACES = ("\\underbrace{", "\\overbrace{")
_BRACE_REACH, _RULE_REACH = 0.4, 0.4

Band = tuple[int, ...]
"""Numbers of the signs of one band, in their order."""


def bands_of(signs: Sequence[Sign], chosen: Sequence[int]) -> list[Band]:
    """Part signs into rows, from the top: between two of them lies paper over the whole width.

    What tall delimiters, fraction bars, sums, braces and dots under one another hold together is one row.

    Args:
        signs: All signs of a picture.
        chosen: The numbers of those to part.
    """
    if not chosen:
        return []
    spans = _spans([signs[number] for number in chosen])
    order = sorted(range(len(chosen)), key=lambda place: spans[place][0])
    bands: list[list[int]] = []
    end = 0.0
    for place in order:
        top, bottom = spans[place]
        if not bands or top > end + ROW_GAP_EM:
            bands.append([])
            end = bottom
        bands[-1].append(chosen[place])
        end = max(end, bottom)
    return [tuple(sorted(band)) for band in bands]


def _spans(signs: Sequence[Sign]) -> list[tuple[float, float]]:
    """From where to where each sign holds things together, downwards."""
    spans = []
    for sign in signs:
        reach = _BRACE_REACH if sign.name.startswith(_BRACES) else _BINDING.get(sign.name, 0.0)
        spans.append((sign.top - reach, sign.bottom + reach))
    for first, last in tall_pairs(signs):
        spans[first] = spans[last] = (signs[first].top, signs[last].bottom)
    for upper, between, lower in standing_dots(signs):
        for place in (upper, between, lower):
            spans[place] = (signs[upper].top, signs[lower].bottom)
    for first, last in rule_pairs(signs):
        left, right, middle = signs[first].left, signs[last].right, signs[first].middle
        over = any(_near(sign, left, right, middle, -1) for sign in signs)
        under = any(_near(sign, left, right, middle, 1) for sign in signs)
        if over and under:
            spans[first] = spans[last] = (middle - _RULE_REACH, middle + _RULE_REACH)
    return spans


def _near(sign: Sign, left: float, right: float, middle: float, side: int) -> bool:
    """Whether a sign stands over (-1) or under (1) a bar, near it."""
    gap = middle - sign.bottom if side < 0 else sign.top - middle
    return left - 0.2 <= sign.centre <= right + 0.2 and -0.1 <= gap <= 0.6 and sign.name[:4] != "rule"  # noqa: PLR2004 - ems


def columns_of(signs: Sequence[Sign], chosen: Sequence[int], gap_em: float) -> list[Band]:
    """Part signs from left to right where paper of some width lies between, over the whole height."""
    spans = {number: (signs[number].left, signs[number].right) for number in chosen}
    some = [signs[number] for number in chosen]
    for first, last in rule_pairs(some):
        whole = some[first].left, some[last].right
        spans[chosen[first]] = spans[chosen[last]] = whole
    columns: list[list[int]] = []
    end = 0.0
    for number in sorted(chosen, key=lambda place: spans[place][0]):
        left, right = spans[number]
        if not columns or left > end + gap_em:
            columns.append([])
            end = right
        columns[-1].append(number)
        end = max(end, right)
    return [tuple(sorted(column)) for column in columns]
