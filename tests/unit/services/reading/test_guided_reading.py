"""Readings with the user's wishes and document."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from writetex_desktop.adapters.storage.document_file import read_document_file
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Engine,
    EngineChoice,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.guided_reading import GuidedReading

WISHES = Settings(
    instructions="for all",
    mode_instructions=((Mode.TABLE, "for tables"),),
    macros="\\newcommand{\\R}{\\mathbb{R}}",
    use_document=True,
)


class _Engine:
    """Answers, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[RecognitionRequest] = []

    async def ask(self, request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        assert profile == ""
        self.asked.append(request)
        yield Recognition("x", request.mode, Engine.ENDPOINT, "m", 0.1, warnings=("a warning",))


async def read(settings: Settings, mode: Mode = Mode.FORMULA) -> tuple[RecognitionRequest, Recognition]:
    """Read one picture; gives what the engine was asked, and the answer."""
    engine = _Engine()
    reading = GuidedReading(engine.ask, Observable(settings), read_document_file)
    request = RecognitionRequest(EncodedImage("image/png", b"", 1, 1), mode)
    events = [event async for event in reading.recognise(request)]
    assert isinstance(events[-1], Recognition)
    return engine.asked[0], events[-1]


async def test_a_picture_is_read_with_wishes_and_the_document_as_it_is_now(tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    settings = replace(WISHES, document=str(paper))
    paper.write_text("first", "utf-8")
    asked, _ = await read(settings)
    assert "first" in asked.guidance.text
    paper.write_text("second", "utf-8")
    asked, answer = await read(settings, Mode.TABLE)
    assert "second" in asked.guidance.text
    assert asked.guidance.instructions == "for all\nfor tables"
    assert str(paper) not in asked.guidance.text
    assert answer.warnings == ("a warning",)


async def test_the_commands_of_a_document_that_went_along_earlier_are_known_beside_those_of_now(
    tmp_path: Path,
) -> None:
    for name, body in (("earlier", "1"), ("now", "2")):
        (tmp_path / f"{name}.tex").write_text(
            f"\\newcommand{{\\{name}}}{{{body}}}\\newcommand{{\\both}}{{{body}}}", "utf-8"
        )
    settings = Settings(document=str(tmp_path / "now.tex"), use_document=True)
    reading = GuidedReading(_Engine().ask, Observable(settings), read_document_file)
    await reading.look(Mode.FORMULA)
    for document in (str(tmp_path / "earlier.tex"), "", str(tmp_path / "gone.tex")):
        await reading.know(document)
    assert "{1}" in reading.definitions(r"\earlier")
    assert "{2}" in reading.definitions(r"\now")
    assert "{2}" in reading.definitions(r"\both")


async def test_a_document_that_is_gone_is_told_and_the_picture_read_all_the_same(tmp_path: Path) -> None:
    asked, answer = await read(replace(WISHES, document=str(tmp_path / "gone.tex")))
    assert asked.guidance.document is None
    assert asked.guidance.instructions == "for all"
    assert answer.warnings[1].startswith("The document is no longer there")


async def test_nothing_is_read_for_the_embedded_recogniser(tmp_path: Path) -> None:
    settings = replace(WISHES, engine=EngineChoice.OFFLINE, document=str(tmp_path / "gone.tex"))
    asked, answer = await read(settings)
    assert asked.guidance.text == ""
    assert answer.warnings == ("a warning",)


async def test_the_preview_knows_the_commands_of_document_and_settings(tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    paper.write_text("\\newcommand{\\v}[1]{\\bm{#1}}", "utf-8")

    settings = Observable(replace(WISHES, document=str(paper)))
    reading = GuidedReading(_Engine().ask, settings, read_document_file)
    assert reading.definitions("\\v{x} \\R") == "\\newcommand{\\R}{\\mathbb{R}}"
    await reading.look(Mode.FORMULA)
    assert reading.definitions("\\v{x}") == "\\newcommand{\\v}[1]{\\bm{#1}}"
