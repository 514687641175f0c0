"""A session bus of a test's own, and a portal on it that does what the test wants."""

import select
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import DBusConnection, open_dbus_connection

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SCREENSHOT = "org.freedesktop.portal.Screenshot"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
REGISTRY = "org.freedesktop.host.portal.Registry"

SETUP_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The `Response` to a request."""

    code: int
    results: dict[str, tuple[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """A `Response` of any shape."""

    signature: str
    body: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A D-Bus error in place of a request handle."""

    name: str = "org.freedesktop.DBus.Error.AccessDenied"


class Silence:
    """The request is taken and never answered."""


Reaction = Answer | Raw | Refusal | Silence


@dataclass(frozen=True, slots=True)
class Bus:
    """A session bus of one's own.

    Attributes:
        address: What `DBUS_SESSION_BUS_ADDRESS` holds.
        server: The process; kill it to see what clients do.
    """

    address: str
    server: subprocess.Popen[str]

    def environment(self) -> dict[str, str]:
        """Give the environment of its clients."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}


ALONE = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/> <allow eavesdrop="true"/> <allow own="*"/>
  </policy>
</busconfig>"""
"""A bus that starts no services: a portal that is installed on this machine would be one."""


@contextmanager
def private_bus() -> Iterator[Bus]:
    """Run a bus until the block ends, on which nobody is but who is put there."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as config:
        config.write(ALONE)
        config.flush()
        with _bus("--config-file", config.name) as bus:
            yield bus


@contextmanager
def _bus(*options: str) -> Iterator[Bus]:
    server = subprocess.Popen(
        ["dbus-daemon", *options, "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert select.select([server.stdout], [], [], SETUP_TIMEOUT_S)[0], "dbus-daemon did not come up"
        yield Bus(server.stdout.readline().strip(), server)
    finally:
        server.kill()
        server.communicate()


class MockPortal:
    """Portals whose every answer a test decides.

    Attributes:
        versions: The portals that there are, by interface.
        screenshot: Reacts to the options of `Screenshot`.
        create_session: Reacts to the options of `CreateSession`; None for the usual.
        bind: Reacts to the shortcuts of `BindShortcuts`; None for the usual.
        app_ids: Those registered, in order.
        calls: The methods called, in order, with their bodies.
        sessions: The paths of the sessions made.
        forgotten: Those of them that are there no longer.
    """

    def __init__(self, bus: Bus) -> None:
        self.versions = {SCREENSHOT: 2, SHORTCUTS: 1}
        self.screenshot: Callable[[dict[str, Any]], Reaction] = lambda _options: Silence()
        self.create_session: Callable[[dict[str, Any]], Reaction] | None = None
        self.bind: Callable[[list[Any]], Reaction] | None = None
        self.has_registry = True
        self.app_ids: list[str] = []
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._answered: list[str] = []
        self.sessions: list[str] = []
        self.forgotten: set[str] = set()
        self._connection: DBusConnection = open_dbus_connection(bus.address)
        self._client = ""
        self._heard = threading.Condition()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def start(self) -> None:
        """Take the name and serve; when this returns, calls reach the portal."""
        self._connection.send(message_bus.RequestName(SERVICE))
        self._thread.start()

    def close(self) -> None:
        """Go away, as a portal that crashed."""
        with suppress(OSError):  # the bus may be gone already
            self._connection.send(message_bus.ReleaseName(SERVICE))
            self._connection.send(message_bus.GetId())
        self._thread.join(SETUP_TIMEOUT_S)
        self._connection.close()

    def wait_for(self, method: str, times: int = 1) -> None:
        """Wait until a method has been called, and answered, so many times."""
        with self._heard:
            enough = self._heard.wait_for(lambda: self._answered.count(method) >= times, SETUP_TIMEOUT_S)
        assert enough, f"{method} was not called {times} times"

    def activate(self, session: str, shortcut: str) -> None:
        """The user presses a shortcut."""
        self.emit(PATH, SHORTCUTS, "Activated", "osta{sv}", (session, shortcut, 0, {}))

    def emit(self, path: str, interface: str, member: str, signature: str, body: tuple[object, ...]) -> None:
        """Send a signal to whoever listens."""
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (EOFError, OSError):
                return
            fields = message.header.fields
            if message.header.message_type is MessageType.method_return and isinstance(message.body[0], str):
                return  # the answer to `GetId`: nothing of ours comes after it
            if message.header.message_type is not MessageType.method_call:
                continue
            method = fields[HeaderFields.member]
            self._client = fields[HeaderFields.sender]
            self.calls.append((method, message.body))  # before the answer, after which a test may look
            self._react(message, method, message.body)
            with self._heard:
                self._answered.append(method)
                self._heard.notify_all()

    def _react(self, message: Message, method: str, body: tuple[Any, ...]) -> None:
        match method:
            case "Get" if body[0] == SESSION:
                self._tell_of_session(message)
            case "Get":
                version = self.versions.get(body[0])
                if version is None:
                    self._connection.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))
                else:
                    self._connection.send(new_method_return(message, "v", (("u", version),)))
            case "Register" if self.has_registry:
                self.app_ids.append(body[0])
                self._connection.send(new_method_return(message))
            case "Screenshot" if SCREENSHOT in self.versions:
                self._answer(message, body[1], self.screenshot(body[1]))
            case "CreateSession" if SHORTCUTS in self.versions:
                self._answer(message, body[0], self._make_session(body[0]))
            case "BindShortcuts" if SHORTCUTS in self.versions:
                self._answer(message, body[3], (self.bind or _bound)(body[1]))
            case "Close":
                self._connection.send(new_method_return(message))
            case _:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _tell_of_session(self, message: Message) -> None:
        path = message.header.fields[HeaderFields.path]
        if path in self.sessions and path not in self.forgotten:
            self._connection.send(new_method_return(message, "v", (("u", 1),)))
        else:
            self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _make_session(self, options: dict[str, Any]) -> Reaction:
        if self.create_session is not None:
            return self.create_session(options)
        sender = self._client.removeprefix(":").replace(".", "_")
        self.sessions.append(f"{PATH}/session/{sender}/{options['session_handle_token'][1]}")
        return Answer(0, {"session_handle": ("s", self.sessions[-1])})

    def _answer(self, message: Message, options: dict[str, Any], reaction: Reaction) -> None:
        if isinstance(reaction, Refusal):
            self._connection.send(new_error(message, reaction.name))
            return
        sender = self._client.removeprefix(":").replace(".", "_")
        path = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        self._connection.send(new_method_return(message, "o", (path,)))
        match reaction:
            case Answer(code, results):
                self.emit(path, REQUEST, "Response", "ua{sv}", (code, results))
            case Raw(signature, body):
                self.emit(path, REQUEST, "Response", signature, body)
            case Silence():
                pass


def _bound(shortcuts: list[Any]) -> Answer:
    bound = [(name, {"trigger_description": ("s", "Press Ctrl+M")}) for name, _options in shortcuts]
    return Answer(0, {"shortcuts": ("a(sa{sv})", bound)})


@contextmanager
def mock_portal(bus: Bus) -> Iterator[MockPortal]:
    """Run a portal until the block ends."""
    portal = MockPortal(bus)
    portal.start()
    try:
        yield portal
    finally:
        portal.close()
