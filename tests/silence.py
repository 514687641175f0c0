"""How long the event loop says nothing: what a user feels as a window that hangs.

Each event that Qt hands out is a time in which nothing else is heard: a timer, a key, a callback of asyncio.
Of its time on the clock that is taken off in which the thread would have run but had no processor, as the
kernel counts it (https://docs.kernel.org/scheduler/sched-stats.html): a test measures the program, not the
machine.
"""

import os
import threading
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT_S: Final = 0.25
"""What nobody takes for a hang."""


def limit_s() -> float:
    """Give what nobody takes for a hang on this machine at this moment.

    Threads that hold Python's lock share the processors with all other programs, and whoever waits for the
    lock waits as long as they do.
    """
    return LIMIT_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class WatchedApplication(QApplication):
    """The application of the tests.

    Attributes:
        longest_s: What the slowest event took since this was last set to nought.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.longest_s = 0.0
        self._is_busy = False
        self._stats = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Hand an event out, and measure it unless it belongs to another one."""
        if self._is_busy:
            return super().notify(receiver, event)
        self._is_busy = True
        began, waited_s = time.monotonic(), self._waited_s()
        try:
            return super().notify(receiver, event)
        finally:
            self._is_busy = False
            took_s = time.monotonic() - began
            if took_s > LIMIT_S:  # what is short anyway need not be read about
                took_s -= self._waited_s() - waited_s
            self.longest_s = max(self.longest_s, took_s)

    def _waited_s(self) -> float:
        try:
            return int(self._stats.read_text("ascii").split()[1]) / 1e9
        except OSError:  # no Linux, or a kernel that does not count
            return 0.0
