"""The routes of the door, by starlette: what comes in is read into values, what goes out is written of them.

Everything else is `services.serving`'s; who is let in is `gate`'s.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from writetex_desktop import __version__
from writetex_desktop.adapters.serving.gate import CLIENT, Application, Gate, Guards, Receive, Scope, Send
from writetex_desktop.adapters.serving.limits import MOST_BYTES
from writetex_desktop.core.batches.record import as_record
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.chat import ChatWish, chat_wish, first_piece, pieces, whole_answer
from writetex_desktop.core.serving.openapi import openapi
from writetex_desktop.core.serving.refusals import FORBIDDEN, NOT_FOUND, UNREADABLE, Refusal, error_body
from writetex_desktop.core.serving.wishes import ReadWish, convert_wish, read_json, read_wish, snip_order
from writetex_desktop.core.settings.client import Client
from writetex_desktop.services.output.importing import InputFormat
from writetex_desktop.services.serving.counter import Counter, new_name

MOST_FOUND: Final = 200
"""Entries of the history in one answer."""

_ALIVE_S: Final = 10.0
"""How often a stream says that it is still there, while a model thinks."""

_QUICK_S: Final = 2.0
"""How long a stream waits before it begins; most failures show themselves by then."""

_MOST_FIELDS: Final = 32

SOURCES: Final = tuple(form.value for form in InputFormat)

Handler = Callable[[Request], Awaitable[Application]]


class _Json(Response):
    """JSON in ASCII, so that any text can be carried."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


def make_application(counter: Counter, guards: Guards, pages: Mapping[str, tuple[str, bytes]]) -> Gate:
    """Make the application.

    Args:
        counter: Serves.
        guards: Who is let in.
        pages: Files that are served as they are: their path, and type and content.
    """
    handlers = _Handlers(counter)
    routes = [Route(path, handler, methods=[method]) for method, path, handler in handlers.table()]
    routes += [Route(path, _page(*page), methods=["GET"]) for path, page in pages.items()]
    router = Router(routes, redirect_slashes=False, default=_nowhere)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = router  # else starlette answers a wrong method itself, and not in our shape
        try:
            await router(scope, receive, send)
        except HTTPException as error:
            raise _not_there(error.status_code) from error

    return Gate(inner, guards)


class _Handlers:
    """What is done at each route.

    Args:
        counter: Serves.
    """

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._document = openapi(__version__, SOURCES)

    def table(self) -> tuple[tuple[str, str, Handler], ...]:
        """Give each route: method, path, handler. Some programs leave the /v1 out."""
        return (
            ("GET", "/health", self.health),
            ("GET", "/openapi.json", self.openapi),
            ("GET", "/v1/models", self.models),
            ("GET", "/v1/models/{name:path}", self.model),
            ("GET", "/models", self.models),
            ("POST", "/v1/chat/completions", self.chat),
            ("POST", "/chat/completions", self.chat),
            ("POST", "/v1/recognize", self.recognize),
            ("POST", "/v1/convert", self.convert),
            ("POST", "/v1/snip", self.snip),
            ("GET", "/v1/history", self.history),
        )

    async def health(self, _request: Request) -> Application:
        """Say that we are there."""
        return _Json({"status": "ok", "program": "writetex-desktop", "version": __version__})

    async def openapi(self, _request: Request) -> Application:
        """Describe ourselves (OpenAPI 3.1)."""
        return _Json(self._document)

    async def models(self, _request: Request) -> Application:
        """List the models."""
        return _Json(self._counter.models())

    async def model(self, request: Request) -> Application:
        """Tell of one model."""
        return _Json(self._counter.model(request.path_params["name"]))

    async def chat(self, request: Request) -> Application:
        """Read the picture of a conversation."""
        wish = chat_wish(read_json(await request.body()))
        self._counter.check(wish.model)
        if wish.streams:
            stream = _Stream(self._counter, wish)
            await stream.begin()
            return stream
        return _Json(whole_answer(await self._counter.chat(wish, new_name())))

    async def recognize(self, request: Request) -> Application:
        """Read a picture."""
        item = await self._counter.read(await _read_wish(request))
        record = as_record(item)
        if item.failure is None:
            return _Json(record)
        refusal = Refusal(
            item.failure.message, item.failure.remedy, code="not_convertible", status=UNREADABLE
        )
        return _Json({**error_body(refusal), "result": record}, UNREADABLE)

    async def convert(self, request: Request) -> Application:
        """Give a formula another form."""
        wish = convert_wish(read_json(await request.body()), SOURCES)
        return _Json(await self._counter.convert(wish))

    async def snip(self, request: Request) -> Application:
        """Let the user snip."""
        return _Json(await self._counter.snip(snip_order(read_json(await request.body()))))

    async def history(self, request: Request) -> Application:
        """Search the history, for a program that may."""
        client = request.scope[CLIENT]
        assert isinstance(client, Client), "the gate lets nobody in without one"
        if not client.history:
            raise Refusal(
                tr("This program may not search the history."),
                tr("Allow it in the settings, under Other programs."),
                status=FORBIDDEN,
                code="history_not_allowed",
            )
        asked = request.query_params
        limit = _number(asked.get("limit", "50"), "limit")
        before = _number(asked["before"], "before") if asked.get("before") else None
        return _Json(await self._counter.search(asked.get("q", ""), before, max(1, min(limit, MOST_FOUND))))


class _Stream:
    """An answer in pieces, as server-sent events (https://html.spec.whatwg.org/#server-sent-events).

    Only what is cleaned and judged is sent, for a piece that was sent cannot be taken back; what the other
    side gets meanwhile is that something is on its way.

    Args:
        counter: Serves.
        wish: What is wanted.
    """

    def __init__(self, counter: Counter, wish: ChatWish) -> None:
        self._model = counter.check(wish.model).model
        self._wish = wish
        self._name = new_name()
        self._reading = asyncio.ensure_future(counter.chat(wish, self._name))

    async def begin(self) -> None:
        """Wait for a moment, so that a quick failure is told by the status of the answer.

        Raises:
            WriteTexError: It failed already.
        """
        try:
            done, _ = await asyncio.wait((self._reading,), timeout=_QUICK_S)
        except asyncio.CancelledError:
            self._reading.cancel()
            raise
        if done:
            self._reading.result()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        del scope, receive
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream; charset=utf-8")],
            }
        )
        try:
            async with aclosing(self._lines()) as lines:
                async for line in lines:
                    await send(
                        {"type": "http.response.body", "body": line.encode("ascii"), "more_body": True}
                    )
        finally:
            self._reading.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _lines(self) -> AsyncGenerator[str, None]:
        yield _event(first_piece(*self._name, self._model))
        while not (await asyncio.wait((self._reading,), timeout=_ALIVE_S))[0]:
            yield ": still reading\n\n"
        try:
            for piece in pieces(self._reading.result(), tells_usage=self._wish.tells_usage):
                yield _event(piece)
        except WriteTexError as error:
            yield _event(error_body(error))
        yield "data: [DONE]\n\n"


def _event(fields: Mapping[str, object]) -> str:
    return f"data: {json.dumps(fields)}\n\n"


async def _read_wish(request: Request) -> ReadWish:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _read_form(request)
    if kind.startswith("image/") or kind == "application/octet-stream":
        return read_wish(dict(request.query_params), (await request.body(), ""))
    return read_wish(read_json(await request.body()))


async def _read_form(request: Request) -> ReadWish:
    """Read a form; all of it stays in memory, for no picture reaches the disk unasked."""
    try:
        parser = _MemoryParser(
            request.headers,
            request.stream(),
            max_files=1,
            max_fields=_MOST_FIELDS,
            max_part_size=MOST_BYTES,
        )
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Refusal(
            tr("The form cannot be read."),
            tr("Send multipart/form-data with one file, as `curl -F file=@formula.png` does."),
            code="bad_form",
        ) from error
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        for value in form.values():
            if isinstance(value, UploadFile):
                return read_wish(fields, (await value.read(), value.filename or ""))
        return read_wish(fields)
    finally:
        await form.close()


class _MemoryParser(MultiPartParser):
    spool_max_size = MOST_BYTES + 1


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):  # noqa: PLR2004 - as 64 bits have
        raise Refusal(
            tr("The value of “{name}” is not usable.", name=name), tr("Give a whole number."), param=name
        )
    return int(text)


def _page(media_type: str, content: bytes) -> Handler:
    async def serve(_request: Request) -> Application:
        return Response(content, media_type=media_type)

    return serve


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive, send
    raise _not_there(NOT_FOUND)


def _not_there(status: int) -> Refusal:
    if status == NOT_FOUND:
        return Refusal(
            tr("There is nothing at this path."),
            tr("See /openapi.json; the base URL of other programs ends in /v1."),
            status=NOT_FOUND,
            code="not_found",
        )
    return Refusal(
        tr("This path wants another method."), tr("See /openapi.json."), status=status, code="method"
    )
