"""The watchdog of the tests itself: it hears what keeps the loop, and only that."""

import asyncio
import time
from collections.abc import Awaitable

import pytest
import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.silence import LIMIT_S, watch_of


def _keep_busy() -> None:
    end = time.thread_time() + 2 * LIMIT_S
    while time.thread_time() < end:
        pass


def _run(app: QApplication, story: Awaitable[None]) -> None:
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(asyncio.wait_for(story, 30))


@pytest.mark.heavy("that is what is measured")
def test_an_event_that_takes_long_is_heard(qapp: QApplication) -> None:
    watch = watch_of(qapp)
    watch.longest_s = 0.0

    async def story() -> None:
        await asyncio.sleep(0.1)  # the watch has to have heard the loop once before
        QTimer.singleShot(0, _keep_busy)
        await asyncio.sleep(0.2)  # a beat later

    _run(qapp, story())
    assert watch.longest_s > LIMIT_S


def test_what_is_done_outside_the_loop_is_not(qapp: QApplication) -> None:
    watch = watch_of(qapp)
    watch.longest_s = 0.0
    _keep_busy()

    async def story() -> None:
        await asyncio.sleep(0.1)

    _run(qapp, story())
    assert watch.longest_s < 2 * LIMIT_S
