r"""Which of the signs in a picture are the formula, and which only stand beside it.

Words above, below and beside, the number of the equation: told from the formula by what the signs are and by
the paper between. Where everything would be left out, nothing is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.pictures.geometry import Box, around
from writetex_desktop.core.pictures.parting.bands import Band, bands_of, columns_of
from writetex_desktop.core.pictures.parting.signs import Sign

NUMBER_GAP_EM = 1.1
"""Paper between a formula and its number at least."""

WORDS_GAP_EM = 1.1
"""Paper between a formula and words before it."""

AFTER_GAP_EM = 2.2
"""Paper between a formula and words after it, which are more often a condition."""

FEW_LETTERS = 5
"""Letters that make a line of words at least."""

MANY_WORDS = 3
"""Words that make a line of words, whatever else stands in it."""

WORDY = 0.5
"""Share of a line's signs that the letters of its words make up."""

PURE = 0.85
"""The same for a line of fewer words."""

PROSE_WORDS, PROSE_SHARE = 5, 0.5
"""Words that make sentences, and the share of their letters among all signs."""

ITEM_GAP_EM = 0.45
"""Paper between the mark of an item and the item at least."""

PAGE_LINES = 4
"""Lines of sentences that make a page of a picture with a formula."""

BEFORE = 0.6
"""The same for words before the formula: "Theorem 2." has a number and a stop."""

LETTER_GAP_EM = 0.22
"""Paper between two letters of one word at most."""

_UPRIGHT = ("\\mathrm{", "\\mathsf{", "\\mathtt{", "\\mathbf{")
_NUMBER = re.compile(r"[(\[][A-Za-z]{0,3}[0-9]{0,4}(?:[.\-:][0-9]{1,3}){0,3}[a-z]?['*]{0,2}[)\]]")
_LETTERED = re.compile(r"[A-Za-z]|[ivx]+|[A-Z]+|[*']+")
"""What a number without digits is: one letter, a Roman numeral, capitals, a mark; $(\\bmod n)$ is none."""
_ITEM = re.compile(r"(?:[0-9]{1,3}|[A-Za-z]|[ivx]{1,4})(?:[.)]|\.\))")
_NAMES = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "log",
        "ln",
        "lg",
        "exp",
        "det",
        "dim",
        "ker",
        "deg",
        "arg",
        "gcd",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "limsup",
        "liminf",
        "Pr",
        "hom",
        "mod",
        "sgn",
        "tr",
        "rank",
        "diag",
        "Var",
        "Cov",
    ]
)


@dataclass(frozen=True, slots=True)
class Parted:
    """The signs of a picture, by their numbers.

    Attributes:
        formula: What is to be read.
        number: The equation's number as it is printed, without its brackets; empty where there is none.
        left_out: What only stands beside the formula, its number included.
    """

    formula: Band
    number: str = ""
    left_out: Band = ()


def part(signs: Sequence[Sign]) -> Parted:
    """Tell the formula from what stands beside it."""
    chosen = tuple(range(len(signs)))
    chosen = _without_lines_of_words(signs, chosen)
    chosen, number = _without_number(signs, chosen)
    chosen = _without_item_marks(signs, chosen)
    chosen = _without_words_beside(signs, chosen)
    left_out = tuple(place for place in range(len(signs)) if place not in set(chosen))
    return Parted(chosen, number, left_out)


def whole(signs: Sequence[Sign]) -> Parted:
    """Take everything for the formula."""
    return Parted(tuple(range(len(signs))))


def pieces_left_out(signs: Sequence[Sign], parted: Parted) -> tuple[Box, ...]:
    """What is left out, a piece for each run of signs in one line without much paper between."""
    return tuple(
        around(signs[number] for number in column)
        for band in bands_of(signs, parted.left_out)
        for column in columns_of(signs, band, NUMBER_GAP_EM)
    )


def is_prose(signs: Sequence[Sign], chosen: Sequence[int]) -> bool:
    """Whether signs are sentences, with formulas in them or not, and no formula with words in it."""
    # Lines of letters alone: what is tall in a sentence would make one line of several.
    letters_of = [number for number in chosen if _is_upright(signs[number])]
    words = [
        word
        for band in bands_of(signs, letters_of)
        for word in _words(signs, band)
        if len(word) > 1 and word not in _NAMES
    ]
    letters = sum(map(len, words))
    return len(words) >= PROSE_WORDS and letters >= PROSE_SHARE * len(chosen)


def is_page(signs: Sequence[Sign], parted: Parted) -> bool:
    """Whether so many lines of sentences stand round a formula that they are what the picture shows."""
    return len(bands_of(signs, parted.left_out)) >= PAGE_LINES and is_prose(signs, parted.left_out)


def _without_lines_of_words(signs: Sequence[Sign], chosen: Band) -> Band:
    """Without the lines of words above the first and below the last line of mathematics."""
    bands = bands_of(signs, chosen)
    wordy = [_is_words(signs, band) for band in bands]
    if all(wordy):
        return chosen
    first, last = wordy.index(False), len(wordy) - 1 - wordy[::-1].index(False)
    return tuple(sorted(number for band in bands[first : last + 1] for number in band))


def _is_words(signs: Sequence[Sign], band: Band) -> bool:
    words = [word for word in _words(signs, band) if word not in _NAMES and len(word) > 1]
    letters = sum(map(len, words))
    if letters < FEW_LETTERS:
        return False
    share = letters / len(band)
    return share >= PURE or (share >= WORDY and len(words) >= MANY_WORDS)


def _is_upright(sign: Sign) -> bool:
    return sign.name.startswith(_UPRIGHT) and sign.letter.isalpha()


def _words(signs: Sequence[Sign], band: Band) -> list[str]:
    """Runs of upright letters that stand close together."""
    words: list[str] = []
    before: Sign | None = None
    for number in sorted(band, key=lambda place: signs[place].left):
        sign = signs[number]
        if _is_upright(sign):
            close = before is not None and sign.left - before.right <= LETTER_GAP_EM
            level = before is not None and sign.top < before.bottom and before.top < sign.bottom
            if close and level and words:
                words[-1] += sign.letter
            else:
                words.append(sign.letter)
            before = sign
        elif sign.height > LETTER_GAP_EM:  # no dot
            before = None
    return words


def _without_number(signs: Sequence[Sign], chosen: Band) -> tuple[Band, str]:
    """Without the equation's number at the right or the left, and the number."""
    columns = columns_of(signs, chosen, NUMBER_GAP_EM)
    if len(columns) < 2:  # noqa: PLR2004 - the number and something else
        return chosen, ""
    for column in (columns[-1], columns[0]):
        lines = bands_of(signs, column)
        texts = ["".join(_told(signs[number]) for number in _in_line(signs, line)) for line in lines]
        if all(_NUMBER.fullmatch(text) and _is_number(text[1:-1]) for text in texts):
            rest = tuple(number for number in chosen if number not in set(column))
            return rest, ", ".join(text[1:-1] for text in texts)
    return chosen, ""


def _is_number(text: str) -> bool:
    return any(sign.isdecimal() for sign in text) or _LETTERED.fullmatch(text) is not None


def _without_item_marks(signs: Sequence[Sign], chosen: Band) -> Band:
    """Without the number or letter of an item before it, or of the lines of a program."""
    columns = columns_of(signs, chosen, ITEM_GAP_EM)
    if len(columns) < 2:  # noqa: PLR2004 - the mark and the item
        return chosen
    lines = bands_of(signs, columns[0])
    texts = ["".join(_told(signs[number]) for number in _in_line(signs, line)) for line in lines]
    counted = len(texts) > 1 and all(map(str.isdecimal, texts))
    if counted and [int(text) for text in texts] == list(range(int(texts[0]), int(texts[0]) + len(texts))):
        marked = len(bands_of(signs, columns[1])) != len(lines) or len(columns) == 2  # noqa: PLR2004
    else:
        marked = all(_ITEM.fullmatch(text) for text in texts)
    return tuple(number for number in chosen if number not in set(columns[0])) if marked else chosen


def _in_line(signs: Sequence[Sign], band: Band) -> list[int]:
    return sorted(band, key=lambda place: signs[place].left)


def _told(sign: Sign) -> str:
    """A sign as it stands in an equation's number."""
    return {"\\cdot": ".", "\\ast": "*", "\\star": "*", "\\mid": "|"}.get(sign.letter, sign.letter)


def _without_words_beside(signs: Sequence[Sign], chosen: Band) -> Band:
    """Without words before the formula, or far behind it."""
    columns = columns_of(signs, chosen, WORDS_GAP_EM)
    if (
        len(columns) > 1
        and len(bands_of(signs, columns[0])) == 1
        and _is_only_words(signs, columns[0], BEFORE)
    ):
        chosen = tuple(number for number in chosen if number not in set(columns[0]))
    columns = columns_of(signs, chosen, WORDS_GAP_EM)
    braced = any(signs[number].name in {"\\{^", "\\{"} for number in chosen)
    lines = len(bands_of(signs, columns[-1])) if len(columns) > 1 and not is_prose(signs, chosen) else 0
    if lines > 1 and not braced and _is_only_words(signs, columns[-1], BEFORE):  # of the column beside it
        chosen = tuple(number for number in chosen if number not in set(columns[-1]))
    columns = columns_of(signs, chosen, AFTER_GAP_EM)
    if len(columns) > 1 and not braced and _is_only_words(signs, columns[-1], PURE):
        chosen = tuple(number for number in chosen if number not in set(columns[-1]))
    return chosen


def _is_only_words(signs: Sequence[Sign], column: Band, share: float) -> bool:
    words = [word for line in bands_of(signs, column) for word in _words(signs, line)]
    letters = sum(len(word) for word in words if len(word) > 1 and word not in _NAMES)
    return letters >= FEW_LETTERS and letters >= share * len(column)
