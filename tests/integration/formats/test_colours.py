r"""A formula in colours keeps them where the target has colours; else the user is told."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests import omml_schema
from tests.asciimath_reader import AsciiMathReader
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.latex_text import to_latex
from writetex_desktop.core.formats.mathml.painting import unpainted
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.omml.reading import read_omml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.rtf import to_rtf
from writetex_desktop.core.formats.starmath import to_starmath
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.services.output.text_forms import from_tree

INKED = {
    r"\textcolor{red}{x} + y": {"ff0000"},
    r"a + \textcolor{red}{\frac{x}{2}} + {\color{#00f} y = z}": {"ff0000", "0000ff"},
    r"\textcolor{ForestGreen}{\sum}_{i=1}^n i": {"009b55"},
    r"\sqrt{\color{blue} x}^{\textcolor{orange}{2}}": {"0000ff", "ffa500"},
    r"\color{blue}\begin{aligned} a &= b\\ c &= d\end{aligned}": {"0000ff"},
    r"\begin{pmatrix} \textcolor{red}{1} & 2 \\ 3 & \textcolor[rgb]{0,0.5,1}{4} \end{pmatrix}": {
        "ff0000",
        "007fff",
    },
    r"\textcolor{red}{\left( \frac12 \right)}^2 \textcolor{red!50!blue}{\hat{x}}": {"ff0000", "800080"},
    r"\textcolor[HTML]{FF8000}{\text{if } x} \definecolor{me}{cmyk}{0,1,1,0}\textcolor{me!20}{w}": {
        "ff8000",
        "ffcccc",
    },
    r"\ce{\textcolor{red}{H2O}}": {"ff0000"},
    r"\textcolor{red}{\cancel{x}} + \underbrace{\textcolor{red}{a+b}}_{\textcolor{teal}{n}}": {
        "ff0000",
        "008080",
    },
}
"""Sources with the colours of their letters."""


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


async def read(renderer: MathJaxRenderer, latex: str) -> Node:
    return read_mathml(await renderer.mathml(latex))


def six(found: list[str]) -> set[str]:
    return {colour.lower() for colour in found}


@pytest.mark.parametrize("latex", INKED)
async def test_letters_keep_their_colours(renderer: MathJaxRenderer, latex: str) -> None:
    node = await read(renderer, latex)
    omml = to_omml(node)
    assert omml_schema.faults(omml) == []
    assert six(re.findall(r'<w:color w:val="(\w+)"', omml)) == INKED[latex]
    rtf = re.findall(r"\\red(\d+)\\green(\d+)\\blue(\d+);", to_rtf(omml))
    assert {bytes(map(int, each)).hex() for each in rtf} == INKED[latex]
    shown = AsciiMathReader().mathml(to_asciimath(node))
    assert six(re.findall(r'mathcolor="#(\w+)"', shown)) == INKED[latex]
    rgb = re.findall(r"color rgb (\d+) (\d+) (\d+)", to_starmath(node))
    assert {bytes(map(int, each)).hex() for each in rgb} == INKED[latex]


@pytest.mark.parametrize("latex", INKED)
async def test_the_compiler_of_typst_draws_in_these_colours(renderer: MathJaxRenderer, latex: str) -> None:
    typst: Any = pytest.importorskip("typst", reason="Typst is not installed")
    page = typst.compile(to_typst(await read(renderer, latex)).encode(), format="svg").decode()
    drawn = six(re.findall(r'(?:fill|stroke)="#(\w{6})"', page))
    assert drawn - {"ffffff", "000000"} == INKED[latex]


@pytest.mark.parametrize("latex", INKED)
async def test_a_colour_comes_back_from_what_was_written(renderer: MathJaxRenderer, latex: str) -> None:
    node = await read(renderer, latex)
    again = await read(renderer, to_latex(node))
    assert six(re.findall(r'<w:color w:val="(\w+)"', to_omml(again))) == INKED[latex]
    assert unpainted(read_omml(to_omml(node))) == read_omml(to_omml(unpainted(node)))


async def test_a_coloured_background_is_kept_or_refused_by_name(renderer: MathJaxRenderer) -> None:
    for latex in (r"\colorbox{yellow}{$x^2$} + 1", r"\bbox[yellow]{x^2} + 1"):
        node = await read(renderer, latex)
        omml = to_omml(node)
        assert omml_schema.faults(omml) == []
        assert 'w:fill="FFFF00"' in omml
        assert "\\chcbpat1" in to_rtf(omml)
        assert 'fill: rgb("#ffff00")' in to_typst(node)
        for write in (to_asciimath, to_starmath):
            with pytest.raises(ConversionError, match="coloured background"):
                write(node)


async def test_plain_text_has_no_colours_and_code_says_that_they_are_gone(renderer: MathJaxRenderer) -> None:
    node = await read(renderer, r"\textcolor{red}{x} + 1")
    with pytest.raises(ConversionError, match="A colour cannot be written in plain text"):
        to_unicode(node)
    for form, comment in (
        (OutputFormat.SYMPY, "#"),
        (OutputFormat.MATHEMATICA, "(*"),
        (OutputFormat.MATLAB, "%"),
    ):
        written = from_tree(form, node)
        assert f"{comment} The colours were left out." in written


async def test_a_letter_in_black_and_white_is_written_as_before(renderer: MathJaxRenderer) -> None:
    for latex in INKED:
        node = unpainted(await read(renderer, latex))
        assert "w:" not in to_omml(node)
        assert "text(" not in to_typst(node)
