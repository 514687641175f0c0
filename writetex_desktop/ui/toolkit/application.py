"""The application object and the one event loop."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QtMsgType,
    Signal,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from writetex_desktop import __version__
from writetex_desktop.ui.toolkit.icons import app_icon

DESKTOP_FILE: str = "io.github.writetex.WriteTexDesktop"
"""The name of the desktop entry, which is also what portals know us by."""


WORKERS: int = 4
"""Threads for what blocks: reading files, preparing pictures, loading libraries."""


DISPLAY_GONE: int = 1
"""Exit status of a program whose X server has gone."""

GONE_S: float = 2.0
"""What the clean-up may take once the display has gone."""

_DISPLAY_GONE_WORDS = "The display server has gone, and the program ends with it."

_log = logging.getLogger(__name__)


class QtApp(QApplication):
    """The application; quitting is a wish that the main coroutine fulfils."""

    quit_asked = Signal()
    """Somebody wants the program to end: the session manager, the menu of macOS, `QApplication.quit()`; or it
    has to, for the X server has gone.

    Qt would stop the event loop at once, and clean-up would never run; see docs/adr/0006.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.display_gone = False
        self._exits = 0
        self.setApplicationName("writetex-desktop")
        self.setApplicationDisplayName("WriteTex")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName(DESKTOP_FILE)
        self.setQuitOnLastWindowClosed(False)
        self.setWindowIcon(app_icon())

    def exec(self) -> int:  # type: ignore[override]  # qasync calls it of the object
        """Run until `exit`, also where Qt leaves its loop by itself because the X server has gone.

        Qt leaves each later loop at once then, but its timers go on, and with them the clean-up, for which
        there are `GONE_S` seconds. On Wayland Qt ends the process instead.
        """
        before = self._exits
        status = int(QApplication.exec())
        if self._exits > before:
            return status
        self.display_gone = True
        self.quit_asked.emit()
        until = time.monotonic() + GONE_S
        dispatcher = QAbstractEventDispatcher.instance()
        while self._exits == before and time.monotonic() < until:
            dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        return status

    def exit(self, code: int | None = 0) -> None:  # type: ignore[override]  # as above
        """Leave the loop."""
        self._exits += 1
        QApplication.exit(code or 0)

    def event(self, event: QEvent) -> bool:
        """Turn Qt's order to quit into `quit_asked`."""
        if event.type() == QEvent.Type.Quit:
            event.ignore()
            self.quit_asked.emit()
            return True
        return super().event(event)


def run(app: QtApp, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run the main coroutine on Qt's event loop until it returns.

    Args:
        app: The application.
        main: Makes the main coroutine; it gives the exit status.
    """
    before = qInstallMessageHandler(_on_qt_message)
    loop = qasync.QEventLoop(app)
    # qasync's own would start ten threads at the first use and keep them.
    loop.set_default_executor(ThreadPoolExecutor(WORKERS, thread_name_prefix="worker"))
    whole = loop.create_task(_with_generator_hooks(loop, main))
    try:
        return int(loop.run_until_complete(whole))
    except RuntimeError:
        if not app.display_gone:
            raise
        return DISPLAY_GONE  # never handed on, see below
    finally:
        if app.display_gone:
            # What Qt would give back to the server now, it would wait for.
            _log.error(_DISPLAY_GONE_WORDS)
            logging.shutdown()
            os._exit(DISPLAY_GONE)
        qInstallMessageHandler(before)
        loop.close()


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Print what Qt has to say, and log the one thing after which it ends the process at once."""
    if message.startswith("The Wayland connection broke"):  # qwaylanddisplay.cpp; it tells in no other way
        _log.error(_DISPLAY_GONE_WORDS)
    if sys.stderr is not None:  # a program without a console on Windows has none
        sys.stderr.write(f"{qFormatLogMessage(kind, context, message)}\n")


async def _with_generator_hooks(
    loop: asyncio.AbstractEventLoop, main: Callable[[], Coroutine[Any, Any, int]]
) -> int:
    """Run `main` with what asyncio's own loops do for asynchronous generators.

    qasync replaces `run_forever`, where asyncio installs these hooks, and does not install them; streams
    that are left early would then be closed too late, by a loop that is gone.
    """
    first = getattr(loop, "_asyncgen_firstiter_hook", None)
    last = getattr(loop, "_asyncgen_finalizer_hook", None)
    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(firstiter=first, finalizer=last)
    try:
        return await main()
    finally:
        # As `asyncio.run` does, so that nothing outlives the loop.
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await loop.shutdown_asyncgens()
        sys.set_asyncgen_hooks(*before)
