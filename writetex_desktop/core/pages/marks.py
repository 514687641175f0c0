"""The signs of a line on their way to being words or formulas, and the tokens that blanks part them into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from writetex_desktop.core.pages.vocabulary import BOLD, NEUTRAL, UPRIGHT
from writetex_desktop.core.pictures.parting.signs import Sign

GAP_EM: Final = 0.21
"""Paper between two words at least."""

SCRIPT_SIZE: Final = 0.84
"""Height over that of a sign of full size, from which on it is no script."""

RAISED_EM: Final = 0.12
"""How far a script stands above or below the line at least."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the text as it was read: its middle in ems from the line's left, how sure it is."""

    text: str
    centre: float
    chance: float = 1.0


@dataclass(slots=True)
class Mark:
    """A sign on its way."""

    number: int
    sign: Sign
    token: int
    is_script: bool
    is_text: bool = False
    is_formula: bool = False
    is_dots: bool = False

    @property
    def is_upright(self) -> bool:
        """Whether it is an upright letter on the line."""
        return self.sign.name.startswith(UPRIGHT) and not self.is_script

    @property
    def is_bold(self) -> bool:
        """Whether it is a bold letter."""
        return self.sign.name.startswith(BOLD) and self.sign.letter.isalpha() and len(self.sign.letter) == 1

    @property
    def is_italic(self) -> bool:
        """Whether it is a Latin letter in italics."""
        name = self.sign.name
        return (len(name) == 1 and name.isascii() and name.isalpha()) or name.startswith("\\mathit{")

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter that words may have."""
        return self.is_upright or self.is_bold or self.is_italic

    @property
    def is_neutral(self) -> bool:
        """Whether it stands in sentences as well as in formulas."""
        name = self.sign.name
        return name in NEUTRAL or (len(name) == 1 and name.isdigit())


def marks_of(signs: Sequence[Sign], sizes: Sequence[float]) -> list[Mark]:
    """Give the signs from left to right, each with its token and whether it is a script."""
    order = sorted(range(len(signs)), key=lambda number: signs[number].left)
    marks: list[Mark] = []
    token, right = 0, float("-inf")
    usual = median([sizes[number] for number in order if signs[number].letter.isalpha()] or [1.0])
    for number in order:
        sign = signs[number]
        if sign.left - right > GAP_EM:
            token += 1
        right = max(right, sign.right)
        is_small = sizes[number] < SCRIPT_SIZE * usual and sign.letter.isalnum()
        marks.append(Mark(number, sign, token, is_small))
    # Small signs are scripts beside larger ones; a whole line of them is small text.
    for mark in marks:
        if mark.is_script:
            near = [other for other in marks if other.token == mark.token and not other.is_script]
            mark.is_script = any(abs(each.sign.bottom - mark.sign.bottom) > RAISED_EM for each in near)
    return marks


def tokens_of(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Part them at the blanks."""
    token: list[Mark] = []
    for mark in marks:
        if token and token[-1].token != mark.token:
            yield token
            token = []
        token.append(mark)
    if token:
        yield token
