"""What is tried of reading without a network: a formula, a page of text, and what was written with a pen."""

import asyncio
import json
import re
from typing import Final

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.recogniser.pages.weights import find_weights
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.ink.networks import hand_model, ink_reader, symbol_finder
from writetex_desktop.composition.parts import embedded_recogniser
from writetex_desktop.composition.selftest.report import AbsentError
from writetex_desktop.core.ink.inkml import parse_inkml
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits
from writetex_desktop.core.reading.recognition import Mode, RecognitionRequest, TextDelta

SAMPLE: Final = "02-euler.png"
"""The picture of `resources/samples` that is read, and drawn on the screen to be snipped."""

_PAGE: Final = "17-paragraph.png"
_INK: Final = "20-by-hand.inkml"
_WRITTEN: Final = "x^{2} + x^{2}"
_PLUS: Final = (3, 4)
"""The strokes of the sign of addition in that ink."""

_FORMULA: Final = re.compile(r"\\\(.*?\\\)")


async def formula() -> str:
    """Decode the sample in a process of its own and read it with the embedded recogniser."""
    truth = sample_truth()
    read = await read_offline(await _sample(SAMPLE))
    if canonicalize(read) != canonicalize(truth):
        raise AssertionError(f"{SAMPLE} was read as {read}")
    return read


async def page() -> str:
    """Read a paragraph with formulas in it: every word as it stands there, and formulas as formulas."""
    if find_weights() is None:
        raise AbsentError(tr("The networks for text are not part of this package."))
    read = await read_offline(await _sample(_PAGE), Mode.TEXT)
    words, formulas = _words(read), len(_FORMULA.findall(read))
    missing = [word for word in _words(" ".join(_passages(_PAGE))) if word not in words]
    if missing or not formulas:
        raise AssertionError(f"{_PAGE} was read without {', '.join(missing) or 'formulas'}")
    return f"{len(words)} words, {formulas} formulas"


async def ink() -> str:
    """Read a formula from the strokes of a pen, and know one of its signs by its looks."""
    hand = hand_model(lambda: None)
    reader, finder = ink_reader(hand), symbol_finder()
    if reader is None or finder is None:
        raise AbsentError(tr("What reads handwriting is not part of this package."))
    drawn = parse_inkml((resource_dir() / "samples" / _INK).read_bytes())
    read = "".join([event.text async for event in reader.read(drawn) if isinstance(event, TextDelta)])
    if canonicalize(read) != canonicalize(_WRITTEN):
        raise AssertionError(f"{_INK} was read as {read}")
    found = [guess.command for guess in await finder.find(drawn.chosen(_PLUS))]
    if "+" not in found:
        raise AssertionError(f"a plus was taken for {', '.join(found)}")
    return f"{read}; a plus among {len(found)} symbols"


async def read_offline(bitmap: Bitmap, mode: Mode = Mode.FORMULA) -> str:
    """Read a picture with the embedded recogniser; gives its markup.

    Raises:
        AbsentError: This package has none.
        RecognitionError: It cannot be read.
    """
    recogniser = embedded_recogniser()
    if recogniser is None:
        raise AbsentError(tr("The embedded recogniser is not part of this package."))
    image = await asyncio.to_thread(PillowCodec().prepare, bitmap, ImageLimits())
    answer = recogniser.recognize(RecognitionRequest(image, mode, bitmap=bitmap))
    return "".join([event.text async for event in answer if isinstance(event, TextDelta)])


def sample_truth() -> str:
    """Give the LaTeX of the sample."""
    truth = json.loads((resource_dir() / "samples" / "truth.json").read_text("utf-8"))
    return next(str(item["latex"]) for item in truth if item["file"] == SAMPLE)


def _passages(name: str) -> list[str]:
    pages = json.loads((resource_dir() / "samples" / "pages.json").read_text("utf-8"))
    return next(each["passages"] for each in pages if each["file"] == name)


def _words(markup: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", _FORMULA.sub(" ", markup))


async def _sample(name: str) -> Bitmap:
    return await asyncio.to_thread(PillowCodec().decode, (resource_dir() / "samples" / name).read_bytes())
