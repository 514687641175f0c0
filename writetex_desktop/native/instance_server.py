"""Keeps this program the only one of its user, and hears what second starts wish.

`claim` decides who it is, before Qt loads; `InstanceServer` answers once the event loop runs. Requests that
come in between wait in the socket's backlog. A lock that the system gives back at the holder's death says
whether the program runs, so a socket left behind by a killed one is told from a live one without a guess.
"""

import asyncio
import fcntl
import logging
import os
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from writetex_desktop import __version__
from writetex_desktop.core.errors import StorageError, WriteTexError
from writetex_desktop.native.instance_client import forward
from writetex_desktop.native.instance_protocol import (
    MAX_LINE_BYTES,
    Reply,
    Request,
    Verb,
    format_reply,
    parse_request,
)

_log = logging.getLogger(__name__)

_ATTEMPTS = 3
"""One is enough but for a program that quits just then: it has given up its socket, not yet its lock."""

READ_TIMEOUT_S = 5.0
"""How long a second start may take to send its line."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to be the one program of this user, from `claim` until `release`.

    Attributes:
        path: Where the socket lies.
        listener: Listens already.
        lock: File descriptor of the lock.
    """

    path: Path
    listener: socket.socket
    lock: int

    def release(self) -> None:
        """Give the right back."""
        self.path.unlink(missing_ok=True)
        self.listener.close()
        os.close(self.lock)


def forward_or_claim(request: Request, path: Path) -> Reply | Claim:
    """Hand a request to the program that runs; when none does, become it.

    Args:
        request: The wish; paths in it are absolute.
        path: As `instance_client.socket_path` gives.

    Raises:
        StorageError: See `claim`.
    """
    for _attempt in range(_ATTEMPTS):
        reply = forward(request, str(path))
        if reply is not None:
            return reply
        claimed = claim(path)
        if claimed is not None:
            return claimed
    raise StorageError("WriteTex Desktop is about to quit.", "Start it again in a moment.")


def claim(path: Path) -> Claim | None:
    """Become the one program of this user.

    Args:
        path: As `instance_client.socket_path` gives.

    Returns:
        The claim, or None when another program has it; that one listens by then.

    Raises:
        StorageError: The directory cannot be made, or it is not the user's alone.
    """
    try:
        _make_private(path.parent)
        # Everyone waits for the gate while somebody decides; it is held for microseconds. So who finds the
        # lock taken can rely on finding a listener too.
        gate = _open_lock(path.with_name("starting.lock"))
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            return _claim(path)
        finally:
            os.close(gate)
    except OSError as failure:
        raise StorageError(
            "The socket by which second starts reach this program cannot be made.",
            f"Check that you may write to {path.parent}.",
        ) from failure


def _claim(path: Path) -> Claim | None:
    lock = _open_lock(path.with_name("running.lock"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen()
        listener.setblocking(False)
    except OSError:
        listener.close()
        os.close(lock)
        raise
    return Claim(path, listener, lock)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _make_private(directory: Path) -> None:
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StorageError(
            f"The directory {directory} is not yours alone.", "Remove it, and start the program again."
        )


class InstanceServer:
    """Answers second starts.

    Args:
        claimed: What `claim` gave; the server releases it.
        handle: Called on the event loop for each request but `PING`; it starts what was asked for and
            returns at once. A `WriteTexError` is told to who asked.
    """

    def __init__(self, claimed: Claim, handle: Callable[[Request], None]) -> None:
        self._claim = claimed
        self._handle = handle
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Answer from now on; also those who asked before."""
        self._server = await asyncio.start_unix_server(
            self._serve, sock=self._claim.listener, limit=MAX_LINE_BYTES
        )

    async def close(self) -> None:
        """Answer no more and let another program start."""
        if self._server is not None:
            self._server.close()
        self._claim.release()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(READ_TIMEOUT_S):
                line = await reader.readline()
            if line:  # else somebody only looked whether we are there
                writer.write(format_reply(self._reply(line)))
                await writer.drain()
        except (ValueError, TimeoutError, OSError) as failure:
            # ValueError is how the reader says that the line is longer than its limit.
            _log.info("a second start broke off: %s", type(failure).__name__)
        finally:
            writer.close()

    def _reply(self, line: bytes) -> Reply:
        try:
            request = parse_request(line)
        except ValueError:
            return Reply(ok=False, message="This request is not known.", remedy="Update WriteTex Desktop.")
        if request.verb is Verb.PING:
            return Reply(ok=True, message=__version__)
        try:
            self._handle(request)
        except WriteTexError as failure:
            return Reply(ok=False, message=failure.message, remedy=failure.remedy.text)
        return Reply(ok=True)
