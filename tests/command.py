"""`writetex` as a program, in a home of its own and without a display."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

KEY = "sk-command-line-key"


async def start(home: Path, *arguments: str, key: str = KEY) -> Process:
    """Start the command; its output and what it says beside it can be read from it."""
    environment = {
        **os.environ,
        **{f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "WRITETEX_API_KEY": key,
    }
    environment.pop("DISPLAY", None)
    command = (sys.executable, "-m", "writetex_desktop", *arguments)
    return await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=PIPE, stderr=PIPE, preexec_fn=_hear_interrupts
    )


def _hear_interrupts() -> None:
    """A shell's background job ignores Ctrl+C, and hands that down to all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


async def run(home: Path, *arguments: str, key: str = KEY) -> tuple[int, str, str]:
    """Run the command; gives exit status, output and what was said beside it, in neither of them the key."""
    process = await start(home, *arguments, key=key)
    output, said = await process.communicate()
    assert process.returncode is not None
    assert key not in output.decode() + said.decode()
    return process.returncode, output.decode(), said.decode()
