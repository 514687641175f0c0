"""A program that snips on Ctrl+Shift+F9 and tells what happened, a JSON line at a time.

Run it as `python -m tests.gui.overlay.snip_harness [confirm]`; it ends with its standard input.
"""

import asyncio
import base64
import json
import sys
import time
from dataclasses import astuple

import qasync
from PySide6.QtCore import QEvent, QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import CaptureError, HotkeyError
from writetex_desktop.core.pictures.image import Selection, crop
from writetex_desktop.native.hotkeys.x11 import X11HotkeySource
from writetex_desktop.native.screens.mss import MssScreenGrabber
from writetex_desktop.native.screens.qt import qt_screens, watch_screens
from writetex_desktop.ui.overlay.session import OverlayRules
from writetex_desktop.ui.overlay.snipper import Snipper

ACTION = HotkeyAction("snip", "Snip a formula")
HOTKEY = Hotkey("F9", frozenset({Modifier.CTRL, Modifier.SHIFT}))


def tell(event: str, **more: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps({"event": event, **more}) + "\n")
    sys.stdout.flush()


def tell_selection(selection: Selection | None) -> None:
    """Tell what was chosen, with its pixels."""
    if selection is None:
        tell("nothing")
        return
    region = selection.region
    tell(
        "selected",
        screen=selection.frame.screen.name,
        region=[region.x, region.y, region.width, region.height],
        pixels=base64.b64encode(crop(selection.frame.bitmap, region).data).decode(),
    )


class KeyListener(QObject):
    """Tells of the presses that reach the program's windows."""

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            tell("key", key=QKeySequence(event.key()).toString(), repeated=event.isAutoRepeat())
        return False


async def main() -> None:
    """Snip at each press until the standard input ends."""
    presses: asyncio.Queue[None] = asyncio.Queue()
    snipper = Snipper()
    snipper.configure(OverlayRules(confirm="confirm" in sys.argv, hotkeys=(HOTKEY,)))
    pressed_at = 0.0
    snipper.painted.connect(lambda: tell("painted", milliseconds=(time.perf_counter() - pressed_at) * 1000))
    grabber = MssScreenGrabber(qt_screens)
    snipper.warm()
    await grabber.warm()
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    listener = KeyListener()
    app.installEventFilter(listener)

    def on_screens() -> None:
        grabber.screens_changed()
        tell("screens", areas=[astuple(screen.area) for screen in qt_screens()])

    watch_screens(app, on_screens)

    def give_up(lost: HotkeyError) -> None:
        raise lost

    hotkeys = X11HotkeySource(give_up)

    def on_press() -> None:
        nonlocal pressed_at
        pressed_at = time.perf_counter()
        presses.put_nowait(None)

    hotkeys.register(ACTION, HOTKEY, on_press)
    ended = asyncio.Event()
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(ended.set)

    async def snip_on() -> None:
        while True:
            await presses.get()
            try:
                tell_selection(await snipper.select(await grabber.grab()))
            except CaptureError as error:
                tell("failed", message=error.message)

    snips = asyncio.create_task(snip_on())
    tell("ready", screens=[screen.name for screen in qt_screens()])
    await ended.wait()
    end.setEnabled(False)
    snips.cancel()
    hotkeys.close()
    grabber.close()
    snipper.close()


if __name__ == "__main__":
    loop = qasync.QEventLoop(QApplication(sys.argv))
    with loop:
        loop.run_until_complete(main())
