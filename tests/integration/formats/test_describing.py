"""What a screen reader is told of the preview."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.fakes import FakeNotifier
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.services.output.describing import Describing
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.tasks import Tasks

IS_BUILT = (resource_dir() / "speech" / "sre.js").exists()


@pytest.fixture(scope="module")
def exports() -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    yield make_exports(renderer)
    renderer.close()


async def _said(exports: ExportService, latex: str, *, is_listened_to: bool) -> list[str]:
    said: list[str] = []
    tasks = Tasks(FakeNotifier())
    describing = Describing(
        exports, tasks, lambda: is_listened_to, lambda words, _mathml: said.append(words), pause_s=0
    )
    describing.show("never said")
    describing.show(latex)
    while tasks._running:
        await asyncio.wait(tasks._running)
    return said


@pytest.mark.skipif(not IS_BUILT, reason="this copy was built without the speech engine")
async def test_a_screen_reader_hears_the_formula_in_words(exports: ExportService) -> None:
    said = await _said(exports, r"\frac{1}{2}+\sqrt{x}", is_listened_to=True)
    assert said[:2] == ["", ""]
    assert said[2:] == ["one half plus StartRoot x EndRoot"] or "one half plus" in said[-1]


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{1}{2}+\sqrt{x}", "1/2+√x"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "pmatrix"),
        (r"\frac{", r"\frac{"),
    ],
)
async def test_where_nobody_listens_the_engine_is_not_built_and_plain_text_or_the_source_stands(
    exports: ExportService, latex: str, words: str
) -> None:
    said = await _said(exports, latex, is_listened_to=False)
    assert len(said) == 3
    assert words.replace(" ", "") in said[-1].replace(" ", "")
