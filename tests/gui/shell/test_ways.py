"""Every way to an action leads to the same: by key, by the window's buttons, by the tray's menu."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.shell.test_main_window import _discard
from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions


@dataclass(frozen=True)
class Desk:
    """A window with its tray, in which every action can be had."""

    actions: Actions
    window: MainWindow
    tray: Tray


def _all_enabled(actions: Actions) -> None:
    actions.set_idle(has_picture=True, has_markup=True)
    actions.cancel.setEnabled(True)
    actions.set_drawing_at_hand(True)
    actions.set_neighbours(before=True, after=True)
    actions.set_table_at_hand(True)
    actions.set_spots_at_hand(True)
    for action in actions:
        action.setEnabled(True)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    actions = Actions()
    window = MainWindow(actions)
    qtbot.addWidget(window, before_close_func=_discard)
    actions.open_files.triggered.disconnect()  # its dialog would take the keyboard
    window.show_home(window.pane)
    window.pane.show_markup("x = l1")
    window.pane.show_spots((Spot(4, 6, "A letter like a digit."),))
    with qtbot.waitActive(window):
        window.bring_to_front()
    _all_enabled(actions)
    return Desk(actions, window, Tray(actions, window))


def _name_of(desk: Desk, action: QAction) -> str:
    return next(name for name, each in _named(desk.actions).items() if each is action)


def _named(actions: Actions) -> dict[str, QAction]:
    named = {name: value for name, value in vars(actions).items() if isinstance(value, QAction)}
    return named | {f"mode {mode}": action for mode, action in actions.modes.items()}


def _by_key(desk: Desk, action: QAction) -> bool:
    if action.shortcut().isEmpty():
        return False
    QTest.keySequence(desk.window, action.shortcut())
    return True


def _by_button(desk: Desk, action: QAction) -> bool:
    buttons = [
        button
        for button in desk.window.findChildren(QToolButton)
        if button.defaultAction() is action and button.isVisible()
    ]
    for button in buttons[:1]:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return bool(buttons)


def _by_tray(desk: Desk, action: QAction) -> bool:
    menu = desk.tray.menu
    entry = menu.snip if action is desk.actions.snip else action
    if entry not in menu.actions():
        return False
    _choose(menu, entry)
    return True


def _choose(menu: QMenu, action: QAction) -> None:
    menu.popup(menu.pos())
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


WAYS: dict[str, tuple[Callable[[Desk, QAction], bool], frozenset[str]]] = {
    "key": (
        _by_key,
        frozenset(
            {
                *("snip", "snip_later", "open_files", "paste", "copy", "copy_as", "copy_png", "copy_svg"),
                *(
                    "cancel",
                    "retry",
                    "retry_with_hint",
                    "zoom_in",
                    "zoom_out",
                    "zoom_reset",
                    "history",
                    "batch",
                ),
                *("restore_clipboard", "private_mode", "stay_offline", "previous_result", "next_result"),
                *("next_spot", "previous_spot", "tidy", "wrap_text", "wrap_bold", "unwrap", "use_document"),
                *("copy_table", "copy_table_markdown", "settings", "help", "quit"),
                *(
                    "mode formula",
                    "mode text",
                    "mode table",
                    "mode tikz",
                    "mode chemistry",
                    "mode handwriting",
                ),
            }
        ),
    ),
    "button": (_by_button, frozenset({"snip", "open_files", "paste", "settings", "help", "history"})),
    "tray": (
        _by_tray,
        frozenset(
            {
                *(
                    "snip",
                    "snip_later",
                    "paste",
                    "open_files",
                    "stay_offline",
                    "history",
                    "restore_clipboard",
                ),
                *("show_window", "settings", "help", "quit"),
            }
        ),
    ),
}
"""Each way, and the actions that it leads to at least."""


@pytest.mark.parametrize("way", WAYS)
def test_each_action_is_triggered_once_by_each_way_that_leads_to_it(desk: Desk, way: str) -> None:
    lead, at_least = WAYS[way]
    led = set()
    for name, action in _named(desk.actions).items():
        _all_enabled(desk.actions)
        desk.window.setFocus()
        spies = {each: QSignalSpy(each.triggered) for each in desk.actions}
        if lead(desk, action):
            QCoreApplication.sendPostedEvents()
            told = {_name_of(desk, each): spy.count() for each, spy in spies.items() if spy.count()}
            assert told == {name: 1}
            led.add(name)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # some actions open a menu, which has the keyboard
    assert led >= at_least
