"""Instructions and the document that goes along, by keyboard."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier
from writetex_desktop.adapters.storage.document_file import read_document_file
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.guided_reading import GuidedReading
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.instructions_page import InstructionsPage
from writetex_desktop.ui.shell.document_presenter import DocumentPresenter
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.mode_chips import ModeChips
from writetex_desktop.ui.shell.tool_bar import WindowToolBar
from writetex_desktop.ui.toolkit.actions import Actions


class _Nobody:
    """An engine that is not asked."""

    async def ask(self, request: RecognitionRequest, *, profile: str) -> AsyncIterator[RecognitionEvent]:
        yield Recognition("", request.mode, Engine.ENDPOINT, profile, 0.0)


class Desk:
    """The window and the page, joined to settings in memory."""

    def __init__(self, settings: Settings) -> None:
        self.settings = Observable(settings)
        self.notifier = FakeNotifier()
        self.tasks = Tasks(self.notifier)
        self.window = MainWindow(Actions())
        self.page = InstructionsPage()
        self.reading = GuidedReading(_Nobody().ask, self.settings, read_document_file)
        presenter = DocumentPresenter(
            chip=self.window.document,
            settings=self.settings,
            edit=lambda edit: self.settings.set(edit(self.settings.value)),
            reading=self.reading,
            open_settings=self.page.show,
            tasks=self.tasks,
        )
        presenter.attach(self.page)
        self.settings.subscribe(self.page.show_settings)
        self.page.settings_edited.connect(self.settings.set)
        self.page.show_settings(settings)

    async def show(self, view: QWidget) -> None:
        """Let a view have the keyboard."""
        view.show()
        view.activateWindow()
        while not view.isActiveWindow():  # noqa: ASYNC110 - no signal of the view tells of it
            await asyncio.sleep(0.01)

    async def settle(self) -> None:
        """Wait until everything that was begun is over."""
        while running := set(self.tasks._running):
            await asyncio.wait(running)
            await asyncio.sleep(0)

    def press(self, view: QWidget, key: str) -> None:
        """Press a key combination."""
        QTest.keySequence(view, key)


Play = Callable[[Settings, Callable[[Desk], Awaitable[None]]], None]


@pytest.fixture
def play(qapp: QApplication) -> Play:
    """Play a story on the program's loop."""

    def run(settings: Settings, story: Callable[[Desk], Awaitable[None]]) -> None:
        async def whole() -> None:
            desk = Desk(settings)
            try:
                await story(desk)
            finally:
                await desk.tasks.cancel_all()
                for view in (desk.page, desk.window):
                    view.hide()
                    view.deleteLater()

        with qasync.QEventLoop(qapp) as loop:
            loop.run_until_complete(asyncio.wait_for(whole(), 40))

    return run


def box(page: QWidget, name: str) -> QPlainTextEdit:
    (found,) = (each for each in page.findChildren(QPlainTextEdit) if each.accessibleName() == name)
    return found


def test_instructions_are_written_by_keyboard_and_kept_when_the_box_is_left(play: Play) -> None:
    async def story(desk: Desk) -> None:
        await desk.show(desk.page)
        for name, text in (
            ("For all pictures", "use \\bm"),
            ("There also", "no tags"),
            ("My commands", "\\d"),
        ):
            field = box(desk.page, name)
            field.setFocus()
            QTest.keyClicks(field, text)
            desk.press(field, "Tab")
            assert not field.hasFocus()
        settings = desk.settings.value
        assert settings.instructions_for(Mode.FORMULA) == "use \\bm\nno tags"
        assert settings.instructions_for(Mode.TABLE) == "use \\bm"
        assert settings.macros == "\\d"

    play(Settings(), story)


def test_the_user_can_see_what_is_sent_and_why_it_cannot_be_read(play: Play, tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    paper.write_text("The last words", "utf-8")

    async def story(desk: Desk) -> None:
        await desk.show(desk.page)
        (show,) = (each for each in desk.page.findChildren(QPushButton) if "what is" in each.text())
        sample = box(desk.page, "What is sent beside the picture")
        desk.press(show, "Space")
        await desk.settle()
        assert "The last words" in sample.toPlainText()
        assert sample.isVisible()
        remove(paper)
        desk.press(show, "Space")
        await desk.settle()
        assert not sample.isVisible()
        assert desk.notifier.notices == []

    play(Settings(document=str(paper), use_document=True), story)


def test_the_chip_says_which_document_goes_along_and_ctrl_d_switches_it(play: Play, tmp_path: Path) -> None:
    paper = tmp_path / "paper.tex"
    paper.write_text("\\newcommand{\\R}{\\mathbb{R}}", "utf-8")

    async def story(desk: Desk) -> None:
        await desk.show(desk.window)
        chip = desk.window.document
        assert chip.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        desk.press(desk.window, "Ctrl+D")
        await desk.settle()
        assert desk.settings.value.use_document
        assert (chip.isChecked(), chip.text()) == (True, "paper.tex")
        assert desk.reading.definitions("\\R")
        desk.press(desk.window, "Ctrl+D")
        assert not desk.settings.value.use_document

    play(Settings(document=str(paper)), story)


def test_without_a_document_the_chip_asks_for_one(play: Play, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.tex")

    async def story(desk: Desk) -> None:
        await desk.show(desk.window)
        desk.press(desk.window, "Ctrl+D")
        assert not desk.window.document.isChecked()
        (dialog,) = desk.window.findChildren(QFileDialog)
        dialog.fileSelected.emit(gone)
        dialog.close()
        await desk.settle()
        assert desk.settings.value == Settings(document=gone, use_document=True)
        assert desk.notifier.notices[0].message.startswith("The document is no longer there")

    play(Settings(), story)


def remove(path: Path) -> None:
    path.unlink()


def test_the_names_beside_the_icons_make_room_in_a_narrow_window(qtbot: QtBot) -> None:
    window = MainWindow(Actions())
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    window.show_home(window.pane)
    window.document.show_document("/a/document-with-a-long-name.tex", used=True)
    bar = window.findChildren(WindowToolBar)[0]
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    assert (window.width(), window.height()) == (900, 600)
    buttons = [each for each in bar.findChildren(QToolButton) if each.isVisible()]
    assert all(bar.rect().contains(each.geometry()) for each in buttons)
    assert all(each.width() >= each.sizeHint().width() for each in buttons)
    assert all(each.toolTip() and (each.text() or each.accessibleName()) for each in buttons)
    window.resize(1600, 600)
    buttons = [each for each in bar.findChildren(QToolButton) if each.isVisible()]
    named = [each for each in buttons if each.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly]
    assert len(named) == 4 + 1
    assert bar.findChildren(ModeChips)[0].is_side_by_side


@pytest.mark.parametrize("elsewhere", [True, False])
def test_an_endpoint_of_the_environment_is_named_in_place_of_none(qtbot: QtBot, elsewhere: bool) -> None:
    window = MainWindow(Actions())
    qtbot.addWidget(window)
    window.set_profiles((), "", elsewhere=elsewhere)
    (combo,) = window.findChildren(WindowToolBar)[0].findChildren(QComboBox)
    assert combo.placeholderText() == ("Environment" if elsewhere else "No endpoint")
