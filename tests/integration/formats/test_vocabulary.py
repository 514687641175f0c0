r"""What documents with the usual packages may say is drawn and converted, or refused by its name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.core.formats.wrapping import formula_body
from writetex_desktop.core.markup.spellings import SPELLINGS

ROWS = (Path(__file__).parents[2] / "data" / "vocabulary.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def renderer(qapp: object) -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


async def plain(renderer: MathJaxRenderer, latex: str) -> str:
    return to_unicode(read_mathml(await renderer.mathml(latex)))


@pytest.mark.parametrize("row", ROWS)
async def test_a_row_of_the_vocabulary_is_drawn_and_has_mathml(renderer: MathJaxRenderer, row: str) -> None:
    formula = await renderer.render(formula_body(row))
    assert formula.width_em > 0
    assert read_mathml(await renderer.mathml(formula_body(row))) is not None


@pytest.mark.parametrize("name", SPELLINGS)
async def test_a_name_of_another_dialect_is_drawn_as_the_standard_one(
    renderer: MathJaxRenderer, name: str
) -> None:
    source = f"\\{name}{{x}}"
    assert await renderer.mathml(source) == await renderer.mathml(f"{SPELLINGS[name]}{{x}}")


@pytest.mark.parametrize(
    ("latex", "command"),
    [
        (r"\landupint x", r"\landupint"),
        (r"\begin{prooftree}\AxiomC{A}\end{prooftree}", "prooftree"),
        (r"\begin{tikzcd} A \end{tikzcd}", "tikzcd"),
        (r"\text{\unheard x}", r"\unheard"),
        (r"\unit{\parsec}", r"\parsec"),
        (r"\begin{array}{cq} a & b\end{array}", "q"),
    ],
)
async def test_what_is_not_known_is_refused_by_its_name(
    renderer: MathJaxRenderer, latex: str, command: str
) -> None:
    with pytest.raises(RenderError, match=re.escape(command)):
        await renderer.render(latex)


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\text{\P \L \ss \c{c} \H{o}}", "¶Łßç ő"),
        (r"\text{\alpha \le b}", "α ≤ b"),
        (r"\begin{array}{r@{{}={}}l} a&b+c\end{array}", None),
        (r"\num{1.5e-3}", "1.5 × 10⁻³"),
        (r"\num{12345.6}", "12345.6"),
        (r"\ang{10;20;30}", "10°20′30″"),
        (r"\char65 \char`B", "AB"),
        (r"\newcommand*{\w}{x}\w \providecommand\w{y}\w", "xx"),
        (r"x⃗ + v_{нач}", "x⃗ + v_(нач)"),
        ("€ + ₹ + ə", "€ + ₹ + ə"),
        (r"\SI{9.8}{\metre\per\second\squared}", "9.8 m s⁻²"),
        (r"\int du\, f(u)", "∫du f(u)"),
        (
            r"\DeclareMathOperator*{\es}{ess\,sup}\es_x f + \operatorname{ess\,inf} g",
            "ess supₓ f + ess inf g",
        ),
    ],
)
async def test_a_command_says_what_it_stands_for(
    renderer: MathJaxRenderer, latex: str, written: str | None
) -> None:
    if written is not None:
        assert await plain(renderer, latex) == written


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (
            r"\begin{array}{r@{{}={}}l} a&b+c\\ d&e\end{array}",
            r"\begin{array}{rcl} a&{}={}&b+c\\ d&{}={}&e\end{array}",
        ),
        (r"\begin{array}{*{2}{c}} a&b\end{array}", r"\begin{array}{cc} a&b\end{array}"),
        (r"\begin{array}{>{x}c<{y}p{2cm}} a&b\end{array}", r"\begin{array}{cl} xay&b\end{array}"),
        (r"\begin{array}{c!{+}c} a&b\\ \hline c&d\end{array}", None),
        (
            r"\begin{array}{ccc}\multicolumn{2}{c}{a}&b\\ c&d&e\end{array}",
            r"\begin{array}{ccc} {a}&&b\\ c&d&e\end{array}",
        ),
    ],
)
async def test_what_stands_between_columns_is_in_the_cells(
    renderer: MathJaxRenderer, latex: str, same: str | None
) -> None:
    mathml = await renderer.mathml(latex)
    if same is None:
        assert mathml.count("<mo>+</mo>") == 2
        return
    cells = [
        re.sub(r"<mrow />| columnspacing=\"[^\"]*\"", "", each)
        for each in (mathml, await renderer.mathml(same))
    ]
    assert cells[0] == cells[1]


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"\SI{9.8}{\metre\per\second\squared}", r"{9.8}\,\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\qty{3}{\kilo\gram}", r"{3}\,\mathrm{kg}"),
        (r"\si[per-mode=symbol]{\joule\per\mole\per\kelvin}", r"\mathrm{J}/(\mathrm{mol}\,\mathrm{K})"),
        (r"\unit{kg.m/s^2}", r"\mathrm{kg\,m/s^2}"),
        (r"\SIrange{1}{2}{\metre}", r"{1}\,\mathrm{m}\text{ to }{2}\,\mathrm{m}"),
        (r"\SI{5}{\percent}", r"{5}\mathrm{\%}"),
    ],
)
async def test_a_quantity_is_set_as_siunitx_does(renderer: MathJaxRenderer, latex: str, same: str) -> None:
    assert await renderer.mathml(latex) == await renderer.mathml(same)


async def test_a_font_that_the_source_names_says_nothing_but_a_name(renderer: MathJaxRenderer) -> None:
    hostile = await renderer.mathml(r"\unicode[serif;background:url(https://a.example)]{x41}")
    assert "url" not in hostile
    assert 'fontfamily="serif"' in await renderer.mathml(r"\unicode[serif]{x41}")


@pytest.mark.parametrize("name", ["prooftree", "tikzcd", "tikzpicture", "circuitikz"])
async def test_what_only_latex_draws_is_no_mistake_of_the_source(
    renderer: MathJaxRenderer, name: str
) -> None:
    with pytest.raises(RenderError) as caught:
        await renderer.render(rf"\begin{{{name}}} A \end{{{name}}}")
    assert caught.value.remedy.text == "Choose a LaTeX or Markdown format for text, tables and drawings."


KATEX = (Path(__file__).parents[2] / "data" / "katex-commands.txt").read_text(encoding="utf-8").splitlines()
"""A source for each function, macro, sign and environment of KaTeX 0.19.1 that KaTeX itself draws."""

NOT_OURS = {
    # Primitives of TeX that change how the rest is read, or write messages.
    *("\\let", "\\futurelet", "\\noexpand", "\\expandafter", "\\message", "\\errmessage", "\\show"),
    *("\\includegraphics", "\\reflectbox", "\\mathreflectbox", "\\sixptsize"),
}


async def test_what_katex_draws_is_drawn_and_converted_or_refused_by_its_name(
    renderer: MathJaxRenderer,
) -> None:
    refused: dict[str, str] = {}
    for source in KATEX:
        try:
            assert (await renderer.render(formula_body(source))).width_em >= 0
            assert read_mathml(await renderer.mathml(formula_body(source))) is not None
        except RenderError as error:
            refused[source.split()[0]] = error.message
    assert refused.keys() == NOT_OURS
    assert all(command in message for command, message in refused.items())
