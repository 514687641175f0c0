"""An orderly end: signals as an event, and a limit for what the end may take.

https://man7.org/linux/man-pages/man7/signal.7.html: SIGTERM comes from `systemctl stop` and many session
managers at log-out, SIGHUP when the terminal closes, SIGINT from Ctrl+C; each ends a program where it stands.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

LATEST_S: Final = 2.5
"""What the end may take. Session managers and users kill what takes longer, and then nothing is in order."""

SIGNALS: Final = tuple(
    number for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK") if (number := getattr(signal, name, None))
)
"""Those that the system has; SIGBREAK is Ctrl+Break of Windows."""

_log = logging.getLogger(__name__)


class EndSignals:
    """Holds back the signals that ask for the end, from the moment it is made.

    One that is ignored already, as `nohup` has it, stays so. Python hears of a signal only while it runs, and
    an idle loop of Qt does not run it: so the signal's number comes through a socket that Qt listens to.
    """

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _heard)

    def tell(self, on_end: Callable[[], None]) -> None:
        """Call back, on the event loop, for each signal; also for those that came before.

        Args:
            on_end: Asks for the end.
        """
        from PySide6.QtCore import QSocketNotifier  # noqa: PLC0415 - signals are held back before Qt loads

        def read() -> None:
            if self._reader.recv(64):
                on_end()

        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(read)


def end_within(status: int, limit_s: float = LATEST_S) -> None:
    """End the process after a time, whatever still runs: a thread that waits for others may never end.

    Args:
        status: The exit status then.
        limit_s: Seconds from now.
    """

    def end() -> None:
        _log.warning("The end took too long, so that it was cut short.")
        logging.shutdown()
        os._exit(status)

    timer = threading.Timer(limit_s, end)
    timer.daemon = True
    timer.start()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Let the socket tell."""
