"""Results to standard output, everything else to standard error."""

import io
import sys
from typing import TYPE_CHECKING

from writetex_desktop.core.visible import visible

if TYPE_CHECKING:
    from writetex_desktop.core.errors import WriteTexError

OK, FAILED, USAGE, NOT_CONFIGURED = 0, 1, 2, 3
"""The exit statuses; `USAGE` is what argparse ends with."""


def speak_utf8() -> None:
    """Write UTF-8 from now on, also into files and pipes.

    Windows gives those the encoding of its region, which has no signs of mathematics, and so does Linux in an
    old locale; a terminal that is not of UTF-8 there shows a question mark in place of what it lacks. A
    program without a terminal has no streams at all on Windows.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if sys.platform != "win32" and stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def say(text: str) -> None:
    """Print a line of progress or a notice, made safe for a terminal; standard output is for results."""
    if sys.stderr is not None:
        sys.stderr.write(f"{visible(text)}\n")
        sys.stderr.flush()


def print_result(text: str) -> None:
    """Print a line of results, made safe for a terminal; in JSON nothing is lost by that."""
    sys.stdout.write(f"{visible(text)}\n")
    sys.stdout.flush()


def stop(message: str, remedy: str, status: int = FAILED) -> int:
    """Say what went wrong and what to do, and give the exit status."""
    say(f"writetex: {message} {remedy}".rstrip())
    if sys.platform == "win32" and sys.stderr is None:
        from writetex_desktop.native.windows.message import show_message

        show_message(f"{message}\n\n{remedy}".rstrip())
    return status


def exit_status(error: "WriteTexError") -> int:
    """Tell an engine that is not set up from other failures."""
    from writetex_desktop.core.errors import EndpointError, Fault

    unset = isinstance(error, EndpointError) and error.fault is Fault.NOT_CONFIGURED
    return NOT_CONFIGURED if unset else FAILED
