"""The visual check on pictures that other programs drew: TeX, Typst, a scan, dark and faint ones."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.sign_shapes import SignShapes
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Alternative,
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.reading.trust import Likeness
from writetex_desktop.services.reading.closest_reading import ClosestReading
from writetex_desktop.services.reading.visual_check import VisualCheck

SAMPLES = resource_dir() / "samples"
TRUTH = {each["file"]: each["latex"] for each in json.loads((SAMPLES / "truth.json").read_text("utf-8"))}
TOO_SMALL = "04-small.png"

CHANGED = {
    "01-quadratic.png": ("4ac", "4dc"),
    "02-euler.png": ("+ 1", "- 1"),
    "03-gauss-dark.png": ("dx", "dy"),
    "13-sets-typst.png": ("\\cap", "\\cup"),
}


@pytest.fixture(scope="module")
def check(qapp: QApplication) -> Iterator[VisualCheck]:
    renderer = MathJaxRenderer(resource_dir())
    yield VisualCheck(
        renderer, to_bitmap, PillowCodec().read_ink, SignShapes(resource_dir() / "signs" / "signs.npz")
    )
    renderer.close()


def picture(name: str) -> bytes:
    return Path(SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", sorted(TRUTH.keys() - {TOO_SMALL}))
async def test_the_right_formula_raises_no_alarm(check: VisualCheck, name: str) -> None:
    verdict = await check.check(PillowCodec().decode(picture(name)), TRUTH[name])
    assert verdict is not None
    assert verdict.differs == ()
    assert verdict.likeness >= 0.8


@pytest.mark.parametrize("name", CHANGED)
async def test_a_changed_sign_is_seen(check: VisualCheck, name: str) -> None:
    old, new = CHANGED[name]
    wrong = TRUTH[name].replace(old, new, 1)
    assert wrong != TRUTH[name]
    verdict = await check.check(PillowCodec().decode(picture(name)), wrong)
    assert verdict is not None
    assert verdict.differs


async def test_nothing_is_claimed_of_a_picture_that_is_too_small(check: VisualCheck) -> None:
    verdict = await check.check(PillowCodec().decode(picture(TOO_SMALL)), TRUTH[TOO_SMALL])
    assert verdict is not None
    assert verdict.is_too_small
    assert verdict.differs == ()


@pytest.mark.parametrize("name", ["01-quadratic.png", "15-gradient-sans.png", TOO_SMALL])
async def test_an_answer_of_another_shape_is_said_to_differ_however_small_the_picture_is(
    check: VisualCheck, name: str
) -> None:
    inverse = r"\frac{1}{ad-bc}\begin{pmatrix} d & -b \\ -c & a \\ e & f \\ g & h \end{pmatrix}"
    verdict = await check.check(PillowCodec().decode(picture(name)), inverse)
    assert verdict is not None
    assert verdict.is_another
    assert verdict.differs
    assert verdict.drawn
    assert verdict.summary is Likeness.DIFFERS


@pytest.mark.parametrize("name", CHANGED)
async def test_of_two_readings_the_one_that_is_printed_wins(check: VisualCheck, name: str) -> None:
    old, new = CHANGED[name]
    wrong = TRUTH[name].replace(old, new, 1)
    answer = Recognition(
        wrong,
        Mode.FORMULA,
        Engine.OFFLINE,
        "own",
        0.1,
        confidence=0.5,
        alternatives=(Alternative(TRUTH[name], 0.3),),
    )

    async def recognise(request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        assert (request.bitmap, profile) == (bitmap, "")
        yield answer

    bitmap = PillowCodec().decode(picture(name))
    request = RecognitionRequest(EncodedImage("image/png", picture(name), 0, 0), bitmap=bitmap)
    reading = ClosestReading(recognise, lambda: check)
    (chosen,) = [event async for event in reading.recognise(request, profile="")]
    assert isinstance(chosen, Recognition)
    assert chosen.markup == TRUTH[name]
    assert [other.markup for other in chosen.alternatives] == [wrong]
