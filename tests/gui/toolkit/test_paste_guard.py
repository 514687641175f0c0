"""Pasting into a text field while the program that holds the clipboard hangs, and while it does not."""

import asyncio
import os
import subprocess
from collections.abc import Iterator

import pytest
import qasync
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier
from tests.foreign_clipboards import hanging_owner
from writetex_desktop.composition.clipboard import ask_for_paste
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.toolkit.paste_guard import PasteGuard

pytestmark = pytest.mark.gui


@pytest.fixture(params=[QLineEdit, QPlainTextEdit])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    made: QWidget = request.param()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def notifier() -> FakeNotifier:
    return FakeNotifier()


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    with qasync.QEventLoop(qapp) as made:
        yield made


@pytest.fixture
def guarded(
    field: QWidget, notifier: FakeNotifier, qapp: QApplication, qtbot: QtBot, loop: qasync.QEventLoop
) -> Iterator[QWidget]:
    guard = PasteGuard(qapp, ask_for_paste, Tasks(notifier))
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
        field.setFocus()
    yield field
    guard.deleteLater()


async def _paste(field: QWidget, qtbot: QtBot) -> None:
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await _until_asked()


async def _until_asked() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*rest, return_exceptions=True)


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


def test_keys_and_menu_wait_for_no_program_that_hangs(
    guarded: QWidget, notifier: FakeNotifier, qtbot: QtBot, loop: qasync.QEventLoop
) -> None:
    async def use() -> None:
        await _paste(guarded, qtbot)
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), QPoint(3, 3))
        QApplication.sendEvent(guarded, menu)
        await _until_asked()

    with hanging_owner(os.environ["DISPLAY"]) as asked:
        loop.run_until_complete(use())
    assert asked == ["TARGETS", "TARGETS"]
    assert not _text(guarded)
    assert len(notifier.notices) == 2


def test_the_text_of_a_program_that_answers_is_pasted(
    guarded: QWidget, notifier: FakeNotifier, qtbot: QtBot, loop: qasync.QEventLoop
) -> None:
    subprocess.run(["xclip", "-selection", "clipboard"], input=rb"\frac{1}{2}", check=True)
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().ownsClipboard())
    loop.run_until_complete(_paste(guarded, qtbot))
    assert _text(guarded) == r"\frac{1}{2}"
    assert not notifier.notices


def test_our_own_text_is_pasted_at_once(guarded: QWidget, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("ours")
    QTest.keyClick(guarded, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _text(guarded) == "ours"
