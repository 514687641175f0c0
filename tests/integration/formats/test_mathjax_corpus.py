"""The whole corpus through one MathJax engine in one process."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from writetex_desktop.adapters.exporters.asciimath import COMPONENT
from writetex_desktop.adapters.exporters.mathjax import COMPONENTS, MathJaxRenderer, RenderLimits
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula

CORPUS = Path(__file__).parents[2] / "data" / "render-corpus.json"
PACKAGING = Path(__file__).parents[3] / "packaging"


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    latex: str
    ordinary: bool


def read_corpus() -> list[Sample]:
    entries = json.loads(CORPUS.read_text("utf-8"))
    return [
        Sample(
            entry["id"],
            "".join(text * count for text, count in entry["repeat"]) if "repeat" in entry else entry["latex"],
            entry["group"] not in {"partial", "hostile"},
        )
        for entry in entries
    ]


ORDINARY = [sample for sample in read_corpus() if sample.ordinary]
OTHERS = [sample for sample in read_corpus() if not sample.ordinary]


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


async def try_to_draw(renderer: MathJaxRenderer, latex: str) -> RenderedFormula | RenderError:
    try:
        return await renderer.render(latex)
    except RenderError as error:
        return error


async def test_nearly_all_ordinary_formulas_can_be_drawn_by_qtsvg(renderer: MathJaxRenderer) -> None:
    drawn = [await try_to_draw(renderer, sample.latex) for sample in ORDINARY]
    formulas = [formula for formula in drawn if isinstance(formula, RenderedFormula)]
    assert len(ORDINARY) == 131
    assert len(formulas) >= 128
    for formula in formulas:
        assert formula.svg.count("<svg") == 1
        assert not re.search(r"currentColor| style=|class=|NaN", formula.svg)


async def test_nearly_all_ordinary_formulas_have_mathml(renderer: MathJaxRenderer) -> None:
    count = 0
    for sample in ORDINARY:
        try:
            markup = await renderer.mathml(sample.latex)
        except RenderError:
            continue
        count += 1
        assert not re.search(r"data-(?!mjx-variant)|class=| style=|href=", markup)
    assert count >= 128


@pytest.mark.timeout(300)
async def test_unfinished_and_hostile_sources_end_and_leave_the_engine_whole(
    renderer: MathJaxRenderer,
) -> None:
    await renderer.warm()
    before = await renderer.render(r"\frac{a}{b}")
    assert len(OTHERS) == 53
    for sample in OTHERS:
        await try_to_draw(renderer, sample.latex)
        assert await renderer.render(r"\frac{a}{b}") == before, sample.name


@pytest.mark.parametrize(
    "definition",
    [
        r"\def\leaked{y}",
        r"\let\leaked=y",
        r"\newcommand{\leaked}{y}",
        r"\DeclareMathOperator{\leaked}{y}",
        r"\DeclarePairedDelimiter{\leaked}{\lvert}{\rvert}",
        r"\Newextarrow{\leaked}{5,5}{8672}",
        r"\label{leaked} \begin{equation}y\end{equation}",
    ],
)
async def test_no_definition_outlives_its_formula(renderer: MathJaxRenderer, definition: str) -> None:
    assert isinstance(await try_to_draw(renderer, f"{definition} x"), RenderedFormula)
    with pytest.raises(RenderError, match="leaked"):
        await renderer.render(r"\leaked{x}")


async def test_a_redefined_command_is_itself_again_in_the_next_formula(renderer: MathJaxRenderer) -> None:
    before = await renderer.render(r"\alpha + \color{red} x")
    await renderer.render(r"\renewcommand{\alpha}{y} \definecolor{red}{rgb}{0,1,0} \alpha \color{red} x")
    assert await renderer.render(r"\alpha + \color{red} x") == before


async def test_labels_can_be_used_again(renderer: MathJaxRenderer) -> None:
    source = r"\begin{equation} x \label{a} \end{equation}"
    assert await renderer.render(source) == await renderer.render(source)


async def test_physics_helps_only_where_a_command_is_unknown(renderer: MathJaxRenderer) -> None:
    division = await renderer.render(r"a \div b")
    await renderer.render(r"\dv{f}{x} + \abs{y}")
    assert await renderer.render(r"a \div b") == division


async def test_a_quantity_of_siunitx_is_not_one_of_physics(renderer: MathJaxRenderer) -> None:
    markup = await renderer.mathml(r"\qty{5.2e3}{\kilo\gram}")
    assert re.sub(r"<[^>]*>", "", markup) == "5.2×103kg"
    assert "fence" not in markup
    assert "(" in await renderer.mathml(r"\qty(\frac{a}{b})")


@pytest.mark.parametrize(
    ("source", "error_id", "position"),
    [
        (r"a + \nosuch b", "UndefinedControlSequence", 4),
        (r"\frac{\nosuch}{b}", "UndefinedControlSequence", 6),
        (r"x + \frac{1}{2", "MissingCloseBrace", 14),
        (r"x_1_2 + y", "DoubleSubscripts", 4),
        (r"\begin{foo} x", "UnknownEnv", 11),
        (r"a & b", "Misplaced", 3),
    ],
)
async def test_the_parser_says_what_and_where(
    renderer: MathJaxRenderer, source: str, error_id: str, position: int
) -> None:
    error = await try_to_draw(renderer, source)
    assert isinstance(error, RenderError)
    assert (error.error_id, error.position) == (error_id, position)
    assert error.message.endswith(".")


@pytest.mark.parametrize(
    ("source", "error_id"),
    [
        ("x" * 20_001, "TooLong"),
        ("{" * 201 + "}" * 201, "TooDeep"),
        (r"\begin{array}{c}" * 1200, "MaxMacroSub2"),
        (r"\begin{matrix}" * 300 + "x" + r"\end{matrix}" * 300, "TooDeep"),
        ("x\0", "ControlCharacter"),
        ("x\ud800", "ControlCharacter"),
        (r"\unicode{xD800}", ""),
        (r"\char0", ""),
    ],
)
async def test_what_would_harm_the_engine_is_refused(
    renderer: MathJaxRenderer, source: str, error_id: str
) -> None:
    error = await try_to_draw(renderer, source)
    if error_id:
        assert isinstance(error, RenderError)
        assert error.error_id == error_id
    assert (await renderer.render("x")).width_em > 0


async def test_escaped_braces_are_not_depth(renderer: MathJaxRenderer) -> None:
    assert (await renderer.render(r"\{" * 250)).width_em > 0


async def test_a_slow_formula_is_stopped() -> None:
    renderer = MathJaxRenderer(resource_dir(), RenderLimits(time_s=0.05))
    error = await try_to_draw(renderer, "x_{1}+" * 2999 + "x")
    assert isinstance(error, RenderError)
    assert error.error_id == "TooSlow"
    renderer.close()


async def test_an_engine_that_ran_out_of_memory_is_built_anew() -> None:
    renderer = MathJaxRenderer(resource_dir(), RenderLimits(memory_bytes=14 << 20, time_s=20))
    ordinary = await renderer.render("x")
    error = await try_to_draw(renderer, "x_{1}+" * 2999 + "x")
    assert isinstance(error, RenderError)
    assert error.error_id == "TooLarge"
    assert await renderer.render("x") == ordinary
    renderer.close()


async def test_the_event_loop_turns_while_a_formula_is_drawn(renderer: MathJaxRenderer) -> None:
    await renderer.warm()
    drawing = asyncio.ensure_future(renderer.render("x_{1}+" * 60 + "x"))
    turns = 0
    while not drawing.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1
    assert drawing.result().width_em > 60


async def test_missing_files_are_named_as_a_matter_of_the_build(tmp_path: Path) -> None:
    renderer = MathJaxRenderer(tmp_path)
    error = await try_to_draw(renderer, "x")
    assert isinstance(error, RenderError)
    assert error.error_id == "NotBuilt"
    assert "pip install" in error.remedy.text
    renderer.close()


def test_making_a_renderer_loads_no_engine_yet() -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer;"
        "MathJaxRenderer(Path()); print('quickjs' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGING.parent,
        check=True,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.stdout.strip() == "False"


def test_the_files_that_are_loaded_are_the_files_that_are_built() -> None:
    lines = (PACKAGING / "mathjax.sha256").read_text("ascii").splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted((*COMPONENTS, COMPONENT))
