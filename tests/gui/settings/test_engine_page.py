"""Which engine reads, and the switch that keeps the program off the network, where the user sees it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.settings.endpoint_desk import CATALOGUE
from writetex_desktop.core.reading.recognition import EngineChoice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions

pytestmark = pytest.mark.gui


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(CATALOGUE)
    qtbot.addWidget(dialog)
    dialog.show_settings(Settings())
    dialog.open_page(dialog.engine)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def box(dialog: SettingsDialog, name: str) -> QCheckBox:
    found = [
        each
        for each in dialog.engine.findChildren(QCheckBox)
        if each.text().replace("&", "").startswith(name)
    ]
    assert len(found) == 1
    return found[0]


def test_engine_and_draft_are_chosen_and_a_draft_goes_with_automatic_only(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.settings_edited) as edited:
        QTest.keyClick(box(dialog, "Show a draft"), Qt.Key.Key_Space)
    assert edited.args == [Settings(show_draft=False)]
    dialog.show_settings(Settings())
    choice = dialog.engine.findChild(QComboBox)
    assert isinstance(choice, QComboBox)
    with qtbot.waitSignal(dialog.settings_edited) as edited:
        choice.setCurrentIndex(choice.findData(EngineChoice.OFFLINE))
    chosen = replace(Settings(), engine=EngineChoice.OFFLINE)
    assert edited.args == [chosen]
    dialog.show_settings(chosen)
    assert not box(dialog, "Show a draft").isEnabled()


def test_staying_offline_is_asked_for_on_one_page_and_said_on_the_other(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.engine.offline_changed) as wanted:
        QTest.keyClick(box(dialog, "Stay offline"), Qt.Key.Key_Space)
    assert wanted.args == [True]
    dialog.set_offline(True)
    dialog.open_page(dialog.endpoint)
    said = [each.text() for each in dialog.endpoint.findChildren(QLabel) if each.isVisible()]
    assert any("stays offline" in each for each in said)
    dialog.set_offline(False)
    said = [each.text() for each in dialog.endpoint.findChildren(QLabel) if each.isVisible()]
    assert not any("stays offline" in each for each in said)


def test_tool_bar_and_tray_say_that_no_endpoint_is_asked(qtbot: QtBot) -> None:
    actions = Actions()
    window = MainWindow(actions)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)

    def buttons() -> list[str]:
        return [each.text() for each in window.findChildren(QToolButton) if each.isVisible()]

    assert "Offline" not in buttons()
    window.set_offline(True)
    assert "Offline" in buttons()
    tray = Tray(actions)
    assert actions.stay_offline in tray.menu.actions()
    tray.close()
