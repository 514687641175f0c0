"""Python's garbage collector, on the main thread only.

A collection runs on whichever thread happens to allocate. When it finds widgets in a cycle on a worker
thread, it deletes them there, and Qt crashes: widgets belong to the main thread
(https://doc.qt.io/qt-6/threads-qobject.html).
"""

import gc
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

QUIET_MS: Final = 3000
"""A collection waits until nothing has happened for so long; it takes some 30 ms."""

LATEST_MS: Final = 20_000
"""But not longer than this after the first thing that happened: somebody may snip again and again."""


def _nothing() -> None:
    """Give nothing back."""


class MainThreadGarbage(QTimer):
    """Collects garbage a while after something happened, and never while the program idles.

    Nothing is collected automatically any more while it lives.

    Args:
        app: The application.
        give_back: Hands memory that has become free to the system.

    Attributes:
        latest: Runs out where things go on happening.
    """

    def __init__(self, app: QApplication, give_back: Callable[[], None] = _nothing) -> None:
        super().__init__(app)
        gc.disable()
        self._give_back = give_back
        self.setSingleShot(True)
        self.setInterval(QUIET_MS)
        self.timeout.connect(self._collect)
        self.latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self.latest.timeout.connect(self._collect)
        app.focusChanged.connect(self.soon)
        self.destroyed.connect(gc.enable)

    def soon(self, *_what: object) -> None:
        """Say that something happened, whatever a signal tells of it."""
        self.start()
        if not self.latest.isActive():
            self.latest.start()

    def _collect(self) -> None:
        self.stop()
        self.latest.stop()
        gc.collect()
        self._give_back()
