"""The half of the program that runs, on Windows: it owns the pipe by which second starts reach it.

That the pipe exists is the lock: Windows takes it away with the process. It is served on a thread, one second
start after the other; requests that come before the event loop runs wait in the pipe.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from writetex_desktop.native.instance.pipe import await_bytes, read_line
from writetex_desktop.native.instance.windows_pipes import PipeError, Pipes

_log = logging.getLogger(__name__)

_LEAVE_TIMEOUT_S = 5.0
"""How long a second start may take to read its reply."""

_WAKE_MS = 50
_WAKES = 20


class PipeClaim:
    """The right to be the one program of this user; a `Claim`.

    Args:
        pipes: The functions of Windows.
        pipe: The pipe, nobody waiting at it yet.
        name: Its name.
        read_timeout_s: How long a second start may take to send its line.
    """

    def __init__(self, pipes: Pipes, pipe: int, name: str, read_timeout_s: float) -> None:
        self._pipes = pipes
        self._pipe = pipe
        self._name = name
        self._read_timeout_s = read_timeout_s
        self._stopped = Event()
        self._thread: Thread | None = None

    async def serve(self, answer: Callable[[bytes], bytes]) -> None:
        """See `Claim.serve`."""
        loop = asyncio.get_running_loop()

        async def answering(line: bytes) -> bytes:
            return answer(line)

        def answer_on_loop(line: bytes) -> bytes:
            return asyncio.run_coroutine_threadsafe(answering(line), loop).result(self._read_timeout_s)

        self._thread = Thread(target=self._serve, args=(answer_on_loop,), name="second starts", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """See `Claim.stop`."""
        if self._thread is not None:
            self._stopped.set()
            await asyncio.to_thread(self._wake)

    def release(self) -> None:
        """See `Claim.release`."""
        self._pipes.close(self._pipe)

    def _wake(self) -> None:
        """End the thread: where it waits for a second start, we are one."""
        assert self._thread is not None
        for _attempt in range(_WAKES):
            with suppress(PipeError):  # it is busy with another second start, or has just parted with one
                ours = self._pipes.open(self._name, _WAKE_MS)
                if ours is not None:
                    self._pipes.close(ours)
            self._thread.join(_WAKE_MS / 1000)
            if not self._thread.is_alive():
                return
        _log.info("the thread for second starts does not end")

    def _serve(self, answer: Callable[[bytes], bytes]) -> None:
        try:
            while not self._stopped.is_set():
                self._pipes.await_client(self._pipe)
                try:
                    self._serve_one(answer)
                except Exception as failure:  # noqa: BLE001 - the next second start is to be heard
                    _log.info("a second start broke off: %s", type(failure).__name__)
                self._pipes.disconnect(self._pipe)
        except PipeError as failure:
            _log.warning("second starts cannot be heard any more: %s", failure)

    def _serve_one(self, answer: Callable[[bytes], bytes]) -> None:
        line = read_line(self._pipes, self._pipe, self._read_timeout_s, self._stopped)
        if line.endswith(b"\n"):  # else it was too long, or somebody only looked whether we are there
            self._pipes.write(self._pipe, answer(line))
            # To part with him at once would take from him what he has not read.
            await_bytes(self._pipes, self._pipe, _LEAVE_TIMEOUT_S, self._stopped)


def claim_pipe(name: str, pipes: Pipes, read_timeout_s: float) -> PipeClaim | None:
    """Make the pipe; None when another program has made it.

    Raises:
        OSError: It cannot be made.
    """
    pipe = pipes.create(name, pipes.user())
    return None if pipe is None else PipeClaim(pipes, pipe, name, read_timeout_s)
