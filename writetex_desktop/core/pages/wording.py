"""Which signs of a line are words: letters that make some, in whatever type they are set.

Uses marks, vocabulary; what is no word may be a formula, which `inline` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.pages.marks import Letter, Mark, tokens_of
from writetex_desktop.core.pages.vocabulary import (
    ACCENTS,
    CHINESE,
    EDGES,
    NAMES,
    OPERATORS,
    SHORT_WORDS,
)

FEW, MOSTLY = 3, 0.6
"""Letters that tell a word, and their share in what has other signs in it too."""


ARGUMENT_GAP_EM: Final = 0.3
"""Paper between a function and its bracket at most."""

DASH: Final = "\u2014"
STROKES: Final = frozenset(("-", "rule<", "rule>", "\\overline{", "\\to", "=", "unknown"))
"""What a dash between words is taken for; it is none between formulas."""

LABELS: Final = frozenset(f"({label})" for label in (*"abcdefgh", "i", "ii", "iii", "iv", "v", "vi", "vii"))
"""What items are counted by."""


def tell_words(marks: list[Mark], letters: Sequence[Letter]) -> None:
    """Mark what is words: runs of upright letters, words in italics or bold, what was read as Chinese."""
    tokens = list(tokens_of(marks))
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
            _set_text(token[2:] if at not in italic_words and _is_named(token) else token)
        elif _is_bold_number(token, tokens[max(0, at - 1) : at + 2]):
            _set_text(token)
        elif len(kinds) == len([m for m in token if not m.is_neutral]) and 0 < len(kinds) < FEW:
            beside = {at - 1, at + 1} & italic_words
            word = "".join(mark.sign.letter for mark in kinds)
            if (
                (beside and (len(word) > 1 or word in "aAI"))
                or (word in {"a", "A", "I"} and not kinds[0].is_italic and not _is_operand(at, tokens))
                or (_is_short_word(token, word) and not any(mark.is_script for mark in token))
                or _is_label(token, tokens[at - 1] if at else [])
                or (len(upright) > 1 and not strange and name not in NAMES)
            ):
                _set_text(token)
        else:
            _tell_runs(token)
    for letter in letters:
        if CHINESE.match(letter.text) or letter.text == DASH:
            for mark in marks:
                if mark.sign.left < letter.centre + 0.4 and mark.sign.right > letter.centre - 0.4:
                    mark.is_text |= letter.text != DASH or mark.sign.name in STROKES


def _is_short_word(token: Sequence[Mark], word: str) -> bool:
    """Whether its letters stand side by side and are a word of two letters."""
    whole = "".join(mark.sign.letter for mark in token).strip("".join(EDGES) + "()[]-")
    return whole == word and word[1:].islower() and word.casefold() in SHORT_WORDS


def _is_operand(at: int, tokens: Sequence[Sequence[Mark]]) -> bool:
    """Whether a lone bold letter has an operator beside it."""
    near = [*(tokens[at - 1][-1:] if at else []), *(tokens[at + 1][:1] if at + 1 < len(tokens) else [])]
    return tokens[at][0].is_bold and any(mark.sign.name in OPERATORS for mark in near)


def _is_named(token: Sequence[Mark]) -> bool:
    """Whether it is a word that is named by a variable, such as `R-module`."""
    first, hyphen, *rest = token
    return first.is_italic and hyphen.sign.name == "-" and all(not each.is_italic for each in rest)


def _is_label(token: Sequence[Mark], before: Sequence[Mark]) -> bool:
    """Whether it counts an item, such as `(b)` or `(iv)`, and is no bracket of a function."""
    names = "".join(mark.sign.letter for mark in token).rstrip(".,;:")
    near = bool(before) and token[0].sign.left - before[-1].sign.right < ARGUMENT_GAP_EM
    is_argument = near and not before[-1].is_text and before[-1].is_letter
    return names in LABELS and not is_argument


def _is_bold_number(token: Sequence[Mark], near: Sequence[Sequence[Mark]]) -> bool:
    """Whether it is a bold number beside a bold word, as before a heading; alone it is a vector."""
    return all(mark.sign.letter.isdigit() or mark.sign.name == "." for mark in token) and any(
        sum(mark.is_bold for mark in each) >= FEW for each in near
    )


def _only_letters(token: Sequence[Mark]) -> bool:
    inner = [mark.sign.name for mark in token[1:-1]]
    allowed = EDGES | ACCENTS | set("-()'0123456789")
    return not {"(", ")"} & set(inner) and all(
        not mark.is_script and (mark.is_letter or mark.sign.name in allowed) for mark in token
    )


def _is_one_word(token: Sequence[Mark]) -> bool:
    """Whether nothing in it stands up from the letters as only mathematics does."""
    return not any(mark.sign.name in OPERATORS and mark.sign.name not in ":-" for mark in token) and not any(
        mark.is_script and not mark.sign.name.isdigit() for mark in token
    )


def _tell_runs(token: list[Mark]) -> None:
    """Mark runs of upright letters in what has other signs too."""
    run: list[Mark] = []
    for mark in [*token, None]:
        if mark is not None and mark.is_upright:
            run.append(mark)
            continue
        word = "".join(each.sign.letter for each in run)
        if len(run) > 1 and word not in NAMES:
            _set_text(run)
        run = []


def _set_text(marks: Sequence[Mark]) -> None:
    for mark in marks:
        mark.is_text = True
