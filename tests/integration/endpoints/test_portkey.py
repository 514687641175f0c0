"""Refusals through a real gateway between us and the server: Portkey's, which many people run themselves.

    npm install @portkey-ai/gateway --prefix /tmp/gateway
    WRITETEX_PORTKEY=/tmp/gateway/node_modules/@portkey-ai/gateway/build/start-server.js \\
        pytest tests/integration/endpoints/test_portkey.py
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fakes import FakeClock
from tests.integration.endpoints.wire_server import refusal, wire_server
from tests.integration.endpoints.wire_table import Row
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.network import Network
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Engine, Recognition, RecognitionRequest
from writetex_desktop.core.secret import Secret
from writetex_desktop.services.reading.recognition_service import RecognitionService

PROGRAM = os.environ.get("WRITETEX_PORTKEY", "")
KEY = "sk-portkey-0123456789"
REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG\r\n\x1a\n", 64, 32))

pytestmark = pytest.mark.skipif(not PROGRAM, reason="WRITETEX_PORTKEY names no gateway")

ROWS = [
    Row(
        "a wrong key",
        (refusal("401 X", {"error": {"message": "Incorrect API key provided"}}),),
        Fault.BAD_KEY,
    ),
    Row("no money", (refusal("402 X", {"error": {"message": "Insufficient Balance"}}),), Fault.NO_MONEY),
    Row(
        "two hours",
        (refusal("429 X", {"error": {"message": "slow"}}, Retry_After="7200"),),
        Fault.RATE_LIMITED,
    ),
    Row(
        "a day",
        (refusal("429 X", {"error": {"message": "100 requests per day reached"}}),),
        Fault.DAILY_LIMIT,
    ),
    Row("out of order", (refusal("503 X", {"error": {"message": "busy"}}),), Fault.OVERLOADED),
]
"""Refusals alone: release 1.15.2 fails by itself at every answer of an own host (`TypeError: immutable`)."""


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@asynccontextmanager
async def gateway(port: int) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        "node",
        PROGRAM,
        f"--port={port}",
        "--headless",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if b"Ready" in line:
                break
        draining = asyncio.ensure_future(process.stdout.read())
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        await process.wait()
        await draining


async def outcome(row: Row, base_url: str) -> Recognition | WriteTexError:
    replies = row.play if isinstance(row.play, tuple) else ()
    async with wire_server(*replies) as wire:
        wire.judge = None if isinstance(row.play, tuple) else row.play
        headers = (("x-portkey-provider", "openai"), ("x-portkey-custom-host", wire.base_url))
        recognizer = OpenAIRecognizer(Endpoint(base_url, Secret(KEY), "some-model", Network(headers=headers)))
        try:
            service = RecognitionService({Engine.ENDPOINT: recognizer}, FakeClock())
            events = [event async for event in service.recognize(REQUEST)]
        except WriteTexError as error:
            return error
        finally:
            await recognizer.aclose()
        assert isinstance(events[-1], Recognition)
        return events[-1]


async def test_what_servers_do_is_understood_through_a_gateway(port: int) -> None:
    async with gateway(port) as base_url:
        found = {row.name: await outcome(row, base_url) for row in ROWS}
    told = {
        name: each.fault if isinstance(each, EndpointError) else getattr(each, "markup", each)
        for name, each in found.items()
    }
    assert told == {row.name: row.expected for row in ROWS}
