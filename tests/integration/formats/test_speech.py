"""Formulas in words and in Braille, where the build brought the engine along."""

from collections.abc import AsyncIterator

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.speech import SpeechEngine
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError

needs_engine = pytest.mark.skipif(
    not (resource_dir() / "speech" / "sre.js").exists(), reason="the build had no npm"
)


@pytest.fixture
async def renderer() -> AsyncIterator[MathJaxRenderer]:
    made = MathJaxRenderer(resource_dir())
    yield made
    made.close()


@needs_engine
async def test_a_formula_is_spoken_in_its_language_and_written_in_braille(renderer: MathJaxRenderer) -> None:
    mathml = await renderer.mathml(r"\frac{x^2}{\sqrt{y}}")
    english, french = (SpeechEngine(resource_dir(), language) for language in ("en", "fr"))
    spoken = await english.speak(mathml, braille=False)
    assert spoken == "StartFrac x squared Over StartRoot y EndRoot EndFrac"
    assert "carré" in await french.speak(mathml, braille=False)
    braille = await english.speak(mathml, braille=True)
    assert set(braille) <= {chr(code) for code in range(0x2800, 0x2900)}
    assert await english.speak(mathml, braille=False) == spoken


@needs_engine
async def test_what_the_engine_does_not_speak_is_english(renderer: MathJaxRenderer) -> None:
    mathml = await renderer.mathml("x^2")
    assert await SpeechEngine(resource_dir(), "xx").speak(mathml, braille=False) == "x squared"


async def test_a_build_without_the_engine_says_so() -> None:
    with pytest.raises(RenderError, match="built without the engine"):
        await SpeechEngine(resource_dir() / "nothing", "en").speak("<math/>", braille=False)
