"""Differences between two readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.difference import differences


@pytest.mark.parametrize(
    ("one", "other", "in_one", "in_other"),
    [
        (r"\alpha + b", r"\beta + b", [r"\alpha"], [r"\beta"]),
        ("a+b", "a + b", [], []),
        ("x_1", "x_1^2", [], ["^2"]),
        (r"\frac{a}{b}", r"\frac{a}{c}", ["b"], ["c"]),
        ("", "a", [], ["a"]),
    ],
)
def test_what_differs_is_found_word_by_word(
    one: str, other: str, in_one: list[str], in_other: list[str]
) -> None:
    found = differences(one, other)
    assert [one[start:end] for start, end in found.in_one] == in_one
    assert [other[start:end] for start, end in found.in_other] == in_other


@given(st.text("ab\\ {}^1"), st.text("ab\\ {}^1"))
def test_a_text_differs_from_another_but_not_from_itself(one: str, other: str) -> None:
    assert differences(one, one).count == 0
    if "".join(one.split()) != "".join(other.split()) and "\\" not in one + other:
        assert differences(one, other).count > 0
