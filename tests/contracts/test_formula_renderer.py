"""What every formula renderer does."""

import asyncio
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from tests.fakes import FakeFormulaRenderer
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import INK
from writetex_desktop.ports.rendering import FormulaRenderer

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["fake", "mathjax"])
def renderer(request: pytest.FixtureRequest) -> Iterator[FormulaRenderer]:
    renderer: FormulaRenderer = (
        FakeFormulaRenderer() if request.param == "fake" else MathJaxRenderer(resource_dir())
    )
    before = set(threading.enumerate())
    yield renderer
    renderer.close()
    left = {
        thread for thread in threading.enumerate() if not thread.name.startswith("quickjs-worker")
    } - before
    assert not left, "a thread outlived its renderer"  # quickjs starts one idle thread when it is imported


async def test_a_formula_becomes_paths_in_ink(renderer: FormulaRenderer) -> None:
    formula = await renderer.render(r"x^{2}")
    root = ET.fromstring(formula.svg)
    assert root.tag == f"{SVG}svg"
    assert root.findall(f".//{SVG}path")
    assert INK in formula.svg
    assert formula.width_em > 0
    assert formula.height_em >= formula.depth_em >= 0
    assert not formula.repaired


async def test_a_longer_formula_is_wider(renderer: FormulaRenderer) -> None:
    short = await renderer.render("x")
    long = await renderer.render("x+x+x+x")
    assert long.width_em > short.width_em


async def test_an_unknown_command_is_refused_with_its_place(renderer: FormulaRenderer) -> None:
    with pytest.raises(RenderError) as caught:
        await renderer.render(r"x + \unknowncommand y")
    assert caught.value.position == 4
    assert caught.value.message.endswith(".")


async def test_unfinished_source_is_refused_unless_it_may_be_repaired(renderer: FormulaRenderer) -> None:
    with pytest.raises(RenderError):
        await renderer.render("x^{2")
    assert (await renderer.render("x^{2", repair=True)).repaired


async def test_finished_source_is_not_repaired(renderer: FormulaRenderer) -> None:
    assert not (await renderer.render("x^{2}", repair=True)).repaired


async def test_what_cannot_be_repaired_is_refused(renderer: FormulaRenderer) -> None:
    with pytest.raises(RenderError):
        await renderer.render(r"x + \unknowncommand{y} + z^{", repair=True)


async def test_mathml_is_one_math_element_in_its_namespace(renderer: FormulaRenderer) -> None:
    root = ET.fromstring(await renderer.mathml("x"))
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert root.get("display") == "block"


async def test_mathml_is_refused_like_a_drawing(renderer: FormulaRenderer) -> None:
    with pytest.raises(RenderError):
        await renderer.mathml(r"\unknowncommand")


async def test_it_goes_on_after_a_refusal(renderer: FormulaRenderer) -> None:
    with pytest.raises(RenderError):
        await renderer.render(r"\unknowncommand")
    assert (await renderer.render("x")).width_em > 0


async def test_many_at_once_each_get_their_own(renderer: FormulaRenderer) -> None:
    formulas = await asyncio.gather(*(renderer.render("x" * count) for count in range(1, 6)))
    assert sorted(formulas, key=lambda formula: formula.width_em) == formulas


async def test_closing_twice_or_before_the_first_formula_does_no_harm(renderer: FormulaRenderer) -> None:
    renderer.close()
    renderer.close()
