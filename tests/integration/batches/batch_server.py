"""A provider's batch service over HTTP on loopback: `/files` and `/batches`, with the mind of a fake."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from tests.fakes import FakeRemoteBatches
from tests.integration.endpoints.wire_server import Received, Reply, Wait, WireServer, refusal, wire_server
from writetex_desktop.core.batches.wire import RemoteBatch, RemoteState

KEY = "sk-batch-0123456789abcdef"
_BYTES = (("content-type", "application/octet-stream"),)
_JSON = (("content-type", "application/json"),)


@dataclass(slots=True)
class BatchServer:
    """The server as a test sees it.

    Attributes:
        wire: The server.
        mind: What it has, and what it does with it.
        pending: How often it says of a file that it is still being looked at.
        holds: Whether it begins with a batch but does not say so, until the client leaves.
        envelope: Whether a file comes in an envelope, as SiliconFlow sends it.
        failure: The answer to every request, in place of its own.
        endpoints: What the batches are for.
        begun: Set whenever a batch is begun.
    """

    wire: WireServer
    mind: FakeRemoteBatches = field(default_factory=FakeRemoteBatches)
    pending: int = 0
    holds: bool = False
    envelope: bool = False
    failure: Reply | None = None
    endpoints: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    def judge(self, received: Received) -> Reply:
        if self.failure is not None:
            return self.failure
        if received.headers.get("authorization") != f"Bearer {KEY}":
            return refusal(
                "401 Unauthorized", {"error": {"code": "invalid_api_key", "message": "Wrong key."}}
            )
        method, path, _ = received.line.split(" ")
        kind, *rest = path.removeprefix("/v1/").partition("?")[0].split("/")
        reply = (self._of_files if kind == "files" else self._of_batches)(received, (method, *rest))
        return reply or refusal("404 Not Found", {"error": {"message": f"No such object: {path}"}})

    def _of_files(self, received: Received, call: tuple[str, ...]) -> Reply | None:
        match call:
            case ("POST",):
                name, data = _file_in(received)
                file_id = self.mind.add_file(data)
                self.mind.names[file_id] = name
                return self._file(file_id)
            case ("GET",):
                listed = [{"id": each, "filename": name} for each, name in self.mind.names.items()]
                return _json({"object": "list", "data": listed})
            case "GET", name:
                return self._file(name)
            case "GET", name, "content" if name in self.mind.files:
                return Reply((self.mind.files[name],), headers=_BYTES)
            case "DELETE", name:
                self.mind.deleted.append(name)
                return _json({"id": name, "deleted": True})
            case _:
                return None

    def _of_batches(self, received: Received, call: tuple[str, ...]) -> Reply | None:
        batches = self.mind.batches
        match call:
            case ("POST",):
                self.begun.set()
                self.endpoints.append(str(received.body["endpoint"]))
                batch = self.mind.add_batch(str(received.body["input_file_id"]))
                return Reply((Wait(),)) if self.holds else _batch(batch)
            case ("GET",):
                return _json({"data": [_values(each) for each in batches.values()]})
            case "GET", name if name in batches:
                return _batch(batches[name])
            case "POST", name, "cancel" if name in batches:
                batches[name] = replace(batches[name], state=RemoteState.CANCELLING)
                return _batch(batches[name])
            case _:
                return None

    def _file(self, name: str) -> Reply:
        self.pending -= 1
        values = {"id": name, "object": "file", "status": "pending" if self.pending >= 0 else "processed"}
        return _json({"code": 20000, "status": True, "data": values} if self.envelope else values)


@asynccontextmanager
async def batch_server() -> AsyncIterator[BatchServer]:
    """Run a server."""
    async with wire_server() as wire:
        server = BatchServer(wire)
        wire.judge = server.judge
        yield server


def _file_in(received: Received) -> tuple[str, bytes]:
    """Take the file out of a form, with its name."""
    boundary = re.search(r"boundary=(\S+)", received.headers["content-type"])
    assert boundary is not None
    for part in received.form.split(b"--" + boundary[1].encode()):
        head, _, body = part.partition(b"\r\n\r\n")
        if named := re.search(rb'filename="([^"]+)"', head):
            return named[1].decode(), body.removesuffix(b"\r\n")
    raise AssertionError("there is no file in the form")


def _values(batch: RemoteBatch) -> dict[str, object]:
    return {
        "id": batch.id,
        "object": "batch",
        "input_file_id": batch.input_file,
        "status": batch.state.value,
        "request_counts": {"total": 9, "completed": batch.completed, "failed": batch.failed},
        "output_file_id": batch.output_file or None,
        "error_file_id": batch.error_file or None,
        "errors": {"object": "list", "data": [{"code": "x", "message": batch.problem}]}
        if batch.problem
        else None,
    }


def _batch(batch: RemoteBatch) -> Reply:
    return _json(_values(batch))


def _json(document: object) -> Reply:
    return Reply((json.dumps(document).encode(),), headers=_JSON)
