"""The editor of the markup, driven by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.toolkit.views.latex_highlighter import LatexHighlighter

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot: QtBot) -> SourceEditor:
    editor = SourceEditor()
    qtbot.addWidget(editor)
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    editor.setFocus()
    return editor


def popup(editor: SourceEditor) -> QListView:
    return editor._popup


def press(
    editor: SourceEditor, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press keys where the keyboard's focus is, as the user does."""
    for key in keys:
        target = QApplication.activePopupWidget() or editor
        QTest.keyClick(target, key, modifiers)


def type_text(editor: SourceEditor, text: str) -> None:
    for sign in text:
        QTest.keyClicks(QApplication.activePopupWidget() or editor, sign)


def colours(editor: SourceEditor) -> dict[str, str]:
    """What is coloured in the first line, and how."""
    block = editor.document().firstBlock()
    return {
        block.text()[each.start : each.start + each.length]: each.format.foreground().color().name()
        for each in block.layout().formats()
    }


def test_commands_braces_and_scripts_have_colours_and_letters_have_none(editor: SourceEditor) -> None:
    editor.set_markup(r"\frac{a}_b \begin{cases} % c")
    found = colours(editor)
    assert {r"\frac", "{", "}", "_", r"\begin{cases}", "% c"} == set(found)
    assert len(set(found.values())) == 5


def test_the_colours_follow_the_theme(editor: SourceEditor) -> None:
    editor.set_markup(r"\frac")
    before = colours(editor)
    dark = QPalette(QColor("#202020"))
    dark.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    dark.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    dark.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    editor.setPalette(dark)
    assert colours(editor) != before
    assert editor.findChildren(LatexHighlighter) == editor.document().findChildren(LatexHighlighter)


def test_what_belongs_together_is_marked_at_the_cursor(editor: SourceEditor) -> None:
    editor.set_markup(r"\left( x \right) y")
    press(editor, Qt.Key.Key_Home, modifiers=CTRL)
    assert [mark.cursor.selectedText() for mark in editor.extraSelections()] == [r"\left(", r"\right)"]
    press(editor, Qt.Key.Key_End, modifiers=CTRL)
    assert editor.extraSelections() == []


def test_the_place_of_an_error_is_underlined_until_the_user_types(editor: SourceEditor) -> None:
    editor.set_markup("𝔸 + \\oops")
    editor.show_error(4)
    (mark,) = editor.extraSelections()
    assert mark.cursor.selectedText() == "\\"
    assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    press(editor, Qt.Key.Key_End)
    type_text(editor, "1")
    assert editor.extraSelections() == []


def test_a_whole_stream_is_one_step_of_undoing_and_typing_another(editor: SourceEditor) -> None:
    editor.set_markup("old")
    editor.begin_reading()
    for end in range(1, 6):
        editor.set_markup("x^{2}"[:end])
    press(editor, Qt.Key.Key_End)
    type_text(editor, "+")
    assert editor.toPlainText() == "x^{2}+"
    press(editor, Qt.Key.Key_Z, modifiers=CTRL)
    assert editor.toPlainText() == "x^{2}"
    press(editor, Qt.Key.Key_Z, modifiers=CTRL)
    assert editor.toPlainText() == "old"
    press(editor, Qt.Key.Key_Z, modifiers=CTRL | SHIFT)
    assert editor.toPlainText() == "x^{2}"


def test_a_command_is_completed_by_return_with_the_cursor_in_its_argument(editor: SourceEditor) -> None:
    type_text(editor, r"\fr")
    assert popup(editor).isVisible()
    press(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == r"\frac{}{}"
    type_text(editor, "1")
    assert editor.toPlainText() == r"\frac{1}{}"
    assert not popup(editor).isVisible()


def test_the_arrows_choose_and_tab_takes(editor: SourceEditor) -> None:
    type_text(editor, r"\al")
    press(editor, Qt.Key.Key_Down)
    chosen = popup(editor).currentIndex().data()
    assert chosen != "alpha"
    press(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == f"\\{chosen}"
    assert editor.hasFocus()


def test_escape_closes_the_offer_and_leaves_what_was_typed(editor: SourceEditor) -> None:
    type_text(editor, r"\al")
    press(editor, Qt.Key.Key_Escape)
    assert not popup(editor).isVisible()
    assert editor.toPlainText() == r"\al"


def test_nothing_is_offered_for_a_letter_or_a_whole_command(editor: SourceEditor) -> None:
    type_text(editor, r"\a")
    assert not popup(editor).isVisible()
    type_text(editor, "b x")
    assert not popup(editor).isVisible()


def test_a_bracket_wraps_the_selection_and_unwrapping_takes_it_away(editor: SourceEditor) -> None:
    editor.set_markup("a+b")
    press(editor, Qt.Key.Key_A, modifiers=CTRL)
    type_text(editor, "(")
    assert editor.toPlainText() == "(a+b)"
    assert editor.textCursor().selectedText() == "a+b"
    editor.unwrap_selection()
    assert editor.toPlainText() == "a+b"
    press(editor, Qt.Key.Key_Z, modifiers=CTRL)
    assert editor.toPlainText() == "(a+b)"
