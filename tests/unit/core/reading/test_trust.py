from dataclasses import replace

import pytest

from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition, SeenFormula
from writetex_desktop.core.reading.trust import Likeness, Trust, judged

ANSWER = Recognition("x", Mode.FORMULA, Engine.OFFLINE, "small", 0.1)


@pytest.mark.parametrize(
    ("confidence", "likeness", "verdict"),
    [
        (0.99, Likeness.UNKNOWN, Trust.SURE),
        (0.4, Likeness.UNKNOWN, Trust.LOOK),
        (0.4, Likeness.ALIKE, Trust.SURE),
        (0.99, Likeness.DIFFERS, Trust.DIFFERS),
        (None, Likeness.ALIKE, Trust.SURE),
        (None, Likeness.DIFFERS, Trust.DIFFERS),
        (None, Likeness.UNKNOWN, None),
    ],
)
def test_confidence_and_comparison_give_one_verdict(
    confidence: float | None, likeness: Likeness, verdict: Trust | None
) -> None:
    assert judged(replace(ANSWER, confidence=confidence), likeness) is verdict


@pytest.mark.parametrize("likeness", [Likeness.ALIKE, Likeness.UNKNOWN])
@pytest.mark.parametrize("confidence", [None, 1.0])
def test_what_was_cut_off_or_does_not_match_is_never_sure(
    confidence: float | None, likeness: Likeness
) -> None:
    answer = replace(ANSWER, confidence=confidence)
    assert judged(replace(answer, complete=False), likeness) is Trust.LOOK
    assert judged(answer, likeness, is_sound=False) is Trust.LOOK


def test_a_page_with_a_doubtful_formula_is_to_be_looked_at() -> None:
    sure = SeenFormula("x", (Box(0, 0, 9, 9),), 0.95)
    page = replace(ANSWER, mode=Mode.TEXT, confidence=0.9, formulas=(sure, sure))
    assert judged(page, Likeness.UNKNOWN) is Trust.SURE
    doubted = replace(page, formulas=(sure, replace(sure, confidence=0.3)))
    assert judged(doubted, Likeness.UNKNOWN) is Trust.LOOK
