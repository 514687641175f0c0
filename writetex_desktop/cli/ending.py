"""An orderly end of a command, whether by Ctrl+C, `kill`, a closed terminal or a log-out."""

import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_BY_SIGNAL = 128
"""What shells add to the number of the signal that ended a program."""


class Stopped(KeyboardInterrupt):
    """A signal has ended the command, and its clean-up has run.

    Attributes:
        status: The exit status that says so.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = _BY_SIGNAL + number


def run(program: Coroutine[Any, Any, T]) -> T:
    """Run a program as `asyncio.run` does, and let SIGTERM and SIGHUP cancel it as Ctrl+C does.

    What goes on in threads is waited for, but not for longer than `native.ending.LATEST_S`.

    Raises:
        Stopped: It was cancelled by a signal.
    """
    import asyncio

    heard: list[int] = []

    def stop(number: int) -> None:
        from writetex_desktop.native.ending import end_within

        if not heard:
            end_within(_BY_SIGNAL + number)
        heard.append(number)
        task.cancel()

    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        task = loop.create_task(program)
        if sys.platform != "win32":  # which has neither
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` and `&` of scripts have it
                    loop.add_signal_handler(number, stop, number)
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError:
            if not heard:
                raise
            raise Stopped(heard[0]) from None


def stopped_status(stopped: KeyboardInterrupt) -> int:
    """Give the exit status of a command that was stopped."""
    return stopped.status if isinstance(stopped, Stopped) else _BY_SIGNAL + signal.SIGINT
