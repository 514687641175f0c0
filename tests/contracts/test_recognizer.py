"""What every `Recognizer` keeps to: the fake, the endpoint against a server on loopback, the embedded one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pytest

from tests.fakes import FakeRecognizer
from tests.integration.endpoints.wire_server import Reply, Wait, answer, delta, refusal, sse, wire_server
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault, RecognitionError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.engines import Recognizer

REQUEST = RecognitionRequest(EncodedImage("image/png", b"png", 64, 32))
RESOURCES = Path(__file__).parents[2] / "resources"


class Play(Enum):
    """What the engine behind the recogniser does."""

    ANSWER = auto()
    REFUSE = auto()
    DIE = auto()
    STALL = auto()


@dataclass(frozen=True, slots=True)
class Rig:
    """A recogniser whose engine does as told.

    Attributes:
        recognizer: The recogniser.
        stalled: Set when the engine does not go on.
        ended: Set when the engine has noticed that nobody listens any more.
        request: What it is asked.
        engine: What it says it is.
    """

    recognizer: Recognizer
    stalled: asyncio.Event
    ended: asyncio.Event
    request: RecognitionRequest = REQUEST
    engine: Engine = Engine.ENDPOINT


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


@asynccontextmanager
async def embedded(play: Play) -> AsyncIterator[Rig]:
    loop, stalled, ended = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    plain = OfflineRecognizer._read

    def stalling(self: OfflineRecognizer, request: RecognitionRequest, cancelled: threading.Event) -> object:
        loop.call_soon_threadsafe(stalled.set)
        cancelled.wait()
        loop.call_soon_threadsafe(ended.set)
        return plain(self, request, cancelled)

    name = "04-small.png" if play is not Play.REFUSE else "../icons/writetex.svg"
    picture = EncodedImage("image/png", (RESOURCES / "samples" / name).read_bytes(), 0, 0)
    recognizer = OfflineRecognizer(RESOURCES / "model")
    with pytest.MonkeyPatch.context() as patch:
        if play is Play.STALL:
            patch.setattr(OfflineRecognizer, "_read", stalling)
        yield Rig(recognizer, stalled, ended, RecognitionRequest(picture), Engine.OFFLINE)


MakeRig = Callable[[Play], AbstractAsyncContextManager[Rig]]


@pytest.fixture(params=[fake, real, embedded], ids=["fake", "openai", "embedded"])
def make_rig(request: pytest.FixtureRequest) -> MakeRig:
    make: MakeRig = request.param
    return make


@pytest.fixture(params=[fake, real], ids=["fake", "openai"])
def make_endpoint(request: pytest.FixtureRequest) -> MakeRig:
    make: MakeRig = request.param
    return make


async def events_of(rig: Rig) -> list[RecognizerEvent]:
    return [event async for event in rig.recognizer.recognize(rig.request)]


async def test_deltas_come_first_and_one_completed_last(make_rig: MakeRig) -> None:
    async with make_rig(Play.ANSWER) as rig:
        *deltas, end = await events_of(rig)
    assert deltas
    assert all(isinstance(each, TextDelta) and each.text for each in deltas)
    assert isinstance(end, Completed)
    assert (end.engine, end.complete) == (rig.engine, True)
    assert end.model


async def test_an_endpoint_tells_its_text_as_it_comes_and_its_tokens(make_endpoint: MakeRig) -> None:
    async with make_endpoint(Play.ANSWER) as rig:
        events = await events_of(rig)
    assert events == [TextDelta("x"), TextDelta("^2"), Completed(Engine.ENDPOINT, "m", Usage(412, 7))]


async def test_the_embedded_one_says_how_sure_it_is_and_costs_nothing() -> None:
    async with embedded(Play.ANSWER) as rig:
        end = (await events_of(rig))[-1]
    assert isinstance(end, Completed)
    assert end.confidence is not None
    assert 0 < end.confidence <= 1
    assert (end.usage, end.cost) == (None, None)


async def test_it_can_be_asked_again(make_rig: MakeRig) -> None:
    async with make_rig(Play.ANSWER) as rig:
        assert await events_of(rig) == await events_of(rig)


async def test_nothing_happens_until_somebody_listens(make_rig: MakeRig) -> None:
    async with make_rig(Play.STALL) as rig, aclosing(rig.recognizer.recognize(rig.request)):  # type: ignore[type-var]
        assert not rig.stalled.is_set()


async def test_a_refusal_is_an_error_of_the_tree(make_rig: MakeRig) -> None:
    async with make_rig(Play.REFUSE) as rig:
        with pytest.raises((EndpointError, RecognitionError)) as caught:
            await events_of(rig)
    if isinstance(caught.value, EndpointError):
        assert caught.value.fault is Fault.BAD_KEY
    else:
        assert rig.engine is Engine.OFFLINE
        assert caught.value.remedy.text


async def test_a_failure_in_the_middle_keeps_what_had_arrived(make_endpoint: MakeRig) -> None:
    async with make_endpoint(Play.DIE) as rig:
        with pytest.raises(EndpointError) as caught:
            await events_of(rig)
    assert caught.value.partial == "x"


async def test_cancelling_the_task_ends_the_engine(make_rig: MakeRig) -> None:
    async with make_rig(Play.STALL) as rig:
        task = asyncio.ensure_future(events_of(rig))
        await rig.stalled.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await rig.ended.wait()
    assert task.cancelled()
