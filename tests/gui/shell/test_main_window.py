"""The window: ways in, notices, and that it decides nothing."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.shell.empty_page import EmptyPage
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.mode_chips import ModeChip, ModeChips
from writetex_desktop.ui.shell.tool_bar import WindowToolBar
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.image_input import PictureFiles
from writetex_desktop.ui.toolkit.views.drop_frame import DropFrame
from writetex_desktop.ui.toolkit.views.notices import CONFIRMATION_MS, MOST_NOTICES

PROFILES = (
    Profile("a", "Work", "https://a.example/v1", "gpt-x"),
    Profile("b", "Home", "http://localhost", "qwen"),
)


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    return Actions()


@pytest.fixture
def window(qtbot: QtBot, actions: Actions) -> MainWindow:
    window = MainWindow(actions)
    qtbot.addWidget(window, before_close_func=_discard)
    with qtbot.waitActive(window):
        window.bring_to_front()
    return window


def _discard(window: QWidget) -> None:
    window.hide()


def _drop(window: MainWindow, mime: QMimeData) -> bool:
    """Drop something in the middle of the window, as Qt would; says whether it was welcome."""
    where = window.rect().center()
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, action, mime, button, keys)
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(where), action, mime, button, keys))
    return bool(entering.isAccepted())


def test_closing_is_a_request_and_the_window_stays(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()


def test_dropped_files_are_handed_on(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl.fromLocalFile("/tmp/b.png")])
    with qtbot.waitSignal(window.input_given) as given:
        assert _drop(window, mime)
    assert given.args == [PictureFiles((Path("/tmp/a.png"), Path("/tmp/b.png")))]


def test_a_frame_says_that_something_may_be_dropped(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    (frame,) = window.findChildren(DropFrame)
    where, keys = window.rect().center(), Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, keys)
    QApplication.sendEvent(window, entering)
    assert frame.isVisible()
    assert frame.geometry() == window.rect()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not frame.isVisible()
    assert _drop(window, mime)
    assert not frame.isVisible()


def test_text_that_is_no_picture_is_not_welcome_as_a_drop(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("some text")
    with qtbot.assertNotEmitted(window.input_given):
        assert not _drop(window, mime)


def test_chosen_files_are_handed_on_in_one_go(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    files = [tmp_path / "a.png", tmp_path / "b.png"]
    window._files_chosen([str(file) for file in files])
    with qtbot.waitSignal(window.input_given) as given:
        window._files_chosen([str(file) for file in files])
    assert given.args == [PictureFiles(tuple(files))]


def test_ctrl_o_asks_for_files_without_stopping_the_program(
    qtbot: QtBot, window: MainWindow, actions: Actions
) -> None:
    actions.open_files.trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_the_invitation_writes_out_the_hotkey(window: MainWindow, actions: Actions) -> None:
    window.set_hotkey("Ctrl+Super+M")
    (page,) = window.findChildren(EmptyPage)
    assert "Ctrl+Super+M" in page.snip_text
    assert "Ctrl+Super+M" in actions.snip.toolTip()
    assert "Ctrl+Super+M" in actions.snip.iconText()
    window.set_hotkey("")
    assert "Super" not in page.snip_text + actions.snip.toolTip() + actions.snip.iconText()


def test_without_an_endpoint_one_line_offers_to_add_one(qtbot: QtBot, window: MainWindow) -> None:
    (page,) = window.findChildren(EmptyPage)
    window.set_profiles((), "")
    (button,) = (each for each in page.findChildren(QPushButton) if "endpoint" in each.text())
    assert button.isVisible()
    with qtbot.waitSignal(window.remedy_requested) as asked:
        button.click()
    assert asked.args == [RemedyAction.OPEN_ENDPOINT_SETTINGS]
    window.set_profiles(PROFILES, "b")
    assert not button.isVisible()


def test_the_endpoint_is_chosen_by_the_user_only(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.assertNotEmitted(window.profile_chosen):
        window.set_profiles(PROFILES, "b")
    (combo,) = window.findChildren(WindowToolBar)[0].findChildren(QComboBox)
    assert combo.currentText() == "Home"
    combo.setFocus()
    with qtbot.waitSignal(window.profile_chosen) as chosen:
        QTest.keyClick(combo, Qt.Key.Key_Up)
    assert chosen.args == ["a"]


def test_the_mode_is_chosen_by_the_user_only(qtbot: QtBot, window: MainWindow, actions: Actions) -> None:
    with qtbot.assertNotEmitted(actions.mode_changed):
        window.set_mode(Mode.TABLE)
    assert actions.modes[Mode.TABLE].isChecked()
    with qtbot.waitSignal(actions.mode_changed) as changed:
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert changed.args == [Mode.TEXT]
    assert not actions.modes[Mode.TABLE].isChecked()


def test_a_notice_says_what_happened_and_its_button_does_the_remedy(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.notices
    assert not bar.isVisible()
    remedy = Remedy("Check the key.", RemedyAction.OPEN_ENDPOINT_SETTINGS)
    bar.show_notice(Notice(Level.ERROR, "The endpoint did not accept the key.", remedy))
    texts = [label.text() for label in bar.findChildren(QLabel)]
    assert "The endpoint did not accept the key. Check the key." in texts
    (button,) = bar.findChildren(QPushButton)
    with qtbot.waitSignal(window.remedy_requested) as asked:
        button.click()
    assert asked.args == [RemedyAction.OPEN_ENDPOINT_SETTINGS]
    (close,) = bar.findChildren(QToolButton)
    close.click()
    assert not bar.isVisible()
    assert bar.notice is None


FAILURE = Notice(Level.ERROR, "One.", Remedy("Do it.", RemedyAction.RETRY))
CONFIRMATION = Notice(Level.INFO, "Two.")


def test_notices_stand_below_each_other_and_only_those_with_an_action_have_a_button(
    window: MainWindow,
) -> None:
    bar = window.notices
    bar.show_notice(FAILURE)
    bar.show_notice(CONFIRMATION)
    assert bar.notices == (FAILURE, CONFIRMATION)
    assert bar.notice == CONFIRMATION
    assert len(bar.findChildren(QPushButton)) == 1


def test_a_notice_is_not_said_twice_and_of_many_the_oldest_go(window: MainWindow) -> None:
    notices = [Notice(Level.WARNING, f"Number {number}.") for number in range(MOST_NOTICES + 1)]
    for notice in [*notices, notices[-1]]:
        window.notices.show_notice(notice)
    assert window.notices.notices == tuple(notices[1:])


def test_a_confirmation_goes_by_itself_and_a_failure_stays(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.notices
    bar.show_notice(FAILURE)
    bar.show_notice(CONFIRMATION)
    qtbot.waitUntil(lambda: bar.notices == (FAILURE,), timeout=CONFIRMATION_MS + 10_000)


def test_a_withdrawn_notice_leaves_the_others_and_the_last_one_its_room(window: MainWindow) -> None:
    bar = window.notices
    bar.show_notice(FAILURE)
    bar.show_notice(CONFIRMATION)
    bar.withdraw(CONFIRMATION)
    assert bar.notices == (FAILURE,)
    bar.withdraw(FAILURE)
    assert not bar.isVisible()


@pytest.mark.parametrize("width", [760, 1100])
def test_all_lines_of_a_long_notice_are_seen(qtbot: QtBot, window: MainWindow, width: int) -> None:
    window.resize(width, 600)
    long = "A sentence that is longer than the window is wide, as those with a remedy often are. " * 3
    window.notices.show_notice(Notice(Level.WARNING, long))
    (label,) = (each for each in window.notices.findChildren(QLabel) if each.text() == long)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_the_ground_of_a_notice_is_of_one_colour_whatever_stood_there_before(window: MainWindow) -> None:
    bar = window.notices
    bar.show_notice(CONFIRMATION)
    bar.withdraw(CONFIRMATION)
    bar.show_notice(FAILURE)
    QApplication.sendPostedEvents()
    image = bar.grab().toImage()
    middle = image.height() // 2
    assert image.pixelColor(2, middle) == image.pixelColor(image.width() // 2, 2)


@pytest.mark.parametrize("action", list(RemedyAction))
def test_every_remedy_has_a_button_text(window: MainWindow, action: RemedyAction) -> None:
    window.notices.show_notice(Notice(Level.WARNING, "So.", Remedy("Do.", action)))
    assert window.notices.findChildren(QPushButton)[0].text()


@pytest.mark.parametrize(("number", "mode"), list(enumerate(Mode, 1)))
def test_every_mode_is_one_key_away(
    qtbot: QtBot, window: MainWindow, actions: Actions, number: int, mode: Mode
) -> None:
    window.set_mode(Mode.TABLE if mode is Mode.FORMULA else Mode.FORMULA)
    with qtbot.waitSignal(actions.mode_changed) as changed:
        QTest.keySequence(window, f"Ctrl+{number}")
    assert changed.args == [mode]


def test_the_modes_are_a_radio_group_that_tab_enters_and_arrows_go_through(
    qtbot: QtBot, window: MainWindow, actions: Actions
) -> None:
    window.resize(1600, 640)
    window.set_mode(next(iter(actions.modes)))
    chips = window.findChildren(ModeChip)
    assert all(each.isVisible() for each in chips)
    roles = {QAccessible.queryAccessibleInterface(each).role() for each in chips}
    assert roles == {QAccessible.Role.RadioButton}
    # The window's own focus: which window is the active one the window manager says when it has time.
    window.findChildren(QToolButton)[0].setFocus()
    while (focus := window.focusWidget()) not in chips:
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is chips[0]
    for (_, before), (mode, chip) in pairwise(zip(actions.modes, chips, strict=True)):
        with qtbot.waitSignal(actions.mode_changed) as changed:
            QTest.keyClick(before, Qt.Key.Key_Right)
        assert changed.args == [mode]
        assert window.focusWidget() is chip


@pytest.mark.parametrize("width", [760, 960, 1280, 1600])
@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode_is_chosen_by_its_name_at_every_width(
    qtbot: QtBot, window: MainWindow, actions: Actions, mode: Mode, width: int
) -> None:
    window.resize(width, 640)
    window.set_mode(mode)
    (chips,) = window.findChildren(ModeChips)
    row = [each for each in chips.findChildren(ModeChip) if each.isVisible()]
    menus = [each for each in chips.findChildren(QToolButton) if each.isVisible()]
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in [*row, *menus]))
    if chips.is_side_by_side:
        assert [each.action for each in row] == list(actions.modes.values())
        assert [each.text() for each in row if each.isChecked()] == [actions.modes[mode].iconText()]
        assert menus == []
    else:
        assert row == []
        (chosen,) = menus
        assert chosen.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        assert chosen.text() == actions.modes[mode].iconText()
        assert chosen.menu().actions() == list(actions.modes.values())
