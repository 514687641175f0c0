"""Keeps this program the only one of its user, and hears what second starts wish.

`claim` decides who it is, before Qt loads; `InstanceServer` answers once the event loop runs. Requests that
come in between wait.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from writetex_desktop import __version__
from writetex_desktop.core.errors import StorageError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Reply, Request, Verb, format_reply, parse_request

_ATTEMPTS = 3
"""One is enough but for a program that quits just then: it has given up its socket, not yet its lock."""

READ_TIMEOUT_S = 5.0
"""How long a second start may take to send its line."""


class Claim(Protocol):
    """The right to be the one program of this user, from `claim` until `release`."""

    async def serve(self, answer: Callable[[bytes], bytes]) -> None:
        """Answer the line of each second start from now on; also of those who asked before.

        Args:
            answer: Is called on the event loop with a line and gives the line to be sent back.
        """
        ...

    async def stop(self) -> None:
        """Answer no more; does nothing when nobody was served."""
        ...

    def release(self) -> None:
        """Give the right back, after `stop`."""
        ...


def forward_or_claim(request: Request, address: str) -> Reply | Claim:
    """Hand a request to the program that runs; when none does, become it.

    Args:
        request: The wish; paths in it are absolute.
        address: As `instance_client.instance_address` gives.

    Raises:
        StorageError: See `claim`.
    """
    for _attempt in range(_ATTEMPTS):
        reply = forward(request, address)
        if reply is not None:
            return reply
        claimed = claim(address)
        if claimed is not None:
            return claimed
    raise StorageError(tr("WriteTex Desktop is about to quit."), tr("Start it again in a moment."))


def claim(address: str) -> Claim | None:
    """Become the one program of this user.

    Args:
        address: As `instance_client.instance_address` gives.

    Returns:
        The claim, or None when another program has it; that one listens by then.

    Raises:
        StorageError: It cannot listen, or not in private.
    """
    try:
        if sys.platform == "win32":
            from writetex_desktop.native.instance.pipe_server import claim_pipe  # noqa: PLC0415 - Windows'
            from writetex_desktop.native.instance.windows_pipes import load_pipes  # noqa: PLC0415 - Windows'

            return claim_pipe(address, load_pipes(), READ_TIMEOUT_S)
        else:  # noqa: RET505 - mypy reads one branch on each system
            from writetex_desktop.native.instance import socket_server as of_sockets  # noqa: PLC0415 - no Windows

            return of_sockets.claim_socket(Path(address), READ_TIMEOUT_S)
    except OSError as failure:
        raise StorageError(
            tr("The way by which second starts reach this program cannot be made."),
            tr("Check that you may make {address}.", address=address),
        ) from failure


class InstanceServer:
    """Answers second starts.

    Args:
        claimed: What `claim` gave; the server releases it.
        handle: Called on the event loop for each request but `PING`; it starts what was asked for and
            returns at once, with the result if there is one. A `WriteTexError` is told to who asked.
    """

    def __init__(self, claimed: Claim, handle: Callable[[Request], str | None]) -> None:
        self._claim = claimed
        self._handle = handle

    async def start(self) -> None:
        """Answer from now on; also those who asked before."""
        await self._claim.serve(lambda line: format_reply(self._reply(line)))

    async def close(self) -> None:
        """Answer no more and let another program start."""
        await self._claim.stop()
        self._claim.release()

    def _reply(self, line: bytes) -> Reply:
        try:
            request = parse_request(line)
        except ValueError:
            return Reply(
                ok=False, message=tr("This request is not known."), remedy=tr("Update WriteTex Desktop.")
            )
        if request.verb is Verb.PING:
            return Reply(ok=True, message=__version__)
        try:
            result = self._handle(request)
        except WriteTexError as failure:
            return Reply(ok=False, message=failure.message, remedy=failure.remedy.text)
        return Reply(ok=True, result=result or "")
