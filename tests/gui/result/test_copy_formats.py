"""Every output format is one key away, and what cannot be carried is said."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.result.copy_desk import CopyDesk, until
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.result.footer import ResultFooter
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.toolkit.views.formula import FormulaView

Run = Callable[[Callable[[CopyDesk], Awaitable[None]]], None]


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    def play(story: Callable[[CopyDesk], Awaitable[None]]) -> None:
        desk = CopyDesk(qapp, Settings(template="[{unicode}]"))

        async def whole() -> None:
            desk.window.show()
            desk.window.activateWindow()
            await story(desk)
            await desk.tasks.cancel_all()

        with qasync.QEventLoop(qapp) as loop:
            try:
                loop.run_until_complete(asyncio.wait_for(whole(), 40))
            finally:
                desk.close()

    yield play
    # Left to itself the collector may come by in a worker thread, where no widget may end.
    gc.collect()


async def read(desk: CopyDesk, markup: str, mode: Mode = Mode.FORMULA) -> None:
    """Have it read and wait until it is on the clipboard, or the reason why it is not is told."""
    before = desk.clipboard.content, len(desk.notifier.notices)
    desk.read(markup, mode)
    await until(lambda: (desk.clipboard.content, len(desk.notifier.notices)) != before)


def menu_of(desk: CopyDesk) -> QMenu:
    (footer,) = desk.window.findChildren(ResultFooter)
    return next(
        each for each in footer.findChildren(QMenu) if any(action.data() for action in each.actions())
    )


def test_each_format_has_a_key_and_a_name_of_its_own() -> None:
    assert len({each.row.key for each in OutputFormat}) == len(OutputFormat)
    assert len({each.row.label for each in OutputFormat}) == len(OutputFormat)


def test_the_menu_marks_each_key_and_groups_the_formats(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        actions = menu_of(desk).actions()
        texts = {OutputFormat(action.data()): action.text() for action in actions if action.data()}
        assert {each: text[text.index("&") + 1].upper() for each, text in texts.items()} == {
            each: each.row.key for each in OutputFormat
        }
        sections = [action.text() for action in actions if action.isSeparator() and action.text()]
        assert sections == [str(family) for family in dict.fromkeys(each.row.family for each in texts)]

    run(story)


@pytest.mark.parametrize("output_format", list(OutputFormat))
def test_two_keys_copy_in_any_format_without_changing_the_chosen_one(
    run: Run, qtbot: QtBot, output_format: OutputFormat
) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, r"\frac{a}{b}")
        desk.clipboard.content = ClipboardContent("before")
        desk.actions.copy_as.trigger()
        menu = menu_of(desk)
        await until(menu.isVisible)
        QTest.keyClick(menu, Qt.Key(ord(output_format.row.key)))
        await until(lambda: desk.clipboard.content.text != "before")
        copied = desk.clipboard.content
        assert copied.text or copied.flavours
        assert desk.settings.settings.value.output_format is OutputFormat.RAW
        if output_format is OutputFormat.TYPST:
            assert copied.text == "$ frac(a, b) $"
        if output_format is OutputFormat.TEMPLATE:
            assert copied.text == "[a/b]"

    run(story)


def test_the_box_is_moved_through_by_keys_and_each_step_copies_anew(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, "x^2")
        assert desk.clipboard.content.text == "x^2"
        (footer,) = desk.window.findChildren(ResultFooter)
        (box,) = footer.findChildren(QComboBox)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Down)
        await until(lambda: desk.clipboard.content.text == "$x^2$")
        for _ in range(11):
            QTest.keyClick(box, Qt.Key.Key_Down)
        # The line between the groups is stepped over.
        await until(lambda: desk.clipboard.content.text == "```math\nx^2\n```")
        assert desk.settings.settings.value.output_format is OutputFormat.MARKDOWN

    run(story)


def test_each_mode_keeps_its_own_format(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, r"Let \( x \) be", Mode.TEXT)
        assert desk.clipboard.content.text == r"Let \( x \) be"
        desk.window.pane.format_changed.emit(OutputFormat.OBSIDIAN)
        await until(lambda: desk.clipboard.content.text == "Let $x$ be")
        await read(desk, "y^2")
        assert desk.clipboard.content.text == "y^2"
        assert desk.window.pane.output_format == "raw"
        await read(desk, r"And \( z \)", Mode.TEXT)
        assert desk.clipboard.content.text == "And $z$"
        assert desk.window.pane.output_format == "obsidian"

    run(story)


def test_what_a_format_cannot_carry_is_said_and_the_clipboard_stays(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        desk.settings.change(lambda settings: settings.with_format(Mode.FORMULA, OutputFormat.SYMPY))
        desk.clipboard.content = ClipboardContent("mine")
        await read(desk, r"a \pm b")
        (notice,) = desk.notifier.notices
        assert notice.message == "The sign ± cannot be written in code."
        assert desk.clipboard.content.text == "mine"

    run(story)


def test_when_the_clipboard_takes_nothing_the_window_comes_up_and_one_key_copies(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        desk.window.hide()
        desk.clipboard.broken = True
        await read(desk, "x^2")
        assert desk.window.isVisible()
        desk.clipboard.broken = False
        focused = desk.window.focusWidget()
        assert isinstance(focused, QPushButton)
        focused.click()
        await until(lambda: "x^2" in desk.clipboard.content.text)

    run(story)


def test_what_does_not_match_is_mended_with_one_click(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, r"\frac{a}{b")
        (strip,) = desk.window.findChildren(ParserStrip)
        await until(lambda: strip.text)
        assert strip.text == "{ is never closed."
        (repair,) = (each for each in strip.findChildren(QToolButton) if each.text() == "Re&pair")
        assert repair.isVisible()
        QTest.keyClick(repair, Qt.Key.Key_Space)
        await until(lambda: not strip.text)
        assert desk.window.pane.markup == r"\frac{a}{b}"
        assert desk.jobs.job(desk.presenter.shown).text == r"\frac{a}{b}"
        assert not repair.isVisible()

    run(story)


def test_the_preview_says_to_assistive_programs_what_it_shows(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        (view,) = desk.window.pane.findChildren(FormulaView)
        await read(desk, r"\frac{a}{b}+\alpha")
        await until(lambda: "a/b+α" in view.accessibleDescription().replace(" ", ""))
        desk.presenter.write("")
        await until(lambda: "α" not in view.accessibleDescription())

    run(story)


def test_what_is_said_of_a_letter_holds_for_every_copy_of_this_result_and_not_of_the_next(run: Run) -> None:
    async def story(desk: CopyDesk) -> None:
        await read(desk, r"\sigma(x+1)")
        desk.assumptions.say(desk.presenter.shown, "σ", is_function=True)
        desk.presenter.copy_as(OutputFormat.PYTHON)
        await until(lambda: desk.clipboard.content.text.startswith("sigma(x + 1)"))
        await read(desk, r"\sigma(y+1)")
        desk.presenter.copy_as(OutputFormat.PYTHON)
        await until(lambda: desk.clipboard.content.text.startswith("sigma*(y + 1)"))

    run(story)
