"""What we write as AsciiMath, read by ASCIIMathML itself, shows what MathJax makes of the LaTeX."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asciimath_reader import AsciiMathReader
from tests.mathml_shape import shape
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.reading import read_mathml

DATA = Path(__file__).parents[2] / "data"
CORPUS = json.loads((DATA / "render-corpus.json").read_text(encoding="utf-8"))
GOLDENS: dict[str, dict[str, str]] = json.loads((DATA / "format-goldens.json").read_text(encoding="utf-8"))
FORMULAS: list[str] = [each["latex"] for each in CORPUS if each["expect"] == "ok"] + list(GOLDENS)

TRAPS = [
    r"A_{(i,j)} + f((a,b))",
    r"((a,b),(c,d))",
    r"\left|(a,b),(c,d)\right| + |(a,b)|",
    r"\sqrt{(a,b)}",
    r"\sin\frac{x}{2} + \log_2\frac{x}{3} + \log h_i \frac{x}{2}",
    r"a/b + \frac{x_1}{y} + \frac{O}{2} + \frac{1}{f}(x)",
    r"]0,1[ + \frac{]0,1[}{2} + [0,1) + \left[0,1\right)",
    r"f|_U = g|_U + |x|^2",
    r"|\psi\rangle\langle\phi| + \lVert v \rVert_2",
    r"\lfloor |x| \rfloor + \left\lceil\frac{x}{2}\right\rceil",
    r"x^{1{,}000} + .5 + \text{a, b}",
    r"\begin{Bmatrix} a & b\\ c & d\end{Bmatrix} + \begin{pmatrix} a & b\end{pmatrix}",
    r"\begin{Vmatrix} a\\b\end{Vmatrix}",
    r"\begin{pmatrix} f(a,b), & (1,2) \\ \log x_i & y \end{pmatrix}",
    r"\left[\begin{array}{cc|c} 1 & 2 & 3\\ 4 & 5 & 6\end{array}\right]",
    r"\left(\begin{pmatrix} 1\\ 2\end{pmatrix}\right)",
    r"\mathbb{1}_A + \mathbf{Set} + \mathfrak{gl}_n + \mathrm{d}x + \textbf{if}",
    r"\overset{a}{\underset{b}{=}} + \bigoplus_{i=1}^n V_i + \int\limits_D f",
    r"R'_{p''} + F''_n + {}'E + f'^2",
    r"\ce{A <=> B} + \ce{A <=>> B} + \ce{A ->[H2O][\Delta] B}",
    r"\begin{aligned} |\psi\rangle &= |a, b|\rangle \\ &= P(A|B) \end{aligned}",
    r"\wedge^p V + V \setminus W + {:} - {:}",
    r"\langle -, -\rangle + (:,1) + \{ : \}",
    r"(y+N)^{2} = x. + F({}^{*}(a))",
    r"\left. \frac{df}{dx} \right|_{x=0} + \left.x\right\rbrace",
    r"\_ + \# + \text{`} + \operatorname*{argmax}_x f",
]
"""Where the parser reads something else than what seems to stand there."""


@pytest.fixture(scope="module")
def reader() -> AsciiMathReader:
    return AsciiMathReader()


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


async def test_all_of_the_corpus_that_is_offered_is_read_back_as_the_same_formula(
    renderer: MathJaxRenderer, reader: AsciiMathReader
) -> None:
    offered = 0
    other = {}
    for latex in FORMULAS:
        try:
            mathml = await renderer.mathml(latex)
            written = to_asciimath(read_mathml(mathml))
        except (ConversionError, RenderError):
            continue
        offered += 1
        if shape(reader.mathml(written)) != shape(mathml):
            other[latex] = written
    assert other == {}
    assert offered >= 0.94 * len(FORMULAS)


@pytest.mark.parametrize("latex", TRAPS)
async def test_a_trap_of_the_parser_is_written_around(
    renderer: MathJaxRenderer, reader: AsciiMathReader, latex: str
) -> None:
    mathml = await renderer.mathml(latex)
    written = to_asciimath(read_mathml(mathml))
    read = reader.mathml(written)
    assert shape(read) == shape(mathml), written
    assert "merror" not in read


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        (r"\xcancel{x}", "A box, a frame or a stroke other than one rising line cannot be written"),
        (r"\boxed{x}", "A box, a frame or a stroke other than one rising line cannot be written"),
        (
            r"\begin{array}{c} a \\ \hline b\end{array}",
            "A table with level rules or a frame cannot be written",
        ),
        (r"\text{a \unicode{34} b}", "A quotation mark cannot be written in AsciiMath."),
    ],
)
async def test_what_asciimath_cannot_carry_is_refused_in_words(
    renderer: MathJaxRenderer, latex: str, sentence: str
) -> None:
    mathml = await renderer.mathml(latex)
    with pytest.raises(ConversionError) as caught:
        to_asciimath(read_mathml(mathml))
    assert caught.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("a/b", "a//b"),
        ("x_1", "x^1"),
        ("bb(x)", "x"),
        ("sin(x)", "s i n(x)"),
        ("((a,b),(c,d))", '((a ","b) "," (c ","d))'),
        ("sqrt(x)", "root(3)(x)"),
        ("12", "1 2"),
    ],
)
def test_the_comparison_tells_formulas_apart(reader: AsciiMathReader, one: str, another: str) -> None:
    assert shape(reader.mathml(one)) != shape(reader.mathml(another))
