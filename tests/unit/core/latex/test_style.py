"""One style for the source of formulas."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.style import normalise_style

CORPUS = Path(__file__).parents[3] / "data" / "render-corpus.json"
PIECES = [
    *"abd12+-=(){}[]^_&,' \n",
    "\\,",
    "\\\\",
    "\\\\[2pt]",
    "\\ ",
    "\\frac",
    "\\int",
    "\\alpha",
    "\\left(",
    "\\left(x_{i}\\right)",
    "(\\sum ",
    "dx",
    "\\right)",
]
PIECES += ["\\text{a b}", "\\operatorname{sin}", "\\begin{cases}", "\\end{cases}", "\\mathrm{d}", "{", "}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x _ { 1 } ^ { 2 }", "x_1^2"),
        ("a+b=c", "a + b = c"),
        ("= - x", "= -x"),
        (r"\sum _ { i } x", r"\sum_i x"),
        (r"x ^ { i + 1 }", "x^{i+1}"),
        (r"\operatorname { s i n }", r"\operatorname{ s i n }".replace(" { ", "{").replace("{ s", "{ s")),
        (r"\operatorname{sin} x", r"\sin x"),
        (r"\mathrm{sec}", r"\mathrm{sec}"),
        (r"\mathrm{log}x", r"\log x"),
        (r"\int f \, d x", r"\int f\,\mathrm{d}x"),
        (r"d \, d x", r"d\,dx"),
        (r"\left ( a \right )", "(a)"),
        (r"\left( x_1 + \alpha^2 \right]", r"\left(x_1 + \alpha^2\right]"),
        (r"\left[ x_{1} + \alpha^2 \right]", r"[x_1 + \alpha^2]"),
        (r"\sqrt\left[ x \right]", r"\sqrt\left[x\right]"),
        (r"\left| x \right|", r"\left|x\right|"),
        (r"\left. x \right)", r"\left.x\right)"),
        (r"\left( \sqrt{x} \right)", r"\left(\sqrt{x}\right)"),
        (r"(\frac{a}{b})^2", r"\left(\frac{a}{b}\right)^2"),
        (r"f(x, [\sum_i y_i])", r"f\left(x, \left[\sum_i y_i\right]\right)"),
        (r"\sqrt[\frac{1}{2}]{x}", r"\sqrt[\frac{1}{2}]{x}"),
        (r"\big( \frac{a}{b} \big)", r"\big(\frac{a}{b}\big)"),
        (r"(\frac{a}{b}, 1]", r"(\frac{a}{b}, 1]"),
        (r"(x^{\frac{1}{2}})", r"(x^{\frac{1}{2}})"),
        (r"( a & \frac{b}{c} )", r"(a & \frac{b}{c})"),
        (r"\int_0^1 f(x) dx", r"\int_0^1 f(x)\,\mathrm{d}x"),
        (r"\iint f d x d y = 1", r"\iint f\,\mathrm{d}x\,\mathrm{d}y = 1"),
        (r"\int_{0}^{1} dt", r"\int_0^1\mathrm{d}t"),
        (r"\int a d b c", r"\int adbc"),
        (r"\int x \, \mathrm{d}x + a d b", r"\int x\,\mathrm{d}x + adb"),
        (r"\operatorname*{max}_x", r"\max_x"),
        (r"\mathrm{tr} A", r"\operatorname{tr}A"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "\\begin{pmatrix} a & b \\\\\nc & d \\end{pmatrix}"),
        (r"a\\[2pt]b", "a \\\\[2pt]\nb"),
        (r"a\\ [b]", "a \\\\\n[b]"),
        (r"\text{if  } x", r"\text{if  }x"),
        (r"\alpha b", r"\alpha b"),
        (r"x\ ", "x\\ "),
        ("a } b", "a } b"),
        ("a % b", "a % b"),
    ],
)
def test_a_source_is_written_in_one_style(before: str, after: str) -> None:
    assert normalise_style(before) == after


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_is_in_style_stays_as_it_is(latex: str) -> None:
    once = normalise_style(latex)
    assert normalise_style(once) == once


def test_the_corpus_stays_as_it_is_the_second_time() -> None:
    for entry in json.loads(CORPUS.read_text("utf-8")):
        if "latex" in entry:
            once = normalise_style(entry["latex"])
            assert normalise_style(once) == once
