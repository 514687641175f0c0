"""What lands on the clipboard of what vision models answer, over the SDK and a server on loopback."""

import json
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from tests.fakes import FakeClock
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Engine, Recognition, RecognitionRequest
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.recognition_service import RecognitionService

ANSWERS: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "answers-of-models.json").read_text(encoding="utf-8")
)
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG\r\n\x1a\n", 64, 32))


@pytest.mark.parametrize("row", ANSWERS, ids=[row["kind"] for row in ANSWERS])
async def test_what_is_copied_is_the_formula_alone(llmock: LLMock, row: dict[str, str]) -> None:
    llmock.reply(row["answer"])
    recognizer = OpenAIRecognizer(Endpoint(llmock.base_url(), Secret("sk-llmock"), "gpt-5-mini"))
    try:
        service = RecognitionService({Engine.ENDPOINT: recognizer}, FakeClock())
        *_, found = [event async for event in service.recognize(REQUEST)]
    finally:
        await recognizer.aclose()
    assert isinstance(found, Recognition)
    assert wrap(found.markup, OutputFormat.RAW) == row["markup"]
