"""What stands before every route: host, origin, token, pace, size and time; and how failures are answered.

It is an ASGI application round another (https://asgi.readthedocs.io/en/latest/specs/www.html). The body is
read here as a whole, in memory, so that no route can forget a limit. Nothing of a request is logged.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from writetex_desktop.adapters.serving.limits import BODY_TIMEOUT_S, MOST_BYTES, REST_TIMEOUT_S
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.origins import is_own_host
from writetex_desktop.core.serving.refusals import (
    FORBIDDEN,
    TOO_LARGE,
    TOO_SLOW,
    UNAUTHORISED,
    Refusal,
    error_body,
    may_help_again,
    status_of,
)
from writetex_desktop.core.settings.client import Client
from writetex_desktop.services.serving.clients import Clients
from writetex_desktop.services.serving.pace import Pace
from writetex_desktop.services.tasks import internal_error, redact

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

CLIENT: Final = "writetex.client"
"""Where in the scope the routes find who asks."""

OPEN_PATHS: Final = frozenset(("/health", "/openapi.json"))
"""What is told without a token: nothing of the user is in it."""

_METHODS: Final = b"GET, POST, OPTIONS"
_HEADERS: Final = b"Authorization, Content-Type"
_NOBODY: Final = "nobody"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guards:
    """Who is let in, and how often.

    Attributes:
        clients: Know the tokens.
        pace: Of each program.
        wrong: Of those without a token.
        open_paths: What is told without a token, beside what every gate tells.
    """

    clients: Clients
    pace: Pace
    wrong: Pace
    open_paths: frozenset[str] = frozenset()


class Gate:
    """Lets requests through to an application, or answers them itself.

    Args:
        inner: The application.
        guards: Who is let in.
    """

    def __init__(self, inner: Application, guards: Guards) -> None:
        self._inner = inner
        self._guards = guards

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        answer, body = _Answer(send), _Body(receive)
        try:
            headers = _single_headers(scope["headers"])
            _check_host(headers)
            await self._guards.clients.refresh()
            origin = headers.get(b"origin", b"").decode("latin-1")
            self._check_origin(origin, scope, self._guards.clients.origins)
            answer.origin = origin
            if scope["method"] == "OPTIONS":
                await answer.preflight(headers)
                return
            if not self._is_open(scope):
                scope[CLIENT] = self._known(headers, origin, scope)
            await _serve(self._inner, scope, await body.read(headers), receive, answer.send)
        except _GoneError:
            return
        except WriteTexError as error:
            await answer.fail(error, closes=not await body.rest())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the program that asks is told, and no more
            _log.error("a request failed by a fault of ours:\n%s", redact(fault))
            await answer.fail(internal_error(fault), closes=not await body.rest())

    def _is_open(self, scope: Scope) -> bool:
        path = scope["path"]
        return path in OPEN_PATHS or path in self._guards.open_paths

    def _check_origin(self, origin: str, scope: Scope, allowed: Iterable[str]) -> None:
        """Keep pages of the web off; what is no page of the web says no origin.

        Raises:
            Refusal: The page may not ask.
        """
        own = {f"http://{name}:{scope['server'][1]}" for name in ("127.0.0.1", "localhost")}
        if origin and origin not in own and origin not in allowed:
            raise Refusal(
                tr("This web page may not ask WriteTex."),
                tr("Allow its origin for the program in the settings, under Other programs."),
                status=FORBIDDEN,
                code="origin_not_allowed",
            )

    def _known(self, headers: Mapping[bytes, bytes], origin: str, scope: Scope) -> Client:
        """Give who asks.

        Raises:
            Refusal: Nobody who may.
        """
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        found = self._guards.clients.identify(token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            self._guards.wrong.take(_NOBODY)
            raise Refusal(
                tr("The token is missing or not known."),
                tr("Make one in the settings, under Other programs, and send it as the API key."),
                status=UNAUTHORISED,
                code="invalid_api_key",
            )
        self._check_origin(origin, scope, found.origins)
        self._guards.pace.take(found.id)
        return found


class _GoneError(Exception):
    """The other side went away before it had said all."""


class _Answer:
    """Sends an answer, with the headers that all have.

    Attributes:
        origin: The web page that asks and may; empty for none.
    """

    def __init__(self, send: Send) -> None:
        self.origin = ""
        self._send = send
        self._has_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_begun = True
            message = {**message, "headers": [*message.get("headers", ()), *self._common()]}
        await self._send(message)

    async def preflight(self, headers: Mapping[bytes, bytes]) -> None:
        """Answer what a browser asks before it lets a page ask (https://fetch.spec.whatwg.org/#cors-protocol)."""
        allowed = [
            (b"access-control-allow-methods", _METHODS),
            (b"access-control-allow-headers", headers.get(b"access-control-request-headers", _HEADERS)),
            (b"access-control-max-age", b"600"),
        ]
        if headers.get(b"access-control-request-private-network") == b"true":
            allowed.append((b"access-control-allow-private-network", b"true"))
        await self.send(
            {"type": "http.response.start", "status": 204, "headers": allowed if self.origin else []}
        )
        await self.send({"type": "http.response.body", "body": b""})

    async def fail(self, error: WriteTexError, *, closes: bool) -> None:
        """Say what failed; after the answer has begun, the connection is all that can be ended.

        Args:
            error: What failed.
            closes: Whether the connection is ended, because not all of the request was read.
        """
        if self._has_begun:
            return
        body = json.dumps(error_body(error)).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"x-should-retry", b"true" if may_help_again(error) else b"false"),
        ]
        status = status_of(error)
        if closes:
            headers.append((b"connection", b"close"))
        if status == UNAUTHORISED:
            headers.append((b"www-authenticate", b"Bearer"))
        if isinstance(error, Refusal) and error.retry_after_s is not None:
            headers.append((b"retry-after", str(error.retry_after_s).encode()))
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def _common(self) -> list[tuple[bytes, bytes]]:
        common = [
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"vary", b"Origin"),
        ]
        if self.origin:
            common.append((b"access-control-allow-origin", self.origin.encode("latin-1")))
        return common


def _single_headers(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[bytes, bytes]:
    """Give the headers by their names.

    Raises:
        Refusal: One of those that decide is there twice.
    """
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in found and name in {b"host", b"origin", b"authorization", b"content-length"}:
            raise Refusal(tr("A header is there twice."), tr("Send each header once."), code="bad_header")
        found[name] = value
    return found


def _check_host(headers: Mapping[bytes, bytes]) -> None:
    """Keep off names that were pointed at this machine.

    Raises:
        Refusal: It is not asked for by an address of its own.
    """
    if not is_own_host(headers.get(b"host", b"").decode("latin-1")):
        raise Refusal(
            tr("WriteTex answers at 127.0.0.1 and localhost alone."),
            tr("Use http://127.0.0.1 with the port as the address."),
            status=FORBIDDEN,
            code="wrong_host",
        )


class _Body:
    """The body of a request, which comes in parts.

    Args:
        receive: Gives the next part.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_whole = False

    async def read(self, headers: Mapping[bytes, bytes]) -> bytes:
        """Read all of it.

        Raises:
            Refusal: It is too large, or too slow.
            _GoneError: The other side went away.
        """
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 12 or int(length) > MOST_BYTES:  # noqa: PLR2004
            raise _too_large()
        body = bytearray()
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                while not self._is_whole:
                    body += await self._part()
                    if len(body) > MOST_BYTES:
                        raise _too_large()
        except TimeoutError as error:
            raise Refusal(
                tr("The request took too long to arrive."),
                tr("Send it again."),
                status=TOO_SLOW,
                code="too_slow",
            ) from error
        return bytes(body)

    async def rest(self) -> bool:
        """Let what is still on its way come to its end, so that the other side reads our answer.

        Returns:
            Whether it came to its end; False when it was too much or too slow.
        """
        count = 0
        try:
            async with asyncio.timeout(REST_TIMEOUT_S):
                while not self._is_whole and count <= MOST_BYTES:
                    count += len(await self._part())
        except (TimeoutError, _GoneError):
            return False
        return self._is_whole

    async def _part(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        self._is_whole = not message.get("more_body", False)
        return bytes(message.get("body", b""))


def _too_large() -> Refusal:
    return Refusal(
        tr("The request is larger than 32 MB."),
        tr("Send a smaller picture."),
        status=TOO_LARGE,
        code="too_large",
    )


async def _serve(inner: Application, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    """Let the application answer; when the other side goes away, what is done for it is cancelled."""
    parts = [body]

    async def replay() -> Message:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        return await receive()

    async def leave() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    answering = asyncio.ensure_future(inner(scope, replay, send))
    leaving = asyncio.ensure_future(leave())
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            answering.cancel()
            await asyncio.wait((answering,))
        if not answering.cancelled():
            answering.result()
    finally:
        answering.cancel()
        leaving.cancel()
