"""Signals end the program in order, whatever it is doing: nothing is cut, nothing is left behind.

That the end is quick is held by the program itself: what takes longer than `native.ending.LATEST_S` is cut
short with exit status 1 and a word in the log, and these tests want neither.
"""

import os
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.e2e.conftest import Desktop, session
from tests.x11 import Hands
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with session(tmp_path, "openbox", panel=True) as made:
        yield made


class Silence:
    """An endpoint that takes every connection and never says a word."""

    def __init__(self, listener: socket.socket, stack: ExitStack) -> None:
        self._listener = listener
        self._stack = stack
        port = listener.getsockname()[1]
        self.settings = {
            "WRITETEX_BASE_URL": f"http://127.0.0.1:{port}/v1",
            "WRITETEX_MODEL": "m",
            "WRITETEX_API_KEY": "sk-test",
        }

    def wait_until_asked(self) -> None:
        connection, _address = self._listener.accept()
        self._stack.enter_context(connection)


@pytest.fixture
def silence() -> Iterator[Silence]:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        listener.settimeout(30)
        yield Silence(listener, stack)


def _tell(desktop: Desktop, request: Request) -> bool:
    reply = forward(request, socket_path(str(desktop.home / "runtime_dir"), os.getuid()))
    return reply is not None and reply.ok


def _wait_for_formula(desktop: Desktop) -> None:
    desktop.hands.wait_until(lambda: r"\frac" in desktop.clipboard())


def _idle(desktop: Desktop, _silence: Silence) -> None:
    _tell(desktop, Request(Verb.OPEN, files=(str(SAMPLE),)))
    _wait_for_formula(desktop)


def _choosing(desktop: Desktop, silence: Silence) -> None:
    _idle(desktop, silence)
    _tell(desktop, Request(Verb.SNIP))
    with Hands(desktop.display.name) as others:
        desktop.hands.wait_until(lambda: not others.input_is_free())


def _asking(desktop: Desktop, silence: Silence) -> None:
    _tell(desktop, Request(Verb.OPEN, files=(str(SAMPLE),)))
    silence.wait_until_asked()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("state", [_idle, _choosing, _asking])
def test_the_window_ends_in_order(
    desktop: Desktop,
    silence: Silence,
    number: signal.Signals,
    state: Callable[[Desktop, Silence], None],
) -> None:
    environment = silence.settings if state is _asking else {}
    program = desktop.start("window", **environment)
    desktop.hands.wait_until(lambda: _tell(desktop, Request(Verb.PING)))
    state(desktop, silence)

    program.send_signal(number)

    assert program.wait(20) == 0
    assert not list((desktop.home / "runtime_dir").rglob("*.socket"))
    assert "Traceback" not in desktop.said()
    assert desktop.hands.input_is_free()
    (log,) = desktop.home.rglob("*.log")
    assert "too long" not in log.read_text("utf-8")
    if state is not _asking:
        assert r"\frac" in desktop.clipboard()
    _assert_whole(desktop.home)
    assert desktop.start("window").poll() is None  # nothing is in the way of the next one


def _assert_whole(home: Path) -> None:
    """See that the history is sound and has no log of a broken end beside it."""
    for path in home.rglob("history.db"):
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not path.with_name("history.db-wal").exists()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_command_ends_in_order(
    desktop: Desktop, silence: Silence, tmp_path: Path, number: signal.Signals
) -> None:
    output = tmp_path / "out.jsonl"
    program = desktop.start("recognize", str(SAMPLE), "-o", str(output), **silence.settings)
    silence.wait_until_asked()

    program.send_signal(number)

    assert program.wait(20) == 128 + number
    assert "Stopped. The same command goes on where it stopped." in desktop.said()
    assert "Traceback" not in desktop.said()


def test_what_is_ignored_from_the_start_stays_ignored(desktop: Desktop) -> None:
    desktop.command = ("nohup", *desktop.command)
    program = desktop.start("window")
    desktop.hands.wait_until(lambda: _tell(desktop, Request(Verb.PING)))
    program.send_signal(signal.SIGHUP)
    assert _tell(desktop, Request(Verb.PING))
    program.send_signal(signal.SIGTERM)
    assert program.wait(20) == 0
