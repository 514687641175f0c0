"""The popup at the corner of a snip."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.keyboard import give_keyboard
from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.result.popup_place import place

RECOGNITION = Recognition("x^2", Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 0.84)
ROOM = QRect(0, 0, 1280, 800)
SIZE = QSize(400, 200)

SNIPPED = Bitmap(200, 50, bytes(200 * 50 * 4))


@pytest.fixture
def popup(qtbot: QtBot) -> SnipPopup:
    popup = SnipPopup()
    popup.set_stay(6)
    qtbot.addWidget(popup)
    return popup


@pytest.fixture
def origin(qtbot: QtBot) -> Place:
    screen = QGuiApplication.primaryScreen()
    area = Rect(0, 0, screen.size().width(), screen.size().height())
    return Place(Screen(screen.name(), area, 1.0), Rect(300, 100, 200, 50))


def _button(popup: SnipPopup, text: str) -> QAbstractButton:
    (found,) = (each for each in popup.findChildren(QAbstractButton) if each.text() == text)
    return found


def test_it_stands_below_the_snip(popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    assert popup.pos() == QPoint(300, 149 + 8)


@pytest.mark.parametrize(
    ("region", "corner"),
    [
        (QRect(300, 100, 200, 50), QPoint(300, 157)),
        (QRect(300, 700, 200, 50), QPoint(300, 492)),
        (QRect(1200, 100, 60, 50), QPoint(879, 157)),
        (QRect(0, 0, 1280, 800), QPoint(0, 599)),
        (QRect(-40, 100, 100, 50), QPoint(0, 157)),
    ],
)
def test_it_is_always_whole_on_the_screen(region: QRect, corner: QPoint) -> None:
    assert place(region, ROOM, SIZE) == corner
    assert ROOM.contains(QRect(corner, SIZE))


def test_it_never_takes_the_focus(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    give_keyboard(qtbot, field)
    with qtbot.waitExposed(popup):
        popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    focus = QApplication.focusWidget()
    assert focus is field
    QTest.keyClicks(focus, "typed on")
    assert field.text() == "typed on"


def test_it_says_what_was_copied_and_offers_three_ways_on(
    qtbot: QtBot, popup: SnipPopup, origin: Place
) -> None:
    popup.show_working(origin, SNIPPED)
    with qtbot.waitSignal(popup.cancel_requested):
        _button(popup, "Cancel").click()
    popup.show_done(RECOGNITION, OutputFormat.BRACKET)
    assert popup.said == r"Copied as \[…\] brackets · 0.8 s"
    for text, signal in (
        ("Undo copy", popup.undo_copy_requested),
        ("Edit", popup.edit_requested),
        ("Retry", popup.retry_requested),
    ):
        with qtbot.waitSignal(signal):
            _button(popup, text).click()


def test_without_a_copy_there_is_nothing_to_undo(popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, None)
    assert popup.said == "Not copied · 0.8 s"
    assert not _button(popup, "Undo copy").isEnabled()
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    assert _button(popup, "Undo copy").isEnabled()
    popup.show_copy_undone()
    assert not _button(popup, "Undo copy").isEnabled()


def test_a_failure_stays_with_its_sentence_and_its_remedy(
    qtbot: QtBot, popup: SnipPopup, origin: Place
) -> None:
    popup.show_working(origin, SNIPPED)
    remedy = Remedy("Check the key.", RemedyAction.OPEN_ENDPOINT_SETTINGS)
    popup.show_failed(Notice(Level.ERROR, "The key was refused.", remedy))
    assert popup.said == "The key was refused. Check the key."
    assert not popup._stay.isActive()
    with qtbot.waitSignal(popup.remedy_requested) as asked:
        _button(popup, "Endpoint settings…").click()
    assert asked.args == [RemedyAction.OPEN_ENDPOINT_SETTINGS]


def test_when_done_it_fades_away_and_comes_back_whole(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    assert not popup._stay.isActive()
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    popup._stay.timeout.emit()
    qtbot.waitUntil(lambda: not popup.isVisible())
    popup.show_working(origin, SNIPPED)
    assert popup.isVisible()
    assert popup.windowOpacity() == 1.0


def test_it_says_that_we_read_it_ourselves_and_how_sure_that_is(popup: SnipPopup) -> None:
    ours = Recognition("x", Mode.FORMULA, Engine.OFFLINE, "own", 0.2, confidence=0.9)
    popup.show_done(ours, OutputFormat.RAW)
    assert popup.said.endswith("\nBuilt-in recogniser\nSure")
    popup.show_done(replace(ours, confidence=0.4), OutputFormat.RAW)
    assert popup.said.endswith("\nBuilt-in recogniser\nLook at this")


def test_it_shows_the_source_in_one_line_with_all_of_it_in_the_tooltip(
    popup: SnipPopup, origin: Place
) -> None:
    popup.show_working(origin, SNIPPED)
    long = "\\begin{aligned}\n" + " \\\\\n".join(f"a_{{{at}}} &= b" for at in range(40)) + "\n\\end{aligned}"
    popup.show_done(replace(RECOGNITION, markup=long), OutputFormat.RAW)
    (source,) = (each for each in popup.findChildren(QLabel) if each.text().startswith("\\begin"))
    assert source.text().endswith("…")
    assert source.toolTip() == " ".join(long.split())
    assert source.width() <= popup.width()


def test_another_format_is_copied_from_it(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    (menu,) = popup.findChildren(QMenu)
    (typst,) = (each for each in menu.actions() if each.data() == OutputFormat.TYPST)
    with qtbot.waitSignal(popup.copy_as_requested) as asked:
        typst.trigger()
    assert asked.args == [OutputFormat.TYPST]


def test_a_pin_keeps_it_and_so_does_a_stay_without_end(popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    assert popup._stay.isActive()
    assert popup._stay.interval() == 6000
    (pin,) = (each for each in popup.findChildren(QToolButton) if each.isCheckable())
    pin.click()
    assert not popup._stay.isActive()
    pin.click()
    assert popup._stay.isActive()
    popup.set_stay(0)
    popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    assert not popup._stay.isActive()


def test_it_gives_way_to_the_window_unless_it_is_pinned(popup: SnipPopup, origin: Place) -> None:
    popup.show_working(origin, SNIPPED)
    popup.give_way()
    assert popup.isVisible()
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    (pin,) = (each for each in popup.findChildren(QToolButton) if each.isCheckable())
    pin.click()
    popup.give_way()
    assert popup.isVisible()
    pin.click()
    popup.give_way()
    assert not popup.isVisible()


def test_with_the_keyboard_everything_is_reached_and_escape_gives_it_back(
    qtbot: QtBot, popup: SnipPopup, origin: Place
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    give_keyboard(qtbot, field)
    popup.set_stay(6, keyboard=True)
    with qtbot.waitActive(popup):
        popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    seen = []
    for _stop in range(12):
        focus = popup.focusWidget()
        assert focus is not None
        seen.append(focus.property("text") or focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {"Undo copy", "Copy as", "Edit", "Retry", "Keep", "Close"} <= set(seen)

    edit = _button(popup, "Edit")
    edit.setFocus()
    with qtbot.waitSignal(popup.edit_requested):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    # Whom the window manager hands it to is its choice; the popup holds nothing that could keep it away.
    qtbot.waitUntil(lambda: not popup.isActiveWindow())
    give_keyboard(qtbot, field)


def test_escape_ends_a_reading_first(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    popup.set_stay(6, keyboard=True)
    with qtbot.waitActive(popup):
        popup.show_working(origin, SNIPPED)
    with qtbot.waitSignal(popup.cancel_requested):
        QTest.keyClick(popup, Qt.Key.Key_Escape)


def test_it_stays_as_long_as_it_has_the_keyboard(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    popup.set_stay(6, keyboard=True)
    with qtbot.waitActive(popup):
        popup.show_working(origin, SNIPPED)
    popup.show_done(RECOGNITION, OutputFormat.RAW)
    assert not popup._stay.isActive()
    other = QLineEdit()
    qtbot.addWidget(other)
    give_keyboard(qtbot, other)
    qtbot.waitUntil(lambda: popup._stay.isActive() or popup.underMouse())


def test_without_it_the_popup_takes_no_keyboard_again(qtbot: QtBot, popup: SnipPopup, origin: Place) -> None:
    popup.set_stay(6, keyboard=True)
    with qtbot.waitActive(popup):
        popup.show_working(origin, SNIPPED)
    popup.close_now()
    popup.set_stay(6)
    field = QLineEdit()
    qtbot.addWidget(field)
    give_keyboard(qtbot, field)
    with qtbot.waitExposed(popup):
        popup.show_working(origin, SNIPPED)
    assert field.isActiveWindow()
