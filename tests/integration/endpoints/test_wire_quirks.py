"""The real SDK against every way in which servers were seen to misbehave (providers.md 6.3)."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import cast

import pytest

from tests.integration.endpoints.wire_server import (
    USAGE,
    Cut,
    Reply,
    Wait,
    WireServer,
    answer,
    delta,
    refusal,
    sse,
    wire_server,
)
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    ReasoningDelta,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.secret import Secret

KEY = "sk-wire-0123456789abcdef"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG secret pixels", 64, 32))


@asynccontextmanager
async def asking(
    *replies: Reply, key: str = KEY, timeouts: Timeouts | None = None
) -> AsyncIterator[tuple[WireServer, OpenAIRecognizer]]:
    async with wire_server(*replies) as wire:
        recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(key), "some-model"), timeouts)
        try:
            yield wire, recognizer
        finally:
            await recognizer.aclose()


async def events_of(recognizer: OpenAIRecognizer) -> list[RecognizerEvent]:
    return [event async for event in recognizer.recognize(REQUEST)]


def text_of(events: list[RecognizerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def end_of(events: list[RecognizerEvent]) -> Completed:
    end = events[-1]
    assert isinstance(end, Completed)
    return end


async def failure_of(*replies: Reply, timeouts: Timeouts | None = None) -> EndpointError:
    async with asking(*replies, timeouts=timeouts) as (_, recognizer):
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
    error = caught.value
    assert KEY not in error.message + error.remedy.text
    assert "<" not in error.message
    return error


async def test_an_ordinary_answer_streams_and_ends_with_its_usage() -> None:
    async with asking(answer()) as (wire, recognizer):
        events = await events_of(recognizer)
    assert events == [
        TextDelta("x"),
        TextDelta("^2"),
        Completed(Engine.ENDPOINT, "some-model", Usage(412, 7)),
    ]
    assert len(wire.requests) == 1


async def test_the_request_is_minimal_and_has_the_picture_first() -> None:
    async with asking(answer()) as (wire, recognizer):
        await events_of(recognizer)
    (request,) = wire.requests
    assert request.line == "POST /v1/chat/completions HTTP/1.1"
    assert request.body.keys() == {"model", "messages", "stream", "stream_options"}
    assert request.body["stream_options"] == {"include_usage": True}
    (message,) = cast("list[dict[str, list[dict[str, object]]]]", request.body["messages"])
    picture, words = message["content"]
    assert picture["type"] == "image_url"
    assert json.dumps(picture).count("data:image/png;base64,") == 1
    assert words["type"] == "text"


async def test_nothing_of_the_environment_and_of_the_sdk_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OPENAI_API_KEY": "sk-of-another-vendor",
        "OPENAI_ADMIN_KEY": "sk-of-an-admin",
        "OPENAI_ORG_ID": "org-leak",
        "OPENAI_PROJECT_ID": "proj-leak",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_CUSTOM_HEADERS": "X-Leak: leak\nAuthorization: Bearer leak\nCookie: leak",
    }.items():
        monkeypatch.setenv(name, value)
    async with asking(answer()) as (wire, recognizer):
        await events_of(recognizer)
    headers = wire.requests[0].headers
    assert "leak" not in str(headers)
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers.keys() <= {
        "host", "accept", "content-type", "user-agent", "authorization",
        "accept-encoding", "connection", "content-length",
    }  # fmt: skip


async def test_a_server_on_this_machine_is_asked_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with asking(answer()) as (_, recognizer):
        assert text_of(await events_of(recognizer)) == "x^2"


async def test_a_server_without_keys_is_given_a_placeholder() -> None:
    async with asking(answer(), key="") as (wire, recognizer):
        await events_of(recognizer)
    assert wire.requests[0].headers["authorization"] == "Bearer no-key"


async def test_a_query_of_the_base_url_goes_behind_the_path() -> None:
    async with wire_server(answer()) as wire:
        endpoint = Endpoint(f"{wire.base_url}?api-version=2024-10-21", Secret(KEY), "m")
        recognizer = OpenAIRecognizer(endpoint)
        await events_of(recognizer)
        await recognizer.aclose()
    assert wire.requests[0].line == "POST /v1/chat/completions?api-version=2024-10-21 HTTP/1.1"
    assert wire.requests[0].headers["api-key"] == KEY


async def test_the_connection_is_kept_between_pictures_and_opened_anew_after_closing() -> None:
    async with asking(answer()) as (wire, recognizer):
        await recognizer.warm()
        assert text_of(await events_of(recognizer)) == "x^2"
        await recognizer.aclose()
        assert text_of(await events_of(recognizer)) == "x^2"
    assert len(wire.requests) == 2


WHOLE: list[tuple[str, Reply]] = [
    ("comments before the answer", Reply(sse(": OPENROUTER PROCESSING\n\n", delta("x^2", finish="stop")))),
    ("no [DONE]", Reply(sse(delta("x^2", finish="stop"), end=""))),
    ("carriage returns", Reply((sse(delta("x^2", finish="stop"))[0].replace(b"\n", b"\r\n"),))),
    ("data: without a space", Reply((sse(delta("x^2", finish="stop"))[0].replace(b"data: ", b"data:"),))),
    ("a null delta", Reply(sse({"choices": [{"delta": None}]}, delta("x^2", finish="stop")))),
    ("null choices", Reply(sse({"choices": None}, delta("x^2", finish="stop")))),
    ("a first chunk without choices", Reply(sse({"choices": []}, delta("x^2", finish="stop")))),
    (
        "content as a list of parts",
        Reply(sse(delta([{"type": "text", "text": "x"}, {"type": "text", "text": "^2"}], finish="stop"))),
    ),
    (
        "usage on every chunk",
        Reply(
            sse({**delta("x^2"), **USAGE | {"choices": delta("x^2")["choices"]}}, delta("", finish="stop"))
        ),
    ),
    ("another word for the end", Reply(sse(delta("x^2"), delta(None, finish="eos")))),
    (
        "a completion in place of a stream",
        Reply(
            (json.dumps({"choices": [{"message": {"content": "x^2"}, "finish_reason": "stop"}]}).encode(),),
            headers=(("content-type", "application/json"),),
        ),
    ),
    (
        "a stream with a wrong content type",
        Reply(sse(delta("x^2", finish="stop")), headers=(("content-type", "text/plain"),)),
    ),
]


@pytest.mark.parametrize("reply", [reply for _, reply in WHOLE], ids=[name for name, _ in WHOLE])
async def test_a_strange_but_whole_answer_is_read(reply: Reply) -> None:
    async with asking(reply) as (_, recognizer):
        events = await events_of(recognizer)
    assert text_of(events) == "x^2"
    assert end_of(events).complete
    assert end_of(events).warnings == ()


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_thoughts_are_counted_and_not_part_of_the_answer(field: str) -> None:
    thinking = delta(None, **{field: "hm, x?"})
    async with asking(Reply(sse(thinking, delta("x^2", finish="stop")))) as (_, recognizer):
        events = await events_of(recognizer)
    assert events[:2] == [ReasoningDelta(6), TextDelta("x^2")]


async def test_thinking_parts_of_a_content_list_are_thoughts() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
        {"type": "text", "text": "x"},
    ]
    async with asking(Reply(sse(delta(parts, finish="stop")))) as (_, recognizer):
        events = await events_of(recognizer)
    assert events[:2] == [ReasoningDelta(2), TextDelta("x")]


AFTER_THE_END: list[tuple[str, Reply]] = [
    ("left open", Reply((*sse(delta("x^2"), delta("", finish="stop"), USAGE), Wait()))),
    (
        "left open without [DONE]",
        Reply((*sse(delta("x^2"), delta("", finish="stop"), USAGE, end=""), Wait())),
    ),
    ("broken off", Reply((*sse(delta("x^2"), delta("", finish="stop"), USAGE, end=""), Cut()))),
    ("garbled", Reply(sse(delta("x^2"), delta("", finish="stop"), USAGE, "data: {{\n\n"))),
]


@pytest.mark.parametrize("reply", [row[1] for row in AFTER_THE_END], ids=[row[0] for row in AFTER_THE_END])
async def test_what_happens_after_the_end_does_not_spoil_the_answer(reply: Reply) -> None:
    async with asking(reply, timeouts=Timeouts(after_end=0.1)) as (_, recognizer):
        events = await events_of(recognizer)
    assert text_of(events) == "x^2"
    assert end_of(events) == Completed(Engine.ENDPOINT, "some-model", Usage(412, 7))


INCOMPLETE: list[tuple[str, Reply, str]] = [
    ("cut short", Reply(sse(delta("x^"), end="")), "may be incomplete"),
    ("the length limit", Reply(sse(delta("x^"), delta("", finish="length"))), "length limit"),
    ("a content filter", Reply(sse(delta("x^"), delta("", finish="content_filter"))), "content filter"),
]


@pytest.mark.parametrize(
    ("reply", "words"), [row[1:] for row in INCOMPLETE], ids=[row[0] for row in INCOMPLETE]
)
async def test_an_answer_that_was_cut_off_says_so(reply: Reply, words: str) -> None:
    async with asking(reply) as (_, recognizer):
        events = await events_of(recognizer)
    assert text_of(events) == "x^"
    assert not end_of(events).complete
    assert words in end_of(events).warnings[0]


async def test_a_model_in_a_loop_is_stopped_and_its_connection_closed() -> None:
    looping = sse(*[delta("\\quad ")] * 40, end="")
    async with asking(Reply((*looping, Wait()))) as (wire, recognizer):
        events = await events_of(recognizer)
        await wire.left.wait()
    assert not end_of(events).complete
    assert "repeat itself" in end_of(events).warnings[0]
    assert len(events) < 40


async def test_an_endless_answer_is_stopped() -> None:
    flood = sse(*[delta(f"x_{{{number}}}+" * 10) for number in range(200)], end="")
    async with asking(Reply((*flood, Wait()))) as (wire, recognizer):
        events = await events_of(recognizer)
        await wire.left.wait()
    assert "too long" in end_of(events).warnings[0]
    assert len(text_of(events)) < 5_000


CUT_OFF: list[tuple[str, Reply, Fault]] = [
    ("a broken connection", Reply((*sse(delta("x^"), end=""), Cut())), Fault.CUT),
    (
        "an error chunk",
        Reply(sse(delta("x^"), {"error": {"code": 502, "message": "Provider died"}, "choices": []})),
        Fault.OVERLOADED,
    ),
    ("an error chunk of words", Reply(sse(delta("x^"), {"error": "slot unavailable"})), Fault.BAD_ANSWER),
    (
        "an event: error",
        Reply(sse(delta("x^"), 'event: error\ndata: {"message": "boom", "code": 500}\n\n')),
        Fault.OVERLOADED,
    ),
    ("a broken line", Reply(sse(delta("x^"), 'data: {"choices": [{"del\n\n')), Fault.BAD_ANSWER),
]


@pytest.mark.parametrize(("reply", "fault"), [row[1:] for row in CUT_OFF], ids=[row[0] for row in CUT_OFF])
async def test_what_had_arrived_before_a_failure_is_kept(reply: Reply, fault: Fault) -> None:
    error = await failure_of(reply)
    assert error.partial == "x^"
    assert error.model == "some-model"
    assert error.fault is fault


NO_ANSWER: list[tuple[str, Reply, Fault, bool]] = [
    ("a web page", refusal("200 OK", "<!DOCTYPE html><title>Sign in</title>"), Fault.NOT_AN_API, False),
    ("nothing at all", Reply(()), Fault.BAD_ANSWER, False),
    ("nothing, called JSON", refusal("200 OK", ""), Fault.BAD_ANSWER, False),
    ("only [DONE]", Reply(sse()), Fault.BAD_ANSWER, False),
    (
        "an error with status 200",
        refusal("200 OK", {"error": {"code": "invalid_api_key"}}),
        Fault.BAD_KEY,
        False,
    ),
    (
        "a redirection",
        refusal("301 Moved Permanently", "", location="https://new.example/v1/chat/completions"),
        Fault.REDIRECTED,
        False,
    ),
    (
        "a permanent redirection",
        refusal("308 Permanent Redirect", "", location="/api/v1/chat/completions"),
        Fault.REDIRECTED,
        False,
    ),
    (
        "a gateway's page",
        refusal("502 Bad Gateway", "<html><h1>502 Bad Gateway</h1></html>"),
        Fault.OVERLOADED,
        True,
    ),
    (
        "a filter before any text",
        Reply(sse(delta(None, finish="content_filter"))),
        Fault.CONTENT_FILTER,
        False,
    ),
    (
        "a refusal",
        Reply(sse(delta(None, refusal="I can't help"), delta(None, finish="stop"))),
        Fault.CONTENT_FILTER,
        False,
    ),
    (
        "a stream that fails at once",
        Reply(sse({"error": {"code": "429", "message": "slow down"}})),
        Fault.RATE_LIMITED,
        True,
    ),
    ("a connection dropped at once", Reply((Cut(),)), Fault.CUT, True),
    (
        "a list as error",
        refusal(
            "400 Bad Request",
            [{"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}],
        ),
        Fault.BAD_KEY,
        False,
    ),
    (
        "a string as error",
        refusal("404 Not Found", {"error": "model 'some-model' not found, try pulling it first"}),
        Fault.WRONG_MODEL,
        False,
    ),
    (
        "a detail as error",
        refusal("422 Unprocessable Entity", {"detail": [{"loc": ["body", "messages"], "msg": "bad"}]}),
        Fault.BAD_PARAMETER,
        False,
    ),
]


@pytest.mark.parametrize(
    ("reply", "fault", "retryable"), [row[1:] for row in NO_ANSWER], ids=[row[0] for row in NO_ANSWER]
)
async def test_what_is_no_answer_is_told_as_what_it_is(reply: Reply, fault: Fault, retryable: bool) -> None:
    error = await failure_of(reply)
    assert error.fault is fault
    assert error.retryable is retryable
    assert error.partial == ""
    assert error.remedy.text


async def test_a_redirection_suggests_the_new_base_url_and_is_not_followed() -> None:
    reply = refusal("307 Temporary Redirect", "", location="/api/v1/chat/completions")
    async with asking(reply) as (wire, recognizer):
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
    assert caught.value.suggestion == f"http://127.0.0.1:{wire.port}/api/v1"
    assert len(wire.requests) == 1


SLOW: list[tuple[str, Reply, Timeouts, str]] = [
    ("no first byte", Reply((Wait(),)), Timeouts(first_byte_local=0.05), "begin"),
    (
        "nothing but comments",
        Reply((*sse(": wait\n\n", {"choices": []}, end=""), Wait())),
        Timeouts(first_byte_local=0.1),
        "begin",
    ),
    ("a stall", Reply((*sse(delta("x"), end=""), Wait())), Timeouts(idle=0.05), "middle"),
    ("too long in all", Reply((*sse(delta("x"), end=""), Wait())), Timeouts(total=0.3), "finish"),
]


@pytest.mark.parametrize(
    ("reply", "timeouts", "word"), [row[1:] for row in SLOW], ids=[row[0] for row in SLOW]
)
async def test_a_server_that_stalls_is_given_up(reply: Reply, timeouts: Timeouts, word: str) -> None:
    async with asking(reply, timeouts=timeouts) as (wire, recognizer):
        await recognizer.warm()
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
        await wire.left.wait()
    assert caught.value.fault is Fault.TIMEOUT
    assert word in caught.value.message


async def test_cancelling_closes_the_connection() -> None:
    async with asking(Reply((*sse(delta("x"), end=""), Wait()))) as (wire, recognizer):
        task = asyncio.ensure_future(events_of(recognizer))
        await wire.waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await wire.left.wait()


async def test_leaving_the_events_early_closes_the_connection() -> None:
    async with asking(Reply((*sse(delta("x"), end=""), Wait()))) as (wire, recognizer):
        async with aclosing(recognizer.recognize(REQUEST)) as events:  # type: ignore[type-var]
            assert await anext(events) == TextDelta("x")
        await wire.left.wait()


async def test_after_a_cancelled_answer_the_next_one_comes() -> None:
    async with asking(Reply((*sse(delta("x"), end=""), Wait())), answer()) as (wire, recognizer):
        task = asyncio.ensure_future(events_of(recognizer))
        await wire.waiting.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert text_of(await events_of(recognizer)) == "x^2"


async def test_a_parameter_that_is_not_taken_is_dropped_once_and_for_all() -> None:
    refused = refusal(
        "400 Bad Request",
        {"error": {"message": "Unknown parameter: 'stream_options'.", "param": "stream_options"}},
    )
    async with asking(refused, answer()) as (wire, recognizer):
        assert text_of(await events_of(recognizer)) == "x^2"
        assert text_of(await events_of(recognizer)) == "x^2"
    assert ["stream_options" in request.body for request in wire.requests] == [True, False, False]


async def test_a_server_that_refuses_everything_is_asked_once_in_each_form() -> None:
    refused = refusal("422 Unprocessable Entity", {"detail": "stream_options and stream are not permitted"})
    async with asking(refused) as (wire, recognizer):
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
    assert caught.value.fault is Fault.BAD_PARAMETER
    forms = [json.dumps(request.body, sort_keys=True) for request in wire.requests]
    assert len(forms) == len(set(forms)) <= 9


async def test_nobody_listening_is_unreachable() -> None:
    async with wire_server(answer()) as wire:
        pass
    recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(KEY), "m"))
    with pytest.raises(EndpointError) as caught:
        await events_of(recognizer)
    await recognizer.aclose()
    assert caught.value.fault is Fault.UNREACHABLE
    assert "Nothing answers at 127.0.0.1" in caught.value.message
    assert caught.value.retryable


async def test_https_to_a_plain_server_is_told_as_such() -> None:
    async with wire_server(answer()) as wire:
        url = wire.base_url.replace("http:", "https:")
        recognizer = OpenAIRecognizer(Endpoint(url, Secret(KEY), "m"))
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
        await recognizer.aclose()
    assert "secure connection" in caught.value.message


@pytest.mark.parametrize("key", ["sk-dash–dash", "sk-line\nline"])
async def test_a_key_that_cannot_be_sent_is_a_bad_key(key: str) -> None:
    async with asking(answer(), key=key) as (_, recognizer):
        with pytest.raises(EndpointError) as caught:
            await events_of(recognizer)
    assert caught.value.fault is Fault.BAD_KEY


async def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")
    recognizer = OpenAIRecognizer(Endpoint("https://api.example.com/v1", Secret(KEY), "m"))
    with pytest.raises(EndpointError) as caught:
        await recognizer.warm()
    assert "proxy" in caught.value.message


async def test_no_log_record_holds_the_key_the_picture_or_the_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    refused = refusal("400 Bad Request", {"error": {"message": "no stream_options please"}})
    async with asking(refused, answer(["\\wombat", "^2"])) as (_, recognizer):
        assert text_of(await events_of(recognizer)) == "\\wombat^2"
    logged = "\n".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    assert "stream_options" in logged
    for private in (KEY, KEY[3:], "wombat", "iVBOR", "iVBO", "secret pixels", "Transcribe"):
        assert private not in logged
