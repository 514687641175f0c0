"""The way to the program that runs on Windows: a named pipe that only its user can open.

The half of who starts second, and the reading of lines, which both halves do; `instance_pipe_server` is the
other half.
"""

from threading import Event
from time import monotonic

from writetex_desktop.native.instance.protocol import MAX_LINE_BYTES
from writetex_desktop.native.instance.windows_pipe_abi import ERROR_ACCESS_DENIED
from writetex_desktop.native.instance.windows_pipes import PipeError, Pipes

_PAUSE_S = 0.003
"""Between two looks whether something has come."""


def pipe_address(pipes: Pipes) -> str:
    """Give the name of the pipe of this user's program in this logon session."""
    return rf"\\.\pipe\writetex-desktop-{pipes.user()}-{pipes.session()}"


class PipeConnection:
    """A `Connection` through a pipe."""

    def __init__(self, pipes: Pipes, pipe: int, timeout_s: float) -> None:
        self._pipes = pipes
        self._pipe = pipe
        self._timeout_s = timeout_s

    def exchange(self, line: bytes) -> bytes:
        """See `Connection.exchange`."""
        self._pipes.let_come_forward(self._pipe)
        self._pipes.write(self._pipe, line)
        return read_line(self._pipes, self._pipe, self._timeout_s)

    def close(self) -> None:
        """See `Connection.close`."""
        self._pipes.close(self._pipe)


def connect_pipe(name: str, timeout_s: float, pipes: Pipes) -> PipeConnection | None:
    """Reach the program that has a pipe; None when none does, or the pipe is another user's.

    Raises:
        OSError: One has it and lets nobody in.
    """
    try:
        pipe = pipes.open(name, round(timeout_s * 1000))
    except PipeError as error:
        if error.code == ERROR_ACCESS_DENIED:
            return None
        raise
    if pipe is None:
        return None
    if pipes.owner(pipe) != pipes.user():
        pipes.close(pipe)
        return None
    return PipeConnection(pipes, pipe, timeout_s)


def read_line(pipes: Pipes, pipe: int, timeout_s: float, stop: Event | None = None) -> bytes:
    """Read up to the end of a line; less than that when the other side breaks off, or it is too long.

    Args:
        pipes: The functions of Windows.
        pipe: What is read.
        timeout_s: How long it may take.
        stop: Ends the waiting when it is set.

    Raises:
        TimeoutError: Nothing more came, or `stop` was set.
        OSError: The pipe cannot be read.
    """
    line = b""
    while not line.endswith(b"\n") and len(line) <= MAX_LINE_BYTES:
        ready = await_bytes(pipes, pipe, timeout_s, stop)
        if ready is None:
            break
        line += pipes.read(pipe, min(ready, MAX_LINE_BYTES + 1 - len(line)))
    return line


def await_bytes(pipes: Pipes, pipe: int, timeout_s: float, stop: Event | None = None) -> int | None:
    """Wait until something can be read, and say how much; None when the other side has gone.

    Raises:
        TimeoutError: As for `read_line`.
        OSError: As for `read_line`.
    """
    stop = stop or Event()
    until = monotonic() + timeout_s
    while (ready := pipes.available(pipe)) == 0:
        if monotonic() > until or stop.wait(_PAUSE_S):
            raise TimeoutError
    return ready
