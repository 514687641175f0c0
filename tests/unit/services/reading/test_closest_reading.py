"""The reading that looks like the picture takes the first place, and nothing else does."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage
from writetex_desktop.core.reading.recognition import (
    Alternative,
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    TextDelta,
)
from writetex_desktop.services.reading.closest_reading import ClosestReading
from writetex_desktop.services.reading.visual_check import VisualVerdict

PICTURE = Bitmap(2, 1, bytes(8))
REQUEST = RecognitionRequest(EncodedImage("image/png", b"", 2, 1), bitmap=PICTURE)
ANSWER = Recognition(
    "a",
    Mode.FORMULA,
    Engine.OFFLINE,
    "own",
    0.1,
    confidence=0.4,
    alternatives=(Alternative("b", 0.3), Alternative("c", 0.2), Alternative("d", 0.01)),
)
ALIKE = VisualVerdict(0.95, ())
HARDLY = VisualVerdict(0.85, ())
DIFFERS = VisualVerdict(0.5, (Rect(0, 0, 1, 1),))
TOO_SMALL = VisualVerdict(0.0, (), is_too_small=True)


class NotedCheck:
    """Says of each markup what it is told to, and notes what it was asked."""

    def __init__(self, **verdicts: VisualVerdict | None) -> None:
        self.verdicts = verdicts
        self.asked: list[str] = []

    async def check(self, crop: Bitmap, latex: str) -> VisualVerdict | None:
        assert crop is PICTURE
        self.asked.append(latex)
        if latex not in self.verdicts:
            raise RenderError("It cannot be drawn.")
        return self.verdicts[latex]


async def _read(
    check: NotedCheck | None, answer: Recognition = ANSWER, wanted: RecognitionRequest = REQUEST
) -> Recognition:
    async def recognise(request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        assert (request, profile) == (wanted, "p")
        yield TextDelta(answer.markup)
        yield answer

    reading = ClosestReading(recognise, lambda: check)
    first, last = [event async for event in reading.recognise(wanted, profile="p")]
    assert first == TextDelta(answer.markup)
    assert isinstance(last, Recognition)
    return last


async def test_the_reading_that_looks_like_the_picture_changes_places_with_the_first() -> None:
    chosen = await _read(NotedCheck(a=DIFFERS, b=DIFFERS, c=ALIKE, d=ALIKE))
    assert chosen.markup == "c"
    assert chosen.confidence == pytest.approx(0.6)
    assert [other.markup for other in chosen.alternatives] == ["b", "a", "d"]


async def test_how_sure_it_is_has_a_bound() -> None:
    sure = replace(ANSWER, confidence=0.75, alternatives=(Alternative("b", 0.7),))
    assert (await _read(NotedCheck(a=DIFFERS, b=ALIKE), sure)).confidence == 0.8


@pytest.mark.parametrize(
    "check",
    [
        None,
        NotedCheck(a=ALIKE, b=ALIKE, c=ALIKE),
        NotedCheck(a=TOO_SMALL, b=ALIKE, c=ALIKE),
        NotedCheck(a=None, b=ALIKE, c=ALIKE),
        NotedCheck(b=ALIKE, c=ALIKE),
        NotedCheck(a=DIFFERS, b=HARDLY, c=TOO_SMALL, d=ALIKE),
        NotedCheck(a=DIFFERS),
    ],
)
async def test_otherwise_nothing_changes(check: NotedCheck | None) -> None:
    assert await _read(check) == ANSWER


async def test_what_is_sure_or_has_no_picture_is_not_compared() -> None:
    check = NotedCheck(a=DIFFERS, b=ALIKE)
    sure = replace(ANSWER, confidence=0.99)
    assert await _read(check, sure) == sure
    assert await _read(check, replace(ANSWER, alternatives=())) == replace(ANSWER, alternatives=())
    assert await _read(check, wanted=replace(REQUEST, bitmap=None)) == ANSWER
    assert check.asked == []
