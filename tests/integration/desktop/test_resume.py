"""Waking up, told by a logind of our own."""

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from tests.portals import private_bus
from writetex_desktop.native.resume import ResumeWatch

pytestmark = pytest.mark.gui


def test_waking_up_is_told_and_falling_asleep_is_not(qtbot: QtBot) -> None:
    with private_bus() as bus, open_dbus_connection(bus.address) as logind:
        logind.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
        ours = QDBusConnection.connectToBus(bus.address, "resume")
        watch = ResumeWatch(ours)
        told: list[None] = []
        watch.resumed.connect(lambda: told.append(None))
        watch.start()
        manager = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
        for begins in (True, False):
            logind.send(new_signal(manager, "PrepareForSleep", "b", (begins,)))
        qtbot.waitUntil(lambda: bool(told))
        QDBusConnection.disconnectFromBus("resume")
    assert len(told) == 1
