"""The formulas of a page that was read: marked in picture, preview and source, opened by mouse and key."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Formula
from writetex_desktop.core.formats.page_text import page_of
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Alternative, Engine, Mode, Recognition, SeenFormula
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.page.card import FormulaCard
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.page import PageView

W = TypeVar("W", bound=QWidget)

PAPER = Bitmap(200, 100, b"\xff" * (200 * 100 * 4))
MARKUP = "We see that \\(x\\) is less than \\(k\\) here."
ANSWER = Recognition(
    MARKUP,
    Mode.TEXT,
    Engine.OFFLINE,
    "own",
    0.2,
    confidence=0.7,
    formulas=(
        SeenFormula("x", (Box(10, 10, 40, 30),), 0.99),
        SeenFormula("k", (Box(120, 50, 160, 80),), 0.4, (Alternative("\\kappa", 0.3),)),
    ),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
DRAWING = RenderedFormula(SVG, 1.0, 1.0, 0.2)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Actions())
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    window.show_home(window.pane)
    with qtbot.waitActive(window):
        window.bring_to_front()
    window.pane.source_edited.connect(lambda markup: _draw(window.pane, markup))
    window.pane.show_crop(PAPER)
    window.pane.show_done(ANSWER)
    _draw(window.pane, MARKUP)
    return window


@pytest.fixture
def pane(window: MainWindow) -> ResultPane:
    return window.pane


def _draw(pane: ResultPane, markup: str) -> None:
    page = page_of(markup, Mode.TEXT)
    pane.show_page(page, {Formula(latex): DRAWING for latex in ("x", "k", "\\kappa")})
    pane.show_spots(())


def _only(parent: QWidget, kind: type[W]) -> W:
    (found,) = parent.findChildren(kind)
    return found


def _is_amber(colour: QColor) -> bool:
    return colour.red() - colour.blue() > 25


def _amber(image: QImage) -> list[int]:
    """The columns in which something is marked."""
    return [
        x
        for x in range(image.width())
        if any(_is_amber(image.pixelColor(x, y)) for y in range(image.height()))
    ]


def _at(crop: CropView, x: float, y: float) -> QPoint:
    """Where a pixel of the picture is to be seen."""
    rect = crop.drawn_rect()
    return QPoint(round(rect.x() + x * rect.width() / 200), round(rect.y() + y * rect.height() / 100))


def _click(view: QWidget, place: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def _card(pane: ResultPane) -> FormulaCard:
    return _only(pane, FormulaCard)


def test_only_what_is_doubtful_is_marked_and_it_is_marked_everywhere(window: MainWindow) -> None:
    pane = window.pane
    crop, page = _only(pane, CropView), _only(pane, PageView)
    marked = _amber(crop.viewport().grab().toImage())
    assert marked
    assert _at(crop, 110, 0).x() < min(marked)
    assert max(marked) < _at(crop, 170, 0).x()
    assert _amber(page.viewport().grab().toImage())
    assert "40" in _only(pane, ParserStrip).text
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert _only(pane, SourceEditor).position == MARKUP.index("k\\)")


def test_a_click_in_the_picture_opens_the_formula_and_a_reading_is_taken(
    pane: ResultPane, qtbot: QtBot
) -> None:
    crop, card, editor = _only(pane, CropView), _card(pane), _only(pane, SourceEditor)
    with qtbot.waitSignal(pane.formulas.drawings_wanted) as wanted:
        _click(crop.viewport(), _at(crop, 140, 65))
    assert wanted.args == [("k", "\\kappa")]
    assert card.isVisible()
    assert editor.textCursor().selectedText() == "k"
    pane.formulas.show_drawing("\\kappa", DRAWING)
    buttons = card.findChildren(QToolButton)
    other = next(button for button in buttons if "kappa" in button.accessibleName())
    assert not other.icon().isNull()
    other.click()
    assert not card.isVisible()
    assert pane.markup == MARKUP.replace("(k", "(\\kappa")
    assert not _amber(crop.viewport().grab().toImage())
    editor.undo()
    assert pane.markup == MARKUP


def test_a_click_in_the_preview_opens_the_same(pane: ResultPane) -> None:
    page, editor = _only(pane, PageView), _only(pane, SourceEditor)
    place = page.viewport().mapFromGlobal(page.place_of(0).center())
    _click(page.viewport(), place)
    assert _card(pane).isVisible()
    assert editor.textCursor().selectedText() == "x"
    _card(pane).hide()


def test_the_key_opens_the_formula_at_the_cursor(window: MainWindow, qtbot: QtBot) -> None:
    pane = window.pane
    _only(pane, SourceEditor).show_position(MARKUP.index("k\\)"))
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(_card(pane).isVisible)
    assert _only(pane, SourceEditor).textCursor().selectedText() == "k"
    QTest.keyClick(_card(pane), Qt.Key.Key_Escape)
    assert not _card(pane).isVisible()


def test_what_the_user_wrote_and_another_picture_are_not_marked(pane: ResultPane) -> None:
    crop, page = _only(pane, CropView), _only(pane, PageView)
    _only(pane, SourceEditor).replace_all(MARKUP.replace("(k", "(m"))
    assert not _amber(crop.viewport().grab().toImage())
    assert not _amber(page.viewport().grab().toImage())
    pane.show_crop(PAPER)
    _draw(pane, MARKUP)
    assert not _amber(page.viewport().grab().toImage())
