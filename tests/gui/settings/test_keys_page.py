"""The sheet of all keys: it lists every action, changes each, and keeps one key from meaning two things."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.ink.pad_actions import PadActions
from writetex_desktop.ui.ink.tools import Tool
from writetex_desktop.ui.settings.keys_page import KeysPage
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.shortcuts import Shortcuts


class Desk:
    """The page beside real actions, with settings that hold what it asks for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.actions = Actions()
        self.paper = QWidget()
        qtbot.addWidget(self.paper)
        self.pad = PadActions(self.paper)
        self.shortcuts = Shortcuts(self.actions, dict(self.pad.named()))
        self.settings = Settings()
        self.page = KeysPage()
        qtbot.addWidget(self.page)
        self.page.set_source(self.shortcuts.rows)
        self.page.settings_edited.connect(self.take)
        self.page.show()

    def take(self, settings: Settings) -> None:
        self.settings = settings
        self.shortcuts.apply(settings.shortcuts)
        self.page.show_settings(settings)

    @property
    def table(self) -> QTableWidget:
        (found,) = self.page.findChildren(QTableWidget)
        return found

    @property
    def listed(self) -> list[str]:
        """The actions in the list, those that are filtered out left out."""
        items = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        return [each.text() for each in items if each and not self.table.isRowHidden(each.row())]

    def choose(self, action: str) -> None:
        at = self.listed.index(action)
        self.table.selectRow(at)

    def press(self, keys: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        (edit,) = self.page.findChildren(QKeySequenceEdit)
        edit.setFocus()
        QTest.keyClick(edit, keys, modifiers)
        edit.editingFinished.emit()  # Qt waits a second for more keys

    def said(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_every_action_is_in_the_list_with_its_key(desk: Desk) -> None:
    assert {"Snip", "Copy", "Write LaTeX", "Formula", "Keys", "Other readings"} <= set(desk.listed)
    assert {"Pad: Undo", "Pad: Lasso", "Pad: Copy", "Pad: Doubtful sign"} <= set(desk.listed)
    assert desk.table.rowCount() == len(list(desk.actions)) + len(desk.paper.actions())
    assert len(set(desk.listed)) == len(desk.listed)


def test_no_key_means_two_things_when_nobody_chose_any(desk: Desk) -> None:
    keys = [row.keys for row in desk.shortcuts.rows() if row.keys]
    assert sorted(set(keys)) == sorted(keys)


def test_a_key_is_changed_taken_away_and_given_back(desk: Desk) -> None:
    desk.choose("Tidy")
    desk.press(Qt.Key.Key_K, CTRL)
    assert dict(desk.settings.shortcuts) == {"tidy": "Ctrl+K"}
    assert desk.actions.tidy.shortcut() == QKeySequence("Ctrl+K")
    assert "(Ctrl+K)" in desk.actions.tidy.toolTip()
    (usual,) = desk.page.findChildren(QPushButton)
    usual.click()
    assert not desk.settings.shortcuts
    assert desk.actions.tidy.shortcut() == QKeySequence("Ctrl+Shift+T")


def test_a_key_of_the_pad_is_changed_and_given_back(desk: Desk) -> None:
    desk.choose("Pad: Rubber")
    desk.press(Qt.Key.Key_E, CTRL)
    rubber = desk.pad.tools[Tool.RUBBER]
    assert dict(desk.settings.shortcuts) == {"ink_rubber": "Ctrl+E"}
    assert rubber.shortcut() == QKeySequence("Ctrl+E")
    assert "(Ctrl+E)" in rubber.toolTip()
    desk.take(replace(desk.settings, shortcuts=()))
    assert rubber.shortcut() == QKeySequence("Alt+2")


def test_pad_and_window_take_no_key_from_each_other(desk: Desk) -> None:
    desk.choose("Pad: Undo")
    desk.press(Qt.Key.Key_L, CTRL)
    assert not desk.settings.shortcuts
    assert "Ctrl+L is the key of Write LaTeX." in desk.said()


def test_a_key_that_is_taken_is_refused_by_name(desk: Desk) -> None:
    desk.choose("Tidy")
    desk.press(Qt.Key.Key_L, CTRL)
    assert not desk.settings.shortcuts
    assert "Ctrl+L is the key of Write LaTeX." in desk.said()


def test_a_search_finds_an_action_by_word_or_key(desk: Desk) -> None:
    (search,) = (each for each in desk.page.findChildren(QLineEdit) if "action" in each.placeholderText())
    search.setText("ctrl+l")
    assert desk.listed == ["Write LaTeX"]
    assert desk.page.matches("doubtful")
    assert not desk.page.matches("dragon")


def test_what_another_version_named_does_no_harm(desk: Desk) -> None:
    desk.shortcuts.apply((("fly", "Ctrl+K"), ("snip", "")))
    assert desk.actions.snip.shortcuts() == []
    desk.shortcuts.apply(replace(Settings()).shortcuts)
    assert desk.actions.snip.shortcut() == QKeySequence("Ctrl+N")
    assert len(desk.actions.zoom_in.shortcuts()) == 2
