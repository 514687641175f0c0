"""Streams cut, shuffled, malformed, huge, or no text at all: they end in an answer or in an error of ours.

The SDK and the HTTP client are real. Most examples are played in memory, some through a socket.
"""

import asyncio
import json
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import httpx2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.integration.endpoints.wire_server import USAGE, Cut, Reply, Wait, delta, wire_server
from writetex_desktop.adapters.endpoint import recognizer as openai_recognizer
from writetex_desktop.adapters.endpoint.client import open_sdk
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.wire.answer import OUTPUT_CAPS, AnswerReader
from writetex_desktop.core.endpoints.wire.pieces import read_piece
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Mode,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
)
from writetex_desktop.core.secret import Secret

MOST_BYTES = 2 * 1024 * 1024
KEY = "sk-fuzz-0123456789abcdef"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG", 64, 32))
HASTE = Timeouts(first_byte_local=0.2, idle=0.2, after_end=0.05, total=2.0)
PATIENCE_S = 20.0
"""Far beyond any timeout of ours, so that only a stream that is waited for without end is caught by it."""

# --- What a server may send ---------------------------------------------------------------------------------

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["stop", "length", "error", "content_filter", "\\frac", "<think>", "1e999", "429"]),
)
KEYS = st.sampled_from((
    "choices", "delta", "message", "content", "text", "type", "thinking", "reasoning", "reasoning_content",
    "refusal", "finish_reason", "usage", "prompt_tokens", "completion_tokens", "completion_tokens_details",
    "reasoning_tokens", "error", "code", "status", "detail", "param", "loc", "metadata", "raw", "retryDelay",
    "retry_after", "index",
))  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)
CHUNKS = st.one_of(
    st.builds(delta, st.one_of(st.text(max_size=30), VALUES)),
    st.just(delta("x")),
    st.just(delta("", finish="stop")),
    st.just(USAGE),
    VALUES,
    st.builds(lambda value: {"choices": [value]}, VALUES),
    st.builds(lambda value: {"choices": [{"delta": value}]}, VALUES),
    st.builds(lambda value: {"error": value}, VALUES),
)
LINES = st.one_of(
    CHUNKS.map(lambda value: b"data: " + json.dumps(value).encode()),
    st.sampled_from((
        b"", b":", b": ping", b"data:", b"data: [DONE]", b"event: error", b"event: ping", b"id: 1",
        b"retry: x", b"data: {", b'data: "', b"data: NaN", b"data: \xff\xfe", b"\xff", b"\x00", b"data: [",
        b"data: " + b"[" * 5000, b'data: {"choices": [{"delta": {"content": "' + b"y" * 40_000 + b'"}}]}',
        b"data: \xed\xa0\x80", b'data: "\\ud800"', b'data: {"choices":[{"delta":{"content":"\\ud800"}}]}',
    )),
    st.binary(max_size=40),
)  # fmt: skip
STREAMS = st.lists(
    st.tuples(LINES, st.sampled_from((b"\n\n", b"\n\n", b"\n", b"\r\n\r\n", b"\r", b""))), max_size=12
).map(lambda pairs: b"".join(line + end for line, end in pairs))
TYPES = st.sampled_from((
    "text/event-stream", "text/event-stream", "text/event-stream; charset=latin-1", "application/json",
    "text/html", "text/plain; charset=nonsense", "",
))  # fmt: skip
STATUSES = st.sampled_from((200, 200, 200, 200, 204, 301, 400, 401, 404, 422, 429, 500, 503, 599))
HEADERS = st.dictionaries(
    st.sampled_from(
        ("retry-after", "retry-after-ms", "location", "date", "content-encoding", "x-request-id")
    ),
    st.sampled_from(("1", "-1", "1e9", "99999999999999999999", "soon", "", "gzip", "http://[", "//x", "٣")),
    max_size=3,
)


@dataclass(frozen=True, slots=True)
class Play:
    """One response: what it says, where the network cuts it, and whether the connection then breaks."""

    body: bytes
    cuts: tuple[int, ...] = ()
    status: int = 200
    content_type: str = "text/event-stream"
    headers: dict[str, str] = field(default_factory=dict)
    breaks: bool = False

    def pieces(self) -> list[bytes]:
        places = sorted({min(cut, len(self.body)) for cut in self.cuts} | {0, len(self.body)})
        return [self.body[start:end] for start, end in pairwise(places)]


PLAYS = st.builds(
    Play,
    STREAMS,
    st.lists(st.integers(0, 400), max_size=6).map(tuple),
    STATUSES,
    TYPES,
    HEADERS,
    st.booleans(),
)


# --- In memory ----------------------------------------------------------------------------------------------


class Stage(httpx2.AsyncBaseTransport):
    """In place of the network: answers each request with the play that is on."""

    def __init__(self) -> None:
        self.play = Play(b"")

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        play = self.play
        headers = {**play.headers, "content-type": play.content_type}

        class Body(httpx2.AsyncByteStream):
            async def __aiter__(self) -> AsyncIterator[bytes]:
                for piece in play.pieces():
                    # A socket gives the event loop a turn at each read; without one no timeout could pass.
                    await asyncio.sleep(0)
                    yield piece
                if play.breaks:
                    raise httpx2.RemoteProtocolError("The peer closed the connection.")

        return httpx2.Response(play.status, headers=headers, stream=Body(), request=request)


@dataclass(frozen=True, slots=True)
class Theatre:
    """A recogniser whose server is a stage, with the event loop on which it lives."""

    runner: asyncio.Runner
    recognizer: OpenAIRecognizer
    stage: Stage

    def outcome(self, play: Play) -> list[RecognizerEvent] | EndpointError:
        self.stage.play = play
        return self.runner.run(outcome_of(self.recognizer))


async def outcome_of(recognizer: OpenAIRecognizer) -> list[RecognizerEvent] | EndpointError:
    """Everything but events and `EndpointError` gets through and fails the test."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            return [event async for event in recognizer.recognize(REQUEST)]
        except EndpointError as error:
            return error


def check(outcome: list[RecognizerEvent] | EndpointError) -> None:
    cap = OUTPUT_CAPS[Mode.FORMULA] + 1
    if isinstance(outcome, EndpointError):
        assert outcome.message
        assert outcome.remedy.text
        assert KEY not in outcome.message + outcome.remedy.text
        assert len(outcome.message) < 600
        assert len(outcome.partial) <= cap
        assert outcome.retry_after_s is None or 0 <= outcome.retry_after_s < 1e7
    else:
        assert isinstance(outcome[-1], Completed)
        assert sum(len(event.text) for event in outcome if isinstance(event, TextDelta)) <= cap
        assert outcome[-1].usage is None or outcome[-1].usage.total_tokens >= 0


@pytest.fixture(scope="module")
def theatre() -> Iterator[Theatre]:
    stage = Stage()

    class Staged(httpx2.AsyncClient):
        def __init__(self, **options: object) -> None:
            super().__init__(**{**options, "transport": stage})  # type: ignore[arg-type]

    with asyncio.Runner() as runner:
        recognizer = OpenAIRecognizer(Endpoint("http://127.0.0.1:1/v1", Secret(KEY), "m"), HASTE)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(httpx2, "AsyncClient", Staged)
            patch.setattr(openai_recognizer, "open_sdk", partial(open_sdk, most_bytes=MOST_BYTES))
            runner.run(recognizer.warm())
        yield Theatre(runner, recognizer, stage)
        runner.run(recognizer.aclose())


FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@FUZZ
@given(PLAYS)
@example(Play(b"data: " + b"[" * 200_000 + b"\n\n"))
@example(Play(b'data: {"error": {"retry_after": Infinity, "code": 429}}\n\n'))
@example(Play(b'{"error": {"retry_after": NaN, "code": 429}}', status=429, content_type="application/json"))
@example(Play(b"data: " + b"9" * 10_000 + b"\n\n"))
@example(Play(b"\xff" * 5000, content_type="application/json"))
@example(Play(b'{"choices": [{"message": {"content": "x"}}]}', content_type="application/json", breaks=True))
@example(Play(b"not packed", headers={"content-encoding": "gzip"}))
@example(Play(b"", status=301, headers={"location": "http://["}))
def test_any_stream_ends_in_an_answer_or_in_an_error_of_ours(theatre: Theatre, play: Play) -> None:
    check(theatre.outcome(play))


ANSWER = b"".join(
    b"data: " + json.dumps(each).encode() + b"\n\n"
    for each in (delta("a"), delta("é𝑥"), delta(None, reasoning="hm"), delta("b", finish="stop"), USAGE)
)


@FUZZ
@given(st.integers(0, len(ANSWER)), st.lists(st.integers(0, len(ANSWER)), max_size=8), st.booleans())
def test_an_answer_cut_anywhere_keeps_what_had_come(
    theatre: Theatre, length: int, cuts: list[int], breaks: bool
) -> None:
    outcome = theatre.outcome(Play(ANSWER[:length], tuple(cuts), breaks=breaks))
    check(outcome)
    got = outcome.partial if isinstance(outcome, EndpointError) else text_of(outcome)
    assert "aé𝑥b".startswith(got)


@FUZZ
@given(st.permutations(ANSWER.split(b"\n\n")), st.integers(1, 50))
def test_an_answer_in_any_order_ends(theatre: Theatre, events: list[bytes], size: int) -> None:
    body = b"\n\n".join(events)
    check(theatre.outcome(Play(body, tuple(range(0, len(body), size)))))


@FUZZ
@given(st.binary(max_size=400), TYPES, STATUSES)
def test_bytes_that_mean_nothing_are_told_as_such(
    theatre: Theatre, body: bytes, content_type: str, status: int
) -> None:
    check(theatre.outcome(Play(body, status=status, content_type=content_type)))


def text_of(events: list[RecognizerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


# --- The reader alone ---------------------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.lists(CHUNKS, max_size=8))
def test_the_reader_takes_any_values(values: list[object]) -> None:
    reader = AnswerReader(Mode.FORMULA)
    for value in values:
        if not reader.is_over:
            reader.take(read_piece(value))
    assert len(reader.text) <= OUTPUT_CAPS[Mode.FORMULA] + 1
    assert reader.completed("m").model == "m"


# --- Memory -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "content_type"),
    [
        (b"y" * 65536, "text/event-stream"),
        (b": ping\n" * 8192, "text/event-stream"),
        (b'data: {"choices": [{"delta": {"reasoning": "hm"}}]}\n\n' * 1024, "text/event-stream"),
        (b" " * 65536, "application/json"),
    ],
    ids=["one line", "comments", "thoughts", "one document"],
)
def test_a_flood_is_left_before_it_fills_the_memory(theatre: Theatre, line: bytes, content_type: str) -> None:
    taken = 0

    class Flood(Play):
        def pieces(self) -> Iterator[bytes]:  # type: ignore[override]
            nonlocal taken
            while True:
                taken += len(line)
                yield line

    tracemalloc.start()
    try:
        check(theatre.outcome(Flood(b"", content_type=content_type)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken <= MOST_BYTES + 2 * len(line)
    # The SDK joins and decodes what it holds, so some copies stand side by side.
    assert peak < 10 * MOST_BYTES


# --- Through a socket ---------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(PLAYS, st.sampled_from((None, Wait(), Cut())))
def test_any_stream_through_a_socket_ends(play: Play, end: Wait | Cut | None) -> None:
    async def run() -> None:
        parts = (*play.pieces(), *((end,) if end else ()))
        reply = Reply(parts, f"{play.status} As Told", (("content-type", play.content_type),))
        async with wire_server(reply) as wire:
            recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(KEY), "m"), HASTE)
            try:
                check(await outcome_of(recognizer))
            finally:
                await recognizer.aclose()

    asyncio.run(run())


def test_a_stream_that_drips_is_given_up_in_the_end() -> None:
    async def run() -> EndpointError | list[RecognizerEvent]:
        async with wire_server(Reply((b"data: {}\n\n",) * 3 + (Wait(),))) as wire:
            recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(KEY), "m"), HASTE)
            try:
                return await outcome_of(recognizer)
            finally:
                await recognizer.aclose()

    outcome = asyncio.run(run())
    assert isinstance(outcome, EndpointError)
    assert outcome.fault == "timeout"
