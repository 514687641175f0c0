"""What `writetex doctor` says, for a program with a window.

The doctor is run as a process of its own: it makes an application, grabs keys and reads the screen, none of
which goes together with the program that is running.
"""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE
from typing import Final

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.inheritance import inherited
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.login.own_command import own_console_command

TIMEOUT_S: Final = 60.0
"""It takes some seconds; a portal that does not answer is waited for."""


async def run_doctor() -> str:
    """Give the text.

    Raises:
        StorageError: It could not be run.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *own_console_command(),
            "doctor",
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
            env=inherited(os.environ),
        )
        try:
            async with asyncio.timeout(TIMEOUT_S):
                written, _none = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    except (OSError, TimeoutError) as failure:
        raise _failed() from failure
    if process.returncode:
        raise _failed()
    return written.decode("utf-8", "replace")


def _failed() -> StorageError:
    return StorageError(tr("The diagnostics could not be made."), tr("Run `writetex doctor` in a terminal."))
