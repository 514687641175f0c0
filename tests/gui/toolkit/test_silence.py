"""The watchdog of the tests itself: it hears what keeps the loop, and only that."""

import time

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.silence import LIMIT_S, WatchedApplication


def _keep_busy() -> None:
    end = time.thread_time() + 2 * LIMIT_S
    while time.thread_time() < end:
        pass


@pytest.mark.heavy("that is what is measured")
def test_an_event_that_takes_long_is_heard(qtbot: QtBot, qapp: WatchedApplication) -> None:
    QTimer.singleShot(0, _keep_busy)
    qtbot.waitUntil(lambda: qapp.longest_s > LIMIT_S)


def test_what_is_done_outside_the_loop_is_not(qtbot: QtBot, qapp: WatchedApplication) -> None:
    _keep_busy()
    done: list[str] = []
    QTimer.singleShot(0, lambda: done.append("done"))
    qtbot.waitUntil(lambda: bool(done))
    assert qapp.longest_s < 2 * LIMIT_S
