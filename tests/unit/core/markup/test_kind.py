"""What an answer is, when the engine was to tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.markup import clean
from writetex_desktop.core.markup.kind import kind_of
from writetex_desktop.core.reading.recognition import Mode


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x", Mode.FORMULA),
        (r"\frac{a}{b} = c", Mode.FORMULA),
        (r"\[ x^2 + y^2 \]", Mode.FORMULA),
        ("$$x$$", Mode.FORMULA),
        ("```latex\n\\int_0^1 f(x)\\,dx\n```", Mode.FORMULA),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", Mode.FORMULA),
        (r"f(x) = 0 \quad \text{for all integers that are even}", Mode.FORMULA),
        (r"\begin{cases} 1 & \text{if it is so} \\ 0 & \text{else} \end{cases}", Mode.FORMULA),
        ("sin x + cos y", Mode.FORMULA),
        (r"Let \(x\) be", Mode.TEXT),
        (r"\(a\) and \(b\)", Mode.TEXT),
        ("It follows that the map is open.", Mode.TEXT),
        ("设函数连续", Mode.TEXT),
        ("# Heading\n\nx", Mode.TEXT),
        ("| a | b |\n|---|---|\n| 1 | 2 |", Mode.TEXT),
        (r"\begin{tabular}{ll} a & b \\ \end{tabular}", Mode.TABLE),
        ("```latex\n\\begin{tabular}{l}\na\n\\end{tabular}\n```", Mode.TABLE),
        (r"\begin{tikzcd} A \arrow[r] & B \end{tikzcd}", Mode.TIKZ),
    ],
)
def test_formula_text_and_table_are_told_apart(text: str, kind: Mode) -> None:
    assert kind_of(text) is kind
    assert kind_of(text, Mode.TABLE) is Mode.TABLE


def test_an_open_answer_is_cleaned_as_what_it_is() -> None:
    assert clean(r"\[ x^2 \]", Mode.AUTO) == "x^2"
    assert clean(r"Let \(x\) be.", Mode.AUTO) == r"Let \(x\) be."


@given(st.text(alphabet="ab \\()[]$|#-\n{}^_1中", max_size=40))
def test_every_beginning_has_a_kind_and_no_answer_is_open(text: str) -> None:
    assert kind_of(text) is not Mode.AUTO
