"""`repair`: unfinished LaTeX becomes whole, finished LaTeX stays as it is."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.markup import repair

CORPUS = json.loads((Path(__file__).parents[3] / "data" / "render-corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"]

TOKEN = re.compile(
    r"%[^\n]*|\\begin\s*\{[^{}\\]*\}|\\end\s*\{[^{}\\]*\}|\\(?:left|right)(?![a-zA-Z])|\\[a-zA-Z]+|\\.|[{}]",
    re.DOTALL,
)


def is_balanced(markup: str) -> bool:
    """Whether groups, `\\left ... \\right` and environments match, by a way other than `repair` takes."""
    stack: list[str] = []
    for token in TOKEN.findall(markup):
        if token in {"{", "\\left"}:
            stack.append({"{": "}", "\\left": "\\right"}[token])
        elif re.match(r"\\begin\s*\{", token):
            stack.append("\\end" + re.sub(r"\s", "", token[6:]))
        elif (token in {"}", "\\right"} or re.match(r"\\end\s*\{", token)) and (
            not stack or stack.pop() != re.sub(r"\s", "", token)
        ):
            return False
    return not stack


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_finished_formula_stays_to_the_letter(formula: str) -> None:
    assert repair(formula) == formula


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_beginning_of_a_formula_is_made_whole(formula: str) -> None:
    for end in range(len(formula)):
        assert is_balanced(repair(formula[:end])), formula[:end]


@pytest.mark.parametrize(
    ("prefix", "whole"),
    [
        ("\\frac{a", "\\frac{a}{}"),
        ("\\frac{a}", "\\frac{a}{}"),
        ("\\frac", "\\frac{}{}"),
        ("\\frac{a}{b} + \\fra", "\\frac{a}{b} + "),
        ("x^", "x^{}"),
        ("x^{2", "x^{2}"),
        ("{x_} + 1", "{x_{}} + 1"),
        ("\\sqrt[3", "\\sqrt[3]{}"),
        ("\\sqrt", "\\sqrt{}"),
        ("\\left( \\frac{a}{b}", "\\left( \\frac{a}{b}\\right."),
        ("\\left", ""),
        ("\\left\\lan", ""),
        ("\\left( x \\right", "\\left( x \\right."),
        ("\\begin{matrix} a &", "\\begin{matrix} a &\\end{matrix}"),
        ("\\begin{mat", ""),
        ("\\begin{array}{c|", "\\begin{array}{c|}\\end{array}"),
        ("\\begin{array}", "\\begin{array}{}\\end{array}"),
        ("\\begin{aligned} a &= \\left[ b", "\\begin{aligned} a &= \\left[ b\\right.\\end{aligned}"),
        ("a \\\\[2p", "a \\\\"),
        ("\\text{abc", "\\text{abc}"),
        ("\\text{if $x", "\\text{if $x$}"),
        ("a }", "a "),
        ("\\end{matrix}", ""),
        ("x \\", "x "),
        ("x \\hspace{1e", "x "),
        ("x \\textcolor{re", "x "),
        ("x \\textcolor{red}", "x \\textcolor{red}{}"),
        ("x \\bigl", "x "),
        ("{x % y", "{x % y\n}"),
        ("\\begin{matrix} a \\end{pmatrix}", "\\begin{matrix} a \\end{matrix}"),
    ],
)
def test_what_is_missing_is_supplied(prefix: str, whole: str) -> None:
    assert repair(prefix) == whole


PIECES = st.lists(
    st.sampled_from(
        [
            *[
                "{",
                "}",
                "[",
                "]",
                "$",
                "$$",
                "^",
                "_",
                "&",
                "%",
                "\n",
                " ",
                "x",
                "1",
                "\\",
                "\\\\",
                "\\\\[",
                "\\{",
                "\\}",
            ],
            *[
                "\\left",
                "\\right",
                "\\left(",
                "\\right)",
                "\\left.",
                "\\middle|",
                "\\big",
                "\\frac",
                "\\sqrt",
                "\\text{",
            ],
            *[
                "\\begin{matrix}",
                "\\end{matrix}",
                "\\begin{array}{cc}",
                "\\end{array}",
                "\\begin",
                "\\end{",
                "\\end",
            ],
            *[
                "\\hspace{",
                "\\tag",
                "\\color{red}",
                "\\(",
                "\\)",
                "\\[",
                "\\]",
                "\\alpha",
                "\\unknown",
                "\\label{a_{1}}",
            ],
        ]
    ),
    max_size=14,
).map("".join)


@given(text=st.one_of(PIECES, st.text(max_size=60), st.text(alphabet="\\{}[]$%&^_ abc\n", max_size=40)))
@settings(deadline=None)
def test_whatever_comes_is_balanced_and_stable(text: str) -> None:
    whole = repair(text)
    assert is_balanced(whole)
    assert repair(whole) == whole


@pytest.mark.parametrize(
    "unit", ["{", "\\left(", "\\frac", "x^{", "\\begin{matrix}", "\\text{", "$", "\\torn", "\\["]
)
def test_depth_and_length_do_no_harm(unit: str) -> None:
    assert is_balanced(repair(unit * 2000))
