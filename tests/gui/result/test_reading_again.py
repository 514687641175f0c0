"""Modes, hints, readings side by side and turning between results, by keyboard alone."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from tests.gui.result.copy_desk import CopyDesk, until
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.result.earlier_reading import EarlierReading
from writetex_desktop.ui.result.hint_popup import HintPopup
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.page import PageView

Run = Callable[[Callable[[CopyDesk], Awaitable[None]]], None]
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    def play(story: Callable[[CopyDesk], Awaitable[None]]) -> None:
        desk = CopyDesk(qapp, Settings())
        shown = desk.presenter
        desk.window.pane.retry_with_hint_requested.connect(lambda hint: shown.retry(hint=hint))
        desk.actions.previous_result.triggered.connect(lambda: shown.turn(-1))
        desk.actions.copy_table.triggered.connect(lambda: shown.copy_table(markdown=False))
        desk.actions.copy_table_markdown.triggered.connect(lambda: shown.copy_table(markdown=True))
        desk.actions.next_result.triggered.connect(lambda: shown.turn(1))
        desk.actions.mode_changed.connect(
            lambda mode: desk.settings.change(lambda old: _with_mode(old, mode))
        )

        async def whole() -> None:
            desk.window.show()
            desk.window.activateWindow()
            await until(desk.window.isActiveWindow)
            await story(desk)
            await desk.tasks.cancel_all()

        with qasync.QEventLoop(qapp) as loop:
            try:
                loop.run_until_complete(asyncio.wait_for(whole(), 40))
            finally:
                desk.close()

    yield play
    gc.collect()  # not in a worker thread, where no widget may end


def _with_mode(settings: Settings, mode: Mode) -> Settings:
    from dataclasses import replace  # noqa: PLC0415 - used here only

    return replace(settings, mode=mode)


def only(desk: CopyDesk, kind: type[QWidget]) -> QWidget:
    (found,) = desk.window.findChildren(kind)
    return found


async def read(desk: CopyDesk, markup: str, mode: Mode = Mode.FORMULA) -> None:
    desk.read(markup, mode)
    await until(lambda: desk.window.pane.markup == markup)


def test_each_mode_has_its_key_and_is_remembered(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        for number, mode in enumerate(Mode, start=1):
            if mode is not Mode.FORMULA:
                QTest.keyClick(desk.window, Qt.Key(Qt.Key.Key_0.value + number), CTRL)
                assert desk.settings.settings.value.mode is mode

    run(story)


@pytest.mark.parametrize(
    ("mode", "markup", "shows"),
    [
        (Mode.TEXT, "Let \\(x^2\\) be real.", "be real."),
        (Mode.TABLE, "\\begin{tabular}{cc} one & two \\end{tabular}", "two"),
        (Mode.TIKZ, "\\begin{tikzpicture}\\end{tikzpicture}", "shown as source"),
    ],
)
def test_what_is_no_formula_is_shown_as_a_page(run: Run, mode: Mode, markup: str, shows: str) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, markup, mode)
        page = only(desk, PageView)
        assert isinstance(page, PageView)
        await until(lambda: shows in page.toPlainText())
        assert page.isVisible()
        if mode is Mode.TEXT:
            assert "\ufffc" in page.toPlainText()  # a picture stands for the formula

    run(story)


@pytest.mark.parametrize(("mode", "markup"), [(Mode.CHEMISTRY, r"\ce{H2O}"), (Mode.HANDWRITING, "x^2")])
def test_chemistry_and_handwriting_are_drawn_as_formulas(run: Run, mode: Mode, markup: str) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, markup, mode)
        drawn = only(desk, FormulaView)
        assert isinstance(drawn, FormulaView)
        await until(lambda: drawn.formula)
        assert drawn.isVisible()

    run(story)


def test_alt_and_arrows_turn_to_the_results_before_and_after(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, "first")
        await read(desk, "second")
        QTest.keyClick(desk.window, Qt.Key.Key_Right, ALT)
        assert desk.window.pane.markup == "second"
        QTest.keyClick(desk.window, Qt.Key.Key_Left, ALT)
        await until(lambda: desk.window.pane.markup == "first")
        assert not desk.actions.previous_result.isEnabled()
        QTest.keyClick(desk.window, Qt.Key.Key_Right, ALT)
        await until(lambda: desk.window.pane.markup == "second")

    run(story)


def test_a_hint_is_sent_and_both_readings_stand_side_by_side(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, r"v + \alpha")
        await until(desk.actions.retry_with_hint.isEnabled)
        desk.markup = r"\nu + \alpha"
        QTest.keyClick(desk.window, Qt.Key.Key_F5, SHIFT)
        hint = only(desk, HintPopup)
        assert hint.isVisible()
        (field,) = hint.findChildren(QLineEdit)
        QTest.keyClicks(field, "it is a nu")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert not hint.isVisible()
        earlier = only(desk, EarlierReading)
        await until(earlier.isVisible)
        assert desk.jobs.job(1).hint == "it is a nu"
        assert desk.window.pane.markup == r"\nu + \alpha"
        take = earlier.findChildren(QPushButton)[0]
        take.setFocus()
        QTest.keyClick(take, Qt.Key.Key_Space)
        assert desk.window.pane.markup == r"v + \alpha"
        assert not earlier.isVisible()
        assert desk.jobs.job(1).text == r"v + \alpha"

    run(story)


def test_the_cells_of_a_table_are_copied_for_spreadsheets_and_as_markdown(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, "\\begin{tabular}{cc} one & two \\end{tabular}", Mode.TABLE)
        await until(desk.actions.copy_table.isEnabled)
        QTest.keyClick(desk.window, Qt.Key.Key_E, CTRL | SHIFT)
        await until(lambda: desk.clipboard.content.text == "one\ttwo")
        assert b"<td>one</td>" in desk.clipboard.content.flavours["text/html"]
        QTest.keyClick(desk.window, Qt.Key.Key_M, CTRL | SHIFT)
        await until(lambda: desk.clipboard.content.text.startswith("| one | two |"))
        await read(desk, "x")
        await until(lambda: not desk.actions.copy_table.isEnabled())

    run(story)


def test_tidying_is_one_key_and_one_step_of_undoing(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, "x _ { 1 }=y")
        await until(desk.actions.tidy.isEnabled)
        QTest.keyClick(desk.window, Qt.Key.Key_T, CTRL | SHIFT)
        assert desk.window.pane.markup == "x_1 = y"
        desk.window.pane.focus_source()
        editor = QApplication.focusWidget()
        assert editor is not None
        QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
        assert desk.window.pane.markup == "x _ { 1 }=y"

    run(story)
