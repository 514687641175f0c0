"""A formula that stays on the screen."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.pinned import PinnedFormula

pytestmark = pytest.mark.gui
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path fill="{INK}" d="M0 0h4v2h-4z"/></svg>'
FORMULA = RenderedFormula(SVG, 4.0, 2.0, 0.0)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Actions())
    qtbot.addWidget(window, before_close_func=lambda made: made.hide())
    window.show_home(window.pane)
    window.pane.show_markup("x^2")
    window.pane.show_render(FORMULA)
    with qtbot.waitActive(window):
        window.bring_to_front()
    return window


def pinned(qtbot: QtBot, window: MainWindow) -> PinnedFormula:
    window._actions.pin.trigger()
    made = window.pane.pins.pinned[-1]
    qtbot.waitUntil(made.isVisible)
    return made


def test_it_is_as_large_as_the_drawing_and_lies_over_it(qtbot: QtBot, window: MainWindow) -> None:
    made = pinned(qtbot, window)
    view = window.pane.pins._view
    shown = view.drawn_rect()
    assert made.width() - 24 == pytest.approx(shown.width(), abs=2)
    assert made.accessibleDescription() == "x^2"
    # In the theme's ink, within its margin, and nothing is cut off.
    image = made.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == made.palette().text().color()
    assert image.pixelColor(4, 4) == made.palette().base().color()
    window.pane.pins.close_all()


def test_it_stays_when_the_window_shows_something_else_or_goes(qtbot: QtBot, window: MainWindow) -> None:
    made = pinned(qtbot, window)
    window.pane.show_render(None)
    window.hide()
    assert made.isVisible()
    window.pane.pins.close_all()


def test_the_keyboard_moves_it_makes_it_larger_and_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    made = pinned(qtbot, window)
    with qtbot.waitActive(made):
        made.activateWindow()
    place, size = made.pos(), made.size()
    QTest.keyClick(made, Qt.Key.Key_Plus)
    assert made.width() > size.width()
    QTest.keyClick(made, Qt.Key.Key_Minus)
    assert made.size() == size
    QTest.keyClick(made, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: made.pos() == place + QPoint(8, 0))
    with qtbot.waitSignal(made.closed):
        QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not window.pane.pins.pinned


def test_the_wheel_makes_it_larger_within_bounds(qtbot: QtBot, window: MainWindow) -> None:
    made = pinned(qtbot, window)
    before = made.width()
    for _turn in range(100):
        point = QPointF(made.rect().center())
        turned = QWheelEvent(
            *(point, QPointF(made.mapToGlobal(point.toPoint())), QPoint(), QPoint(0, 120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(made, turned)
    assert before < made.width() <= before * 8 + 1
    window.pane.pins.close_all()


def test_several_do_not_hide_each_other_and_a_double_click_takes_one_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    first = pinned(qtbot, window)
    second = pinned(qtbot, window)
    assert first.pos() != second.pos()
    QTest.mouseDClick(first, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.pane.pins.pinned == (second,))
    window.pane.pins.close_all()
    assert not window.pane.pins.pinned


def test_nothing_can_be_pinned_where_nothing_is_drawn(qtbot: QtBot) -> None:
    window = MainWindow(Actions())
    qtbot.addWidget(window)
    assert not window._actions.pin.isEnabled()
    window.pane.pins.pin()
    assert not window.pane.pins.pinned
