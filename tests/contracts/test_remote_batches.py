"""What every `RemoteBatches` keeps to: the fake, and the real SDK against a server on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest

from tests.fakes import FakeRemoteBatches
from tests.integration.batches.batch_server import KEY, batch_server
from tests.integration.endpoints.wire_server import Reply, refusal
from writetex_desktop.adapters.endpoint import batches as openai_batches
from writetex_desktop.adapters.endpoint.batches import OpenAIBatches
from writetex_desktop.core.batches.wire import RemoteState
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.engines import RemoteBatches

LINES = '{"custom_id":"a-0","body":{"model":"m","text":"ein Zeichen\u2028mitten drin"}}\n'.encode() * 3


@asynccontextmanager
async def fake() -> AsyncIterator[tuple[RemoteBatches, FakeRemoteBatches]]:
    mind = FakeRemoteBatches()
    yield mind, mind


@asynccontextmanager
async def real() -> AsyncIterator[tuple[RemoteBatches, FakeRemoteBatches]]:
    async with batch_server() as server, opened(server.wire.base_url) as remote:
        yield remote, server.mind


@asynccontextmanager
async def opened(base_url: str, key: str = KEY) -> AsyncIterator[OpenAIBatches]:
    terms = BatchTerms(endpoint="/v9/chat/completions")
    remote = OpenAIBatches(Endpoint(base_url, Secret(key), "m"), terms, pause_s=0)
    try:
        yield remote
    finally:
        await remote.aclose()


@pytest.mark.parametrize("rig", [fake, real])
async def test_requests_go_there_and_their_answers_come_back(rig: type) -> None:
    async with rig() as (remote, mind):
        file_id = await remote.upload(BytesIO(LINES), "writetex-a-0.jsonl")
        assert mind.files[file_id] == LINES
        assert await remote.find_files("writetex-a-0.jsonl") == (file_id,)
        assert await remote.find_files("writetex-b-0.jsonl") == ()
        assert await remote.find(file_id) is None
        batch = await remote.create(file_id)
        assert (batch.input_file, batch.state) == (file_id, RemoteState.VALIDATING)
        assert await remote.find(file_id) == batch
        mind.finish(batch.id)
        done = await remote.look(batch.id)
        assert (done.state, done.completed, done.error_file) == (RemoteState.COMPLETED, 3, "")
        lines = [line async for line in remote.read(done.output_file)]
        assert b"\n".join(lines) == mind.files[done.output_file]
        await remote.delete(file_id)
        assert mind.deleted == [file_id]


@pytest.mark.parametrize("rig", [fake, real])
async def test_a_batch_is_cancelled_and_an_unknown_one_is_an_error(rig: type) -> None:
    async with rig() as (remote, _):
        batch = await remote.create(await remote.upload(BytesIO(LINES), "writetex-a-0.jsonl"))
        assert (await remote.cancel(batch.id)).state is RemoteState.CANCELLING
        with pytest.raises(EndpointError) as raised:
            await remote.look("batch-9")
    assert raised.value.fault is Fault.WRONG_PATH


async def test_only_our_own_headers_go_along_and_the_providers_own_path() -> None:
    async with batch_server() as server, opened(server.wire.base_url) as remote:
        server.envelope, server.pending = True, 2
        await remote.create(await remote.upload(BytesIO(LINES), "writetex-a-0.jsonl"))
        assert server.endpoints == ["/v9/chat/completions"]
        form = server.wire.requests[0]
        assert form.headers["content-type"].startswith("multipart/form-data; boundary=")
        assert int(form.headers["content-length"]) == len(form.form)
        for request in server.wire.requests:
            assert not any(name.startswith(("x-", "openai-")) for name in request.headers)
        assert [each.line.split()[0] for each in server.wire.requests] == ["POST", "GET", "GET", "POST"]


@pytest.mark.parametrize(
    ("reply", "fault", "says"),
    [
        (refusal("404 Not Found", ""), Fault.WRONG_PATH, "no batch service"),
        (refusal("200 OK", "<html>"), Fault.BAD_ANSWER, "cannot be read"),
        (refusal("200 OK", [1]), Fault.BAD_ANSWER, "cannot be read"),
        (refusal("413 Too Large", {"error": {"message": "too large"}}), Fault.TOO_LARGE, "file of requests"),
        (
            refusal("429 Too Many", {"error": {"message": "slow down"}}),
            Fault.RATE_LIMITED,
            "too many requests",
        ),
    ],
)
async def test_what_is_no_batch_service_is_told(reply: Reply, fault: Fault, says: str) -> None:
    async with batch_server() as server, opened(server.wire.base_url) as remote:
        server.failure = reply
        with pytest.raises(EndpointError) as raised:
            await remote.upload(BytesIO(LINES), "writetex-a-0.jsonl")
    assert raised.value.fault is fault
    assert says in raised.value.message


async def test_a_wrong_key_is_told() -> None:
    async with batch_server() as server, opened(server.wire.base_url, "sk-wrong-0123456789") as remote:
        with pytest.raises(EndpointError) as raised:
            await remote.upload(BytesIO(LINES), "writetex-a-0.jsonl")
    assert raised.value.fault is Fault.BAD_KEY


async def test_a_line_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_batches, "MOST_LINE_BYTES", 10)
    async with batch_server() as server, opened(server.wire.base_url) as remote:
        server.mind.files["long"] = b"a" * 100_000
        with pytest.raises(EndpointError) as raised:
            [line async for line in remote.read("long")]
    assert raised.value.fault is Fault.BAD_ANSWER
