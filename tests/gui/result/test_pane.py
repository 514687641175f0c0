"""The result pane: what it shows, what it asks for, and that nothing jumps."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition, Usage
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.services.output.copying import Copied
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.footer import ResultFooter
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.action_button import ActionButton
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView

W = TypeVar("W", bound=QWidget)

CROP = Bitmap(120, 40, bytes(120 * 40 * 4))
DRAWING = RenderedFormula(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    f'<rect width="40" height="10" fill="{INK}"/></svg>',
    4.0,
    1.0,
    0.2,
)
RECOGNITION = Recognition("x^2", Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 0.84, Usage(1200, 12))
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
    window.show_home(window.pane)
    with qtbot.waitActive(window):
        window.bring_to_front()
    return window


@pytest.fixture
def pane(window: MainWindow) -> ResultPane:
    return window.pane


def _discard(window: QWidget) -> None:
    window.hide()


def _only(parent: QWidget, kind: type[W]) -> W:
    (found,) = parent.findChildren(kind)
    return found


def _visible_split_buttons(pane: ResultPane) -> list[QToolButton]:
    split = QToolButton.ToolButtonPopupMode.MenuButtonPopup
    return [each for each in pane.findChildren(QToolButton) if each.isVisible() and each.popupMode() is split]


def _places(pane: ResultPane) -> list[QRect]:
    """Where every visible area stands in the window."""
    areas = (CropView, SourceEditor, ParserStrip, ResultFooter)
    return [
        QRect(each.mapTo(pane, QPoint(0, 0)), each.size())
        for kind in areas
        for each in pane.findChildren(kind)
    ]


def test_streamed_text_is_no_edit_but_typing_is(qtbot: QtBot, pane: ResultPane) -> None:
    with qtbot.assertNotEmitted(pane.source_edited):
        pane.show_working()
        for end in range(1, 6):
            pane.show_markup(r"x^{2}"[:end])
        pane.show_done(RECOGNITION)
    pane.focus_source()
    editor = _only(pane, SourceEditor)
    with qtbot.waitSignal(pane.source_edited) as edited:
        QTest.keyClick(editor, Qt.Key.Key_End)
        QTest.keyClicks(editor, "3")
    assert edited.args == ["x^23"]
    assert pane.markup == "x^23"


def test_nothing_jumps_while_a_result_streams_in(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_crop(CROP)
    before = _places(pane)
    pane.show_working()
    seen = [before]
    for lines in range(1, 12):
        pane.show_markup("\n".join(rf"a_{{{line}}} &= b \\" for line in range(lines)))
        pane.show_render(DRAWING)
        seen.append(_places(pane))
    pane.show_render_error(RenderError("Missing close brace", position=3))
    seen.append(_places(pane))
    pane.show_done(RECOGNITION)
    seen.append(_places(pane))
    assert all(places == before for places in seen)


def test_the_editor_cannot_be_typed_into_while_text_streams(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_working()
    assert _only(pane, SourceEditor).isReadOnly()
    pane.show_stopped()
    assert not _only(pane, SourceEditor).isReadOnly()


def test_ctrl_c_without_a_selection_copies_the_formula(
    qtbot: QtBot, pane: ResultPane, actions: Actions
) -> None:
    pane.show_done(RECOGNITION)
    pane.focus_source()
    with qtbot.waitSignal(actions.copy.triggered):
        QTest.keyClick(_only(pane, SourceEditor), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_c_with_a_selection_copies_the_selection(
    qtbot: QtBot, pane: ResultPane, actions: Actions
) -> None:
    pane.show_done(RECOGNITION)
    pane.focus_source()
    editor = _only(pane, SourceEditor)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.assertNotEmitted(actions.copy.triggered):
        QTest.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x"


def test_escape_cancels_only_while_something_is_read(
    qtbot: QtBot, pane: ResultPane, actions: Actions
) -> None:
    pane.focus_source()
    editor = _only(pane, SourceEditor)
    with qtbot.assertNotEmitted(actions.cancel.triggered):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    pane.show_working()
    with qtbot.waitSignal(actions.cancel.triggered):
        QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_actions_are_enabled_by_what_is_there(pane: ResultPane, actions: Actions) -> None:
    assert not any(
        action.isEnabled()
        for action in (actions.copy, actions.retry, actions.cancel, actions.copy_png, actions.copy_svg)
    )
    pane.show_crop(CROP)
    pane.show_working()
    assert actions.cancel.isEnabled()
    assert not actions.retry.isEnabled()
    pane.show_markup("x")
    assert actions.copy.isEnabled()
    pane.show_done(RECOGNITION)
    pane.show_render(DRAWING)
    assert not actions.cancel.isEnabled()
    assert all(action.isEnabled() for action in (actions.copy, actions.retry, actions.copy_png))


def _place(strip: ParserStrip) -> QToolButton:
    (place,) = (each for each in strip.findChildren(QToolButton) if each.text().startswith("Line"))
    return place


def test_the_parser_message_names_the_place_and_leads_there(qtbot: QtBot, pane: ResultPane) -> None:
    source = "\U0001d465 = 1 \\\\\n  + \\fooo"
    pane.show_markup(source)
    pane.show_render_error(RenderError(r"Undefined control sequence \fooo", position=source.index(r"\fooo")))
    strip = _only(pane, ParserStrip)
    assert strip.text == r"Undefined control sequence \fooo"
    place = _place(strip)
    assert place.text() == "Line 2, column 5"
    place.click()
    cursor = _only(pane, SourceEditor).textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (1, 4)
    pane.show_render(DRAWING)
    assert not strip.text
    assert not place.isVisible()


def test_a_place_beyond_the_end_is_the_end(pane: ResultPane) -> None:
    pane.show_markup("ab")
    pane.show_render_error(RenderError("Missing close brace", position=99))
    strip = _only(pane, ParserStrip)
    _place(strip).click()
    assert _only(pane, SourceEditor).textCursor().atEnd()


def test_a_result_says_what_it_took(pane: ResultPane) -> None:
    footer = _only(pane, ResultFooter)
    pane.show_done(RECOGNITION)
    assert footer.about == f"gpt-x · 0.8 s · {pane.locale().toString(1212)} tokens"
    pane.show_done(Recognition("x", Mode.FORMULA, Engine.OFFLINE, "own", 0.2, complete=False))
    assert footer.about == "look at this · Built-in recogniser · 0.2 s · incomplete"


def test_the_button_says_copied_as_long_as_that_is_true_and_keeps_its_size(pane: ResultPane) -> None:
    pane.show_done(RECOGNITION)
    (button,) = (each for each in pane.findChildren(ActionButton) if each.text() == "&Copy")
    size = button.size()
    pane.show_clipboard(Copied(pane.markup, pane.output_format))
    assert button.text() == "Copied"
    assert button.sizeHint().width() <= size.width()
    pane.show_markup(f"{pane.markup} + 1")
    assert button.text() == "&Copy"
    assert button.toolTip() == "The clipboard holds an earlier text, not what is shown."
    pane.show_clipboard(Copied(pane.markup, OutputFormat.WORD))
    assert button.text() == "&Copy"
    assert button.toolTip() == "The clipboard holds this as: Word, PowerPoint, LibreOffice."
    pane.show_clipboard(None)
    assert "Copy the formula" in button.toolTip()


def test_only_the_user_changes_the_format(qtbot: QtBot, pane: ResultPane) -> None:
    with qtbot.assertNotEmitted(pane.format_changed):
        pane.set_output_format(OutputFormat.ALIGN)
    assert pane.output_format is OutputFormat.ALIGN
    combo = _only(_only(pane, ResultFooter), QComboBox)
    combo.setFocus()
    with qtbot.waitSignal(pane.format_changed) as changed:
        QTest.keyClick(combo, Qt.Key.Key_Up)
    assert changed.args == [OutputFormat.EQUATION_STAR]


def test_another_saved_endpoint_can_read_the_picture_again(qtbot: QtBot, pane: ResultPane) -> None:
    pane.show_done(RECOGNITION)
    pane.set_profiles(PROFILES[:1])
    assert _visible_split_buttons(pane) == []
    pane.set_profiles(PROFILES)
    (button,) = _visible_split_buttons(pane)
    menu = button.menu()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == ["Retry with Work", "Retry with Home", "Retry with a &hint…"]
    with qtbot.waitSignal(pane.retry_with_requested) as asked:
        menu.actions()[1].trigger()
    assert asked.args == ["b"]


def test_zoom_keys_show_the_picture_larger_and_as_it_came(
    qtbot: QtBot, pane: ResultPane, actions: Actions
) -> None:
    pane.show_crop(Bitmap(400, 300, bytes(400 * 300 * 4)))
    bar = _only(pane, CropView).verticalScrollBar()
    assert bar.maximum() == 0
    pane.focus_source()
    for _ in range(6):
        QTest.keyClick(_only(pane, SourceEditor), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert bar.maximum() > 0
    QTest.keyClick(_only(pane, SourceEditor), Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert bar.maximum() == 0


def test_a_picture_pasted_into_the_editor_is_handed_on_and_text_is_inserted(
    qtbot: QtBot, pane: ResultPane
) -> None:
    pane.focus_source()
    editor = _only(pane, SourceEditor)
    mime = QMimeData()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    mime.setImageData(image)
    QGuiApplication.clipboard().setMimeData(mime)
    with qtbot.waitSignal(pane.input_given) as given:
        QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert given.args is not None
    # The X11 clipboard may offer the pixels as files of several forms; what counts is that the editor let go.
    assert not isinstance(given.args[0], str)
    assert pane.markup == ""
    QGuiApplication.clipboard().setText("a+b")
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pane.markup == "a+b"


def test_no_timer_runs_when_nothing_is_read(qtbot: QtBot, window: MainWindow, pane: ResultPane) -> None:
    pane.show_working()
    assert any(timer.isActive() for timer in window.findChildren(QTimer))
    pane.show_done(RECOGNITION)
    running = [
        timer for timer in window.findChildren(QTimer) if timer.isActive() and not timer.isSingleShot()
    ]
    assert running == []
    assert isinstance(_only(pane, SourceEditor), QPlainTextEdit)
