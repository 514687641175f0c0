"""Another program, run once: what it is given, what it writes, and its end when nobody waits any more.

What it writes has an end too: a file that it read may have taken the program over, or it hands on what
another one writes for ever.
"""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE

from writetex_desktop.core.inheritance import inherited
from writetex_desktop.services.interruption import in_thread, present_interruption

MOST_BYTES = 256 << 20
"""What is read of one program: a picture of a screen of 64 million pixels has less."""

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended.

    Attributes:
        status: Its exit status; negative for the signal that ended it.
        written: What it wrote to its standard output; nothing where that was not read.
    """

    status: int
    written: bytes = field(default=b"", repr=False)


async def run_program(
    *command: str,
    environment: Mapping[str, str],
    time_s: float,
    given: bytes | None = None,
    is_read: bool = True,
    most_bytes: int = MOST_BYTES,
) -> Ended:
    """Run a program to its end; to cancel that kills it with its children.

    Args:
        command: The program and its words.
        environment: Ours, such as `os.environ`; what is ours alone is not handed on.
        time_s: Seconds after which it is killed.
        given: What it reads from its standard input; None for nothing.
        is_read: Whether its standard output is read. One that leaves a child behind, as clipboard tools do,
            would be waited for as long as the child lives.
        most_bytes: What it may write.

    Raises:
        TimeoutError: It took too long; an `OSError` too, so it is caught before that.
        OSError: It could not be started, or wrote more than it may.
    """

    def run() -> Ended:
        with (
            subprocess.Popen(  # noqa: S603 - the callers choose among programs that they name
                command,
                stdin=DEVNULL if given is None else PIPE,
                stdout=PIPE if is_read else DEVNULL,
                stderr=DEVNULL,
                env=inherited(environment),
                bufsize=0,  # see `exchange`
                start_new_session=True,  # which makes a group of it and its children
            ) as process,
            present_interruption().stopping(lambda: _kill(process)),
        ):
            try:
                written = exchange(process, given, time_s, most_bytes)
            except OSError:
                _kill(process)
                raise
        return Ended(process.returncode, written)

    return await in_thread(run)


def exchange(process: subprocess.Popen[bytes], given: bytes | None, time_s: float, most_bytes: int) -> bytes:
    """Give a process what it reads, take what it writes, and wait for its end; blocks.

    As `communicate` does, but for the bound: that keeps whatever comes, for as long as there is time.

    Args:
        process: It has just begun, without buffers of Python's: closing one waits for who reads from it.
        given: What it reads; None for nothing.
        time_s: How long it may take, in seconds.
        most_bytes: How much it may write.

    Raises:
        TimeoutError: It takes longer; it still runs.
        OSError: It writes more; it still runs.
    """
    end = time.monotonic() + time_s
    written = bytearray()

    def read() -> None:
        # What is closed meanwhile cannot be read from any more.
        with suppress(OSError, ValueError):
            while (
                len(written) <= most_bytes and process.stdout and (piece := process.stdout.read(_PIECE_BYTES))
            ):
                written.extend(piece)

    def write() -> None:
        rest = memoryview(given or b"")
        with suppress(OSError, ValueError):  # it has ended without reading all of it
            while rest and process.stdin:
                rest = rest[process.stdin.write(rest) :]
            if process.stdin:
                process.stdin.close()

    # They are left to themselves where a child of the process keeps the other end open.
    reader, writer = (threading.Thread(target=each, daemon=True) for each in (read, write))
    writer.start()
    reader.start()
    reader.join(time_s)
    if reader.is_alive():
        raise TimeoutError
    if len(written) > most_bytes:
        raise OSError(errno.EFBIG, "the program writes without end")
    try:
        process.wait(max(end - time.monotonic(), 0))
    except subprocess.TimeoutExpired as late:
        raise TimeoutError from late
    return bytes(written)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32" and process.poll() is None:
        with suppress(OSError):  # it has just ended
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
