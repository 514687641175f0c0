"""How a refused request is mended over pictures and runs: what was learnt, kept, and given up again."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.integration.endpoints.wire_server import Received, Reply, Wait, WireServer, answer, wire_server
from tests.integration.endpoints.wire_table import JSON, UNKNOWN, VAGUE, has_picture, picky
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.adapters.storage.repair_file import RepairFile
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.wire.memory import RepairMemory
from writetex_desktop.core.endpoints.wire.repair import Repair
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest, TextDelta
from writetex_desktop.core.secret import Secret

KEY = "sk-ladder-0123456789abcdef"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG pixels", 64, 32))
HASTE = Timeouts(first_byte_local=1.0)
NO_STREAM = picky(lambda body: "stream" not in body, "400 Bad Request", VAGUE)


async def read(wire: WireServer, memory: RepairMemory | None = None, timeouts: Timeouts | None = None) -> str:
    recognizer = OpenAIRecognizer(Endpoint(wire.base_url, Secret(KEY), "m"), timeouts, memory=memory)
    try:
        events = [event async for event in recognizer.recognize(REQUEST)]
    finally:
        await recognizer.aclose()
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def holds_streams(request: Received) -> Reply:
    if request.body.get("stream"):
        return Reply((Wait(),))
    return Reply((JSON.encode(),), headers=(("content-type", "application/json"),))


async def test_a_stream_that_brings_nothing_is_asked_for_once_more_in_one_piece_and_then_no_longer() -> None:
    memory = RepairMemory()
    async with wire_server() as wire:
        wire.judge = holds_streams
        assert await read(wire, memory, HASTE) == "x^2"
        assert await read(wire, memory, HASTE) == "x^2"
    assert ["stream" in request.body for request in wire.requests] == [True, False, False]


async def test_a_server_that_never_answers_is_asked_twice_and_no_more() -> None:
    async with wire_server(Reply((Wait(),))) as wire:
        with pytest.raises(EndpointError) as caught:
            await read(wire, timeouts=Timeouts(first_byte_local=0.2))
    assert caught.value.fault is Fault.TIMEOUT
    assert len(wire.requests) == 2


async def test_what_one_run_learnt_spares_the_next_one_the_refusals(tmp_path: Path) -> None:
    file = RepairFile(tmp_path / "servers.json")
    async with wire_server() as wire:
        wire.judge = NO_STREAM
        assert await read(wire, RepairMemory(file.load(), file.keep)) == "x^2"
        first = len(wire.requests)
        assert await read(wire, RepairMemory(file.load(), file.keep)) == "x^2"
    assert first > 1
    assert len(wire.requests) == first + 1
    kept = (tmp_path / "servers.json").read_text()
    for private in ("127.0.0.1", KEY, str(wire.port)):
        assert private not in kept


async def test_what_was_learnt_and_helps_no_longer_is_given_up() -> None:
    memory = RepairMemory(today=lambda: date(2026, 11, 30))
    async with wire_server() as wire:
        memory.learn(wire.base_url, "m", (Repair("stream"),))
        wire.judge = picky(lambda body: bool(body.get("stream")), "400 Bad Request", VAGUE)
        assert await read(wire, memory) == "x^2"
        assert memory.known(wire.base_url, "m") == ()
    assert ["stream" in request.body for request in wire.requests] == [False, True]


async def test_a_picture_that_is_refused_unclearly_is_not_sent_along_with_the_question_of_words() -> None:
    async with wire_server() as wire:
        wire.judge = picky(lambda _body: False, "400 Bad Request", UNKNOWN)
        with pytest.raises(EndpointError):
            await read(wire)
    asked = [request for request in wire.requests if not has_picture(request)]
    assert asked
    assert all(len(json.dumps(request.body)) < 250 for request in asked)


async def test_nothing_is_learnt_of_a_server_that_takes_everything() -> None:
    written: list[object] = []
    async with wire_server(answer()) as wire:
        assert await read(wire, RepairMemory(keep=written.append)) == "x^2"
    assert written == []
