"""Whether a hyphen at the end of a line is the word's own or parts it only there.

Words with hyphens of their own are broken at them and nowhere else: on both sides are whole words. The page
itself tells most, for words come again; the lists are words that in mathematical prose stand beside a hyphen
far more often than they begin or end a longer one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

_BEFORE: Final = """
    bottom constant cross double energy finite first five fixed fourth half homotopy infinite integer left
    long machine one pattern proof pseudo quasi right self skew source steady third three trade two type
    upper user variable varying vice well worst
"""
BEFORE: Final = frozenset(_BEFORE.split())
"""Words that stand before a hyphen rather than begin another word."""

_BEHIND: Final = """
    adjoint affine based behaved compact dimensional equivalence equivalent independent integer invariant
    isomorphic preserving projective separated shaped sided smooth theoretic theoretically valued versa
"""
BEHIND: Final = frozenset(_BEHIND.split())
"""Words that stand behind one rather than end another."""

SUSPENDED: Final = frozenset(("and", "or", "to", "und", "oder", "bis"))
"""What follows a hyphen that stands for the rest of a word that comes later (`pre- and postfix`)."""

FULL: Final = 4
"""Letters of what stands behind at least: what is shorter ends a word (`cross-ing`)."""

_LAST: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=-\Z)")
_FIRST: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the whole words of lines, without those that their ends break."""
    found: set[str] = set()
    for text in texts:
        for word in _WORD.finditer(text):
            if word.end() < len(text.rstrip("-\u2010")) or not text.endswith(("-", "\u2010")):
                found.add(word[0].casefold().replace("\u2010", "-"))
    return frozenset(found)


def is_own(before: str, behind: str, known: Collection[str]) -> bool:
    """Whether a hyphen at the end of a line stays.

    Args:
        before: The line up to its hyphen, which is its last letter.
        behind: The next line, whose first letter is a small one.
        known: The words of the page, in small letters.
    """
    last, first = _LAST.search(before[-80:]), _FIRST.match(behind[:80])
    if last is None or first is None:
        return False
    left, right = last[0].casefold(), first[0].casefold()
    if left + right in known:
        return False
    if f"{left}-{right}" in known or "-" in left or len(left) == 1:
        return True
    return len(right) >= FULL and (left in BEFORE or right in BEHIND)


def is_suspended(behind: str) -> bool:
    """Whether what follows a hyphen leaves it hanging, so that a blank is between them."""
    first = _FIRST.match(behind[:80])
    return first is not None and first[0].casefold() in SUSPENDED
