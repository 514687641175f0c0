"""What every `EndpointProbe` keeps to: the fake, and the real one against a server on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.fakes import FakeEndpointProbe
from tests.integration.endpoints.wire_server import Reply, Wait, WireServer, wire_server
from writetex_desktop.adapters.endpoint import probe as endpoint_probe
from writetex_desktop.adapters.endpoint.probe import HttpProbe
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.engines import EndpointProbe

JSON = (("content-type", "application/json"),)
LIST = {"data": [{"id": "a"}]}
Rig = Callable[[ProbeReply | None], AbstractAsyncContextManager[tuple[EndpointProbe, Endpoint]]]


@asynccontextmanager
async def fake(page: ProbeReply | None) -> AsyncIterator[tuple[EndpointProbe, Endpoint]]:
    pages = {} if page is None else {"http://127.0.0.1:9/v1/models": page}
    yield FakeEndpointProbe({**pages}), Endpoint("http://127.0.0.1:9/v1", Secret("k"), "")


@asynccontextmanager
async def real(page: ProbeReply | None) -> AsyncIterator[tuple[EndpointProbe, Endpoint]]:
    body = b"<html>" if page is None or page.document is None else json.dumps(page.document).encode()
    status = f"{page.status} Said" if page else "200 OK"
    async with wire_server(Reply((body,), status, JSON)) as wire:
        endpoint = Endpoint(wire.base_url, Secret("k"), "")
        if page is None:
            # A port that was just given back: nothing listens there.
            async with wire_server(Reply(())) as gone:
                endpoint = Endpoint(gone.base_url, Secret("k"), "")
        yield HttpProbe(), endpoint


RIGS = pytest.mark.parametrize("rig", [fake, real])


@RIGS
@pytest.mark.parametrize(
    "page", [ProbeReply(200, LIST), ProbeReply(404, None), ProbeReply(401, {"error": "no"})]
)
async def test_an_answer_of_any_status_is_given(rig: Rig, page: ProbeReply) -> None:
    async with rig(page) as (probe, endpoint):
        assert await probe.get(endpoint, f"{endpoint.base_url}/models", timeout_s=10) == page


@RIGS
async def test_silence_is_an_error(rig: Rig) -> None:
    async with rig(None) as (probe, endpoint):
        with pytest.raises(EndpointError) as raised:
            await probe.get(endpoint, f"{endpoint.base_url}/models", timeout_s=10)
    assert raised.value.fault is Fault.UNREACHABLE


async def get(wire: WireServer, **more: float) -> ProbeReply:
    endpoint = Endpoint(wire.base_url, Secret("sk-1"), "m")
    return await HttpProbe().get(endpoint, f"{wire.base_url}/models", timeout_s=more.get("timeout_s", 10))


async def test_the_key_goes_along_and_nothing_else() -> None:
    async with wire_server(Reply((b"{}",), headers=JSON)) as wire:
        await get(wire)
    assert wire.requests[0].line == "GET /v1/models HTTP/1.1"
    assert wire.requests[0].headers["authorization"] == "Bearer sk-1"
    assert not any(name.startswith("x-") for name in wire.requests[0].headers)


async def test_a_server_that_says_nothing_is_left_in_time() -> None:
    async with wire_server(Reply((Wait(),), headers=JSON)) as wire:
        with pytest.raises(EndpointError) as raised:
            await get(wire, timeout_s=0.05)
        await asyncio.wait_for(wire.left.wait(), 10)
    assert raised.value.fault is Fault.TIMEOUT


async def test_a_page_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_probe, "MAX_BYTES", 100)
    async with wire_server(Reply((b"a" * 101,), headers=JSON)) as wire:
        with pytest.raises(EndpointError) as raised:
            await get(wire)
    assert raised.value.fault is Fault.BAD_ANSWER


async def test_json_that_is_too_deep_is_none() -> None:
    async with wire_server(Reply((b"[" * 100_000,), headers=JSON)) as wire:
        assert (await get(wire)).document is None
