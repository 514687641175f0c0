"""The pad, driven by mouse, finger and pen."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from tests.benchmarks.bench_ink import a_page
from tests.fakes import FakeInkReader, FakeRecognizer
from tests.gui.ink.pad_desk import RUBBER_END, PadDesk, endpoint_answer, play_pad, until
from tests.unit.core.ink.inks import PLUS
from writetex_desktop.core.errors import EndpointError, Fault, RemedyAction, WriteTexError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.notice import Level
from writetex_desktop.core.reading.recognition import Completed, Engine, RecognizerEvent, TextDelta
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.ui.ink import layer
from writetex_desktop.ui.ink.layer import DrawnStroke
from writetex_desktop.ui.ink.paper import Rules
from writetex_desktop.ui.ink.sign_marks import chip_of
from writetex_desktop.ui.ink.tools import Tool
from writetex_desktop.ui.toolkit.shortcuts import Shortcuts

LINE = ((40, 60), (60, 70), (90, 60), (120, 80))
OTHER = ((150, 60), (160, 90), (180, 60))
ZIGZAG = ((30, 55), (130, 60), (30, 65), (130, 70), (30, 75), (130, 80), (30, 85))


def test_what_is_drawn_with_the_mouse_is_read_at_the_pause(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.draw(*OTHER)
        await until(lambda: desk.markup == "a b")
        assert desk.pad.reading.preview.formula is not None
        assert 0.3 in desk.clock.slept
        assert "Built-in recogniser" in desk.said

    play_pad(qapp, story)


def test_a_finger_writes(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.touch(*LINE)
        await until(lambda: desk.markup == "a")
        (stroke,) = desk.canvas.ink.strokes
        assert (stroke.points[0].x, stroke.points[-1].x) == (40, 120)

    play_pad(qapp, story)


def test_a_pen_writes_with_its_pressure(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.pen((40, 60, 0.2), (60, 70, 0.5), (90, 60, 0.9), (120, 80, 0.4))
        await until(lambda: desk.markup == "a")
        (stroke,) = desk.canvas.ink.strokes
        assert [round(point.pressure, 2) for point in stroke.points][:3] == [0.2, 0.5, 0.9]

    play_pad(qapp, story)


def test_the_other_end_of_a_pen_rubs_out(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.pen((40, 60, 0.5), (120, 60, 0.5))
        desk.pen((60, 40, 0.5), (60, 80, 0.5), device=RUBBER_END)
        await until(lambda: not desk.canvas.ink)

    play_pad(qapp, story)


def test_beside_a_pen_the_resting_hand_writes_nothing(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.pen((40, 60, 0.5), (120, 60, 0.5))
        desk.touch(*OTHER)
        assert len(desk.canvas.ink.strokes) == 1

    play_pad(qapp, story)


def test_two_fingers_move_the_paper_and_write_nothing(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.drag_two_fingers((50, 50), (90, 50), (0, 40))
        assert not desk.canvas.ink
        desk.draw(*LINE)
        (stroke,) = desk.canvas.ink.strokes
        assert stroke.points[0].y == pytest.approx(60 - 40, abs=1)

    play_pad(qapp, story)


def test_strokes_are_undone_to_empty_paper_and_drawn_again(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        actions = desk.pad.actions_
        desk.draw(*LINE)
        desk.touch(*OTHER)
        whole = desk.canvas.ink
        while actions.undo.isEnabled():
            actions.undo.trigger()
        assert desk.canvas.ink == Ink()
        await until(lambda: desk.markup == "")
        assert desk.pad.reading.preview.formula is None
        while actions.redo.isEnabled():
            actions.redo.trigger()
        assert desk.canvas.ink == whole
        await until(lambda: desk.markup == "a b")

    play_pad(qapp, story)


def test_ctrl_z_undoes_while_the_keyboard_is_on_the_paper(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(desk.canvas.hasFocus)
        QTest.keyClick(desk.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert not desk.canvas.ink

    play_pad(qapp, story)


def test_another_key_that_was_chosen_for_the_pad_is_obeyed_and_the_usual_one_is_not(
    qapp: QApplication,
) -> None:
    async def story(desk: PadDesk) -> None:
        shortcuts = Shortcuts(desk.actions, dict(desk.pad.actions_.named()))
        shortcuts.apply((("ink_undo", "Ctrl+E"),))
        desk.draw(*LINE)
        await until(desk.canvas.hasFocus)
        QTest.keyClick(desk.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert desk.canvas.ink
        QTest.keyClick(desk.canvas, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        assert not desk.canvas.ink

    play_pad(qapp, story)


def test_the_rubber_takes_whole_strokes_and_is_one_step_to_undo(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        desk.draw(*OTHER)
        desk.pad.actions_.tools[Tool.RUBBER].trigger()
        desk.draw((90, 40), (90, 90))
        assert len(desk.canvas.ink.strokes) == 1
        desk.pad.actions_.undo.trigger()
        assert len(desk.canvas.ink.strokes) == 2

    play_pad(qapp, story)


def test_the_lasso_moves_scales_and_deletes(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        desk.draw(*OTHER)
        desk.pad.actions_.tools[Tool.LASSO].trigger()
        desk.draw((30, 40), (130, 40), (130, 100), (30, 100), (30, 45))
        assert desk.canvas.selected == {0}
        desk.draw((80, 70), (100, 120), (80, 170))
        first = desk.canvas.ink.strokes[0]
        assert first.points[0].y == pytest.approx(160, abs=2)
        assert desk.canvas.selected == {0}
        box = first.box
        corner = (round(box.right) + 4, round(box.bottom) + 4)
        desk.draw(corner, (corner[0] + 20, corner[1] + 20), (corner[0] + 40, corner[1] + 20))
        assert desk.canvas.ink.strokes[0].box.width > box.width * 1.2
        QTest.keyClick(desk.canvas, Qt.Key.Key_Delete)
        assert len(desk.canvas.ink.strokes) == 1
        desk.pad.actions_.undo.trigger()
        assert len(desk.canvas.ink.strokes) == 2

    play_pad(qapp, story)


def test_a_scribble_over_a_sign_rubs_it_out(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        desk.draw(*OTHER)
        desk.draw(*ZIGZAG)
        assert len(desk.canvas.ink.strokes) == 1
        await until(lambda: desk.markup == "a")
        desk.pad.actions_.undo.trigger()
        assert len(desk.canvas.ink.strokes) == 2

    play_pad(qapp, story)


def test_a_sign_in_doubt_is_marked_and_a_press_on_its_mark_offers_others(qapp: QApplication) -> None:
    reader = FakeInkReader(doubtful={"a"})

    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(desk.pad.actions_.check_sign.isEnabled)
        (sign,) = desk.canvas._signs
        chip = chip_of(sign, desk.canvas._layer).center().toPoint()
        desk.draw((chip.x(), chip.y()), (chip.x(), chip.y()))
        assert len(desk.canvas.ink.strokes) == 1
        await until(lambda: len(desk.guess_actions) > 3)
        offered = [action.text() for action in desk.guess_actions]
        assert any("\\xi" in text for text in offered)
        assert any("\\alpha" in text for text in offered)  # the finder of symbols knows more
        next(action for action in desk.guess_actions if "\\xi" in action.text()).trigger()
        await until(lambda: desk.markup == "\\xi")
        desk.draw(*OTHER)
        await until(lambda: desk.markup == "\\xi b")  # the choice holds while one writes on
        desk.pad._signs_menu.close()

    play_pad(qapp, story, reader=reader)


def test_a_stroke_that_begins_on_the_mark_of_a_sign_is_written(qapp: QApplication) -> None:
    reader = FakeInkReader(doubtful={"a"})

    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(desk.pad.actions_.check_sign.isEnabled)
        (sign,) = desk.canvas._signs
        chip = chip_of(sign, desk.canvas._layer).center().toPoint()
        desk.draw((chip.x(), chip.y()), (chip.x() + 12, chip.y() - 20), (chip.x() + 30, chip.y() + 10))
        assert len(desk.canvas.ink.strokes) == 2
        begin = desk.canvas.ink.strokes[1].points[0]
        assert (begin.x, begin.y) == desk.canvas._layer.to_paper(chip.toPointF())
        assert not desk.guess_actions

    play_pad(qapp, story, reader=reader)


def test_the_next_sign_in_doubt_is_reached_by_the_keyboard(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(desk.pad.actions_.check_sign.isEnabled)
        desk.pad.actions_.check_sign.trigger()
        await until(desk.pad._signs_menu.isVisible)
        rub_out = desk.guess_actions[-1]
        assert "Rub it out" in rub_out.text()
        desk.pad._signs_menu.close()
        rub_out.trigger()
        assert not desk.canvas.ink

    play_pad(qapp, story, reader=FakeInkReader(doubtful={"a"}))


def test_copy_and_copy_as_give_the_formula_and_keep_it_with_its_ink(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.actions_.copy.trigger()
        await until(lambda: desk.copied == [("a", OutputFormat.RAW)])
        assert "Copied as" in desk.said
        await until(lambda: desk.kept)
        _, recognition, ink = desk.kept[0]
        assert (recognition.markup, ink) == ("a", desk.canvas.ink)
        desk.pad.copy_as_requested.emit(OutputFormat.TYPST)
        await until(lambda: desk.copied[-1] == ("a", OutputFormat.TYPST))
        assert len(desk.kept) == 1

    play_pad(qapp, story)


def test_what_is_on_the_paper_is_kept_when_it_is_cleared(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.actions_.clear.trigger()
        await until(lambda: desk.kept)
        assert not desk.canvas.ink
        desk.pad.actions_.undo.trigger()
        assert len(desk.canvas.ink.strokes) == 1

    play_pad(qapp, story)


def test_insert_puts_the_formula_into_the_source_editor(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.actions_.insert.trigger()
        assert desk.inserted == ["a"]
        assert not desk.window.shows(desk.pad)

    play_pad(qapp, story)


def test_insert_of_the_small_window_pastes_where_the_user_came_from(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.presenter.show_own_window(PasteTarget(7))
        await until(desk.presenter.own_window.isVisible)
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.actions_.insert.trigger()
        await until(lambda: desk.paster.pasted == [7])
        assert desk.copied == [("a", OutputFormat.RAW)]

    play_pad(qapp, story)


def test_the_pad_goes_from_the_large_window_into_its_own_and_back_with_its_ink(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        desk.pad.actions_.own_window.trigger()
        await until(lambda: desk.presenter.own_window.isVisible() and desk.pad.isVisible())
        assert not desk.window.shows(desk.pad)
        desk.pad.actions_.own_window.trigger()
        await until(lambda: desk.window.shows(desk.pad) and desk.pad.isVisible())
        assert not desk.presenter.own_window.isVisible()
        assert len(desk.canvas.ink.strokes) == 1

    play_pad(qapp, story)


def test_with_an_endpoint_the_drawing_goes_there_after_a_longer_pause(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.answer = endpoint_answer("\\alpha")
        desk.draw(*LINE)
        await until(lambda: desk.markup == "\\alpha")
        (request,) = desk.asked
        assert request.mode.value == "handwriting"
        assert request.bitmap is not None
        assert request.image.media_type == "image/png"
        assert desk.clock.slept[-2:] == [0.3, 1.0] or 1.0 in desk.clock.slept
        assert "gpt" in desk.said

    play_pad(qapp, story)


def test_when_the_endpoint_fails_what_was_read_here_stays_and_the_line_says_why(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.answer = EndpointError("The key is refused.", "Check the key.", fault=Fault.BAD_KEY)
        desk.draw(*LINE)
        await until(lambda: "The key is refused." in desk.said)
        assert desk.markup == "a"

    play_pad(qapp, story)


def test_without_any_reader_one_line_says_so_with_a_remedy(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: "not installed" in desk.said)
        assert "Add an endpoint" in desk.said
        button = desk.pad.reading.remedy
        assert button.isVisible()
        button.click()
        assert desk.done == [RemedyAction.OPEN_ENDPOINT_SETTINGS]

    play_pad(qapp, story, is_bare=True)


def test_the_recogniser_of_print_stands_in_and_is_not_believed(qapp: QApplication) -> None:
    script: list[RecognizerEvent | WriteTexError] = [
        TextDelta("x"),
        Completed(Engine.OFFLINE, "print", confidence=0.99),
    ]

    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "x")
        assert "as if it were print" in desk.said
        assert desk.pad.reading._level is Level.WARNING

    play_pad(qapp, story, print_reader=FakeRecognizer([script]))


def test_ink_of_the_history_is_opened_with_what_it_was_read_as(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.presenter.open_ink(PLUS, "+")
        assert desk.canvas.ink == PLUS
        assert desk.markup == "+"
        assert not desk.clock.slept
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a b c")

    play_pad(qapp, story)


def test_the_source_can_be_changed_by_hand_and_that_is_what_is_copied(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.reading.source.setPlainText("a^2")
        desk.pad.actions_.copy.trigger()
        await until(lambda: desk.copied == [("a^2", OutputFormat.RAW)])

    play_pad(qapp, story)


def test_rules_and_dark_paper_are_turned(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        actions = desk.pad.actions_
        seen = []
        for _ in range(3):
            actions.rules.trigger()
            seen.append(desk.canvas.paper.rules)
        assert set(seen) == set(Rules)
        was_dark = desk.canvas.is_dark
        actions.dark.trigger()
        assert desk.canvas.is_dark is not was_dark
        picture = desk.canvas.viewport().grab().toImage()
        assert (picture.pixelColor(3, 3).lightness() < 128) is desk.canvas.is_dark

    play_pad(qapp, story)


def test_the_paper_zooms_and_grows(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        canvas = desk.canvas
        before = canvas.horizontalScrollBar().maximum()
        width = canvas.viewport().width()
        desk.draw((width - 60, 60), (width - 20, 60))
        assert canvas.horizontalScrollBar().maximum() > before
        desk.pad.actions_.zoom_in.trigger()
        assert canvas.zoom == 1.25
        desk.pad.actions_.show_all.trigger()
        box = canvas.ink.box
        assert box is not None
        assert canvas.viewport().rect().contains(canvas.view_of(box).toRect())

    play_pad(qapp, story)


def test_every_button_of_the_pad_has_a_name_and_a_tip(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        for button in desk.pad.findChildren(QToolButton):
            if button.isVisible() and button.objectName() != "qt_menubar_ext_button":
                assert button.accessibleName() or button.text()
                assert button.toolTip()

    play_pad(qapp, story)


def test_a_change_of_the_theme_is_no_edit_of_the_source(qapp: QApplication) -> None:
    async def story(desk: PadDesk) -> None:
        edits: list[str] = []
        desk.draw(*LINE)
        await until(lambda: desk.markup == "a")
        desk.pad.reading.source_edited.connect(edits.append)
        palette = desk.pad.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor("#202020"))
        palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
        desk.pad.setPalette(palette)
        desk.pad.reading.source.document().markContentsDirty(0, 1)
        assert edits == []

    play_pad(qapp, story)


@pytest.mark.heavy("opens a page of two thousand strokes, which are painted in one go")
def test_above_two_thousand_strokes_a_new_one_paints_none_of_them_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(desk: PadDesk) -> None:
        desk.presenter.open_ink(a_page(2000), "x")
        painted: list[DrawnStroke] = []
        monkeypatch.setattr(layer, "_paint", lambda _painter, each, _colour: painted.append(each))
        middle = desk.canvas.viewport().rect().center()
        desk.draw((middle.x(), middle.y()), (middle.x() + 20, middle.y() + 5), (middle.x() + 40, middle.y()))
        assert len(desk.canvas.ink.strokes) == 2001
        await asyncio.sleep(0)
        desk.canvas.viewport().repaint()
        assert not painted
        desk.pad.actions_.undo.trigger()
        assert 0 < len(painted) < 500

    play_pad(qapp, story)
