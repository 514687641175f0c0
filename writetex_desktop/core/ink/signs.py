"""What is seen in ink: guesses for one symbol, and the signs of a formula with their places."""

from dataclasses import dataclass

from writetex_desktop.core.pictures.geometry import Box

DOUBTFUL_SIGN = 0.6
"""Confidence in a sign below which it is marked."""


@dataclass(frozen=True, slots=True)
class SymbolGuess:
    r"""One command that a drawing may mean.

    Attributes:
        command: As it is written in a source, such as `\\rightharpoonup`, or a plain letter.
        package: The LaTeX package that it needs; empty for what needs none.
        confidence: 0 to 1.
        name: What it is called, for a reader; empty where it has no name but its command.
        is_text: Whether it stands in text and not in mathematics.
    """

    command: str
    package: str
    confidence: float
    name: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class InkSign:
    """One sign of a formula as it was seen in ink.

    Attributes:
        box: Where it is, in units of the paper.
        guesses: What it may be, the surest first; at least one. The first is what the reading holds.
        strokes: Numbers of its strokes from 0; empty where the drawing was read as a picture.
    """

    box: Box
    guesses: tuple[SymbolGuess, ...]
    strokes: tuple[int, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return self.guesses[0].confidence < DOUBTFUL_SIGN


@dataclass(frozen=True, slots=True)
class SignsSeen:
    """An event of a reading: the signs that the answer is made of, from left to right."""

    signs: tuple[InkSign, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    r"""What the user says that a sign is; it holds as long as its strokes are there.

    Attributes:
        strokes: Numbers of the sign's strokes from 0.
        box: Where it is, in units of the paper.
        command: What it is.
    """

    strokes: tuple[int, ...]
    box: Box
    command: str
