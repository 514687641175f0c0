r"""What MathJax passes over without a word is in every form all the same.

Peers (KaTeX, Temml) and pdfTeX print all of these; each was once dropped silently.
"""

import re
from collections.abc import Iterator

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.starmath import to_starmath
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.core.formats.wrapping import formula_body


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


def signs(mathml: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", mathml).split())


async def plain(renderer: MathJaxRenderer, latex: str) -> str:
    return to_unicode(read_mathml(await renderer.mathml(formula_body(latex))))


@pytest.mark.parametrize(
    "name", ["align", "align*", "flalign", "gather", "gather*", "multline", "eqnarray", "aligned", "gathered"]
)
@pytest.mark.parametrize("blank", ["", "\n", " "])
async def test_a_derivation_that_begins_with_a_bracket_keeps_it(
    renderer: MathJaxRenderer, name: str, blank: str
) -> None:
    source = rf"\begin{{{name}}}{blank}[x, p] = i\hbar \\ [a, b] = 0\end{{{name}}}"
    for latex in (source, formula_body(source)):
        assert signs(await renderer.mathml(latex)) == "[x,p]=iℏ[a,b]=0"


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{aligned}[t]a&=b\end{aligned}",
        r"\begin{gathered} [b] a=b\end{gathered}",
        r"\begin{alignedat}[c]{1}a&=b\end{alignedat}",
        r"\begin{multlined}[t][3cm]a=b\end{multlined}",
        r"\begin{multlined}[3cm]a=b\end{multlined}",
        r"\begin{array}[t]{c}a=b\end{array}",
    ],
)
async def test_the_place_of_an_inner_derivation_is_no_part_of_it(
    renderer: MathJaxRenderer, latex: str
) -> None:
    assert signs(await renderer.mathml(formula_body(latex))) == "a=b"


@pytest.mark.parametrize(
    "latex",
    [
        r"\mqty(a & b \\ c & d)",
        r"\mqty{a & b \\ c & d}",
        r"\pmqty{a & b \\ c & d}",
        r"\mdet{a & b \\ c & d}",
        r"\begin{array}{} a & b \\ c & d\end{array}",
    ],
)
async def test_a_table_without_columns_named_keeps_its_first_cell(
    renderer: MathJaxRenderer, latex: str
) -> None:
    assert re.sub(r"[^a-z]", "", signs(await renderer.mathml(latex))) == "abcd"


@pytest.mark.parametrize(
    ("latex", "sign"),
    [(r"\nleqslant", "≰"), (r"\ngeqslant", "≱"), (r"\lneq", "⪇"), (r"\gneq", "⪈"), (r"\nleq", "≰")],
)
async def test_a_negated_relation_is_the_sign_that_says_it(
    renderer: MathJaxRenderer, latex: str, sign: str
) -> None:
    assert signs(await renderer.mathml(f"a{latex} b")) == f"a{sign}b"


STRUCK = [
    r"\slashed{D}",
    r"\not D",
    r"\not{\!D}",
    r"{\not\!\!D}",
    r"\not\!D",
    r"\rlap{/}D",
    r"D\!\!\!\!/",
    r"/\!\!\!\!D",
    r"D\hspace{-0.27cm}/",
    r"\mathrlap{/}D",
]


@pytest.mark.parametrize("latex", STRUCK)
async def test_a_letter_with_a_stroke_through_it_is_no_division(
    renderer: MathJaxRenderer, latex: str
) -> None:
    mathml = await renderer.mathml(rf"i{latex} \psi")
    assert signs(mathml) == "iD̸ψ"
    node = read_mathml(await renderer.mathml(latex))
    assert to_typst(node) == "$ cancel(D) $"
    assert to_unicode(node) == "D̸"
    assert to_asciimath(node) == '"D̸"'
    assert to_starmath(node) == 'ital "D̸"'
    assert '<m:sty m:val="i" /></m:rPr><m:t>D̸</m:t>' in to_omml(node)


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"a\!/b", "a/b"),
        (r"X/\!\!/G", "X//G"),
        (r"X/\!/G", "X//G"),
        (r"\not=", "≠"),
        (r"\not{=}", "≠"),
        (r"a/b\!\!c", "a/bc"),
    ],
)
async def test_what_only_stands_close_is_not_struck(
    renderer: MathJaxRenderer, latex: str, written: str
) -> None:
    assert (await plain(renderer, latex)).replace(" ", "") == written


async def test_a_stroke_through_more_than_a_letter_is_kept(renderer: MathJaxRenderer) -> None:
    for latex in (r"\not{AB}", r"\not 3", r"\slashed{AB}"):
        assert 'notation="updiagonalstrike"' in await renderer.mathml(latex)


async def test_faces_of_words_and_names_reach_libreoffice(renderer: MathJaxRenderer) -> None:
    sources = [r"\textbf{if}", r"\textit{if}", r"\texttt{x1}", r"\mathbf{AB}", r"\mathsf{AB}", r"\mathbb{AB}"]
    written = [to_starmath(read_mathml(await renderer.mathml(latex))) for latex in sources]
    assert written == [
        'bold "if"',
        'ital "if"',
        'font fixed "x1"',
        "bold func AB",
        "font sans func AB",
        '"𝔸𝔹"',
    ]


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\si{\meter\per\second^2}", "m s⁻²"),
        (r"\num{1.654 x 2.34e3}", "1.654 × 2.34 × 10³"),
        (r"\qtyproduct{2 x 4}{\metre}", "2 m × 4 m"),
        (r"\qty[per-mode = symbol]{1.99}[\$]{\per\kilogram}", "$1.99/kg"),
        (r"\SI{5}{\kWh}", "5 kW h"),
        (r"\complexnum{1+2i}", "1 + 2i"),
        (r"x\hspace{1cm}y", "x y"),
        (r"x\hspace { 1 c m }y", "x y"),
        (r"\text{Navier--Stokes} + \text{a---b} + \texttt{--x}", "Navier–Stokes + a—b + --x"),
        (r"\left\lang x\right\rang", "⟨x⟩"),
        (r"a\questeq b \BbbR", "a ≟ bℝ"),
    ],
)
async def test_what_a_package_prints_is_written(renderer: MathJaxRenderer, latex: str, written: str) -> None:
    assert await plain(renderer, latex) == written


async def test_numbered_cases_are_cases_with_words(renderer: MathJaxRenderer) -> None:
    same = r"f(x)=\begin{cases} 1 & \text{if $a$} \\ 2 & \text{else}\end{cases}"
    latex = r"\begin{numcases}{f(x)=} 1 & if $a$ \\ 2 & else\end{numcases}"
    assert read_mathml(await renderer.mathml(latex)) == read_mathml(await renderer.mathml(same))


@pytest.mark.parametrize(
    ("latex", "written", "typst"),
    [
        (r"\ce{(NH4)2S}", "(NH₄)₂S", '$ (upright("NH")_4)_2 upright(S) $'),
        (r"\ce{[AgCl2]-}", "[AgCl₂]⁻", '$ [upright("AgCl")_2]^(-) $'),
        (r"R^a{}_{bc} X", "Rᵃ_(bc)X", '$ class("normal", R^a)_(b c) X $'),
        (r"z^a{}_2F_1(x)", "zᵃ₂F₁(x)", "$ z^a attach(F, bl: 2, b: 1) (x) $"),
        (r"\ce{A + ^{4}_{2}He}", "A + ₂⁴He", '$ upright(A) + attach(upright("He"), tl: 4, bl: 2) $'),
    ],
)
async def test_scripts_without_a_base_stand_at_what_is_before_them(
    renderer: MathJaxRenderer, latex: str, written: str, typst: str
) -> None:
    node = read_mathml(await renderer.mathml(latex))
    assert (to_unicode(node), to_typst(node)) == (written, typst)


async def test_the_frame_of_an_answer_is_drawn_in_libreoffice_and_said_in_plain_text(
    renderer: MathJaxRenderer,
) -> None:
    node = read_mathml(await renderer.mathml(r"\boxed{x = 42}"))
    assert to_starmath(node) == "overline {underline {left lline ` x = 42 ` right rline}}"
    assert to_unicode(node) == "▭(x = 42)"


async def test_the_upright_rule_of_a_table_reaches_libreoffice_and_a_level_one_is_refused(
    renderer: MathJaxRenderer,
) -> None:
    augmented = r"\left[\begin{array}{cc|c}1&0&2\\0&1&3\end{array}\right]"
    written = to_starmath(read_mathml(await renderer.mathml(augmented)))
    assert written == "left [ matrix {{1} # {0} # {lline} # {2} ## {0} # {1} # {lline} # {3}} right ]"
    with pytest.raises(ConversionError, match="level rules"):
        to_starmath(read_mathml(await renderer.mathml(r"\begin{array}{c}1\\ \hline 2\end{array}")))
