r"""Each construct within each other one comes through with what is in it, or is refused."""

import unicodedata
from collections.abc import Iterator
from typing import Final

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.starmath import to_starmath
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode

RED: Final = r"\textcolor{red}{%s}"
CONSTRUCTS: Final = (
    *(r"\frac{%s}{q}", r"\sqrt[%s]{q}", r"q^{%s}", r"\overline{%s}", r"\underline{%s}", r"\overset{%s}{q}"),
    *(r"\underbrace{q}_{%s}", r"\boxed{%s}", r"\cancel{%s}", r"\left\{%s\right.", r"\bigl(%s\bigr)"),
    *(r"\begin{pmatrix}%s&q\end{pmatrix}", r"\begin{cases}%s&q\\r&q\end{cases}", r"\xrightarrow[%s]{q}"),
    *(RED, r"\fcolorbox{red}{white}{$%s$}", r"\sum_{%s}^q", r"\prescript{%s}{q}{R}"),
    *(r"\ce{A ->[$%s$] B}", r"\begin{array}{c|c}%s&q\\ \hline r&q\end{array}", r"\binom{%s}{q}"),
    *(r"\lim_{%s}q", r"\widehat{%s}", r"\vec{%s}", r"\stackrel{q}{%s}", r"\operatorname*{arg}_{%s}"),
)
WRITERS: Final = (to_typst, to_omml, to_asciimath, to_starmath, to_unicode)


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


async def forms(renderer: MathJaxRenderer, latex: str) -> list[str | None]:
    """Give a formula in every form; None for one that refuses it."""
    node = read_mathml(await renderer.mathml(latex))
    written: list[str | None] = []
    for write in WRITERS:
        try:
            written.append(write(node))
        except ConversionError:
            written.append(None)
    return written


@pytest.mark.parametrize("outer", CONSTRUCTS)
async def test_a_construct_within_another_comes_through_or_is_refused(
    renderer: MathJaxRenderer, outer: str
) -> None:
    without = await forms(renderer, outer % "Z")
    pairs = 0
    for inner in CONSTRUCTS:
        if outer == inner == RED:
            continue  # red within red is red
        try:
            written = await forms(renderer, outer % (inner % "Z"))
        except RenderError:
            continue
        pairs += 1
        for text, bare in zip(written, without, strict=True):
            if text is not None:
                assert "Z" in unicodedata.normalize("NFKD", text), inner
                assert text != bare, inner
    assert pairs > len(CONSTRUCTS) / 2
