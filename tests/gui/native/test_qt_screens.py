"""What Qt tells of screens that change, on a real X server of the test's own."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.x11 import VirtualDisplay, virtual_display
from writetex_desktop.core.pictures.geometry import Rect

pytestmark = pytest.mark.gui

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from writetex_desktop.native.screens.qt import qt_screens, watch_screens

application = QGuiApplication(sys.argv)

def tell():
    print(sorted((screen.area.x, screen.area.width) for screen in qt_screens()), flush=True)

watch_screens(application, tell)
QTimer.singleShot(0, tell)
application.exec()
"""


@pytest.fixture
def server() -> Iterator[VirtualDisplay]:
    with virtual_display(1000, 400) as virtual:
        yield virtual


def test_every_change_of_the_screens_is_told(server: VirtualDisplay) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=server.environment(), stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None

    def told(expected: str) -> bool:
        assert program.stdout is not None
        return any(line.strip() == expected for line in program.stdout)

    try:
        assert told("[(0, 1000)]")
        server.set_monitors(Rect(0, 0, 600, 400), Rect(600, 0, 400, 400))
        assert told("[(0, 600), (600, 400)]")
        server.set_monitors(Rect(0, 0, 500, 400), Rect(500, 0, 500, 400))
        assert told("[(0, 500), (500, 500)]")
        server.set_monitors(Rect(0, 0, 1000, 400))
        assert told("[(0, 1000)]")
    finally:
        program.kill()
        program.communicate()
