"""Canonical formulas as a person writes them."""

import pytest
from hypothesis import given

from tests.unit.core.latex.test_canonical import pieces
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.parser import NotMathematicsError
from writetex_desktop.core.latex.printer import print_latex


@pytest.mark.parametrize(
    ("canonical", "written"),
    [
        (r"( \frac { 1 } { 2 } ) ^ { n }", r"\left(\frac{1}{2}\right)^n"),
        ("( a + b ) ^ { 2 }", "(a + b)^2"),
        (r"x _ { i + 1 } ^ { ' } = \sin \theta", r"x_{i+1}' = \sin \theta"),
        (r"\mathrm { f o r ~ a l l } x", r"\text{for all }x"),
        (r"\mathrm { i f } x", r"\text{if }x"),
        (r"\mathrm { H o m } ( A , B )", r"\operatorname{Hom}(A, B)"),
        (r"5 \mathrm { k g }", r"5\,\mathrm{kg}"),
        (r"v _ { \mathrm { m a x i } }", r"v_{\mathrm{maxi}}"),
        (r"( \begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix} )", r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}"),
        (r"a \equiv b ( \bmod n )", r"a \equiv b\pmod{n}"),
        (r"| \frac { a } { b } |", r"\left|\frac{a}{b}\right|"),
        (r"- x \leq - 1", r"-x \leq -1"),
        (
            r"\begin{aligned} a & = b \\ & = c \end{aligned}",
            r"\begin{aligned} a & = b \\ & = c \end{aligned}",
        ),
        (r"\mathbb { R } ^ { n }", r"\mathbb{R}^n"),
        (r"\sum _ { i = 1 } ^ { n } x _ { i } p _ { i } ^ { 2 } q", r"\sum_{i=1}^n x_i p_i^2 q"),
        (r"e ^ { x _ { i } y }", r"e^{x_iy}"),
    ],
)
def test_it_writes_as_an_author_does(canonical: str, written: str) -> None:
    assert print_latex(canonical) == written


@given(pieces)
def test_what_is_written_means_what_was_given(latex: str) -> None:
    try:
        canonical = canonicalize(latex)
    except NotMathematicsError:
        return
    assert canonicalize(print_latex(canonical)) == canonical
