"""The view of a drawn formula."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.ui.toolkit.views.formula import FormulaView

pytestmark = pytest.mark.gui


def bar(width_em: int, height_em: int = 1) -> RenderedFormula:
    box = f"{width_em * 1000} {height_em * 1000}"
    path = f'<path fill="{INK}" d="M0 0H{width_em * 1000}V{height_em * 1000}H0Z"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}">{path}</svg>'
    return RenderedFormula(svg, float(width_em), float(height_em), 0.0)


@pytest.fixture
def view(qtbot: QtBot) -> FormulaView:
    view = FormulaView()
    qtbot.addWidget(view)
    palette = view.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#204080"))
    view.setPalette(palette)
    view.resize(400, 200)
    with qtbot.waitExposed(view):
        view.show()
    return view


def painted(view: FormulaView) -> QImage:
    return view.viewport().grab().toImage()


def middle_colour(view: FormulaView) -> str:
    image = painted(view)
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def test_empty_paper_is_plain(view: FormulaView) -> None:
    assert middle_colour(view) == "#ffffff"


def test_a_formula_stands_in_the_middle_in_the_ink_of_the_theme(view: FormulaView) -> None:
    view.set_formula(bar(3))
    assert middle_colour(view) == "#204080"
    assert painted(view).pixelColor(2, 2).name() == "#ffffff"


def test_the_ink_follows_the_theme(view: FormulaView) -> None:
    view.set_formula(bar(3))
    dark = view.palette()
    dark.setColor(QPalette.ColorRole.Base, QColor("#1c1e1f"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e8e8e6"))
    view.setPalette(dark)
    assert middle_colour(view) == "#e8e8e6"
    assert painted(view).pixelColor(2, 2).name() == "#1c1e1f"


def test_a_stale_formula_is_dimmed_and_stays(view: FormulaView) -> None:
    view.set_formula(bar(3))
    view.set_stale(True)
    assert view.is_stale
    assert middle_colour(view) not in {"#ffffff", "#204080"}
    view.set_stale(False)
    assert middle_colour(view) == "#204080"


def test_taking_the_formula_away_leaves_empty_paper(view: FormulaView) -> None:
    view.set_formula(bar(3))
    view.set_formula(None)
    assert view.formula is None
    assert middle_colour(view) == "#ffffff"


def test_a_wide_formula_is_shrunk_until_all_of_it_is_seen(view: FormulaView) -> None:
    view.set_formula(bar(200))
    assert view.viewport().rect().toRectF().contains(view.drawn_rect())
    assert view.horizontalScrollBar().maximum() == 0


def test_a_short_formula_is_not_blown_up(view: FormulaView) -> None:
    view.set_formula(bar(1))
    assert view.drawn_rect().width() == pytest.approx(view.fontInfo().pixelSize() * 1.6, rel=0.01)


def test_zoom_enlarges_and_lets_scroll(view: FormulaView) -> None:
    view.set_formula(bar(200))
    small = view.drawn_rect().width()
    view.set_zoom(4.0)
    assert view.drawn_rect().width() == pytest.approx(4 * small)
    assert view.horizontalScrollBar().maximum() > 0
    view.set_zoom(1.0)
    assert view.horizontalScrollBar().maximum() == 0


def test_dragging_moves_an_enlarged_formula(view: FormulaView) -> None:
    view.set_formula(bar(200))
    view.set_zoom(4.0)
    bar_position = view.horizontalScrollBar().value()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    QTest.mouseMove(port, QPoint(150, 100))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert view.horizontalScrollBar().value() == bar_position + 50


@pytest.mark.parametrize(("turned", "steps"), [(120, 1), (-120, -1)])
def test_the_wheel_with_ctrl_asks_for_zoom(view: FormulaView, qtbot: QtBot, turned: int, steps: int) -> None:
    middle = QPointF(200, 100)
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(view.zoom_asked) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args == [steps]


def test_its_size_does_not_depend_on_what_it_shows(view: FormulaView) -> None:
    hint, least = view.sizeHint(), view.minimumSizeHint()
    view.set_formula(bar(200, 50))
    view.set_zoom(8.0)
    assert (view.sizeHint(), view.minimumSizeHint()) == (hint, least)


def test_it_has_a_name_for_those_who_do_not_see_it(view: FormulaView) -> None:
    assert view.accessibleName()
    assert view.accessibleDescription()
