"""What holds for every test."""

import gc
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Timing is never asserted; on CI the same examples are tried every time, and fewer of them.
settings.register_profile("writetex", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, max_examples=40)
settings.load_profile("ci" if os.environ.get("CI") else "writetex")

FOREIGN = (
    "OPENAI_",
    "WRITETEX_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
)


# A collection on the thread of a test's server would delete the widgets of earlier tests there, and Qt would
# crash; see writetex_desktop/ui/toolkit/garbage.py. So it runs between tests, on the main thread.
gc.disable()
TESTS_A_COLLECTION = 40


ON_LINUX = sys.platform == "linux"

NEEDS_LINUX = re.compile(
    r"^(?:from|import) (?:Xlib|jeepney|fcntl|resource|tests\.(?:x11|wayland|portals)|"
    r"writetex_desktop\.native\.(?:portal|hotkey_portal|hotkey_x11|screen_portal|instance_socket))\b|"
    r"\"xdotool\"|\"xclip\"",
    re.MULTILINE,
)
"""What a test that drives a desktop of Linux imports or runs."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out, on other systems, what needs a desktop of Linux."""
    if ON_LINUX or collection_path.suffix != ".py":
        return None
    return NEEDS_LINUX.search(collection_path.read_text("utf-8")) is not None or None


def pytest_collection_finish() -> None:
    """Keep what the imports made out of every later collection, which takes a tenth of the time then."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Collect garbage now and then; the windows of a test at once, or they would hear the next one.

    What outlives a test is looked at again only now and then: looking through all of it each time would take
    as long as the test.
    """
    count = item.session.stash.get(TESTS_RUN, 0) + 1
    item.session.stash[TESTS_RUN] = count
    thoroughly = count % TESTS_A_COLLECTION == 0
    if thoroughly:
        gc.unfreeze()
    if "gui" in item.path.parts:
        _delete_windows()
    if thoroughly or "gui" in item.path.parts:
        gc.collect()
        gc.freeze()


def _delete_windows() -> None:
    """Delete the main windows of a test: their signals call lambdas that know them, so nothing collects them.

    Each change of palette or font would go through all that there ever were.
    """
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - most tests do without Qt
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - as above

    if QApplication.instance() is None:
        return
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


TESTS_RUN = pytest.StashKey[int]()


@pytest.fixture(autouse=True)
def _no_foreign_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the environment of the person who runs the tests would say to the program."""
    for name in tuple(os.environ):
        if name.startswith(FOREIGN):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _loud_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which the program logged a warning or worse that nobody asked for.

    A test that expects one reads it from `caplog` and then calls `caplog.clear()`.
    """
    yield
    loud = [
        record
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("writetex_desktop")
    ]
    assert not loud, f"unexpected in the log: {[record.getMessage() for record in loud]}"
