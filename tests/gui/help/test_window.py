"""The guide in the program: F1 opens it, and it can be read without a mouse."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier
from tests.gui.keyboard import give_keyboard
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.languages import LANGUAGES
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.view import BatchView
from writetex_desktop.ui.help.window import HelpDesk, HelpWindow, chapters, guide_file, guide_text
from writetex_desktop.ui.history.view import HistoryView
from writetex_desktop.ui.ink.pad import InkPad
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.resources import resource_path
from writetex_desktop.ui.toolkit.theme import dark_palette, light_palette
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic

ARTIFACTS = Path(__file__).parents[3] / "test-artifacts"


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, opened: list[str]) -> HelpWindow:
    text = guide_file(QLocale("en_GB")).read_text(encoding="utf-8")
    window = HelpWindow(text, opened.append)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_f1_opens_the_guide_and_escape_closes_it_and_diagnostics_are_a_button_away(qtbot: QtBot) -> None:
    actions = Actions()
    main = MainWindow(actions)
    qtbot.addWidget(main, before_close_func=QWidget.hide)
    copied: list[str] = []
    tasks = Tasks(FakeNotifier())

    async def copy_diagnostics() -> None:
        copied.append("what the doctor says")
        if len(copied) > 1:
            raise StorageError("The diagnostics could not be made.", "Run `writetex doctor` in a terminal.")

    desk = HelpDesk(actions, lambda _url: None, copy_diagnostics, tasks)
    with qtbot.waitActive(main):
        main.bring_to_front()
    QTest.keyClick(main, Qt.Key.Key_F1)
    first = desk.window
    assert first is not None
    qtbot.waitUntil(first.isActiveWindow)
    assert first.browser.hasFocus()
    said = []
    for _ in range(2):

        async def press(button: QPushButton = first.diagnostics) -> None:
            button.click()
            await asyncio.gather(*tasks._running, return_exceptions=True)

        asyncio.run(press())
        said.append(first.diagnostics.text())
    assert said == ["Diagnostics copied", "Copy &diagnostics"]
    QTest.keyClick(first.browser, Qt.Key.Key_Escape)
    assert not first.isVisible()
    desk.open()
    assert desk.window is first
    assert first.isVisible()
    desk.close()
    assert desk.window is None


@pytest.mark.parametrize(
    ("locale", "name"),
    [("fr_FR", "fr.md"), ("fr_CA", "fr.md"), ("en_US", "en.md"), ("fi_FI", "en.md"), ("C", "en.md")]
    + [
        (each.code, f"{each.code}.md")
        for each in LANGUAGES
        if resource_path("guide", f"{each.code}.md").is_file()
    ],
)
def test_the_guide_comes_in_the_language_of_the_system(locale: str, name: str) -> None:
    assert guide_file(QLocale(locale)).name == name


def test_every_heading_of_the_contents_leads_to_its_place(window: HelpWindow) -> None:
    titles = [window.contents.item(row).text() for row in range(window.contents.count())]
    assert "Choose a provider and a model" in titles
    assert len(titles) >= 9
    window.contents.setFocus()
    places = []
    for _ in titles[1:]:
        QTest.keyClick(window.contents, Qt.Key.Key_Down)
        places.append(window.browser.verticalScrollBar().value())
    assert places == sorted(places)
    assert places[-1] > places[0]


def test_a_link_opens_the_browser_and_the_guide_stays(window: HelpWindow, opened: list[str]) -> None:
    before = window.browser.toPlainText()
    window.browser.anchorClicked.emit(QUrl("https://platform.openai.com/api-keys"))
    assert opened == ["https://platform.openai.com/api-keys"]
    assert window.browser.toPlainText() == before


def test_links_can_be_followed_with_the_keyboard(window: HelpWindow, opened: list[str]) -> None:
    window.browser.setFocus()
    QTest.keyClick(window.browser, Qt.Key.Key_Tab)
    QTest.keyClick(window.browser, Qt.Key.Key_Return)
    assert len(opened) == 1
    assert opened[0].startswith("https://")


def test_searching_goes_from_place_to_place_and_round(window: HelpWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "deepseek-flash")
    first = window.browser.textCursor().position()
    assert window.browser.textCursor().selectedText().lower() == "deepseek-flash"
    QTest.keyClicks(window.search, "x")
    assert window.browser.textCursor().selectedText() == ""
    QTest.keyClick(window.search, Qt.Key.Key_Backspace)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.browser.textCursor().position() == first


def test_everything_has_a_name_for_those_who_do_not_see_it(window: HelpWindow) -> None:
    for widget in (window.search, window.contents, window.browser):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ja"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_guide_is_legible_in_both_themes(qtbot: QtBot, language: str, dark: bool) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.palette()
    app.setPalette(dark_palette() if dark else light_palette())
    try:
        window = HelpWindow(guide_file(QLocale(language)).read_text(encoding="utf-8"), lambda _url: None)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        ARTIFACTS.mkdir(exist_ok=True)
        theme = "dark" if dark else "light"
        for row, name in enumerate(("contents", "choose", "fields")):
            window.contents.setCurrentRow(row * 2)
            picture = window.grab()
            assert picture.save(str(ARTIFACTS / f"help-{language}-{theme}-{name}.png"))
        ground = window.browser.viewport().grab().toImage().pixelColor(4, 4)
        assert (ground.lightnessF() < 0.5) is dark
    finally:
        app.setPalette(before)


@pytest.mark.usefixtures("qtbot")
def test_after_a_change_of_language_the_guide_comes_in_the_new_one() -> None:
    async def copy_nothing() -> None:
        pass

    desk = HelpDesk(Actions(), lambda _url: None, copy_nothing, Tasks(FakeNotifier()))
    before, seen = QLocale(), []
    try:
        for code in ("en", "fr"):
            QLocale.setDefault(QLocale(code))
            desk.open()
            assert desk.window is not None
            seen.append(desk.window.contents.item(0).text())
    finally:
        QLocale.setDefault(before)
        desk.close()
    assert seen == [chapters(guide_text(code))[0] for code in ("en", "fr")]


def test_chapters_stand_at_the_same_places_in_every_language() -> None:
    english = chapters(guide_text("en"))
    assert {topic.value for topic in HelpTopic} <= set(english)
    for file in resource_path("guide").glob("*.md"):
        assert len(chapters(file.read_text(encoding="utf-8"))) == len(english), file.name


def _batch(main: MainWindow) -> None:
    main.show_page(BatchView())


def _history(main: MainWindow) -> None:
    main.show_page(HistoryView(main._actions))


@pytest.mark.parametrize(
    ("show", "topic"),
    [
        (lambda main: main.show_home(main.pane), HelpTopic.RESULT),
        (_batch, HelpTopic.BATCH),
        (_history, HelpTopic.HISTORY),
        (lambda main: main.show_page(InkPad()), HelpTopic.BY_HAND),
    ],
)
def test_f1_opens_the_chapter_about_the_page_that_is_shown(
    qtbot: QtBot, show: Callable[[MainWindow], None], topic: HelpTopic
) -> None:
    actions = Actions()
    main = MainWindow(actions)
    qtbot.addWidget(main, before_close_func=QWidget.hide)
    desk = HelpDesk(actions, lambda _url: None, _copy_nothing, Tasks(FakeNotifier()))
    show(main)
    with qtbot.waitActive(main):
        main.bring_to_front()
    QTest.keyClick(main, Qt.Key.Key_F1)
    assert desk.window is not None
    item = desk.window.contents.currentItem()
    assert item.text() == topic.value
    desk.close()


def test_f1_in_the_settings_opens_the_chapter_about_their_page(qtbot: QtBot) -> None:
    actions = Actions()
    main = MainWindow(actions)
    qtbot.addWidget(main, before_close_func=QWidget.hide)
    dialog = SettingsDialog(Catalogue(()), main)
    qtbot.addWidget(dialog, before_close_func=QWidget.hide)
    desk = HelpDesk(actions, lambda _url: None, _copy_nothing, Tasks(FakeNotifier()))
    main.bring_to_front()
    for page, topic in ((dialog.endpoint, HelpTopic.FIELDS), (dialog.costs, HelpTopic.COSTS)):
        dialog.open_page(page)
        give_keyboard(qtbot, dialog)
        QTest.keyClick(dialog, Qt.Key.Key_F1)
        assert desk.window is not None
        qtbot.waitUntil(desk.window.isActiveWindow)
        item = desk.window.contents.currentItem()
        assert item is not None, "the key went to the dialog, and not to what is behind it"
        assert item.text() == topic.value
    desk.close()


async def _copy_nothing() -> None:
    """Copy no diagnostics."""
