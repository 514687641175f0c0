"""What does not match is found where it is, and made to match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.formats.test_wrapping import FORMULAS
from writetex_desktop.core.latex.syntax import check_syntax


@pytest.mark.parametrize(
    ("markup", "message", "position", "repaired"),
    [
        (r"\frac{a}{b", "{ is never closed.", 8, r"\frac{a}{b}"),
        (r"\frac{-b \pm \sqrt{d}{2a} + 1", "{ is never closed.", 5, r"\frac{-b \pm \sqrt{d}}{2a} + 1"),
        (r"\frac{a}{\sqrt{b}{c}", "{ is never closed.", 8, r"\frac{a}{\sqrt{b}{c}}"),
        ("a}b", "} closes nothing.", 1, "ab"),
        (r"\left( x", r"\left is never closed.", 0, r"\left( x\right."),
        (r"x \right) y", r"\right) closes nothing.", 2, "x ) y"),
        (r"x \right. y", r"\right. closes nothing.", 2, "x  y"),
        (r"{\left[ x}", r"\left is not closed before }.", 1, r"{\left[ x\right.}"),
        (
            r"\begin{matrix} a {b \end{matrix}",
            r"{ is not closed before \end{matrix}.",
            17,
            r"\begin{matrix} a {b }\end{matrix}",
        ),
        (
            r"\begin{pmatrix} a \end{bmatrix}",
            r"\begin{pmatrix} is closed by \end{bmatrix}.",
            18,
            r"\begin{pmatrix} a \end{pmatrix}",
        ),
        (r"a \end{align}", r"\end{align} closes nothing.", 2, "a "),
        ("{a % remark", "{ is never closed.", 0, "{a % remark\n}"),
        (r"\left x \right", r"\right lacks its bracket.", 8, r"\left x \right."),
        (r"\begin{align} a", r"\begin{align} is never closed.", 0, r"\begin{align} a\end{align}"),
    ],
)
def test_a_problem_has_its_place_and_its_repair(
    markup: str, message: str, position: int, repaired: str
) -> None:
    problem = check_syntax(markup)
    assert problem is not None
    assert (problem.message, problem.position, problem.repaired) == (message, position, repaired)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        r"\{ x",
        r"\left\{ x \right.",
        r"\left\lbrace x \right\rbrace",
        r"a % { a remark",
        r"\\{x}",
        r"\leftarrow {x}",
    ],
)
def test_what_matches_is_left_alone(markup: str) -> None:
    assert check_syntax(markup) is None


def test_ordinary_formulas_have_no_problem() -> None:
    assert [each for each in FORMULAS if check_syntax(each)] == []


PIECES = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "\\left(",
            "\\right)",
            "\\left",
            "\\right",
            "\\begin{a}",
            "\\end{a}",
            "\\begin{b}",
            "\\end{b}",
            "x",
            "\\",
            "%",
            "\n",
        ]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_the_repaired_source_has_no_problem(markup: str) -> None:
    problem = check_syntax(markup)
    if problem is not None:
        assert 0 <= problem.position <= len(markup)
        assert check_syntax(problem.repaired) is None
