"""A small HTTP/1.1 server on loopback that plays one answer after the other, byte for byte as told."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

TLS_HANDSHAKE = b"\x16"


@dataclass(frozen=True, slots=True)
class Wait:
    """A place in a script where the server waits until the test lets it go on, or until the client leaves."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in a script where the connection is dropped."""


Part = bytes | Wait | Cut


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a status line with headers, then parts of a chunked body."""

    parts: tuple[Part, ...]
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("content-type", "text/event-stream"),)


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came."""

    line: str
    headers: dict[str, str]
    body: dict[str, object]
    form: bytes = b""
    """The body in place of JSON, where it is a form with a file."""


@dataclass(slots=True)
class WireServer:
    """The server as a test sees it."""

    port: int = 0
    requests: list[Received] = field(default_factory=list)
    script: list[Reply] = field(default_factory=list)
    judge: Callable[[Received], Reply] | None = None
    """In place of the script: makes the answer to a request from the request."""
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client closes its connection while the server waits."""
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server has come to a `Wait`."""
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the test to let the server go past a `Wait`."""

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def will(self, *replies: Reply) -> None:
        """Play these answers to the next requests; the last one is played again for all that follow."""
        self.script[:] = replies

    connections: dict[asyncio.StreamWriter, asyncio.Event] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served = self.connections[writer] = asyncio.Event()
        try:
            while await self._exchange(reader, writer):
                pass
        except ConnectionError:
            self.left.set()
        finally:
            writer.close()
            served.set()

    async def close(self) -> None:
        """Drop every connection and wait until nobody is served any more."""
        for writer, served in self.connections.items():
            writer.close()
            await served.wait()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            first = await reader.readexactly(1)
            if first == TLS_HANDSHAKE:
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\nThis server speaks plain HTTP.")
                return False
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return False
        line, *rest = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (each.split(": ", 1) for each in rest)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        is_form = headers.get("content-type", "").startswith("multipart/")
        received = Received(
            line, headers, {} if is_form else json.loads(body or b"{}"), body if is_form else b""
        )
        self.requests.append(received)
        reply = self._reply(received)
        names = "".join(f"{name}: {value}\r\n" for name, value in reply.headers)
        writer.write(f"HTTP/1.1 {reply.status}\r\n{names}transfer-encoding: chunked\r\n\r\n".encode())
        for part in reply.parts:
            match part:
                case bytes():
                    if part:
                        writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
                    await writer.drain()
                case Wait():
                    if not await self._wait(reader):
                        return False
                case Cut():
                    await writer.drain()
                    writer.transport.abort()
                    return False
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    def _reply(self, received: Received) -> Reply:
        if self.judge is not None:
            return self.judge(received)
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    async def _wait(self, reader: asyncio.StreamReader) -> bool:
        """Wait for the test or for the client's end; gives whether to go on."""
        self.waiting.set()
        eof = asyncio.ensure_future(reader.read(1))
        go_on = asyncio.ensure_future(self.go_on.wait())
        done, pending = await asyncio.wait((eof, go_on), return_when=asyncio.FIRST_COMPLETED)
        for each in pending:
            each.cancel()
        await asyncio.gather(eof, go_on, return_exceptions=True)
        if eof in done:
            self.left.set()
            return False
        return True


@asynccontextmanager
async def wire_server(*replies: Reply, tls: ssl.SSLContext | None = None) -> AsyncIterator[WireServer]:
    """Run a server that plays these answers."""
    wire = WireServer()
    wire.will(*replies)
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0, ssl=tls)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        await wire.close()


def sse(*values: object, end: str = "data: [DONE]\n\n") -> tuple[bytes, ...]:
    """Server-sent events: strings as they are, other values as JSON in `data:`."""
    lines = (value if isinstance(value, str) else f"data: {json.dumps(value)}\n\n" for value in values)
    return tuple(line.encode() for line in (*lines, end))


def delta(text: object = None, *, finish: str | None = None, **more: object) -> dict[str, object]:
    """One chunk of a stream."""
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": {"content": text, **more}, "finish_reason": finish}],
    }


USAGE: dict[str, object] = {"choices": [], "usage": {"prompt_tokens": 412, "completion_tokens": 7}}


def answer(texts: Iterable[str] = ("x", "^2")) -> Reply:
    """An ordinary answer."""
    return Reply(sse(*(delta(text) for text in texts), delta("", finish="stop"), USAGE))


def refusal(status: str, body: object, **headers: str) -> Reply:
    """An error with a JSON body, or a page where `body` is a string that begins with `<`."""
    page = isinstance(body, str) and body.startswith("<")
    text = str(body) if page or body == "" else json.dumps(body)
    kind = "text/html" if page else "application/json"
    names = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply((text.encode(),), status, (("content-type", kind), *names))
