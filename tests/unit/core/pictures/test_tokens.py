"""Tokens of a picture, against the table that the vendors' formulas were checked with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pictures.tokens import estimate_tokens

COLUMNS = ("GPT-5.4", "GPT-5 mini", "GPT-5, 5.1", "GPT-4o, 4.1", "Claude", "Gemini 2.5", "Qwen3-VL")
TABLE = {
    (200, 60): (14, 23, 210, 255, 24, 258, 14),
    (480, 120): (60, 98, 210, 255, 90, 258, 62),
    (800, 200): (175, 284, 350, 425, 232, 516, 152),
    (1024, 256): (256, 415, 350, 425, 370, 516, 258),
    (1200, 300): (380, 616, 490, 595, 473, 516, 344),
    (1400, 400): (572, 927, 490, 595, 750, 516, 530),
    (1568, 600): (931, 1509, 1190, 1445, 1232, 774, 933),
    (1920, 1080): (2040, 2443, 910, 1105, 1508, 1548, 2042),
}


@pytest.mark.parametrize("size", sorted(TABLE))
def test_the_estimate_agrees_with_the_table(size: tuple[int, int]) -> None:
    estimate = estimate_tokens(*size)
    assert tuple(estimate[family] for family in COLUMNS) == TABLE[size]
    assert set(estimate) == set(COLUMNS)


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_every_picture_has_an_estimate_within_the_budgets(width: int, height: int) -> None:
    estimate = estimate_tokens(width, height)
    assert all(tokens > 0 for tokens in estimate.values())
    assert estimate["GPT-5.4"] <= 2500
    assert estimate["Claude"] <= 1568
