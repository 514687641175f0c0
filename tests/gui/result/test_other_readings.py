"""Other readings, the equation's number and what was left out: by key, by menu, by a click on the picture."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Alternative, Engine, Mode, Recognition
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.other_readings import OtherReadings
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView

W = TypeVar("W", bound=QWidget)

CROP = Bitmap(120, 40, b"\xff" * (120 * 40 * 4))
ANSWER = Recognition(
    "x^{2}",
    Mode.FORMULA,
    Engine.OFFLINE,
    "own",
    0.2,
    confidence=0.7,
    alternatives=(Alternative("X^{2}", 0.2), Alternative("a & b", 0.05)),
    number="3.1",
    left_out=(Rect(90, 10, 20, 20),),
)
PLAIN = Recognition("x^{2}", Mode.FORMULA, Engine.OFFLINE, "own", 0.2, confidence=1.0)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Actions())
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    window.show_home(window.pane)
    with qtbot.waitActive(window):
        window.bring_to_front()
    window.pane.show_crop(CROP)
    return window


@pytest.fixture
def pane(window: MainWindow) -> ResultPane:
    return window.pane


def _only(parent: QWidget, kind: type[W]) -> W:
    (found,) = parent.findChildren(kind)
    return found


def _menu(pane: ResultPane) -> QMenu:
    return _only(_only(pane, OtherReadings), QMenu)


def _choose(pane: ResultPane, start: str) -> None:
    (action,) = (each for each in _menu(pane).actions() if each.text().startswith(start))
    action.trigger()


def test_there_is_no_button_while_there_is_nothing_else(pane: ResultPane) -> None:
    pane.show_done(PLAIN)
    assert not _only(pane, OtherReadings).isVisible()
    pane.show_done(ANSWER)
    assert _only(pane, OtherReadings).isVisible()
    pane.show_working()
    assert not _only(pane, OtherReadings).isVisible()


def test_alt_down_opens_the_list_and_enter_takes_the_surest(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_done(ANSWER)
    pane.focus_source()
    QTest.keyClick(_only(pane, SourceEditor), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = _menu(pane)
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.source_edited) as edited:
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert edited.args == ["X^{2}"]
    assert pane.markup == "X^{2}"


def test_a_reading_that_was_chosen_can_be_undone(pane: ResultPane) -> None:
    pane.show_done(ANSWER)
    _choose(pane, "a &&")
    assert pane.markup == "a & b"
    _only(pane, SourceEditor).undo()
    assert pane.markup == "x^{2}"


def test_the_equations_number_is_offered_as_a_tag(pane: ResultPane) -> None:
    pane.show_done(ANSWER)
    _choose(pane, "Add the equation")
    assert pane.markup == r"x^{2} \tag{3.1}"


def test_what_was_left_out_is_greyed_and_a_click_on_it_reads_it(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_done(PLAIN)
    crop = _only(pane, CropView)
    drawn = crop.drawn_rect()
    scale = drawn.width() / crop.image.width()
    inside = QPoint(round(drawn.left() + 100 * scale), round(drawn.top() + 20 * scale))
    beside = QPoint(round(drawn.left() + 20 * scale), round(drawn.top() + 20 * scale))
    with qtbot.assertNotEmitted(pane.retry_whole_requested):
        QTest.mouseClick(crop.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    pane.show_done(ANSWER)
    with qtbot.assertNotEmitted(pane.retry_whole_requested):
        QTest.mouseClick(crop.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    with qtbot.waitSignal(pane.retry_whole_requested):
        QTest.mouseClick(crop.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert "greyed" in crop.accessibleDescription()


def test_what_was_left_out_can_be_read_by_the_menu_too(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_done(ANSWER)
    with qtbot.waitSignal(pane.retry_whole_requested):
        _choose(pane, "Read what was")
