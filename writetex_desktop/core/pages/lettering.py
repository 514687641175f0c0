"""Where the blanks of a line are: its letters as they were read, laid over the signs that were seen.

The network for letters knows how words look and guesses their ends; in narrow, wide or tight type it parts
words and joins others. The signs have edges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pages.vocabulary import BOLD, UPRIGHT
from writetex_desktop.core.pictures.parting.signs import Sign

IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: ".", 0x3001: ","}
"""Punctuation as wide as an ideograph, for which the network takes that of other lines now and then."""

CLOSE, APART = 0.45, 0.6
"""How far from the paper between letters to that between words no blank is yet, and from where on one is.

Between them the network says."""

LETTERS_EM, WORDS_EM = 0.05, 0.36
"""Paper between letters and between words where a line is too short to tell."""

LEAST_APART_EM = 0.1
"""By how much these two differ at least: otherwise the network has guessed wildly."""

FEWEST_GAPS = 4
"""Of both that tell it."""

OVERHANG_EM = 0.08
"""How far an `f` leans over the blank behind it."""

REACH_EM = 1.0
"""How far a letter may be from its sign."""

NEAR_EM = 0.3
"""The same for one that was read otherwise."""

FEWEST_ALIKE: Final = 0.6
"""Share of the letters that signs bear out at least; a line in unknown type is left as it is."""

FEWEST_TOLD: Final = 0.8
"""Letters that a document tells of over those that are seen at least: the others would be lost."""

UNSEEN_EM: Final = 0.15
"""Half the width of a letter where no sign was seen."""

FLAT_LETTERS: Final = frozenset("abcdehiklmnorstuvwxz")
FEWEST_FLAT: Final = 8
"""Letters that stand on the line, and how many tell it."""

CORE_ABOVE_EM, CORE_BELOW_EM = 0.49, 0.05
"""How far the core of a line reaches above and below that on which its letters stand."""

JOINED_EM, JOINED_BOLD_EM, JOINED_TWICE_EM = 0.45, 0.6, 0.7
"""Width of an `f` from which on it is one piece with the `l` behind it; the same in bold, and for `ffl`."""

_SAME, _OTHER = 2.0, 0.25


@dataclass(frozen=True, slots=True)
class _Ink:
    """A sign, or several over each other: its edges, and the letter that it is taken for."""

    left: float
    right: float
    letter: str
    is_upright: bool
    is_bold: bool

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def core_of(signs: Sequence[Sign], sizes: Sequence[float]) -> tuple[float, float] | None:
    """Tell from where to where the small letters of a line reach, by those that are in no formula.

    Args:
        signs: What was seen.
        sizes: How tall each is over one of its class at full size.

    Returns:
        The upper and the lower edge in ems of the signs; None where there are too few to tell.
    """
    letters = [
        (sign.bottom, size)
        for sign, size in zip(signs, sizes, strict=True)
        if sign.name.startswith(UPRIGHT) and sign.letter in FLAT_LETTERS
    ]
    if len(letters) < FEWEST_FLAT:
        return None
    bottom, size = median(each[0] for each in letters), median(each[1] for each in letters)
    return bottom - CORE_ABOVE_EM * size, bottom + CORE_BELOW_EM * size


def bears_out(letters: Sequence[Letter], signs: Sequence[Sign]) -> bool:
    """Whether letters that a document tells of are those that are seen: some are codes, or a bad scan's.

    Args:
        letters: What is told, blanks included; middles in ems of the signs.
        signs: What was seen.
    """
    seen = [letter for letter in letters if letter.text.strip()]
    wanted = sum(sign.letter.isalpha() and len(sign.letter) == 1 for sign in signs)
    return len(seen) >= FEWEST_TOLD * wanted and _alike(seen, _ink(signs)) >= FEWEST_ALIKE * max(1, len(seen))


def parted(letters: Sequence[Letter], signs: Sequence[Sign]) -> tuple[Letter, ...]:
    """Give the letters with blanks where the paper is, and with the `l` of a joined `fl`.

    Args:
        letters: What was read, blanks included; middles in ems of the signs.
        signs: What was seen.
    """
    if any(IDEOGRAPH.match(letter.text) for letter in letters):
        return tuple(letters)
    letters = [replace(letter, text=letter.text.translate(NARROW)) for letter in letters]
    seen = [letter for letter in letters if letter.text.strip()]
    if not seen:
        return tuple(letters)
    ink = _ink(signs)
    if _alike(seen, ink) < FEWEST_ALIKE * len(seen):
        return tuple(letters)
    places = _aligned(seen, ink)
    read = _read_blanks(letters)
    close, apart = _usual(read, places, ink)
    blanks = _blanks(seen, read, places, ink, (close, apart))
    found: list[Letter] = []
    for number, letter in enumerate(seen):
        if number and blanks[number - 1]:
            found.append(Letter(" ", (seen[number - 1].centre + letter.centre) / 2, 1.0))
        found.append(letter)
        if letter.text == "f" and (lost := _lost(seen, places, ink, number, close)):
            found += [Letter(each, letter.centre + 0.1, letter.chance) for each in lost]
    return tuple(found)


def _ink(signs: Sequence[Sign]) -> list[_Ink]:
    return [
        _Ink(
            sign.left,
            sign.right,
            sign.letter,
            sign.name.startswith((*UPRIGHT, *BOLD)),
            sign.name.startswith(BOLD),
        )
        for sign in sorted(signs, key=lambda sign: sign.left)
    ]


def _alike(letters: Sequence[Letter], ink: Sequence[_Ink]) -> int:
    """How many letters are what the sign is taken for that stands there."""
    places = _aligned(letters, ink)
    return sum(
        at is not None and ink[at].letter.casefold() == _plain(letter.text)
        for letter, at in zip(letters, places, strict=True)
    )


def _plain(letter: str) -> str:
    """A letter as the detector of signs names it: small, without its accent."""
    return unicodedata.normalize("NFKD", letter)[:1].casefold()


def _read_blanks(letters: Sequence[Letter]) -> list[bool]:
    """Whether the network saw a blank behind each letter but the last."""
    found: list[bool] = []
    is_blank = False
    is_first = True
    for letter in letters:
        if not letter.text.strip():
            is_blank = True
            continue
        if not is_first:
            found.append(is_blank)
        is_blank = is_first = False
    return found


def _aligned(letters: Sequence[Letter], ink: Sequence[_Ink]) -> list[int | None]:
    """Which sign each letter is, both from left to right; None where there is none for it."""
    best: list[dict[int, tuple[float, int]]] = []
    # For each letter the signs it may be: the worth of the best way there, and the sign taken before.
    before: list[tuple[int, float, int]] = [(-1, 0.0, -1)]
    start = 0
    for number, letter in enumerate(letters):
        while start < len(ink) and ink[start].centre < letter.centre - 2 * REACH_EM:
            start += 1
        row: dict[int, tuple[float, int]] = {}
        at = start
        while at < len(ink) and ink[at].centre <= letter.centre + 2 * REACH_EM:
            worth = _worth(letter, ink[at])
            if worth > 0:
                ways = [(value, owner) for last, value, owner in before if last < at]
                if ways:
                    value, owner = max(ways)
                    row[at] = value + worth, owner
            at += 1
        best.append(row)
        code = number * len(ink)
        kept = [(last, value, owner) for last, value, owner in before]
        kept += [(at, value, code + at) for at, (value, _) in row.items()]
        before = _undominated(kept)
    places: list[int | None] = [None] * len(letters)
    owner = max(before, key=lambda each: each[1])[2]
    while owner >= 0:
        number, at = divmod(owner, len(ink))
        places[number] = at
        owner = best[number][at][1]
    return places


def _undominated(ways: list[tuple[int, float, int]]) -> list[tuple[int, float, int]]:
    """Leave out ways that end further right and are worth no more."""
    kept: list[tuple[int, float, int]] = []
    most = float("-inf")
    for way in sorted(ways, key=lambda each: (each[0], -each[1])):
        if way[1] > most:
            kept.append(way)
            most = way[1]
    return kept


def _worth(letter: Letter, ink: _Ink) -> float:
    apart = abs(letter.centre - ink.centre)
    if _plain(letter.text) == ink.letter.casefold():
        return _SAME - apart if apart <= REACH_EM else 0.0
    return _OTHER - apart / 2 if apart <= NEAR_EM else 0.0


def _usual(read: Sequence[bool], places: Sequence[int | None], ink: Sequence[_Ink]) -> tuple[float, float]:
    """Up to which paper two letters are of one word in this line, and from which on they are of two."""
    gaps: dict[bool, list[float]] = {False: [], True: []}
    for is_blank, at, after in zip(read, places, places[1:], strict=False):
        if at is not None and after == at + 1:
            gaps[is_blank].append(ink[after].left - ink[at].right)
    letters, words = LETTERS_EM, WORDS_EM
    if min(map(len, gaps.values())) >= FEWEST_GAPS:
        told = median(gaps[False]), median(gaps[True])
        if told[1] - told[0] >= LEAST_APART_EM:
            letters, words = told
    return letters + CLOSE * (words - letters), letters + APART * (words - letters)


def _blanks(
    letters: Sequence[Letter],
    read: list[bool],
    places: Sequence[int | None],
    ink: Sequence[_Ink],
    bounds: tuple[float, float],
) -> list[bool]:
    """Whether a blank stands behind each letter but the last."""
    blanks = list(read)
    known = [number for number, at in enumerate(places) if at is not None]
    for first, last in pairwise(known):
        start, end = places[first], places[last]
        assert start is not None
        assert end is not None
        for number in range(first, last):
            blanks[number] = False
        pieces = [*ink[start : end + 1], *_unseen(letters[first + 1 : last], ink[start : end + 1])]
        pieces.sort(key=lambda each: each.left)
        right = pieces[0].right
        for before, each in pairwise(pieces):
            gap = each.left - right
            overhang = OVERHANG_EM if before.letter == "f" else 0
            if gap >= bounds[0] - overhang:
                middle = (right + each.left) / 2
                place = next((n for n in range(first, last - 1) if letters[n + 1].centre > middle), last - 1)
                blanks[place] |= gap > bounds[1] - overhang or any(read[first:last])
            right = max(right, each.right)
    return blanks


def _unseen(letters: Sequence[Letter], ink: Sequence[_Ink]) -> list[_Ink]:
    """Letters where no sign was seen, such as two in one piece, as ink of a usual width."""
    return [
        _Ink(letter.centre - UNSEEN_EM, letter.centre + UNSEEN_EM, letter.text, True, False)
        for letter in letters
        if not any(each.left - UNSEEN_EM < letter.centre < each.right + UNSEEN_EM for each in ink)
    ]


def _lost(
    letters: Sequence[Letter], places: Sequence[int | None], ink: Sequence[_Ink], number: int, close: float
) -> str:
    """What the network has left out of an `f` that is drawn in one piece with an `l`."""
    at = places[number]
    if at is None or not ink[at].is_upright or number + 1 == len(letters):
        return ""
    width = ink[at].right - ink[at].left
    is_second = number > 0 and letters[number - 1].text == "f"
    if width < (JOINED_BOLD_EM if ink[at].is_bold else JOINED_EM) or is_second:
        return ""
    if letters[number + 1].text in "filtjkhb":
        return ""
    after = places[number + 1]
    if after != at + 1 or ink[after].left - ink[at].right >= close:
        return ""
    return "fl" if width >= JOINED_TWICE_EM else "l"
