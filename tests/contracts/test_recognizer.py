"""What every `Recognizer` keeps to: the fake, and the real one against a server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto

import pytest

from tests.fakes import FakeRecognizer
from tests.integration.wire_server import Reply, Wait, answer, delta, refusal, sse, wire_server
from writetex_desktop.adapters.openai_recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.image import EncodedImage
from writetex_desktop.core.recognition import (
    Completed,
    Engine,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports import Recognizer

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))


class Play(Enum):
    """What the engine behind the recogniser does."""

    ANSWER = auto()
    REFUSE = auto()
    DIE = auto()
    STALL = auto()


@dataclass(frozen=True, slots=True)
class Rig:
    """A recogniser whose engine does as told."""

    recognizer: Recognizer
    stalled: asyncio.Event
    ended: asyncio.Event
    """Set when the engine has noticed that nobody listens any more."""


@asynccontextmanager
async def fake(play: Play) -> AsyncIterator[Rig]:
    stalled, ended = asyncio.Event(), asyncio.Event()
    done = Completed(Engine.ENDPOINT, "m", Usage(412, 7))
    cut = EndpointError("Cut.", fault=Fault.CUT, partial="x")
    refused = EndpointError("No.", fault=Fault.BAD_KEY)
    scripts: dict[Play, tuple[RecognizerEvent | EndpointError, ...]] = {
        Play.ANSWER: (TextDelta("x"), TextDelta("^2"), done),
        Play.REFUSE: (refused,),
        Play.DIE: (TextDelta("x"), cut),
        Play.STALL: (TextDelta("x"),),
    }

    class Stalling(FakeRecognizer):
        async def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
            try:
                async for event in super().recognize(request):
                    yield event
                if play is Play.STALL:
                    stalled.set()
                    await asyncio.Event().wait()
            finally:
                ended.set()

    yield Rig(Stalling([scripts[play]]), stalled, ended)


@asynccontextmanager
async def real(play: Play) -> AsyncIterator[Rig]:
    replies = {
        Play.ANSWER: answer(),
        Play.REFUSE: refusal("401 Unauthorized", {"error": {"code": "invalid_api_key"}}),
        Play.DIE: Reply(sse(delta("x"), {"error": {"message": "dead"}})),
        Play.STALL: Reply((*sse(delta("x"), end=""), Wait())),
    }
    async with wire_server(replies[play]) as wire:
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret("sk-x"), "m"))
        yield Rig(recognizer, wire.waiting, wire.left)
        await recognizer.aclose()


MakeRig = Callable[[Play], AbstractAsyncContextManager[Rig]]


@pytest.fixture(params=[fake, real], ids=["fake", "openai"])
def make_rig(request: pytest.FixtureRequest) -> MakeRig:
    make: MakeRig = request.param
    return make


async def events_of(recognizer: Recognizer) -> list[RecognizerEvent]:
    return [event async for event in recognizer.recognize(REQUEST)]


async def test_deltas_come_first_and_one_completed_last(make_rig: MakeRig) -> None:
    async with make_rig(Play.ANSWER) as rig:
        events = await events_of(rig.recognizer)
    assert events == [TextDelta("x"), TextDelta("^2"), Completed(Engine.ENDPOINT, "m", Usage(412, 7))]


async def test_it_can_be_asked_again(make_rig: MakeRig) -> None:
    async with make_rig(Play.ANSWER) as rig:
        assert await events_of(rig.recognizer) == await events_of(rig.recognizer)


async def test_nothing_happens_until_somebody_listens(make_rig: MakeRig) -> None:
    async with make_rig(Play.STALL) as rig, aclosing(rig.recognizer.recognize(REQUEST)):  # type: ignore[type-var]
        assert not rig.stalled.is_set()


async def test_a_refusal_is_an_endpoint_error(make_rig: MakeRig) -> None:
    async with make_rig(Play.REFUSE) as rig:
        with pytest.raises(EndpointError) as caught:
            await events_of(rig.recognizer)
    assert caught.value.fault is Fault.BAD_KEY


async def test_a_failure_in_the_middle_keeps_what_had_arrived(make_rig: MakeRig) -> None:
    async with make_rig(Play.DIE) as rig:
        with pytest.raises(EndpointError) as caught:
            await events_of(rig.recognizer)
    assert caught.value.partial == "x"


async def test_cancelling_the_task_ends_the_engine(make_rig: MakeRig) -> None:
    async with make_rig(Play.STALL) as rig:
        task = asyncio.ensure_future(events_of(rig.recognizer))
        await rig.stalled.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await rig.ended.wait()
    assert task.cancelled()
