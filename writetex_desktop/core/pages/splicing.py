"""Puts words and formulas of a line together, with the blanks and the punctuation between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.pages.inline import Stretch
from writetex_desktop.core.pages.marks import GAP_EM, Letter
from writetex_desktop.core.pages.vocabulary import BOLD
from writetex_desktop.core.pictures.parting.signs import Sign

_PRINTED: Final = {"''": "\u2019\u2019", "\\%": "%", "\\#": "#", "\\&": "&"}
_PUNCTUATION: Final = frozenset((*".,;:!?'()[]-/", "''", "\\%"))
_UNDER_EM: Final = 0.9
"""How far a comma may stand under a raised sign."""

_MOST_STRAY: Final = 2
"""Letters beside a formula that are none where the paper is blank."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """A part of a line.

    Attributes:
        text: The words; for a formula what the network for letters made of it.
        left: Where it begins, in ems.
        right: Where it ends.
        stretch: The formula, None for words.
        is_glued: Whether there is no blank before it.
        chance: How sure the letters are, on average.
    """

    text: str
    left: float
    right: float
    stretch: Stretch | None = None
    is_glued: bool = False
    chance: float = 1.0


def splice(signs: Sequence[Sign], letters: Sequence[Letter], stretches: Sequence[Stretch]) -> list[Spliced]:
    """Give words and formulas from left to right.

    Args:
        signs: What was seen in the line.
        letters: What was read in it.
        stretches: What of it are formulas, from left to right.
    """
    parts: list[Spliced] = []
    start = float("-inf")
    before: Stretch | None = None
    for stretch in (*stretches, None):
        end = stretch.left if stretch is not None else float("inf")
        if words := _words(signs, letters, (start, end), before, stretch):
            parts.append(words)
        if stretch is not None:
            inside = "".join(each.text for each in letters if stretch.left <= each.centre <= stretch.right)
            glued = bool(parts) and _gap_before(signs, stretch) < GAP_EM
            parts.append(Spliced(inside.strip(), stretch.left, stretch.right, stretch, glued))
            start, before = stretch.right, stretch
    return parts


def _words(
    signs: Sequence[Sign],
    letters: Sequence[Letter],
    span: tuple[float, float],
    before: Stretch | None,
    after: Stretch | None,
) -> Spliced | None:
    """The words between two formulas."""
    inside = [letter for letter in letters if span[0] < letter.centre < span[1]]
    text = "".join(letter.text for letter in inside)
    glued = False
    if before is not None:
        sticking = _sticking(signs, before, after)
        glued = bool(sticking) or _gap_after(signs, before) < GAP_EM
        text = _mended_start(text, sticking, glued=glued)
    if after is not None:
        text = _mended_end(text, _leading(signs, after, before), _gap_before(signs, after) < GAP_EM)
    text = " ".join(text.split())
    if not text:
        return None
    chance = sum(each.chance for each in inside) / len(inside) if inside else 1.0
    left = inside[0].centre if inside else span[0]
    right = inside[-1].centre if inside else left
    return Spliced(text, left, right, None, glued, chance)


def _mended_start(text: str, sticking: str, *, glued: bool) -> str:
    """Let words begin with the punctuation that was seen, and with nothing left over from the formula."""
    first, blank, rest = text.partition(" ")
    if sticking:
        letters = first.lstrip("".join(_PUNCTUATION) + "\uff0c\u3002\uff1b\uff1a\uff08\uff09")
        if len(first) - len(letters) or not first or (len(first) <= _MOST_STRAY and not first.isalpha()):
            return sticking + (letters if any(each.isalpha() for each in letters) else "") + blank + rest
        return f"{sticking} {text}" if not first[:1].isalnum() or blank else sticking + text
    if not glued and first and blank and len(first) <= _MOST_STRAY and not any(map(str.isalpha, first)):
        return rest if not first.isdigit() else text
    return text


def _mended_end(text: str, leading: str, glued: bool) -> str:
    rest, blank, last = text.rpartition(" ")
    if leading:
        if text.endswith(leading):
            return text
        if len(last) <= _MOST_STRAY and not any(map(str.isalnum, last)):
            return rest + blank + leading
        return f"{text.rstrip()} {leading}"
    if (
        not glued
        and last
        and blank
        and len(last) == 1
        and not last.isalnum()
        and last not in ".,;:!?)]%\u2014\u2013-"
    ):
        return rest
    return text


def _sticking(signs: Sequence[Sign], stretch: Stretch, after: Stretch | None) -> str:
    """Punctuation that stands directly behind a formula."""
    right = max(signs[number].right for number in stretch.signs)
    text = ""
    for sign in _others(signs, stretch):
        if sign.centre <= right - (_UNDER_EM if sign.name in ".," else 0):
            continue
        inside = after is not None and sign.left >= after.left
        if inside or sign.left - right > GAP_EM or sign.name not in _PUNCTUATION:
            break
        text += _PRINTED.get(sign.name, sign.name)
        right = sign.right
    return text


def _leading(signs: Sequence[Sign], stretch: Stretch, before: Stretch | None) -> str:
    """Brackets that stand directly before a formula."""
    left = min(signs[number].left for number in stretch.signs)
    text = ""
    for sign in reversed(list(_others(signs, stretch))):
        if sign.centre >= left:
            continue
        inside = before is not None and sign.right <= before.right
        if inside or left - sign.right > GAP_EM or sign.name not in "([":
            break
        text = sign.name + text
        left = sign.left
    return text


def _others(signs: Sequence[Sign], stretch: Stretch) -> Iterator[Sign]:
    own = set(stretch.signs)
    rest = [sign for number, sign in enumerate(signs) if number not in own]
    yield from sorted(rest, key=lambda sign: sign.left)


def _gap_before(signs: Sequence[Sign], stretch: Stretch) -> float:
    return 2 * (min(signs[number].left for number in stretch.signs) - stretch.left)


def _gap_after(signs: Sequence[Sign], stretch: Stretch) -> float:
    return 2 * (stretch.right - max(signs[number].right for number in stretch.signs))


def bold_share(signs: Sequence[Sign]) -> float:
    """Share of bold ones among the letters of a line."""
    letters = [sign for sign in signs if sign.letter.isalpha() and len(sign.letter) == 1]
    return sum(sign.name.startswith(BOLD) for sign in letters) / len(letters) if letters else 0.0
