"""Service and SDK together against `llmock`, whose verdict says whether we are a well-behaved client."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from llmock.pytest_plugin import LLMock

from tests.fakes import FakeClock
from tests.integration.endpoints.provider_server import CATALOGUE
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.wire.rules import wire_rules
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Engine,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
    TextDelta,
)
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.reading.recognition_service import RecognitionService

REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG\r\n\x1a\n", 64, 32))
FORMULA = "\\frac{a}{b} + c"


class RealClock:
    """Time as it passes; llmock measures whether a wait was kept."""

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@pytest.fixture
async def recognizer(llmock: LLMock) -> AsyncIterator[OpenAIRecognizer]:
    made = OpenAIRecognizer(Endpoint(llmock.base_url(), Secret("sk-llmock"), "gpt-5-mini"))
    yield made
    await made.aclose()


async def read(recognizer: OpenAIRecognizer, clock: Clock | None = None) -> list[RecognitionEvent]:
    service = RecognitionService({Engine.ENDPOINT: recognizer}, clock or FakeClock())
    return [event async for event in service.recognize(REQUEST)]


def last(events: list[RecognitionEvent]) -> Recognition:
    assert isinstance(events[-1], Recognition)
    return events[-1]


async def test_an_answer_streams_and_ends_in_its_markup(llmock: LLMock, recognizer: OpenAIRecognizer) -> None:
    llmock.reply(f"```latex\n\\[ {FORMULA} \\]\n```")
    events = await read(recognizer)
    assert sum(isinstance(event, TextDelta) for event in events) > 1
    assert last(events).markup == FORMULA
    assert last(events).complete
    assert last(events).usage is not None
    assert [record.status for record in llmock.requests] == [200]
    llmock.assert_resilient()


async def test_a_rate_limit_is_waited_for_as_long_as_asked(
    llmock: LLMock, recognizer: OpenAIRecognizer
) -> None:
    llmock.rate_limit(times=1, retry_after=1).reply(FORMULA)
    events = await read(recognizer, RealClock())
    assert events[0] == Retrying(2, 1.0, events[0].reason if isinstance(events[0], Retrying) else "")
    assert last(events).markup == FORMULA
    assert [record.status for record in llmock.requests] == [429, 200]
    llmock.assert_resilient()


async def test_a_refused_key_is_told_once_and_not_tried_again(
    llmock: LLMock, recognizer: OpenAIRecognizer
) -> None:
    llmock.fail(401, times=None)
    with pytest.raises(EndpointError) as caught:
        await read(recognizer)
    assert caught.value.fault is Fault.BAD_KEY
    assert len(llmock.requests) == 1
    llmock.assert_resilient()


@pytest.mark.parametrize("fault", ["disconnect", "truncate"])
async def test_a_stream_that_breaks_leaves_what_had_arrived(
    llmock: LLMock, recognizer: OpenAIRecognizer, fault: str
) -> None:
    llmock.reply("a + b + c + d + e + f")
    getattr(llmock, fault)(after_chunks=3)
    recognition = last(await read(recognizer))
    assert recognition.markup
    assert not recognition.complete
    assert recognition.warnings
    assert len(llmock.requests) == 1


async def test_an_outage_is_tried_three_times_and_then_told(
    llmock: LLMock, recognizer: OpenAIRecognizer
) -> None:
    llmock.outage(status=503)
    clock = FakeClock()  # the server asks for a second, which is longer than our own first wait
    with pytest.raises(EndpointError) as caught:
        await read(recognizer, clock)
    assert caught.value.fault is Fault.OVERLOADED
    assert [record.status for record in llmock.requests] == [503] * 3
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize("status", [402, 403, 404, 413])
async def test_what_will_not_pass_is_asked_once(
    llmock: LLMock, recognizer: OpenAIRecognizer, status: int
) -> None:
    llmock.fail(status, times=None)
    with pytest.raises(EndpointError):
        await read(recognizer)
    assert [record.status for record in llmock.requests] == [status]
    llmock.assert_resilient()


async def test_an_overload_that_passes_is_waited_for(llmock: LLMock, recognizer: OpenAIRecognizer) -> None:
    llmock.fail(529, times=2).reply(FORMULA)
    events = await read(recognizer, RealClock())
    assert last(events).markup == FORMULA
    assert [record.status for record in llmock.requests] == [529, 529, 200]
    llmock.assert_resilient()


async def test_a_model_that_thinks_is_kept_from_it(llmock: LLMock) -> None:
    rules = wire_rules(CATALOGUE, "https://api.openai.com/v1", "gpt-5-mini")
    recognizer = OpenAIRecognizer(Endpoint(llmock.base_url(), Secret("sk-llmock"), "gpt-5-mini"), rules=rules)
    llmock.reply(FORMULA)
    try:
        assert last(await read(recognizer)).markup == FORMULA
    finally:
        await recognizer.aclose()
    assert [record.status for record in llmock.requests] == [200]
    llmock.assert_resilient()
