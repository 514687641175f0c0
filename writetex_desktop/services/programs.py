"""Another program, run once: what it is given, what it writes, and its end when nobody waits any more.

In a thread, not by asyncio's own processes: one that is cancelled while it starts, or whose children keep its
output open, is waited for without end there.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE

from writetex_desktop.core.inheritance import inherited
from writetex_desktop.services.interruption import in_thread, present_interruption


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
) -> Ended:
    """Run a program to its end; to cancel that kills it with its children.

    Args:
        command: The program and its words.
        environment: Ours, such as `os.environ`; what is ours alone is not handed on.
        time_s: Seconds after which it is killed.
        given: What it reads from its standard input; None for nothing.
        is_read: Whether its standard output is read. One that leaves a child behind, as clipboard tools do,
            would be waited for as long as the child lives.

    Raises:
        TimeoutError: It took too long; an `OSError` too, so it is caught before that.
        OSError: It could not be started.
    """

    def run() -> Ended:
        with (
            subprocess.Popen(  # noqa: S603 - the callers choose among programs that they name
                command,
                stdin=DEVNULL if given is None else PIPE,
                stdout=PIPE if is_read else DEVNULL,
                stderr=DEVNULL,
                env=inherited(environment),
                start_new_session=True,  # which makes a group of it and its children
            ) as process,
            present_interruption().stopping(lambda: _kill(process)),
        ):
            try:
                written, _none = process.communicate(given, timeout=time_s)
            except subprocess.TimeoutExpired as late:
                _kill(process)
                raise TimeoutError from late
        return Ended(process.returncode, written or b"")

    return await in_thread(run)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32" and process.poll() is None:
        with suppress(OSError):  # it has just ended
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
