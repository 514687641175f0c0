"""A server of HTTP on the loopback address, by uvicorn's protocol on the event loop that runs.

uvicorn's own server looks every tenth of a second whether it shall end, which a program that waits in the
tray for weeks must not; and it waits for the head of a request as long as it takes. So its protocol is served
from here, with a limit on that.
"""

import asyncio
import json
import logging
import socket
from contextlib import suppress
from errno import EADDRINUSE
from typing import Any, Final, cast

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from writetex_desktop.adapters.serving.gate import Application
from writetex_desktop.adapters.serving.limits import (
    HEAD_TIMEOUT_S,
    KEEP_ALIVE_S,
    MOST_CONNECTIONS,
    MOST_HEAD_BYTES,
)
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.refusals import BAD_REQUEST, Refusal, error_body

HOST: Final = "127.0.0.1"

PORTS_TRIED: Final = 20
"""Ports after the one that is wanted that are tried before any free one is taken."""

END_TIMEOUT_S: Final = 2.0
"""How long requests that are being answered may take when the door is closed."""


class Server:
    """Listens, from `open_server` until `aclose`.

    Attributes:
        port: Where.
    """

    def __init__(self, server: asyncio.Server, state: ServerState, port: int) -> None:
        self.port = port
        self._server = server
        self._state = state

    async def aclose(self) -> None:
        """Answer nobody any more; what is being done for others is given a moment, then cancelled."""
        self._server.close()
        for connection in tuple(self._state.connections):
            connection.shutdown()
        tasks = tuple(self._state.tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=END_TIMEOUT_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for connection in tuple(self._state.connections):
            cast("_Protocol", connection).abort()
        with suppress(TimeoutError):
            async with asyncio.timeout(END_TIMEOUT_S):
                await self._server.wait_closed()


async def open_server(application: Application, port: int) -> Server:
    """Listen on the loopback address, at a port or the next that is free.

    Args:
        application: Answers.
        port: The port that is wanted.

    Raises:
        StorageError: This machine lets nobody listen.
    """
    for name in ("uvicorn.error", "uvicorn.access"):  # they would tell addresses and values
        logging.getLogger(name).disabled = True
    config = Config(
        cast("Any", application),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
    )
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    listener = _listen(port)
    server = await loop.create_server(lambda: _Protocol(config, state, {}, loop), sock=listener)
    return Server(server, state, listener.getsockname()[1])


def _listen(port: int) -> socket.socket:
    last = min(port + PORTS_TRIED, 65_536)
    for wanted in (*range(port, last), 0):
        # asyncio sends small answers at once (TCP_NODELAY) only where a socket says its protocol.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows another program could listen there too
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:  # a port that we have just left is free
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, wanted))
            listener.listen()
        except OSError as error:
            listener.close()
            if wanted == 0 or (error.errno != EADDRINUSE and not isinstance(error, PermissionError)):
                raise StorageError(
                    tr("This computer lets no program listen for others."),
                    tr("Check that 127.0.0.1 is there and that no firewall forbids it."),
                ) from error
        else:
            listener.setblocking(False)
            return listener
    raise AssertionError("port 0 is a port or an error")


class _Protocol(H11Protocol):
    """uvicorn's protocol, with a limit on how long the head of a request takes."""

    _waiting: asyncio.TimerHandle | None = None
    _has_answered = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._has_answered = True
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the shape of every other failure, as far as the connection still can."""
        del msg
        body = json.dumps(
            error_body(Refusal(tr("That is no request of HTTP."), tr("Use a client of HTTP/1.1.")))
        )
        headers = [("content-type", "application/json"), ("connection", "close")]
        answer = (
            h11.Response(status_code=BAD_REQUEST, headers=headers),
            h11.Data(data=body.encode()),
            h11.EndOfMessage(),
        )
        with suppress(h11.LocalProtocolError):
            for event in answer:
                self.transport.write(self.conn.send(event))
        self.transport.close()

    def abort(self) -> None:
        """End the connection at once."""
        self.transport.abort()

    def _watch(self) -> None:
        """Count the time from the first byte that is missing to the last of a head."""
        if self.conn.their_state is not h11.IDLE:
            self._forget()
        elif self._waiting is None and (not self._has_answered or self._has_begun()):
            self._waiting = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.abort)

    def _has_begun(self) -> bool:
        """Whether something of the next request is there; an idle connection has uvicorn's own limit."""
        data, _ = self.conn.trailing_data
        return bool(data)

    def _forget(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
