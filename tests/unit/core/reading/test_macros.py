"""Definitions found in a source and written for the preview."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.reading.macros import Macro, definitions_for, format_macro, macros_in


@pytest.mark.parametrize(
    ("source", "macro"),
    [
        (r"\newcommand{\vect}[1]{\bm{#1}}", Macro("vect", r"\bm{#1}", 1)),
        (r"\newcommand\R{\mathbb{R}}", Macro("R", r"\mathbb{R}")),
        (r"\renewcommand*{\norm}[2][p]{\|#2\|_{#1}}", Macro("norm", r"\|#2\|_{#1}", 2, "p")),
        (r"\providecommand{\E}{\mathrm{E}} % the mean", Macro("E", r"\mathrm{E}")),
        (r"\def\half#1{\frac{#1}{2}}", Macro("half", r"\frac{#1}{2}", 1)),
        (r"\DeclareMathOperator*{\argmin}{arg\,min}", Macro("argmin", r"\operatorname*{arg\,min}")),
        ("\\newcommand{\\long}{a\n  {b \\} c}\n}", Macro("long", r"a {b \} c}")),
    ],
)
def test_usual_definitions_are_read(source: str, macro: Macro) -> None:
    assert macros_in(source) == (macro,)


@pytest.mark.parametrize(
    "source",
    [
        r"% \newcommand{\secret}{x}",
        r"\newcommand{\open}{\frac{1}{2}",
        r"\newcommand{\many}{#1}",
        r"\newcommand{\self}{\self}",
        r"\def\odd#1.#2{#1}",
        "\\newcommand{\\title}{" + "x" * 400 + "}",
    ],
)
def test_what_is_no_plain_definition_is_left_out(source: str) -> None:
    assert macros_in(source) == ()


def test_the_later_of_two_definitions_holds() -> None:
    assert macros_in(r"\def\a{1}\def\b{2}\renewcommand\a{3}") == (Macro("b", "2"), Macro("a", "3"))


def test_only_what_a_formula_needs_is_written() -> None:
    macros = macros_in(r"\def\v#1{\mathbf{#1}}\def\grad{\v{\nabla}}\def\unused{x}")
    assert definitions_for(r"\grad f", macros) == (
        r"\newcommand{\v}[1]{\mathbf{#1}}\newcommand{\grad}{\v{\nabla}}"
    )
    assert definitions_for(r"\frac{a}{b}", macros) == ""


@given(
    st.builds(
        Macro,
        name=st.from_regex(r"[a-z]{1,6}Q", fullmatch=True),
        body=st.from_regex(r"(\\bm\{[a-z]\}|[a-z+ ]){0,5}", fullmatch=True).map(
            lambda body: " ".join(body.split())
        ),
        arguments=st.integers(0, 9),
    )
)
def test_what_is_written_reads_back_the_same(macro: Macro) -> None:
    assert macros_in(format_macro(macro)) == (macro,)


@given(st.text(alphabet="\\{}[]#1newcommanddef%\n ", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    macros_in(text)
