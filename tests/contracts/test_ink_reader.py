"""What every `InkReader` keeps to."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from tests.fakes import FakeInkReader
from tests.unit.core.ink.inks import PLUS
from writetex_desktop.adapters.fingerprints import SUMS
from writetex_desktop.adapters.recogniser.handwriting.reader import OfflineInkReader
from writetex_desktop.adapters.recogniser.loaded import LoadedModel
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.signs import Choice, SignsSeen
from writetex_desktop.core.reading.recognition import Completed, RecognizerEvent, TextDelta
from writetex_desktop.ports.ink import InkReader

READERS: dict[str, Callable[[], InkReader]] = {
    "fake": FakeInkReader,
    "offline": lambda: OfflineInkReader(LoadedModel(resource_dir() / "ink", SUMS["ink"])),
}


@pytest.fixture(params=READERS.values(), ids=list(READERS))
def reader(request: pytest.FixtureRequest) -> InkReader:
    made: InkReader = request.param()
    return made


def events_of(
    reader: InkReader, ink: Ink, choices: Sequence[Choice] = ()
) -> list[RecognizerEvent | SignsSeen]:
    async def read() -> list[RecognizerEvent | SignsSeen]:
        return [event async for event in reader.read(ink, choices)]

    return asyncio.run(read())


def test_text_comes_before_the_end_and_the_end_once(reader: InkReader) -> None:
    events = events_of(reader, PLUS)
    assert isinstance(events[-1], Completed)
    assert sum(isinstance(event, Completed) for event in events) == 1
    assert "".join(event.text for event in events if isinstance(event, TextDelta)).strip()


def test_the_answer_says_how_sure_it_is(reader: InkReader) -> None:
    end = events_of(reader, PLUS)[-1]
    assert isinstance(end, Completed)
    assert end.confidence is not None
    assert 0 <= end.confidence <= 1


def test_signs_come_at_most_once_with_their_places_and_guesses(reader: InkReader) -> None:
    seen = [event for event in events_of(reader, PLUS) if isinstance(event, SignsSeen)]
    assert len(seen) <= 1
    whole = PLUS.box
    assert whole is not None
    for sign in (sign for event in seen for sign in event.signs):
        assert sign.guesses
        assert sign.box.meets(whole)
        assert set(sign.strokes) <= set(range(len(PLUS.strokes)))


def test_the_answer_keeps_to_what_the_user_said(reader: InkReader) -> None:
    box = PLUS.box
    assert box is not None
    events = events_of(reader, PLUS, [Choice((0, 1), box, r"\xi")])
    assert r"\xi" in "".join(event.text for event in events if isinstance(event, TextDelta))
