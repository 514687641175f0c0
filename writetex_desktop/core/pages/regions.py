"""Which lines are text, and which ink between them hangs together as one display."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.pages.vocabulary import NAMES
from writetex_desktop.core.pictures.geometry import Box, around

FEWEST_LETTERS: Final = 3
"""Letters in words that make a line of text at least."""

TEXT_SHARE: Final = 0.34
"""Share of its signs that are words, for a line of few."""

MANY_LETTERS: Final = 14
"""Letters in words that make a line of text whatever else stands in it."""

NEAR_EM: Final = 0.8
"""Paper within a display at most, where its parts stand over each other."""

BESIDE: Final = 0.25
"""Share of their height that parts of one display have in common, which stand side by side."""

LEAST_BULLET_EM, BULLET_EM = 0.2, 0.75
"""Sides of a bullet, least and most."""

OVER_TEXT: Final = 0.45
"""Share of the height of ink that lines of text cover, from which on it is theirs."""

ALIGNED_EM, NEARBY_EM, FEWEST_ALIGNED = 0.5, 12.0, 2
"""How far apart the left edges of lines of one paragraph are, how far they stand apart, how many tell it."""

NEXT_EM: Final = 1.45
"""From a line to the next of its paragraph at most; a display stands further below."""

SHORT_EM: Final = 9.0
"""Width of words within a display at most."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def is_text(words: Sequence[str], text_share: float) -> bool:
    """Whether a line is text and no part of a display.

    Args:
        words: What was read between its formulas.
        text_share: Share of its signs that are in no formula.
    """
    found = [
        word for each in words for word in _WORD.findall(each) if word not in NAMES and not _CJK.search(word)
    ]
    letters = sum(map(len, found)) + 2 * sum(len(_CJK.findall(each)) for each in words)
    return letters >= FEWEST_LETTERS and (text_share >= TEXT_SHARE or letters >= MANY_LETTERS)


def stands_in_text(line: Box, words: Sequence[str], texts: Sequence[Box], em_px: float) -> bool:
    """Whether a line of formulas with few words is one of a paragraph: it begins where the others do.

    Args:
        line: It.
        words: What was read between its formulas.
        texts: Lines that are text.
        em_px: The size of the text.
    """
    found = [word for each in words for word in _WORD.findall(each) if word not in NAMES]
    aligned = [
        text
        for text in texts
        if abs(line.left - text.left) < ALIGNED_EM * em_px
        and abs(line.middle - text.middle) < NEARBY_EM * em_px
    ]
    is_next = any(0 < line.middle - text.middle < NEXT_EM * em_px for text in aligned)
    return len(aligned) >= FEWEST_ALIGNED and (is_next or len(found) > 1)


def displays_in(
    scraps: Sequence[Box], texts: Sequence[Box], columns: Sequence[Box], em_px: float
) -> tuple[list[list[int]], set[int]]:
    """Gather ink that is no text into displays.

    Args:
        scraps: Boxes of ink that is no text.
        texts: Lines of text.
        columns: What the columns of the page cover; nothing of one column hangs together with another's.
        em_px: The size of the text.

    Returns:
        The scraps of each display, by their numbers; and the lines of text that stand within one.
    """
    places = [_column(box, columns, em_px) for box in scraps]

    def hang(one: int, other: int) -> bool:
        return places[one] == places[other] and _hang(scraps[one], scraps[other], em_px)

    groups: list[list[int]] = []
    for number in sorted(range(len(scraps)), key=lambda at: scraps[at].top):
        touching = [group for group in groups if any(hang(number, at) for at in group)]
        joined = [number, *(at for group in touching for at in group)]
        groups = [group for group in groups if group not in touching] + [joined]
    groups = [
        merged
        for place in sorted(set(places))
        for merged in _merged([each for each in groups if places[each[0]] == place], scraps, texts, em_px)
    ]
    absorbed: set[int] = set()
    for group in groups:
        box = around(scraps[at] for at in group)
        for at, text in enumerate(texts):
            within = box.top - 0.2 * em_px <= text.middle <= box.bottom + 0.2 * em_px
            if (
                within
                and _column(text, columns, em_px) == places[group[0]]
                and text.width <= SHORT_EM * em_px
                and box.width > text.width
                and _is_beside(text, group, scraps)
            ):
                absorbed.add(at)
    return groups, absorbed


def _column(box: Box, columns: Sequence[Box], em_px: float) -> int:
    """The number of the narrowest column that a scrap stands in; -1 for none."""
    reach = 4 * em_px
    inside = [
        (column.width, number)
        for number, column in enumerate(columns)
        if column.left - em_px <= box.centre <= column.right + em_px
        and column.top - reach <= box.middle <= column.bottom + reach
    ]
    return min(inside)[1] if inside else -1


def bullets_in(scraps: Sequence[Box], texts: Sequence[Box], em_px: float) -> dict[int, int]:
    """Find the bullets that stand before lines: numbers of scraps, and of the lines that each belongs to."""
    found: dict[int, int] = {}
    for number, box in enumerate(scraps):
        if (
            not LEAST_BULLET_EM * em_px
            <= min(box.width, box.height)
            <= max(box.width, box.height)
            <= BULLET_EM * em_px
        ):
            continue
        behind = [
            (text.left - box.right, at)
            for at, text in enumerate(texts)
            if text.top <= box.middle <= text.bottom and -0.5 * em_px < text.left - box.right < 2 * em_px
        ]
        if behind:
            found[number] = min(behind)[1]
    return found


def is_over_text(box: Box, texts: Sequence[Box]) -> bool:
    """Whether ink stands where lines of text do, such as letters of two lines that touch each other."""
    shared = sum(
        max(0.0, min(box.bottom, text.bottom) - max(box.top, text.top))
        for text in texts
        if text.left <= box.centre <= text.right
    )
    return shared > OVER_TEXT * box.height


def _is_beside(text: Box, group: Sequence[int], scraps: Sequence[Box]) -> bool:
    return any(
        text.shared_height(scraps[at]) > 0.5 and text.shared_width(scraps[at]) < 0.2  # noqa: PLR2004 - shares
        for at in group
    )


def _hang(box: Box, other: Box, em_px: float) -> bool:
    """Whether two scraps are parts of one display."""
    if box.shared_height(other) >= BESIDE:
        return True
    gap = max(box.top, other.top) - min(box.bottom, other.bottom)
    apart = max(box.left, other.left) - min(box.right, other.right)
    return gap < NEAR_EM * em_px and apart < 2 * em_px


def _merged(
    groups: list[list[int]], scraps: Sequence[Box], texts: Sequence[Box], em_px: float
) -> list[list[int]]:
    """Join groups whose boxes meet, unless a line of text stands between them."""
    changed = True
    while changed:
        changed = False
        for at, group in enumerate(groups):
            for other in groups[at + 1 :]:
                box, next_box = (around(scraps[n] for n in each) for each in (group, other))
                if _hang(box, next_box, em_px) and not _is_parted(box, next_box, texts):
                    groups = [each for each in groups if each not in (group, other)] + [group + other]
                    changed = True
                    break
            if changed:
                break
    return groups


def _is_parted(box: Box, other: Box, texts: Sequence[Box]) -> bool:
    upper, lower = sorted((box, other), key=lambda each: each.middle)
    return any(upper.middle < text.middle < lower.middle and text.width > upper.width / 2 for text in texts)
