"""Every view can be used without a mouse and without seeing it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.errors import Remedy, RemedyAction, RenderError
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions

PROFILES = (
    Profile("a", "Work", "https://a.example/v1", "gpt-x"),
    Profile("b", "Home", "http://localhost", "qwen"),
)


def _empty(window: MainWindow) -> None:
    window.set_profiles((), "")
    window.show_empty()


def _result(window: MainWindow) -> None:
    window.set_profiles(PROFILES, "a")
    window.show_home(window.pane)
    window.pane.show_crop(Bitmap(40, 10, bytes(1600)))
    window.pane.show_done(Recognition("x", Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 1.0))
    window.pane.show_render_error(RenderError("Missing close brace", position=1))
    window.notices.show_notice(Notice(Level.ERROR, "It failed.", Remedy("Try again.", RemedyAction.RETRY)))


def _working(window: MainWindow) -> None:
    window.set_profiles(PROFILES, "a")
    window.show_home(window.pane)
    window.pane.show_working()


STATES = pytest.mark.parametrize("state", [_empty, _result, _working])


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Actions())
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    with qtbot.waitActive(window):
        window.bring_to_front()
    return window


def _reachable(window: MainWindow) -> list[QWidget]:
    """Everything that Tab should stop at."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.focusProxy() is None
    ]


def _name(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        # On Linux a combo box tells its current text in place of its name.
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def _describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


@STATES
def test_every_reachable_widget_has_a_name(window: MainWindow, state: Callable[[MainWindow], None]) -> None:
    state(window)
    reachable = _reachable(window)
    assert reachable
    assert [_describe(widget) for widget in reachable if not _name(widget)] == []


@STATES
def test_tab_reaches_everything(
    qtbot: QtBot, window: MainWindow, state: Callable[[MainWindow], None]
) -> None:
    state(window)
    missed = set(_reachable(window))
    for _ in range(2 * len(missed) + 2):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            missed.discard(focus)
    assert {_describe(widget) for widget in missed} == set()


def test_every_action_has_text_icon_and_tooltip(qtbot: QtBot) -> None:
    for action in Actions():
        assert action.text()
        assert action.toolTip()
        assert action.toolTip() != action.text()
        assert not action.icon().isNull()


def test_no_two_actions_share_a_shortcut(qtbot: QtBot) -> None:
    keys = [key.toString() for action in Actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+N", "Ctrl+O", "Ctrl+V", "Ctrl+C", "Esc", "F5", "Ctrl+,"} <= set(keys)


@STATES
def test_no_two_widgets_share_an_access_key(window: MainWindow, state: Callable[[MainWindow], None]) -> None:
    state(window)
    texts = [
        widget.text()
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLabel) and widget.isVisible()
    ]
    keys = [key for key in (QKeySequence.mnemonic(text).toString() for text in texts) if key]
    assert sorted(keys) == sorted(set(keys))


@STATES
def test_what_a_label_shows_is_what_a_screen_reader_says(
    window: MainWindow, state: Callable[[MainWindow], None]
) -> None:
    state(window)
    labels = [each for each in window.findChildren(QLabel) if each.isVisible() and each.text()]
    assert labels
    for label in labels:
        said = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
        assert said == _plain(label.text()), _describe(label)


def _plain(shown: str) -> str:
    """A label's text without its marks, and without the mark of its key."""
    text = QTextDocumentFragment.fromHtml(shown).toPlainText() if "<" in shown else shown
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
