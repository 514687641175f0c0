"""The half of the program that runs, on Linux and macOS: it owns the socket by which second starts reach it.

A lock that the system gives back at the holder's death says whether the program runs, so a socket left behind
by a killed one is told from a live one without a guess. Requests that come before the event loop runs wait in
the socket's backlog.
"""

import asyncio
import fcntl
import logging
import os
import socket
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.instance.protocol import MAX_LINE_BYTES

assert sys.platform != "win32"

_log = logging.getLogger(__name__)


class SocketClaim:
    """The right to be the one program of this user; a `Claim`.

    Args:
        path: Where the socket lies.
        listener: Listens already.
        lock: File descriptor of the lock.
        read_timeout_s: How long a second start may take to send its line.
    """

    def __init__(self, path: Path, listener: socket.socket, lock: int, read_timeout_s: float) -> None:
        self._path = path
        self._listener = listener
        self._lock = lock
        self._read_timeout_s = read_timeout_s
        self._server: asyncio.Server | None = None

    async def serve(self, answer: Callable[[bytes], bytes]) -> None:
        """See `Claim.serve`."""

        async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                async with asyncio.timeout(self._read_timeout_s):
                    line = await reader.readline()
                if line:  # else somebody only looked whether we are there
                    writer.write(answer(line))
                    await writer.drain()
            except (ValueError, OSError) as failure:
                # ValueError is how the reader says that the line is longer than its limit.
                _log.info("a second start broke off: %s", type(failure).__name__)
            finally:
                writer.close()

        self._server = await asyncio.start_unix_server(serve_one, sock=self._listener, limit=MAX_LINE_BYTES)

    async def stop(self) -> None:
        """See `Claim.stop`."""
        if self._server is not None:
            self._server.close()

    def release(self) -> None:
        """See `Claim.release`."""
        self._path.unlink(missing_ok=True)
        self._listener.close()
        os.close(self._lock)


def claim_socket(path: Path, read_timeout_s: float) -> SocketClaim | None:
    """Take the lock and listen; None when another program has it, which listens by then.

    Raises:
        StorageError: The directory is not the user's alone.
        OSError: The directory or the socket cannot be made.
    """
    _make_private(path.parent)
    # Everyone waits for the gate while somebody decides; it is held for microseconds. So who finds the
    # lock taken can rely on finding a listener too.
    gate = _open_lock(path.with_name("starting.lock"))
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        return _claim(path, read_timeout_s)
    finally:
        os.close(gate)


def _claim(path: Path, read_timeout_s: float) -> SocketClaim | None:
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
    return SocketClaim(path, listener, lock, read_timeout_s)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _make_private(directory: Path) -> None:
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StorageError(
            tr("The directory {directory} is not yours alone.", directory=directory),
            tr("Remove it, and start the program again."),
        )
