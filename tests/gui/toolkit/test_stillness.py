"""Nothing moves by itself for who has told the system so, and what happens is announced once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.ui.toolkit.theme import ThemeKeeper, is_still
from writetex_desktop.ui.toolkit.views import announcing
from writetex_desktop.ui.toolkit.views.announcing import Announcer
from writetex_desktop.ui.toolkit.views.progress import ProgressLine

pytestmark = pytest.mark.gui


@pytest.fixture
def keeper(qapp: QApplication) -> Iterator[ThemeKeeper]:
    made = ThemeKeeper(qapp)
    before = qapp.palette()
    yield made
    made.set_reduced_motion(wanted=False)
    qapp.setPalette(before)
    made.deleteLater()


def test_a_line_of_progress_stands_still_where_motion_is_reduced(
    keeper: ThemeKeeper, qapp: QApplication, qtbot: QtBot
) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.resize(200, 3)
    keeper.set_reduced_motion(wanted=True)
    assert is_still(qapp)
    line.set_running(True)
    line.show()
    assert not line._frames.isActive()
    first = line.grab().toImage()
    assert first.pixelColor(2, 1) == first.pixelColor(197, 1)
    keeper.set_reduced_motion(wanted=False)
    line.set_running(True)
    assert line._frames.isActive()


def test_strong_contrast_is_black_on_white_or_white_on_black(keeper: ThemeKeeper, qapp: QApplication) -> None:
    keeper.set_high_contrast(wanted=True)
    if keeper._own_palette:  # a platform with a look of its own has its own high contrast
        palette = qapp.palette()
        assert {palette.window().color().name(), palette.windowText().color().name()} == {
            "#000000",
            "#ffffff",
        }


def test_what_changes_quickly_is_said_once_as_it_is_at_last(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    class Ear(QObject):
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            said.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Ear)
    speaker = QWidget()
    qtbot.addWidget(speaker)
    announcer = Announcer(speaker)
    for words in ("1 px", "2 px", "3 px"):
        announcer.say(words)
    qtbot.waitUntil(lambda: said == ["3 px"])
    announcer.say("3 px")
    announcer.say("sure")
    qtbot.waitUntil(lambda: said == ["3 px", "sure"])
    announcer.say("gone")
    announcer.say("")
    announcer.say("sure")
    qtbot.waitUntil(lambda: said == ["3 px", "sure", "sure"])
