"""Two hundred snips in a row leave nothing behind."""

import json
import subprocess
import sys

from tests.x11 import Hands, virtual_display

MANY = """
import asyncio, gc, json, os, sys, threading
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from Xlib import display
from Xlib.ext import res
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.native.screens.mss import MssScreenGrabber
from writetex_desktop.services.reading.capture import capture
from writetex_desktop.ui.overlay.window import OverlayWindow
from writetex_desktop.ui.overlay.snipper import Snipper

def send(window, kind, x, y, button, buttons):
    at = QPointF(x, y)
    event = QMouseEvent(kind, at, window.mapToGlobal(at), button, buttons, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(window, event)

def drag():
    overlays = (each for each in app.topLevelWidgets() if isinstance(each, OverlayWindow))
    window = next(each for each in overlays if each.isVisible())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(window, QEvent.Type.MouseButtonPress, 10, 10, left, left)
    send(window, QEvent.Type.MouseMove, 40, 40, none, left)
    send(window, QEvent.Type.MouseButtonRelease, 60, 50, left, none)

def x_resources():
    # By kind, but for the one that asks; nobody else but we changes what the server keeps.
    asking = display.Display()
    found = {}
    for client in res.query_clients(asking).clients:
        if client.resource_base != asking.display.info.resource_id_base:
            for each in res.query_client_resources(asking, client.resource_base).types:
                name = asking.get_atom_name(each.resource_type)
                found[name] = found.get(name, 0) + each.count
    asking.close()
    return found

def held():
    gc.collect()
    pages = int(open("/proc/self/statm").read().split()[1])
    return {
        "files": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
        "windows": len(app.allWindows()),
        "widgets": len(app.allWidgets()),
        "objects": len(app.children()),
        "timers": sum(len(each.findChildren(QTimer)) for each in (app, *app.allWidgets())),
        "tasks": len(asyncio.all_tasks()),
        "x_resources": x_resources(),
        "memory_mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
    }

async def main():
    snipper = Snipper()
    snipper.painted.connect(lambda: QTimer.singleShot(0, drag))
    grabber = MssScreenGrabber(qt_screens)
    for number in range(220):
        place, bitmap = await capture(grabber, snipper)
        assert (bitmap.width, bitmap.height) == (50, 40), place
        if number in (19, 219):
            await asyncio.sleep(0)
            print(json.dumps(held()), flush=True)
    snipper.close()
    grabber.close()

app = QApplication([])
loop = qasync.QEventLoop(app)
loop.run_until_complete(main())
loop.close()
"""


def test_two_hundred_snips_leak_nothing() -> None:
    with virtual_display(640, 480) as display, Hands(display.name) as hands:
        hands.show_picture(0, 0, 64, 64, bytes((9, 99, 9, 0)) * 4096)
        ended = subprocess.run(
            [sys.executable, "-c", MANY],
            env=display.environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=50,
        )
    early, late = (json.loads(line) for line in ended.stdout.splitlines())
    grown = late.pop("memory_mb") - early.pop("memory_mb")
    assert late == early
    assert grown < 60, "the allocator takes 4 to 30 MB once; a frame kept of each snip would be 240 MB"
