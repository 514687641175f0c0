r"""Which signs of a line of text are formulas.

A formula in a sentence is told from words by its signs: letters in italics that make no word, signs that text
does not have, scripts. Digits and punctuation go with their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from writetex_desktop.core.pages.vocabulary import (
    ACCENTS,
    ALONE,
    BOLD,
    CHINESE,
    CLOSING,
    EDGES,
    LARGE,
    NAMES,
    NEUTRAL,
    OPERATORS,
    UPRIGHT,
)
from writetex_desktop.core.pictures.parting.signs import Sign

GAP_EM: Final = 0.21
"""Paper between two words at least."""

BRACKET_GAP_EM, COMMA_GAP_EM = 0.3, 0.26
"""Paper between a function and its bracket, and behind a comma within a formula, at most."""

SCRIPT_SIZE: Final = 0.84
"""Height over that of a sign of full size, from which on it is no script."""

RAISED_EM: Final = 0.12
"""How far a script stands above or below the line at least."""

FEW, MOSTLY = 3, 0.6
"""Letters that tell a word, and their share in what has other signs in it too."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the text as it was read: its middle in ems from the line's left, how sure it is."""

    text: str
    centre: float
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Signs that are one formula: their numbers, and the columns in ems between which it stands."""

    signs: tuple[int, ...]
    left: float
    right: float


@dataclass(slots=True)
class _Mark:
    """A sign on its way."""

    number: int
    sign: Sign
    token: int
    is_script: bool
    is_text: bool = False
    is_formula: bool = False

    @property
    def is_upright(self) -> bool:
        return self.sign.name.startswith(UPRIGHT) and not self.is_script

    @property
    def is_bold(self) -> bool:
        return self.sign.name.startswith(BOLD) and self.sign.letter.isalpha() and len(self.sign.letter) == 1

    @property
    def is_italic(self) -> bool:
        name = self.sign.name
        return (len(name) == 1 and name.isascii() and name.isalpha()) or name.startswith("\\mathit{")

    @property
    def is_letter(self) -> bool:
        return self.is_upright or self.is_bold or self.is_italic

    @property
    def is_neutral(self) -> bool:
        name = self.sign.name
        return name in NEUTRAL or (len(name) == 1 and name.isdigit())


def formulas_in(
    signs: Sequence[Sign], sizes: Sequence[float], letters: Sequence[Letter]
) -> tuple[Stretch, ...]:
    """Tell the formulas of a line from its words.

    Args:
        signs: What was seen in the line, lengths in ems.
        sizes: How tall each is over one of its class at full size.
        letters: The line as text.
    """
    marks = _marks(signs, sizes)
    if not marks:
        return ()
    _tell_words(marks, letters)
    _tell_formulas(marks)
    stretches = [part for run in _runs(marks) for part in _parts(run)]
    found = [trimmed for part in stretches if (trimmed := _trimmed(part, marks))]
    return tuple(_stretch(part, marks) for part in found)


def _marks(signs: Sequence[Sign], sizes: Sequence[float]) -> list[_Mark]:
    order = sorted(range(len(signs)), key=lambda number: signs[number].left)
    marks: list[_Mark] = []
    token, right = 0, float("-inf")
    usual = median([sizes[number] for number in order if signs[number].letter.isalpha()] or [1.0])
    for number in order:
        sign = signs[number]
        if sign.left - right > GAP_EM:
            token += 1
        right = max(right, sign.right)
        is_small = sizes[number] < SCRIPT_SIZE * usual and sign.letter.isalnum()
        marks.append(_Mark(number, sign, token, is_small))
    # Small signs are scripts beside larger ones; a whole line of them is small text.
    for mark in marks:
        if mark.is_script:
            near = [other for other in marks if other.token == mark.token and not other.is_script]
            mark.is_script = any(abs(each.sign.bottom - mark.sign.bottom) > RAISED_EM for each in near)
    return marks


def _tokens(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    token: list[_Mark] = []
    for mark in marks:
        if token and token[-1].token != mark.token:
            yield token
            token = []
        token.append(mark)
    if token:
        yield token


def _tell_words(marks: list[_Mark], letters: Sequence[Letter]) -> None:
    """Mark what is words: runs of upright letters, words in italics or bold, what was read as Chinese."""
    tokens = list(_tokens(marks))
    italic_words = {
        at
        for at, token in enumerate(tokens)
        if sum(m.is_italic for m in token) >= FEW and _only_letters(token)
    }
    for at, token in enumerate(tokens):
        kinds = [mark for mark in token if mark.is_letter]
        upright = [mark for mark in token if mark.is_upright or mark.is_bold]
        strange = [mark for mark in token if not mark.is_letter and not mark.is_neutral]
        name = "".join(mark.sign.letter for mark in upright)
        if at in italic_words or (
            name not in NAMES
            and len(upright) >= FEW
            and len(upright) >= MOSTLY * len(token)
            and _is_one_word(token)
        ):
            _set_text(token)
        elif len(kinds) == len([m for m in token if not m.is_neutral]) and 0 < len(kinds) < FEW:
            beside = {at - 1, at + 1} & italic_words
            word = "".join(mark.sign.letter for mark in kinds)
            if (
                (beside and (len(word) > 1 or word in "aAI"))
                or (word in {"a", "A", "I"} and not kinds[0].is_italic)
                or (len(upright) > 1 and not strange and name not in NAMES)
            ):
                _set_text(token)
        else:
            _tell_runs(token)
    for letter in letters:
        if CHINESE.match(letter.text):
            for mark in marks:
                if mark.sign.left < letter.centre + 0.4 and mark.sign.right > letter.centre - 0.4:
                    mark.is_text = True


def _only_letters(token: Sequence[_Mark]) -> bool:
    inner = [mark.sign.name for mark in token[1:-1]]
    allowed = EDGES | ACCENTS | set("-()'0123456789")
    return not {"(", ")"} & set(inner) and all(
        not mark.is_script and (mark.is_letter or mark.sign.name in allowed) for mark in token
    )


def _is_one_word(token: Sequence[_Mark]) -> bool:
    """Whether nothing in it stands up from the letters as only mathematics does."""
    return not any(mark.sign.name in OPERATORS and mark.sign.name not in ":-" for mark in token) and not any(
        mark.is_script and not mark.sign.name.isdigit() for mark in token
    )


def _tell_runs(token: list[_Mark]) -> None:
    """Mark runs of upright letters in what has other signs too."""
    run: list[_Mark] = []
    for mark in [*token, None]:
        if mark is not None and mark.is_upright:
            run.append(mark)
            continue
        word = "".join(each.sign.letter for each in run)
        if len(run) > 1 and word not in NAMES:
            _set_text(run)
        run = []


def _set_text(marks: Sequence[_Mark]) -> None:
    for mark in marks:
        mark.is_text = True


def _tell_formulas(marks: list[_Mark]) -> None:
    """Mark what only formulas have; names of functions and lone letters go with it."""
    for mark in marks:
        mark.is_formula = not mark.is_text and not mark.is_neutral and not mark.is_upright
        if mark.is_script and not mark.is_text and mark.sign.letter.isalnum():
            mark.is_formula = True
    for token in _tokens(marks):
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


def _runs(marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Give the stretches between words that have something of a formula in them."""
    run: list[_Mark] = []
    for mark in [*marks, None]:
        if mark is not None and not mark.is_text:
            run.append(mark)
            continue
        if any(each.is_formula for each in run):
            yield run
        run = []


def _parts(run: list[_Mark]) -> Iterator[list[_Mark]]:
    """Part neighbouring formulas at blanks that no operator and no bracket spans."""
    part: list[_Mark] = []
    depth = 0
    for mark in run:
        if part and mark.token != part[-1].token and not _is_joined(part, mark, depth):
            yield part
            part, depth = [], 0
        part.append(mark)
        depth += {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1}.get(mark.sign.name, 0)
        depth = max(0, depth)
    yield part


def _is_joined(part: Sequence[_Mark], mark: _Mark, depth: int) -> bool:
    last = part[-1]
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


def _trimmed(part: list[_Mark], marks: Sequence[_Mark]) -> list[_Mark]:
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


def _is_under(mark: _Mark, part: Sequence[_Mark]) -> bool:
    """Whether it is a comma behind the formula, under its raised last signs."""
    later = part[part.index(mark) + 1 :]
    return (
        mark.sign.name in EDGES
        and bool(later)
        and all(each.sign.bottom < mark.sign.top + 0.1 for each in later)
    )


def _is_loose(part: Sequence[_Mark], mark: _Mark, *, first: bool) -> bool:
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


def _stretch(part: Sequence[_Mark], marks: Sequence[_Mark]) -> Stretch:
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
