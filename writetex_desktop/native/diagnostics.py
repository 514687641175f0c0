"""What `writetex doctor` says, for a program with a window.

The doctor is run as a process of its own: it makes an application, grabs keys and reads the screen, none of
which goes together with the program that is running.
"""

import os
from typing import Final

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.login.own_command import own_console_command
from writetex_desktop.services.programs import run_program

TIMEOUT_S: Final = 60.0
"""It takes some seconds; a portal that does not answer is waited for."""


async def run_doctor() -> str:
    """Give the text.

    Raises:
        StorageError: It could not be run.
    """
    try:
        ended = await run_program(*own_console_command(), "doctor", environment=os.environ, time_s=TIMEOUT_S)
    except (OSError, TimeoutError) as failure:
        raise _failed() from failure
    if ended.status:
        raise _failed()
    return ended.written.decode("utf-8", "replace")


def _failed() -> StorageError:
    return StorageError(tr("The diagnostics could not be made."), tr("Run `writetex doctor` in a terminal."))
