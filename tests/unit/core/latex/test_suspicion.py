"""Places that look wrong are found, and honest formulas are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.suspicion import suspicious_spots
from writetex_desktop.core.reading.recognition import Mode


def found(markup: str, mode: Mode = Mode.FORMULA, *, is_cut: bool = False) -> list[str]:
    return [markup[spot.start : spot.end] for spot in suspicious_spots(markup, mode, is_cut=is_cut)]


@pytest.mark.parametrize(
    ("markup", "places"),
    [
        (r"x + \square = 2", [r"\square"]),
        ("a\N{REPLACEMENT CHARACTER}b\N{WHITE SQUARE}", ["\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}"]),
        (r"\boxed{?} + \boxed{x}", [r"\boxed{?}"]),
        (r"a = \\frac{1}{2}", [r"\\frac"]),
        (r"x = 1 \tag{3.2}", [r"\tag{3.2}"]),
        (r"Here is the LaTeX: x^2", ["Here is the LaTeX:"]),
    ],
)
def test_mistakes_of_engines_are_found(markup: str, places: list[str]) -> None:
    assert found(markup) == places


@pytest.mark.parametrize(
    "markup",
    [
        r"\begin{aligned} a &= b \\ c &= d \\\alpha &= 1 \end{aligned}",
        r"x \text{ for all real numbers } \quad \text{if and only if } y",
        r"\operatorname{arg max} sin cos",
        r"\ce{2H2 + O2 -> 2H2O} \boxed{x = 1}",
        r"\begin{smallmatrix} 0 & 0 \\ 0 & 0 \end{smallmatrix} \squareroot",
    ],
)
def test_honest_formulas_are_left_alone(markup: str) -> None:
    assert found(markup) == []


def test_talk_is_found_in_a_text_and_its_words_are_not() -> None:
    text = "A sentence of many words with \\(x\\).\n\nLet me know if you need more."
    assert found(text, Mode.TEXT) == ["Let me know if you need more."]


def test_the_end_of_an_answer_that_was_cut_off_is_marked() -> None:
    assert found("x + y + z + w + v", is_cut=True) == [" + z + w + v"]
    assert found("", is_cut=True) == []


@given(st.text(alphabet="\\square{}?[] texag12 ", max_size=60), st.sampled_from(Mode), st.booleans())
def test_places_lie_in_the_text_in_order_and_apart(markup: str, mode: Mode, is_cut: bool) -> None:
    spots = suspicious_spots(markup, mode, is_cut=is_cut)
    edges = [edge for spot in spots for edge in (spot.start, spot.end)]
    assert edges == sorted(edges)
    assert all(0 <= spot.start < spot.end <= len(markup) for spot in spots)
