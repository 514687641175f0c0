"""Files are read side by side, and what was paid for is not lost when its form cannot be had."""

from collections.abc import AsyncIterator

from tests.fakes import FakeImageCodec
from writetex_desktop.core.errors import ConversionError, ImageError, WriteTexError
from writetex_desktop.core.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.services.batch import FileResult, as_record, recognise_files

FILES = {"a.png": bytes((1, 1, 1, 2, 3, 4)), "b.png": bytes((1, 1, 5, 6, 7, 8))}


def read(name: str) -> bytes:
    if name not in FILES:
        raise ImageError("There is no such file.", "Check the name.")
    return FILES[name]


async def recognise(request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
    markup = "x" if request.image.data[0] == 1 else r"\pm x"
    yield Recognition(markup, Mode.FORMULA, Engine.ENDPOINT, f"m{profile}", 0.5)


async def export(recognition: Recognition) -> str:
    if "pm" in recognition.markup:
        raise ConversionError(
            "The sign ± cannot be written in SymPy or Mathematica.", "Choose another format."
        )
    return f"<{recognition.markup}>"


async def results(*files: str) -> list[FileResult]:
    found = recognise_files(
        files, read=read, codec=FakeImageCodec(), recognise=recognise, export=export, at_once=2
    )
    return [result async for result in found]


async def test_results_come_in_the_order_of_the_files_in_the_form_that_is_wanted() -> None:
    first, second = await results("a.png", "missing.png")
    assert (first.file, first.output, first.markup) == ("a.png", "<x>", "x")
    assert as_record(first)["latex"] == "<x>"
    assert isinstance(second.outcome, ImageError)
    assert "latex" not in as_record(second)


async def test_a_result_that_cannot_have_its_form_is_an_error_that_keeps_the_markup() -> None:
    (result,) = await results("b.png")
    assert isinstance(result.outcome, WriteTexError)
    assert as_record(result) == {
        "file": "b.png",
        "error": "The sign ± cannot be written in SymPy or Mathematica.",
        "remedy": "Choose another format.",
        "latex": r"\pm x",
    }
