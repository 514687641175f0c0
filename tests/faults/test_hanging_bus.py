"""Services of the session bus that are there and do not answer keep nobody from starting the program."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.e2e.conftest import session
from writetex_desktop.native.bus_probe import has_silent_service
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SERVICES = ("org.kde.StatusNotifierWatcher", "org.freedesktop.portal.Desktop")


@pytest.fixture
def bus() -> Iterator[str]:
    """A session bus of the test's own."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.kill()


@contextmanager
def _hanging(bus: str, *names: str) -> Iterator[None]:
    with open_dbus_connection(bus) as connection:
        for name in names:
            assert connection.send_and_get_reply(message_bus.RequestName(name)).body == (1,)
        yield


def test_a_bus_without_services_answers_at_once(bus: str) -> None:
    assert not has_silent_service(bus)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_that_hangs_is_found(bus: str, name: str) -> None:
    with _hanging(bus, name):
        assert has_silent_service(bus)
    assert not has_silent_service(bus)


@pytest.mark.parametrize(
    "address", ["", "disabled:", "tcp:host=localhost,port=1", "unix:path=/nowhere", "unix:abstract=x", ";;=,"]
)
def test_what_is_no_bus_is_not_waited_for(address: str) -> None:
    assert not has_silent_service(address)


@pytest.mark.parametrize("desktop", ["KDE", "GNOME"])
def test_the_program_starts_beside_services_that_hang(tmp_path: Path, bus: str, desktop: str) -> None:
    # Qt waits 25 seconds for each, and longer than anything is waited for here.
    with session(tmp_path, "openbox", panel=False) as made, _hanging(bus, *SERVICES):
        path = socket_path(str(tmp_path / "runtime_dir"), os.getuid())
        made.start("window", DBUS_SESSION_BUS_ADDRESS=bus, XDG_CURRENT_DESKTOP=desktop)

        def answers() -> bool:
            reply = forward(Request(Verb.PING), path)
            return reply is not None and reply.ok

        made.hands.wait_until(answers)
        assert "does not answer" in made.said()
