"""How far a result can be trusted: one verdict from all that speaks for it and against it."""

from enum import StrEnum

from writetex_desktop.core.language.words import mark
from writetex_desktop.core.reading.recognition import Recognition

DOUBT = mark("The built-in recogniser is not sure of this formula: check it against the picture.")
"""What the built-in recogniser says of an answer that it doubts, until the comparison speaks."""


class Likeness(StrEnum):
    """What the comparison of the picture with the drawn result found."""

    ALIKE = "alike"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    """There was none: the picture is too small, the result no formula, or it cannot be drawn."""


class Trust(StrEnum):
    """The verdict, from good to bad; the values stand in files and in `--json`."""

    SURE = "sure"
    """Nothing speaks against it, and the engine or the comparison speaks for it."""
    LOOK = "look"
    """It may be right: somebody should look at it."""
    DIFFERS = "differs"
    """The picture shows something else."""

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at the result."""
        return self is not Trust.SURE


def judged(recognition: Recognition, likeness: Likeness, *, is_sound: bool = True) -> Trust | None:
    """Say how far a result can be trusted.

    What looks alike is not doubted for the engine's sake: the comparison sees every sign, and engines doubt
    themselves for spellings that print the same.

    Args:
        recognition: The answer.
        likeness: What the comparison with the picture found.
        is_sound: Whether braces, brackets and environments match.

    Returns:
        The verdict; None where nobody can say.
    """
    if likeness is Likeness.DIFFERS:
        return Trust.DIFFERS
    if not recognition.complete or not is_sound:
        return Trust.LOOK
    if likeness is Likeness.ALIKE:
        return Trust.SURE
    if recognition.confidence is None:
        return None
    return Trust.LOOK if recognition.is_doubtful else Trust.SURE
