"""Chooses among the answers of several looks, and keeps the others."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from writetex_desktop.core.latex.bare import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from writetex_desktop.adapters.recogniser.model import Answer
    from writetex_desktop.core.pictures.geometry import Rect

HOPELESS = 0.6
"""Mean probability of a token below which the answer is no answer: a long formula that is mostly right is
hardly sure as a whole, but its tokens are."""

RETRIED = 0.9
"""Confidence below which other sizes are tried."""

AGREED = 0.7
"""The same, when two looks give one answer."""

LOST = 0.3
"""Confidence below which no more sizes are tried after `LOST_AFTER`: none of them would help."""

LOST_AFTER = 2

MOST_OTHERS = 4
"""How many other answers are kept."""

LEAST_SURE = 0.002
"""Confidence that another answer has at least."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says.

    Attributes:
        words: Tokens of the surest answer, well formed.
        confidence: How sure it is, 0 to 1.
        complete: Whether it ended by itself.
        others: Other answers, the surest first.
        number: The equation's number that stands beside the formula; empty where there is none.
        left_out: What was not read: pixels of the picture.
        clearness: How sure its signs are, on the average: a model of print sees them clearly in print.
    """

    words: tuple[str, ...]
    confidence: float
    complete: bool
    others: tuple[Answer, ...] = ()
    number: str = ""
    left_out: tuple[Rect, ...] = ()
    clearness: float = 0.0

    @property
    def is_hopeless(self) -> bool:
        """Whether it is no answer; one sign alone, whose likes have its shape, is doubted and not refused."""
        return len(self.words) > 1 and self.sureness < HOPELESS

    @property
    def sureness(self) -> float:
        """The geometric mean of the tokens' probabilities."""
        return float(self.confidence ** (1 / (len(self.words) + 1)))


def best(answers: Sequence[Answer]) -> Answer:
    """The surest of some answers; one that was cut off only where there is no other."""
    return max(answers, key=lambda answer: (answer.complete, answer.confidence))


def is_settled(answers: Sequence[Sequence[Answer]]) -> bool:
    """Whether another look would hardly give a better answer than those of some looks."""
    surest = [best(look) for look in answers]
    found = best(surest)
    twice = sum(answer.words == found.words for answer in surest) > 1
    lost = len(surest) > LOST_AFTER and found.confidence < LOST
    return found.confidence >= (AGREED if twice else RETRIED) or lost


def trusted(reading: Reading, trust: tuple[float, float]) -> Reading:
    """A reading with the confidence that its like have turned out to deserve.

    Args:
        reading: As the model sees it.
        trust: Power and factor of its confidence, measured on hands that were never trained on.
    """
    power, factor = trust

    def deserved(confidence: float) -> float:
        return min(1.0, factor * math.pow(confidence, power))

    others = tuple(
        type(other)(other.words, deserved(other.confidence), other.complete) for other in reading.others
    )
    return replace(reading, confidence=deserved(reading.confidence), others=others)


def reading(answers: Sequence[Answer], share: float, number: str, left_out: tuple[Rect, ...] = ()) -> Reading:
    """The surest answer and those that say something else.

    Args:
        answers: Those of all looks.
        share: By what the picture as a whole makes all of them less sure.
        number: The equation's number.
        left_out: What was not read.
    """
    surest = best(answers)
    words = bare(surest.words)
    others: list[Answer] = []
    told = {words}
    for answer in sorted(answers, key=lambda answer: -answer.confidence):
        plain = bare(answer.words)
        if answer.complete and plain not in told and answer.confidence * share >= LEAST_SURE:
            others.append(type(answer)(plain, answer.confidence * share, complete=True))
            told.add(plain)
    return Reading(
        words, surest.confidence * share, surest.complete, tuple(others[:MOST_OTHERS]), number, left_out
    )
