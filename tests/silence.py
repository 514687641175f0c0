"""How long the event loop says nothing: what a user feels as a window that hangs.

A timer beats; where it is late, something kept the loop. Of that time is taken off in which the thread would
have run but had no processor, as the kernel counts it
(https://docs.kernel.org/scheduler/sched-stats.html): a test measures the program, not the machine.

`QApplication.notify` would tell of each event, but Qt calls it in threads of its own as well, such as those
of the file dialog, and Python in there brought the tests down.
"""

import asyncio
import os
import threading
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimerEvent

LIMIT_S: Final = 0.25
"""What nobody takes for a hang."""

_BEAT_MS: Final = 20


def limit_s() -> float:
    """Give what nobody takes for a hang on this machine at this moment.

    Threads that hold Python's lock share the processors with all other programs, and whoever waits for the
    lock waits as long as they do.
    """
    return LIMIT_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class LoopWatch(QObject):
    """Hears while an event loop of asyncio runs on the thread of the windows; nothing else is a silence.

    Attributes:
        longest_s: The longest silence since this was last set to nought.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.longest_s = 0.0
        self._last: tuple[asyncio.AbstractEventLoop, float, float] | None = None
        self._stats = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.startTimer(_BEAT_MS, Qt.TimerType.PreciseTimer)

    def timerEvent(self, _event: QTimerEvent) -> None:  # noqa: N802 - Qt's name
        """Measure how late this beat is."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._last = None
            return
        now, waited_s = time.monotonic(), self._waited_s()
        if self._last is not None and self._last[0] is loop:
            late_s = now - self._last[1] - _BEAT_MS / 1000 - (waited_s - self._last[2])
            self.longest_s = max(self.longest_s, late_s)
        self._last = (loop, now, waited_s)

    def _waited_s(self) -> float:
        try:
            return int(self._stats.read_text("ascii").split()[1]) / 1e9
        except OSError:  # no Linux, or a kernel that does not count
            return 0.0


def watch_of(app: QCoreApplication) -> LoopWatch:
    """Give the watch of an application, which is made when it is first asked for."""
    return app.findChild(LoopWatch) or LoopWatch(app)
