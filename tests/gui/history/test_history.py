"""The history, by keyboard alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes import FakeHistoryStore
from tests.gui.history.history_desk import MARKUPS, Desk, at_desk, bitmap, entries
from tests.unit.core.ink.inks import PLUS
from writetex_desktop.adapters.pictures.ink_picture import draw_ink
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.documents.document import DocumentForm, DocumentWish
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.history.export import ExportForm
from writetex_desktop.core.reading.job import Origin
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.history.carrying import PAGE
from writetex_desktop.ui.history.list import HistoryList
from writetex_desktop.ui.history.model import ENTRY_ROLE
from writetex_desktop.ui.settings.history_page import HistoryPage

pytestmark = pytest.mark.gui
NEWEST_FIRST = list(reversed(MARKUPS))


def test_the_history_opens_with_the_newest_entry_first_and_the_search_ready(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        assert desk.window.shows(desk.view)
        assert desk.shown == NEWEST_FIRST
        assert desk.current == NEWEST_FIRST[0]
        await desk.type("frac")
        assert desk.view.search == "frac"

    at_desk(qapp, act, *entries(*MARKUPS))


def test_the_same_key_and_escape_lead_back(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        for key in ("Ctrl+H", "Esc"):
            await desk.press("Ctrl+H")
            await desk.press(key)
            assert not desk.window.shows(desk.view)

    at_desk(qapp, act, *entries(*MARKUPS))


def test_typing_searches_and_escape_first_clears_the_search(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        await desk.type("SQRT")
        assert desk.shown == [MARKUPS[1], MARKUPS[0]]
        await desk.press("Esc")
        assert desk.shown == NEWEST_FIRST
        assert desk.window.shows(desk.view)
        await desk.type("对数")
        assert desk.shown == [MARKUPS[3]]

    at_desk(qapp, act, *entries(*MARKUPS))


def test_the_list_can_be_walked_and_copied_from_without_leaving_the_search(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H", "Down", "Down", "Up", "Return")
        assert desk.copied[0][0] == NEWEST_FIRST[1]
        assert desk.view.strip.said == "Copied."
        await desk.press("Down", "Ctrl+C")
        assert desk.copied[1] == (f"${NEWEST_FIRST[2]}$", Mode.FORMULA)

    at_desk(qapp, act, *entries(*MARKUPS), settings=Settings(output_format=OutputFormat.INLINE))


def test_copying_in_the_list_copies_the_entry_and_not_the_result_pane(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        triggered: list[str] = []
        desk.actions.copy.triggered.connect(lambda: triggered.append("pane"))
        desk.actions.copy.setEnabled(True)
        await desk.press("Ctrl+H", "Tab", "Tab", "Tab", "Tab", "Tab")
        assert isinstance(QApplication.focusWidget(), HistoryList)
        await desk.press("Ctrl+C")
        assert desk.copied == [("new", Mode.FORMULA)]
        assert triggered == []

    at_desk(qapp, act, *entries("old", "new"))


async def _to_list(desk: Desk) -> None:
    await desk.press("Ctrl+H")
    desk.view.findChildren(HistoryList)[0].setFocus()


def test_an_entry_opens_in_the_result_pane_with_its_picture(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H", "Down", "Ctrl+Return")
        job = desk.jobs.jobs.value[-1]
        assert (job.text, job.origin, job.bitmap.width) == ("old", Origin.HISTORY, 320)
        assert desk.window.shows(desk.window.pane)
        assert desk.window.pane.markup == "old"
        assert desk.window.notices.notice is None
        assert desk.read == []

    at_desk(qapp, act, *entries("old", "new"))


def test_without_its_picture_an_entry_opens_with_the_preview_and_says_so(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H", "Ctrl+Return")
        notice = desk.window.notices.notice
        assert notice is not None
        assert "not kept" in notice.message

    at_desk(qapp, act, *entries("new", with_picture=False))


def test_an_entry_is_read_again(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.press("F5")
        assert desk.jobs.jobs.value[-1].text == "read again"
        assert len(desk.read) == 1
        await desk.press("Ctrl+H")
        assert desk.shown == ["read again", "new"]

    at_desk(qapp, act, *entries("new"))


def test_favourites_are_marked_unmarked_and_shown_alone(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.press("Down", "S", "Down", "S", "S")
        await desk.press("Ctrl+H", "Ctrl+H")
        await desk.type("fav:")
        assert desk.shown == [NEWEST_FIRST[1]]
        (button,) = (each for each in desk.view.findChildren(QToolButton) if each.text() == "Favourites")
        assert button.isChecked()
        button.setFocus()
        await desk.press("Space")
        assert desk.shown == NEWEST_FIRST
        assert desk.view.search == ""
        await desk.press("Space")
        assert desk.view.search == "fav:"

    at_desk(qapp, act, *entries(*MARKUPS))


def test_deleting_goes_on_with_the_next_entry_and_can_be_undone(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.press("Down", "Del")
        assert desk.shown == ["d", "b", "a"]
        assert desk.current == "b"
        assert desk.view.strip.said == "The entry was deleted."
        await desk.press("Shift+Down", "Del")
        assert desk.shown == ["d"]
        assert desk.view.strip.said == "2 entries were deleted."
        assert await desk.store.count() == 1
        await desk.press("Ctrl+Z")
        assert desk.shown == ["d", "b", "a"]
        await desk.press("Ctrl+Z", "Ctrl+Z")
        assert desk.shown == ["d", "c", "b", "a"]
        assert desk.view.strip.said == ""

    at_desk(qapp, act, *entries("a", "b", "c", "d"))


def test_the_undo_button_is_reached_by_its_access_key(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.press("Del")
        await desk.press_until("Alt+U", desk.view.undo_requested)
        assert desk.shown == ["a"]
        assert isinstance(QApplication.focusWidget(), HistoryList)
        await desk.press("Del", "Return")
        await desk.settle()
        assert desk.shown == ["a"]

    at_desk(qapp, act, *entries("a"))


def test_deleting_everything_asks_first_and_the_harmless_answer_is_at_hand(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        (more,) = (menu for menu in desk.view.findChildren(QMenu) if not menu.title())
        for answer in ("Return", "Esc"):
            more.actions()[-1].trigger()
            await desk.settle()
            assert "2 entries" in desk.view.strip.said
            await desk.press(answer)
            assert desk.view.strip.said == ""
            assert await desk.store.count() == 2
        more.actions()[-1].trigger()
        await desk.settle()
        await desk.press_until("Alt+D", desk.view.strip.clear_confirmed)
        assert await desk.store.count() == 0
        assert desk.shown == []

    at_desk(qapp, act, *entries("a", "b"))


def test_an_empty_history_says_what_it_is_for(qapp: QApplication) -> None:
    said: list[str] = []

    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        said.append(desk.view._nothing.text())
        assert desk.view._nothing.isVisible()
        await desk.type("x")
        assert desk.view._nothing.text() == "Nothing was found."

    at_desk(qapp, act)
    at_desk(qapp, act, settings=Settings(keep_history=False))
    assert "kept here" in said[0]
    assert "switched off" in said[1]


def test_a_new_result_comes_to_the_top_while_the_history_is_open(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.jobs.start(bitmap(), Origin.SNIP, Mode.FORMULA)
        await desk.settle()
        await desk.press("Ctrl+H")
        assert desk.shown == ["read again", "old"]
        await desk.press("Down")
        await desk.history.take_in('{"version": 1, "entries": []}')
        await desk.settle()
        assert desk.current == "old"

    at_desk(qapp, act, *entries("old"))


def test_private_mode_is_switched_by_a_key_and_seen_in_the_title(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+Shift+H")
        assert "private" in desk.window.windowTitle()
        desk.jobs.start(bitmap(), Origin.SNIP, Mode.FORMULA)
        await desk.settle()
        assert await desk.store.count() == 0
        desk.history.private.set(value=False)
        assert not desk.actions.private_mode.isChecked()
        assert "private" not in desk.window.windowTitle()

    at_desk(qapp, act)


def test_older_entries_are_fetched_when_the_list_comes_to_its_end(qapp: QApplication, tmp_path: Path) -> None:
    markups = [f"entry {number}" for number in range(2 * PAGE + 30)]

    async def act(desk: Desk) -> None:
        await _to_list(desk)
        assert len(desk.shown) == PAGE
        await desk.press("End")
        assert len(desk.shown) == 2 * PAGE
        await desk.press("End", "End")
        assert desk.shown == list(reversed(markups))
        assert desk.current == "entry 0"

    at_desk(qapp, act, *entries(*markups), store=SqliteHistory(tmp_path / "history.db"))


def test_the_newest_of_many_keystrokes_counts(qapp: QApplication, tmp_path: Path) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, "pmatrix")
        await desk.settle()
        assert desk.shown == [MARKUPS[4]]

    at_desk(qapp, act, *entries(*MARKUPS), store=SqliteHistory(tmp_path / "history.db"))


def test_enter_after_quick_typing_means_what_is_being_found(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, "alpha")
        await desk.press("Return")
        QTest.keyClicks(focus, "zzz")
        await desk.press("Return", "Ctrl+Return")
        assert desk.copied == [("alpha", Mode.FORMULA)]

    at_desk(qapp, act, *entries("alpha", "beta"))


def test_letters_typed_in_the_list_go_on_with_the_search(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.type("pm")
        assert desk.view.search == "pm"

    at_desk(qapp, act, *entries(*MARKUPS))


def test_everything_is_exported_and_imported(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        place = Path("/somewhere/history.json")
        desk.view.export_requested.emit(place, ExportForm.JSON)
        await desk.settle()
        assert desk.view.strip.said == "2 entries were exported."
        await desk.history.clear()
        desk.view.import_requested.emit(place)
        await desk.settle()
        assert desk.view.strip.said == "2 entries were added."
        assert desk.shown == ["b", "a"]

    at_desk(qapp, act, *entries("a", "b"))


def test_the_history_is_saved_as_a_document_with_the_oldest_first(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        place = Path("/somewhere/history.tex")
        desk.view.document_requested.emit((), DocumentWish(place, DocumentForm.LATEX))
        await desk.settle()
        written = desk.saved[place].decode()
        assert written.index("\\[\na\n\\]") < written.index("\\[\nb\n\\]")

    at_desk(qapp, act, *entries("a", "b"))


def test_export_and_import_ask_for_a_file_without_stopping_the_program(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        (menu,) = (each for each in desk.view.findChildren(QMenu) if not each.title())
        for number in range(4):
            menu.actions()[number].trigger()
            (dialog,) = desk.view.findChildren(QFileDialog)
            assert dialog.isVisible()
            dialog.reject()
            QTest.qWait(0)
            await desk.settle()

    at_desk(qapp, act)


def test_the_menu_key_offers_all_that_can_be_done(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        desk.view._list.customContextMenuRequested.emit(QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts = [action.text().replace("&", "") for action in menu.actions()]
        assert texts == ["Copy", "Open in the result pane", "Read again", "Favourite", "Tags…", "Delete"]
        assert all(action.isEnabled() and not action.icon().isNull() for action in menu.actions())
        menu.close()

    at_desk(qapp, act, *entries("a"))


def test_a_history_out_of_order_is_told_in_the_window(qapp: QApplication) -> None:
    store = FakeHistoryStore()

    async def act(desk: Desk) -> None:
        store.broken = True
        await desk.press("Ctrl+H")
        notice = desk.window.notices.notice
        assert notice is not None
        assert notice.remedy.text

    at_desk(qapp, act, store=store)


def test_a_screen_reader_hears_what_an_entry_is(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await _to_list(desk)
        await desk.press("S")
        index = desk.view.model.index(0)
        heard = desk.view.model.data(index, 11)
        assert isinstance(heard, str)
        assert heard.startswith("x, ")
        assert heard.endswith("gpt-x, favourite")
        assert index.data(ENTRY_ROLE).markup == "x"
        buttons = desk.view.findChildren(QPushButton) + desk.view.findChildren(QToolButton)
        assert len(buttons) > 6
        assert all(button.text() or button.parentWidget() is desk.view._search for button in buttons)

    at_desk(qapp, act, *entries("x"))


def test_the_settings_page_shows_and_asks(qtbot: QtBot) -> None:
    page = HistoryPage()
    qtbot.addWidget(page)
    settings = Settings(keep_pictures=False, history_days=30, history_entries=500)
    with qtbot.assertNotEmitted(page.settings_edited):
        page.show_settings(settings)
    keep, pictures, private = page.findChildren(QCheckBox)
    days, most = page.findChildren(QSpinBox)
    assert (keep.isChecked(), pictures.isChecked(), days.value(), most.value()) == (True, False, 30, 500)
    with qtbot.waitSignal(page.settings_edited) as edited:
        keep.click()
    assert edited.args == [replace(settings, keep_history=False)]
    with qtbot.waitSignal(page.private_changed) as changed:
        private.click()
    assert changed.args == [True]


def test_a_limit_counts_when_it_is_finished_and_not_with_every_digit(qtbot: QtBot) -> None:
    page = HistoryPage()
    qtbot.addWidget(page)
    page.show()
    page.show_settings(Settings())
    days, _ = page.findChildren(QSpinBox)
    days.setFocus()
    days.selectAll()
    with qtbot.assertNotEmitted(page.settings_edited):
        QTest.keyClicks(days, "365")
    with qtbot.waitSignal(page.settings_edited) as edited:
        QTest.keySequence(days, "Return")
    assert edited.args == [replace(Settings(), history_days=365)]


def test_tab_reaches_everything_on_the_page_and_all_of_it_has_a_name(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        desk.view.strip.ask("Delete all?")
        reachable = [
            widget
            for widget in desk.view.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        ]
        assert len(reachable) > 6
        for widget in reachable:
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget
        desk.view.take_focus()
        missed = set(reachable)
        for _ in range(30):
            focus = QApplication.focusWidget()
            assert focus is not None
            missed.discard(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert missed == set()

    at_desk(qapp, act, *entries(*MARKUPS))


def test_an_entry_that_was_written_by_hand_gives_its_ink_back(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        recognition = Recognition("x^2", Mode.HANDWRITING, Engine.OFFLINE, "ink", 0.1)
        await desk.history.keep(draw_ink(PLUS), recognition, PLUS)
        await desk.press("Ctrl+H")
        await desk.settle()
        assert desk.current == "x^2"
        await desk.press("Ctrl+Return")
        await desk.settle()
        assert desk.inks == [(PLUS, "x^2")]
        desk.view.retry_requested.emit()
        await desk.settle()
        assert desk.inks[1:] == [(PLUS, "")]

    at_desk(qapp, act)


def test_without_pictures_no_ink_is_kept_either(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.settings.change(lambda before: replace(before, keep_pictures=False))
        recognition = Recognition("x^2", Mode.HANDWRITING, Engine.OFFLINE, "ink", 0.1)
        await desk.history.keep(draw_ink(PLUS), recognition, PLUS)
        (entry,) = await desk.history.find("")
        assert await desk.history.ink(entry) is None

    at_desk(qapp, act)


def test_t_writes_the_tags_of_what_is_chosen_and_the_menu_finds_them(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H", "Tab")
        desk.view.findChildren(HistoryList)[0].setFocus()
        await desk.press("Shift+Down", "T")
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert "all 2" in field.accessibleName()
        await desk.type("thesis, to check")
        await desk.press("Return")
        assert [entry.tags for entry in desk.view.model.entries[:3]] == [("thesis", "to check")] * 2 + [()]
        assert desk.view.findChildren(HistoryList)[0].hasFocus()
        buttons = desk.view.findChildren(QToolButton)
        menu = next(button.menu() for button in buttons if button.text() == "Tags")
        thesis, to_check = menu.actions()
        to_check.trigger()
        await desk.settle()
        assert desk.view.search == 'tag:"to check"'
        assert desk.shown == NEWEST_FIRST[:2]
        assert menu.actions()[1].isChecked()
        assert not thesis.isChecked()
        menu.actions()[1].trigger()
        await desk.settle()
        assert desk.shown == NEWEST_FIRST

    at_desk(qapp, act, *entries(*MARKUPS))


def test_escape_leaves_the_tags_as_they_were_and_the_page_open(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        desk.view.findChildren(HistoryList)[0].setFocus()
        await desk.press("T")
        await desk.type("thesis")
        await desk.press("Esc")
        assert desk.window.shows(desk.view)
        assert all(not entry.tags for entry in desk.view.model.entries)

    at_desk(qapp, act, *entries(*MARKUPS))


def test_entries_are_dragged_out_as_their_sources_and_one_with_its_picture(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H")
        model = desk.view.model
        one = model.mimeData([model.index(0)])
        assert one.text() == NEWEST_FIRST[0]
        assert one.hasImage()
        two = model.mimeData([model.index(1), model.index(0)])
        assert two.text() == "\n\n".join(NEWEST_FIRST[:2])
        assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
        assert desk.view.findChildren(HistoryList)[0].dragEnabled()

    at_desk(qapp, act, *entries(*MARKUPS))


def test_tags_are_written_from_the_search_too_where_a_letter_is_a_letter(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.press("Ctrl+H", "Down", "Ctrl+T")
        await desk.type("thesis")
        await desk.press("Return")
        assert [entry.tags for entry in desk.view.model.entries[:2]] == [(), ("thesis",)]
        assert desk.view.search == ""

    at_desk(qapp, act, *entries(*MARKUPS))
