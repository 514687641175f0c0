"""The letters of a line as the document itself has them, where a page comes from one and is no scan."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.pages.marks import Letter
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.printed import PrintedLetter

ABOVE, BELOW = 0.6, 0.45
"""How far from a line's core the middle of a letter may be that belongs to it, over the core's height."""

ACCENTS: Final = {
    "`": "\u0300",
    "\u00b4": "\u0301",
    "\u02c6": "\u0302",
    "^": "\u0302",
    "\u02dc": "\u0303",
    "~": "\u0303",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
"""Accents that stand alone in old fonts, and the marks that go with a letter."""

OVER: Final = 0.5
"""Share of an accent's width that stands over or under its letter at least."""


def letters_of_line(printed: Sequence[PrintedLetter], core: Box) -> tuple[Letter, ...]:
    """Give what a document says of a line, from left to right, with blanks.

    Args:
        printed: The letters of the page.
        core: The line, as high as an `x`; pixels of the page.

    Returns:
        Letters with their middles in pixels of the page; nothing where the document has none there.
    """
    top, bottom = core.top - ABOVE * core.height, core.bottom + BELOW * core.height
    left, right = core.left - core.height, core.right + core.height
    own = [each for each in printed if left < each.box.centre < right and top < each.box.middle < bottom]
    own.sort(key=lambda each: each.box.left)
    found: list[Letter] = []
    for each in _composed(own):
        if found and each.follows_blank:
            found.append(Letter(" ", each.box.left))
        step = each.box.width / len(each.text)
        for number, text in enumerate(each.text):
            found.append(Letter(text, each.box.left + (number + 0.5) * step))
    return tuple(found)


def _composed(letters: Sequence[PrintedLetter]) -> list[PrintedLetter]:
    """Put accents that stand alone on their letters."""
    found: list[PrintedLetter] = []
    accents = [each for each in letters if each.text in ACCENTS]
    owners: dict[int, PrintedLetter] = {}
    for accent in accents:
        under = [
            (_shared(accent.box, each.box), at) for at, each in enumerate(letters) if each.text.isalpha()
        ]
        if under and (best := max(under))[0] >= OVER * accent.box.width:
            owners.setdefault(best[1], accent)
    used = {id(accent) for accent in owners.values()}
    for at, each in enumerate(letters):
        if id(each) in used:
            continue
        if at in owners:
            accent = owners[at]
            text = unicodedata.normalize("NFC", _dotted(each.text) + ACCENTS[accent.text])
            blank = each.follows_blank or accent.follows_blank
            found.append(PrintedLetter(text, each.box, blank))
        else:
            found.append(each)
    return found


def _dotted(text: str) -> str:
    return {"\u0131": "i", "\u0237": "j"}.get(text, text)


def _shared(box: Box, other: Box) -> float:
    return min(box.right, other.right) - max(box.left, other.left)
