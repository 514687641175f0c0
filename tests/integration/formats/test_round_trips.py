"""Whatever a formula is written as, a reader of others finds the same formula in it."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.formulas import rare_formulas, real_formulas
from tests.mathml_shape import shape
from tests.omml_reader import mathml_of
from tests.round_trips import judge
from tests.typst_reader import TypstReader
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.typst.text import to_typst

MOST: Final = 0.003
"""Which part of the formulas may come back as another one, each for a reason below."""

_ACCENTED: Final = r"\\text[a-z]*\{[^{}]*(?:\\['\"`^~=.]|[^\x00-\x7f])"
REASONS: Final = {
    "typst": [
        # The compiler's pages leave out lines and boxes, so that what was within stands beside what was not.
        r"\\(?:overline|boxed|cancel|underline).*",
        # A letter with an accent has no slanted form in Unicode, so that words fall apart.
        _ACCENTED,
    ],
    "omml": [
        # Two matrices with a bar between them are one with a line to the reader.
        r"\\middle",
    ],
    "asciimath": [
        # AsciiMath has no slanted text; words count alike, but single letters between accents do not.
        _ACCENTED,
    ],
}


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


@pytest.mark.parametrize("kind", ["rare", "real"])
async def test_formulas_come_back_as_the_same_from_the_readers_of_others(
    renderer: MathJaxRenderer, kind: str
) -> None:
    formulas = rare_formulas(300) if kind == "rare" else real_formulas(300)
    if not formulas:
        pytest.skip("The corpus of formulas is not here.")
    for name, verdict in (await judge(renderer, formulas)).items():
        unexplained = {
            latex: written
            for latex, written in verdict.other.items()
            if not any(re.search(pattern, latex) for pattern in REASONS.get(name, []))
        }
        assert unexplained == {}, name
        assert len(verdict.other) <= max(1, MOST * verdict.offered), name
        # Plain text has no matrices, strokes and frames, of which the grammar is full.
        assert verdict.offered > (0.4 if name == "unicode" else 0.9) * len(formulas), name


FAULTS: Final = [
    r"A'_\mu + x_i' + p'_{ij} + f'^2 + U^{\prime}_o",
    r"a<=b, R>>k, x:=y, a=>b, x::y, [|x|], a||b",
    r"\left[\begin{array}{cc|c}1&2&3\\ \hline 4&5&6\end{array}\right]",
    r"\left\{x \middle| \frac12\right\} + P\left(A\middle|\frac BC\right)",
    r"\underrightarrow{x}_2^2 + \xrightarrow{x}^2 + \stackrel{\sim}{h}_G",
    r"\surd + \left|\right| + \mathscr{L}\mathcal{L}",
    r"\left( \frac{a}{b} | y \right) + \left\langle a|b\right\rangle + \left\{x \mid \frac12\right\}",
    r"{}^{14}_{6}C + {}_1F_2 + \ce{^{14}_6C}",
    r"\lim_{x\to0}\sin x + \det\nolimits_\kappa M + \Omega <_t \Lambda",
    r"\overset{\phantom{x}}{y} + \overbracket{x} + \underbracket{x}_n",
    r"\left]0,\frac12\right[ + \left.\frac{df}{dx}\right|_{x=0}",
    r"\begin{matrix}\end{matrix} + \substack{}x",
    r"\textbf{if } x + \mathbf{1}",
]
"""What once came out as something else (issue 14)."""


@pytest.mark.parametrize("latex", FAULTS)
async def test_a_fault_that_was_found_is_gone(renderer: MathJaxRenderer, latex: str) -> None:
    mathml = await renderer.mathml(latex)
    tree = read_mathml(mathml)
    assert shape(mathml_of(to_omml(tree))) == shape(mathml)
    (read,) = TypstReader().mathml([to_typst(tree)])
    assert read
    assert shape(read) == shape(mathml)
