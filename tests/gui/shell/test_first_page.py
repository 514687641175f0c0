"""The questions of the first start: asked once, answered at once, left at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.ui.shell.first_page import FirstPage
from writetex_desktop.ui.shell.first_presenter import FirstPresenter
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions

pytestmark = pytest.mark.gui
SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "01-quadratic.png"


class Desk:
    """A window at its first start, and its user."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.window = MainWindow(Actions())
        qtbot.addWidget(self.window, before_close_func=lambda window: window.hide())
        self.settings = Observable(settings)
        self.gone_on = 0
        self.remedies: list[RemedyAction] = []
        self.window.remedy_requested.connect(self.remedies.append)
        FirstPresenter(
            window=self.window,
            settings=self.settings,
            edit=lambda edit: self.settings.set(edit(self.settings.value)),
            sample=SAMPLE,
            then=self._go_on,
        ).start()
        with qtbot.waitActive(self.window):
            self.window.bring_to_front()

    @property
    def page(self) -> FirstPage | None:
        shown = self.window.pages.currentWidget()
        return shown if isinstance(shown, FirstPage) else None

    def _go_on(self) -> None:
        self.gone_on += 1


def test_a_new_user_is_asked_and_nobody_else(qtbot: QtBot) -> None:
    assert Desk(qtbot, Settings()).page is not None
    for known in (replace(Settings(), welcomed=True), replace(Settings(), mode=Settings().mode, macros="x")):
        desk = Desk(qtbot, known)
        assert desk.page is None
        assert desk.gone_on == 1


def test_an_answer_holds_at_once(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings())
    assert desk.page is not None
    word = OutputFormat.WORD
    checked = [each.text() for each in desk.page.findChildren(QRadioButton) if each.isChecked()]
    assert checked == ["LaTeX editors, Overleaf"]
    (button,) = [each for each in desk.page.findChildren(QRadioButton) if each.text() == word.row.label]
    button.click()
    assert desk.settings.value.output_format is word
    assert desk.page is not None

    desk.settings.set(desk.settings.value.with_format(Settings().mode, OutputFormat.SYMPY))
    assert not [each for each in desk.page.findChildren(QRadioButton) if each.isChecked()]

    (language,) = desk.page.findChildren(QComboBox)
    language.setCurrentIndex(language.findData("de"))
    assert desk.settings.value.language == "de"


def test_its_buttons_lead_to_what_is_asked_about(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings())
    assert desk.page is not None
    for button in desk.page.findChildren(QPushButton):
        if button.text().endswith("…"):
            button.click()
    assert desk.remedies == [RemedyAction.OPEN_ENDPOINT_SETTINGS, RemedyAction.OPEN_SNIPPING_SETTINGS]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_one_key_leaves_it_for_good(qtbot: QtBot, key: Qt.Key) -> None:
    desk = Desk(qtbot, Settings())
    focus = desk.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    assert desk.page is None
    assert desk.settings.value == replace(Settings(), welcomed=True)
    assert desk.gone_on == 1


def test_a_first_result_takes_its_place_for_good(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings())
    desk.window.show_home(desk.window.pane)
    assert desk.window.shows(desk.window.pane)
    assert (desk.settings.value.welcomed, desk.gone_on) == (True, 1)


def test_the_hotkey_is_asked_for_as_it_is_now(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings())
    assert desk.page is not None
    assert "M</b>" in desk.page._press.text()
    desk.settings.set(replace(desk.settings.value, hotkey=None))
    assert desk.page._press.text() == "No hotkey is set: choose one."


def test_everything_on_it_is_reached_by_tab(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings())
    assert desk.page is not None
    reached: set[QWidget] = set()
    for _stop in range(60):
        focus = desk.window.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = (*desk.page.findChildren(QPushButton), *desk.page.findChildren(QComboBox))
    assert set(wanted) <= reached
    assert [each for each in desk.page.findChildren(QRadioButton) if each in reached]
