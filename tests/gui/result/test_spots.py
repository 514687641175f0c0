"""Doubtful places are underlined, said and one key apart."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.latex.suspicion import suspicious_spots
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions

MARKUP = "\N{MATHEMATICAL BOLD SMALL A} = \\square + \\\\frac{1}{2}"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow(Actions())
    qtbot.addWidget(made, before_close_func=QWidget.hide)
    made.show_home(made.pane)
    with qtbot.waitActive(made):
        made.bring_to_front()
    made.pane.show_markup(MARKUP)
    return made


def waves(window: MainWindow) -> list[str]:
    """What is underlined, and in no other way marked."""
    (editor,) = window.findChildren(SourceEditor)
    return [
        mark.cursor.selectedText()
        for mark in editor.extraSelections()
        if mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    ]


def test_doubtful_places_are_underlined_and_f8_goes_round(window: MainWindow) -> None:
    (strip,) = window.findChildren(ParserStrip)
    (editor,) = window.findChildren(SourceEditor)
    window.pane.show_spots(suspicious_spots(MARKUP, Mode.FORMULA))
    assert waves(window) == ["\\square", "\\\\frac"]
    assert strip.text.startswith("1 of 2: A box")
    said = []
    for shift in (False, False, False, True):
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window, Qt.Key.Key_F8, modifier)
        said.append((strip.text[:6], editor.textCursor().position()))
    assert said == [("1 of 2", 5), ("2 of 2", 15), ("1 of 2", 5), ("2 of 2", 15)]
    QTest.keyClicks(editor, "x")
    assert waves(window) == []


def test_what_the_parser_says_comes_first(window: MainWindow) -> None:
    (strip,) = window.findChildren(ParserStrip)
    window.pane.show_render_error(RenderError("Missing close brace.", position=1))
    window.pane.show_spots(suspicious_spots(MARKUP, Mode.FORMULA))
    assert strip.text == "Missing close brace."
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert strip.text.startswith("1 of 2")
    window.pane.show_markup("x")
    window.pane.show_spots(())
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert waves(window) == []


def test_a_place_says_why_under_the_pointer(window: MainWindow) -> None:
    (editor,) = window.findChildren(SourceEditor)
    window.pane.show_spots(suspicious_spots(MARKUP, Mode.FORMULA))
    cursor = editor.textCursor()
    cursor.setPosition(7)
    place = editor.viewport().mapTo(editor, editor.cursorRect(cursor).center())
    QApplication.sendEvent(
        editor, QHelpEvent(QHelpEvent.Type.ToolTip, place, editor.mapToGlobal(place) + QPoint(0, 0))
    )
    assert QToolTip.text().startswith("A box")
