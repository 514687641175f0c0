import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from tests.fakes import FakeClock, FakeRecognizer
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError, WriteTexError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    EngineChoice,
    Mode,
    ReasoningDelta,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    RecognizerEvent,
    Retrying,
    TextDelta,
    Usage,
)
from writetex_desktop.services.reading.recognition_service import RecognitionService, RetryPolicy

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))
DONE = Completed(Engine.ENDPOINT, "m", Usage(400, 7))
OFFLINE_DONE = Completed(Engine.OFFLINE, "embedded", confidence=0.9)
Script = Sequence[RecognizerEvent | WriteTexError]


def failure(fault: Fault, *, retryable: bool = True, after_s: float | None = None) -> EndpointError:
    return EndpointError("It failed.", fault=fault, retryable=retryable, retry_after_s=after_s, model="m")


BUSY = failure(Fault.OVERLOADED)
DOWN = failure(Fault.UNREACHABLE)


async def play(
    *scripts: Script, clock: FakeClock | None = None, choice: EngineChoice = EngineChoice.AUTO
) -> list[RecognitionEvent]:
    service = RecognitionService({Engine.ENDPOINT: FakeRecognizer(scripts)}, clock or FakeClock())
    return [event async for event in service.recognize(REQUEST, choice)]


def last(events: list[RecognitionEvent]) -> Recognition:
    assert isinstance(events[-1], Recognition)
    return events[-1]


async def test_the_events_of_the_engine_pass_and_end_in_a_clean_recognition() -> None:
    events = await play([ReasoningDelta(9), TextDelta("$$ x"), TextDelta("^2 $$"), DONE])
    assert events[:3] == [ReasoningDelta(9), TextDelta("$$ x"), TextDelta("^2 $$")]
    recognition = last(events)
    assert recognition.markup == "x^2"
    assert recognition.usage == Usage(400, 7)
    assert recognition.complete
    assert (recognition.engine, recognition.model) == (Engine.ENDPOINT, "m")


async def test_the_seconds_are_those_of_the_clock_waits_included() -> None:
    recognition = last(await play([BUSY], [TextDelta("x"), DONE], clock=FakeClock(now=100.0)))
    assert recognition.seconds == pytest.approx(0.5)


async def test_a_failure_that_may_pass_is_tried_again_ever_later_and_only_twice() -> None:
    clock = FakeClock()
    with pytest.raises(EndpointError):
        await play([BUSY], clock=clock)
    assert clock.slept == [0.5, 1.0]


async def test_each_retry_is_announced_before_its_wait() -> None:
    events = await play([BUSY], [TextDelta("x"), DONE])
    assert events[0] == Retrying(attempt=2, wait_s=0.5, reason="It failed.")
    assert last(events).markup == "x"


async def test_a_server_that_asks_to_wait_is_given_its_time() -> None:
    clock = FakeClock()
    await play([failure(Fault.RATE_LIMITED, after_s=7.5)], [TextDelta("x"), DONE], clock=clock)
    assert clock.slept == [7.5]


@pytest.mark.parametrize(
    "error", [failure(Fault.RATE_LIMITED, after_s=21), failure(Fault.BAD_KEY, retryable=False)]
)
async def test_what_will_not_pass_soon_is_not_tried_again(error: EndpointError) -> None:
    clock = FakeClock()
    with pytest.raises(EndpointError) as caught:
        await play([error], clock=clock)
    assert caught.value is error
    assert clock.slept == []


async def test_once_text_has_arrived_a_cut_answer_is_kept_and_not_asked_again() -> None:
    clock = FakeClock()
    events = await play([TextDelta("\\[ x^2"), BUSY], clock=clock)
    recognition = last(events)
    assert recognition.markup == "x^2"
    assert not recognition.complete
    assert recognition.model == "m"
    assert "It failed." in recognition.warnings[0]
    assert clock.slept == []


async def test_text_that_is_none_of_the_answer_is_no_reason_to_keep_it() -> None:
    with pytest.raises(EndpointError):
        await play([TextDelta("<think>hm"), BUSY])


async def test_words_that_were_cut_off_are_no_answer_to_keep() -> None:
    with pytest.raises(EndpointError):
        await play([TextDelta("Sorry, the image is too blurry to"), BUSY])


@pytest.mark.parametrize("text", ["", "  \n", "$$ $$", "<think>hm</think>"])
async def test_an_empty_answer_is_told_as_such(text: str) -> None:
    with pytest.raises(EndpointError) as caught:
        await play([TextDelta(text), DONE])
    assert caught.value.fault is Fault.EMPTY_ANSWER
    assert "m" in caught.value.message
    assert caught.value.remedy.action is not None


@pytest.mark.parametrize("text", ["NONE", "none.", "$$NONE$$", "```\nNONE\n```"])
async def test_a_picture_with_nothing_in_it_is_told_as_such(text: str) -> None:
    with pytest.raises(RecognitionError, match="nothing to transcribe"):
        await play([TextDelta(text), DONE])


async def test_what_the_engine_says_of_its_answer_is_passed_on() -> None:
    done = Completed(Engine.ENDPOINT, "m", complete=False, confidence=0.5, warnings=("Cut.",))
    recognition = last(await play([TextDelta("x"), done]))
    assert (recognition.complete, recognition.confidence, recognition.warnings) == (False, 0.5, ("Cut.",))


def both(*endpoint: Script) -> tuple[RecognitionService, FakeRecognizer, FakeRecognizer, FakeClock]:
    online = FakeRecognizer(endpoint)
    offline = FakeRecognizer([[TextDelta("y"), OFFLINE_DONE]])
    clock = FakeClock()
    engines = {Engine.ENDPOINT: online, Engine.OFFLINE: offline}
    return RecognitionService(engines, clock), online, offline, clock


async def test_without_a_network_the_offline_engine_reads_at_once() -> None:
    service, _, _, clock = both([DOWN])
    events = [event async for event in service.recognize(REQUEST)]
    recognition = last(events)
    assert recognition.engine is Engine.OFFLINE
    assert recognition.markup == "y"
    assert "could not be reached" in recognition.warnings[0]
    assert clock.slept == []


async def test_an_endpoint_that_answers_is_not_replaced_by_the_offline_engine() -> None:
    service, _, offline, _ = both([failure(Fault.BAD_KEY, retryable=False)])
    with pytest.raises(EndpointError):
        [event async for event in service.recognize(REQUEST)]
    assert offline.requests == []


@pytest.mark.parametrize(
    ("choice", "asked"),
    [(EngineChoice.AUTO, 0), (EngineChoice.ENDPOINT, 0), (EngineChoice.OFFLINE, 1)],
)
async def test_the_engine_that_was_chosen_is_asked(choice: EngineChoice, asked: int) -> None:
    service, online, offline, _ = both([TextDelta("x"), DONE])
    [event async for event in service.recognize(REQUEST, choice)]
    assert [len(online.requests), len(offline.requests)] == [1 - asked, asked]


async def test_a_chosen_endpoint_is_not_replaced_when_it_is_down_but_tried_again() -> None:
    service, online, offline, _ = both([DOWN])
    with pytest.raises(EndpointError):
        [event async for event in service.recognize(REQUEST, EngineChoice.ENDPOINT)]
    assert [len(online.requests), len(offline.requests)] == [3, 0]


async def test_without_an_endpoint_the_offline_engine_is_taken_without_a_word() -> None:
    offline = FakeRecognizer([[TextDelta("y"), OFFLINE_DONE]])
    service = RecognitionService({Engine.OFFLINE: offline}, FakeClock())
    assert last([event async for event in service.recognize(REQUEST)]).warnings == ()


async def test_without_any_engine_the_user_is_told_to_set_one_up() -> None:
    service = RecognitionService({}, FakeClock())
    with pytest.raises(EndpointError) as caught:
        [event async for event in service.recognize(REQUEST)]
    assert caught.value.fault is Fault.NOT_CONFIGURED
    with pytest.raises(RecognitionError):
        [event async for event in service.recognize(REQUEST, EngineChoice.OFFLINE)]


async def test_cancelling_ends_the_engine_at_once() -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    class Endless:
        async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
            try:
                yield TextDelta(request.hint)
                started.set()
                await asyncio.Event().wait()
            finally:
                ended.set()

    service = RecognitionService({Engine.ENDPOINT: Endless()}, FakeClock())

    async def consume() -> None:
        async for _ in service.recognize(REQUEST):
            pass

    task = asyncio.ensure_future(consume())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert ended.is_set()


@pytest.mark.parametrize(
    "answer",
    ["I'm sorry, I can't see any image.", "Sure! Please upload the picture.", "抱歉，我无法查看图片。"],
)
async def test_a_model_that_saw_no_picture_is_told_as_such(answer: str) -> None:
    with pytest.raises(RecognitionError, match="cannot see the picture"):
        await play((TextDelta(answer), DONE))


async def test_a_command_that_a_document_would_obey_is_warned_of() -> None:
    recognition = last(await play([TextDelta(r"x \input{/etc/passwd}"), DONE]))
    (warning,) = recognition.warnings
    assert warning.startswith(r"The result holds \input, which reads files of the computer")
    assert recognition.markup == r"x \input{/etc/passwd}"


async def test_an_answer_that_was_cut_off_is_looked_through_as_well() -> None:
    recognition = last(await play([TextDelta(r"\write18{ls} x"), BUSY]))
    assert [warning.partition(" ")[0] for warning in recognition.warnings] == ["The", "The"]
    assert r"\write18" in recognition.warnings[1]


def test_all_waits_together_are_no_longer_than_one_may_be() -> None:
    policy = RetryPolicy()
    busy = failure(Fault.RATE_LIMITED, after_s=12)
    assert policy.wait_s(busy, 1) == 12
    assert policy.wait_s(busy, 2, waited_s=12) is None


@pytest.mark.parametrize(
    ("answer", "told", "mode", "markup"),
    [
        (r"\[ x^2 \]", None, Mode.FORMULA, "x^2"),
        (r"Let \(x\) be.", None, Mode.TEXT, r"Let \(x\) be."),
        ("x", Mode.TEXT, Mode.TEXT, "x"),
    ],
)
async def test_an_answer_to_an_open_question_says_what_it_is(
    answer: str, told: Mode | None, mode: Mode, markup: str
) -> None:
    script = (TextDelta(answer), replace(DONE, mode=told))
    service = RecognitionService({Engine.ENDPOINT: FakeRecognizer([script])}, FakeClock())
    request = replace(REQUEST, mode=Mode.AUTO)
    found = last([event async for event in service.recognize(request, EngineChoice.ENDPOINT)])
    assert (found.mode, found.markup) == (mode, markup)
