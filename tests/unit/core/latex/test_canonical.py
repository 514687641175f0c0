# ruff: noqa: E501 - formulas
"""One way to say a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.latex.parser import MAX_DEPTH, NotMathematicsError


@pytest.mark.parametrize(
    ("latex", "canonical"),
    [
        ("x^2_1", "x _ { 1 } ^ { 2 }"),
        (r"\left( \frac12 \right)", r"( \frac { 1 } { 2 } )"),
        (r"{\bf x} \, \le \; {a \over b}", r"\mathbf { x } \leq \frac { a } { b }"),
        ("f'^2", "f ^ { ' 2 }"),
        (r"f^{\prime\prime}", "f ^ { ' ' }"),
        (r"$$a \to b$$", r"a \to b"),
        (r"\text{for all } x", r"\mathrm { f o r ~ a l l } x"),
        (r"\mathrm{sin}\, x", r"\sin x"),
        (r"\operatorname{Hom}(A)", r"\mathrm { H o m } ( A )"),
        (r"\mathrm{H_2O}", r"\mathrm { H } _ { 2 } \mathrm { O }"),
        (r"\mathrm{a}\mathrm{b}", r"\mathrm { a b }"),
        (r"\widehat{x} \hat{xy}", r"\hat { x } \widehat { x y }"),
        (r"\not= \not\in", r"\neq \notin"),
        ("a...b", r"a \ldots b"),
        (r"a \equiv b \pmod{n}", r"a \equiv b ( \bmod n )"),
        (r"\begin{pmatrix} a & b \end{pmatrix}", r"( \begin{matrix} a & b \end{matrix} )"),
        (
            r"\left\{\begin{array}{ll} a & b\\ c & d\end{array}\right.",
            r"\begin{cases} a & b \\ c & d \end{cases}",
        ),
        (
            r"\begin{eqnarray*} a&=&b\\ &=&c \end{eqnarray*}",
            r"\begin{aligned} a & = b \\ & = c \end{aligned}",
        ),
        (r"\begin{align} a =& b \\ =& c \end{align}", r"\begin{aligned} a & = b \\ & = c \end{aligned}"),
        (r"\begin{aligned} a &= b \end{aligned}", "a = b"),
        (r"a \\ b", r"\begin{gathered} a \\ b \end{gathered}"),
        (r"\sum\limits_{\substack{i \\ j}}", r"\sum _ { \substack { i \\ j } }"),
        (r"\sqrt[3]{x} \label{eq:1}", r"\sqrt [ 3 ] { x }"),
        ("% nothing\n", ""),
    ],
)
def test_what_looks_the_same_is_said_the_same_way(latex: str, canonical: str) -> None:
    assert canonicalize(latex) == canonical


@pytest.mark.parametrize(
    "latex",
    [
        "{",
        "}",
        r"\frac{a}",
        r"\begin{matrix} a",
        r"\begin{tikzpicture}\end{tikzpicture}",
        "x_",
        "{" * (MAX_DEPTH + 2),
    ],
)
def test_what_cannot_be_read_is_refused(latex: str) -> None:
    with pytest.raises(NotMathematicsError):
        canonicalize(latex)


pieces = st.recursive(
    st.sampled_from(
        [
            "x", "A", "7", "+", "=", ",", "(", ")", "|", r"\{", r"\}", ".", "'", "-", "~", r"\,", r"\alpha", r"\sum", r"\le", r"\not",
            r"\displaystyle", r"\dots", r"\quad", r"\mathrm{sin}", r"\text{if it}", r"\text{a $x$ b}", r"\ket{a}", r"\bf", r"\left.",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        st.tuples(
            st.sampled_from([r"\hat", r"\overline", r"\mathrm", r"\mathbf", r"\sqrt", r"\text", "", "^", "_", r"\pmod", r"\operatorname", r"\mathit"]),
            inner,
        ).map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
        st.tuples(st.sampled_from([r"\frac", r"\binom", r"\overset"]), inner, inner).map(lambda three: f"{three[0]}{{{three[1]}}}{{{three[2]}}}"),
        st.tuples(st.sampled_from(["pmatrix", "aligned", "cases", "gather*", "eqnarray"]), inner, inner, inner).map(
            lambda four: f"\\begin{{{four[0]}}} {four[1]} & {four[2]} \\\\ {four[3]} \\end{{{four[0]}}}"
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@given(pieces)
def test_the_canonical_form_of_a_canonical_form_is_itself(latex: str) -> None:
    try:
        canonical = canonicalize(latex)
    except NotMathematicsError:
        return
    assert canonicalize(canonical) == canonical


@given(st.text(alphabet="ab{}_^\\$&~'% \n[].", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        canonical = canonicalize(text)
    except NotMathematicsError:
        return
    assert canonical.count("{") >= 0
