"""Python's garbage collector, on the main thread only.

A collection runs on whichever thread happens to allocate. When it finds widgets in a cycle on a worker
thread, it deletes them there, and Qt crashes: widgets belong to the main thread
(https://doc.qt.io/qt-6/threads-qobject.html).
"""

import gc
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

QUIET_MS: Final = 3000
"""A collection waits until nothing has happened for so long; it takes some 30 ms."""


class MainThreadGarbage(QTimer):
    """Collects garbage a while after something happened, and never while the program idles.

    Nothing is collected automatically any more while it lives.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        gc.disable()
        self.setSingleShot(True)
        self.setInterval(QUIET_MS)
        self.timeout.connect(_collect)
        app.focusChanged.connect(self.soon)
        self.destroyed.connect(gc.enable)

    def soon(self, *_what: object) -> None:
        """Say that something happened, whatever a signal tells of it."""
        self.start()


def _collect() -> None:
    gc.collect()
