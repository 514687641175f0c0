"""The colour scheme of the desktop, asked of a portal on a bus of its own."""

import os
import subprocess
import sys

from tests.portals import private_bus

WITH_PORTAL = """
import threading
from jeepney import DBusAddress, HeaderFields, message_bus, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QCoreApplication, Qt
from writetex_desktop.native.windows.color_scheme import ColorSchemePortal

bus = open_dbus_connection("SESSION")
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
settings = DBusAddress("/org/freedesktop/portal/desktop", interface="org.freedesktop.portal.Settings")

def portal():
    while True:
        asked = bus.receive()
        if asked.header.fields.get(HeaderFields.member) == "Read":
            bus.send(new_method_return(asked, "v", (("v", ("u", 1)),)))
            if asked.body[1] != "reduced-motion":
                continue
            changes = ("contrast", 0), ("reduced-motion", 1), ("color-scheme", 2), ("color-scheme", 0)
            for key, value in changes:
                body = ("org.freedesktop.appearance", key, ("u", value))
                bus.send(new_signal(settings, "SettingChanged", "ssv", body))

threading.Thread(target=portal, daemon=True).start()

def told(scheme):
    print(scheme.name, flush=True)
    if scheme is Qt.ColorScheme.Unknown:
        app.exit()

app = QCoreApplication([])
watched = ColorSchemePortal()
watched.changed.connect(told)
watched.contrast_changed.connect(lambda high: print("contrast", high, flush=True))
watched.motion_changed.connect(lambda still: print("still", still, flush=True))
watched.start()
app.exec()
"""

WITHOUT_PORTAL = """
from PySide6.QtCore import QCoreApplication, QTimer
from writetex_desktop.native.windows.color_scheme import ColorSchemePortal

app = QCoreApplication([])
watched = ColorSchemePortal()
watched.changed.connect(lambda scheme: print("told", scheme))
watched.start()
QTimer.singleShot(300, app.exit)
app.exec()
print("silent")
"""


def _run(program: str) -> subprocess.CompletedProcess[str]:
    with private_bus() as bus:
        return subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.address},
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )


def test_the_portal_says_what_the_desktop_prefers_and_when_that_changes() -> None:
    ended = _run(WITH_PORTAL)
    said = ended.stdout.splitlines()
    assert [each for each in said if " " not in each] == ["Dark", "Light", "Unknown"], ended.stderr
    assert [each for each in said if each.startswith("contrast")] == ["contrast True", "contrast False"]
    assert [each for each in said if each.startswith("still")] == ["still True", "still True"]


def test_without_a_portal_nothing_is_said() -> None:
    ended = _run(WITHOUT_PORTAL)
    assert ended.stdout.split() == ["silent"], ended.stderr
