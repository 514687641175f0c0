r"""Which signs of a line of text are formulas.

A formula in a sentence is told from words by its signs: letters in italics that make no word, signs that text
does not have, scripts. Digits and punctuation go with their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.pages.marks import Letter, Mark, marks_of, tokens_of
from writetex_desktop.core.pages.vocabulary import (
    ACCENTS,
    ALONE,
    CLOSING,
    EDGES,
    LARGE,
    NAMES,
    OPERATORS,
)
from writetex_desktop.core.pages.wording import tell_words
from writetex_desktop.core.pictures.parting.signs import Sign

BRACKET_GAP_EM, COMMA_GAP_EM = 0.3, 0.26
"""Paper between a function and its bracket, and behind a comma within a formula, at most."""

DOTS_EM: Final = 0.5
"""Paper between dots that leave out members of a list at most."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Signs that are one formula: their numbers, and the columns in ems between which it stands."""

    signs: tuple[int, ...]
    left: float
    right: float


def formulas_in(
    signs: Sequence[Sign], sizes: Sequence[float], letters: Sequence[Letter]
) -> tuple[Stretch, ...]:
    """Tell the formulas of a line from its words.

    Args:
        signs: What was seen in the line, lengths in ems.
        sizes: How tall each is over one of its class at full size.
        letters: The line as text.
    """
    marks = marks_of(signs, sizes)
    if not marks:
        return ()
    tell_words(marks, letters)
    _tell_dots(marks)
    _tell_formulas(marks)
    stretches = [part for run in _runs(marks) for part in _parts(run)]
    found = [trimmed for part in stretches if (trimmed := _trimmed(part, marks))]
    return tuple(_stretch(part, marks) for part in found)


def _tell_dots(marks: Sequence[Mark]) -> None:
    """Mark dots that leave out members of a list, and the commas round them."""
    for at, (first, second, third) in enumerate(zip(marks, marks[1:], marks[2:], strict=False)):
        three = first, second, third
        if any(mark.sign.name != "." or mark.is_text for mark in three):
            continue
        if max(second.sign.left - first.sign.right, third.sign.left - second.sign.right) > DOTS_EM:
            continue
        for mark in marks[max(0, at - 1) : at + 4]:
            mark.is_dots |= mark in three or mark.sign.name == ","


def _tell_formulas(marks: list[Mark]) -> None:
    """Mark what only formulas have; names of functions and lone letters go with it."""
    for mark in marks:
        mark.is_formula = not mark.is_text and not mark.is_neutral and not mark.is_upright
        if mark.is_script and not mark.is_text and mark.sign.letter.isalnum():
            mark.is_formula = True
    for token in tokens_of(marks):
        upright = [mark for mark in token if mark.is_upright]
        if not upright:
            continue
        name = "".join(mark.sign.letter for mark in upright)
        if name in NAMES and len(upright) + sum(mark.is_neutral or mark.is_formula for mark in token) == len(
            token
        ):
            start, end = marks.index(token[0]), marks.index(token[-1]) + 1
            near = marks[max(0, start - 2) : end + 2]
            is_formula = any(mark.is_formula for mark in near)
            for mark in upright:
                mark.is_formula, mark.is_text = is_formula, not is_formula
            continue
        for at, mark in enumerate(token):
            if mark.is_upright and not mark.is_text:
                beside = token[max(0, at - 1) : at] + token[at + 1 : at + 2]
                mark.is_formula = any(each.is_formula for each in beside)
                mark.is_text = not mark.is_formula


def _runs(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Give the stretches between words that have something of a formula in them."""
    run: list[Mark] = []
    for mark in [*marks, None]:
        if mark is not None and not mark.is_text:
            run.append(mark)
            continue
        if any(each.is_formula for each in run):
            yield run
        run = []


def _parts(run: list[Mark]) -> Iterator[list[Mark]]:
    """Part neighbouring formulas at blanks that no operator and no bracket spans."""
    part: list[Mark] = []
    depth = 0
    for mark in run:
        if part and mark.token != part[-1].token and not _is_joined(part, mark, depth):
            yield part
            part, depth = [], 0
        part.append(mark)
        depth += {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1}.get(mark.sign.name, 0)
        depth = max(0, depth)
    yield part


def _is_joined(part: Sequence[Mark], mark: Mark, depth: int) -> bool:
    last = part[-1]
    if mark.is_dots or last.is_dots:
        return True
    if depth > 0 or mark.sign.name in OPERATORS or last.sign.name in OPERATORS:
        return True
    base = [each for each in part if not each.is_script][-1:]
    if base and base[0].sign.name in LARGE:
        return True
    gap = mark.sign.left - max(each.sign.right for each in part)
    if last.sign.name in EDGES:
        return last.sign.name == "," and gap < COMMA_GAP_EM and (mark.is_formula or mark.sign.name.isdigit())
    named = any(each.is_upright and each.is_formula for each in (last, mark))
    return named or (gap < BRACKET_GAP_EM and (mark.sign.name in "([" or mark.is_script))


def _trimmed(part: list[Mark], marks: Sequence[Mark]) -> list[Mark]:
    """Leave out punctuation at the edges, brackets whose partner stands elsewhere, and what is no formula."""
    while part and _is_loose(part, part[0], first=True):
        part = part[1:]
    while part and _is_loose(part, part[-1], first=False):
        part = part[:-1]
    part = [mark for mark in part if not _is_under(mark, part)]
    meant = [mark for mark in part if mark.is_formula]
    if not meant or (len(part) == 1 and part[0].sign.name in ALONE):
        return []
    operands = any(mark.sign.letter.isalnum() and not mark.is_script for mark in part)
    if all(mark.sign.name in ALONE or mark.is_script for mark in meant) and not operands:
        return []
    at = marks.index(part[0])
    # A raised number behind a word is a footnote's; the first of all may lie under the page's own rule.
    if all(mark.is_script for mark in meant) and at > 0 and marks[at - 1].is_text:
        return []
    if at == 0 and all(mark.sign.name.isdigit() or mark.sign.name.startswith("rule") for mark in part):
        return []
    return part


def _is_under(mark: Mark, part: Sequence[Mark]) -> bool:
    """Whether it is a comma behind the formula, under its raised last signs."""
    later = part[part.index(mark) + 1 :]
    return (
        mark.sign.name in EDGES
        and bool(later)
        and all(each.sign.bottom < mark.sign.top + 0.1 for each in later)
    )


def _is_loose(part: Sequence[Mark], mark: Mark, *, first: bool) -> bool:
    name = mark.sign.name
    names = [each.sign.name for each in part]
    if name in EDGES or (name == "'" and first):
        return True
    if name == "-" and not first:
        return True
    if name in CLOSING:
        return names.count(name) > names.count(CLOSING[name])
    if name in CLOSING.values():
        return names.count(name) > sum(names.count(end) for end, start in CLOSING.items() if start == name)
    return (
        name in ACCENTS
        or name == "unknown"
        or (name in {"*", "\\bullet", "%", "\\%", "\\S"} and not mark.is_script)
    )


def _stretch(part: Sequence[Mark], marks: Sequence[Mark]) -> Stretch:
    """The formula with its share of the paper on both sides."""
    numbers = {mark.number for mark in part}
    left = min(mark.sign.left for mark in part)
    right = max(mark.sign.right for mark in part)
    before = max(
        (m.sign.right for m in marks if m.number not in numbers and m.sign.centre < left), default=left - 1.0
    )
    after = min(
        (m.sign.left for m in marks if m.number not in numbers and m.sign.centre > right), default=right + 1.0
    )
    return Stretch(tuple(sorted(numbers)), (left + min(before, left)) / 2, (right + max(after, right)) / 2)
