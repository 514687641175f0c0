"""The page of a batch, by keyboard alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu, QPushButton

from tests.fakes import (
    FakeClipboard,
    FakeClock,
    FakeDocumentReader,
    FakeFormulaRenderer,
    FakeHistoryStore,
    FakeImageCodec,
    FakeSecretStore,
    FakeSettingsStore,
)
from tests.gui.batch.submission_desk import make_provider
from tests.gui.history.history_desk import NOON
from tests.submission_world import World
from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState, Source
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.batches.table import TableForm
from writetex_desktop.core.costs.cost import Tokens
from writetex_desktop.core.documents.document import DocumentForm, DocumentWish
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
)
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.batches.batch import Activity, BatchService
from writetex_desktop.services.batches.patience import Pause
from writetex_desktop.services.batches.sources import Sources
from writetex_desktop.services.history.history_service import HistoryService
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.model import BatchModel
from writetex_desktop.ui.batch.pause_strip import PauseStrip
from writetex_desktop.ui.batch.presenter import BatchPresenter, BatchWorld
from writetex_desktop.ui.batch.view import BatchView
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver

pytestmark = pytest.mark.gui
CENT = Money(Decimal("0.01"), Currency.USD)


class Desk:
    """A window with a page of batches, and hands on the keyboard."""

    def __init__(self) -> None:
        self.actions = Actions()
        self.window = MainWindow(self.actions)
        self.tasks = Tasks(self)
        self.notices: list[Notice] = []
        self.clipboard = FakeClipboard()
        self.files: dict[Path, str] = {}
        self.errors: list[WriteTexError] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.settings = SettingsService(FakeSettingsStore(), FakeSecretStore(), Settings(), Overrides())
        self.jobs = Jobs(FakeImageCodec(), self.recognise, FakeClock(), self.tasks)
        self.store = FakeHistoryStore()
        self.history = HistoryService(
            store=self.store,
            codec=FakeImageCodec(),
            jobs=self.jobs,
            settings=self.settings,
            clock=FakeClock(),
            now=lambda: NOON,
            export_file=self.export_file,
            notifier=self,
            tasks=self.tasks,
        )
        self.sources = Sources(
            read=lambda name: bytes((1, 1, ord(Path(name).name[0]), 0, 0, 0)),
            find=lambda name: (name,),
            file_digest=lambda _name: "d",
            codec=FakeImageCodec(),
            documents=FakeDocumentReader(
                {"/two.pdf": 2, "/locked.pdf": 3, "/other.pdf": 1},
                {"/locked.pdf": "sesame", "/other.pdf": "sesame"},
            ),
        )
        self.doubtful: set[str] = set()
        self.estimates = 0
        self.service = BatchService(
            self.sources,
            self.recognise,
            FakeClock(),
            self.tasks,
            judge=self.judge,
            keep=self.history.keep,
        )
        renderer = FakeFormulaRenderer()
        exports = ExportService(renderer, FileExporters(png=_none, svg=_none, pdf=_none))
        self.saved: dict[Path, bytes] = {}
        self.batch = BatchPresenter(
            window=self.window,
            actions=self.actions,
            service=self.service,
            jobs=self.jobs,
            settings=self.settings,
            world=BatchWorld(
                sources=self.sources,
                estimate=self.estimate,
                copy=self.clipboard.copy,
                exports=exports,
                export_file=self.export_file,
                saver=DocumentSaver(DocumentFiles(exports, self.saved.__setitem__), self, self.tasks),
                renderer=renderer,
                clock=FakeClock(),
            ),
            provider=make_provider(World(), self.service, notifier=self, tasks=self.tasks),
            notifier=self,
            tasks=self.tasks,
        )

    @property
    def view(self) -> BatchView:
        (view,) = self.window.findChildren(BatchView)
        return view

    @property
    def states(self) -> str:
        return " ".join(item.state for item in self.service.batch.value.items)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    async def open(self, *names: str) -> None:
        self.batch.open([Path(name) for name in names])
        await self.settle()

    async def press(self, *keys: str) -> None:
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or self.window, key)
            await self.settle()

    async def click(self, name: str) -> None:
        """Press the button of a name, by keyboard."""
        (button,) = (
            each for each in self.view.findChildren(QPushButton) if each.text().replace("&", "") == name
        )
        assert button.isEnabled()
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing but what the gate holds is running, and show it."""
        while self.tasks._running and self.gate.is_set():
            await asyncio.wait(self.tasks._running)
            await asyncio.sleep(0)
        self.batch._show()

    async def estimate(self, batch: Batch) -> Estimate:
        self.estimates += 1
        cost = CostRange(CENT, CENT)
        return Estimate(len(batch.items), "gpt-x", Tokens(1234, 0), Tokens(5678, 0), cost)

    async def recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        assert not profile
        await self.gate.wait()
        if self.errors and request.image.data[0] == ord("a"):  # the pictures come in any order
            raise self.errors.pop(0)
        markup = f"x_{chr(request.image.data[0])}"
        yield Recognition(markup, request.mode, Engine.ENDPOINT, "gpt-x", 0.5, cost=CENT)

    async def judge(self, _bitmap: Bitmap, recognition: Recognition) -> Trust:
        return Trust.LOOK if recognition.markup in self.doubtful else Trust.SURE

    @contextmanager
    def export_file(self, path: Path) -> Iterator[Callable[[str], None]]:
        pieces: list[str] = []
        yield pieces.append
        self.files[path] = "".join(pieces)


def _none(*_: object) -> bytes:
    raise AssertionError("no picture is wanted here")


def at_desk(app: QApplication, act: Callable[[Desk], Awaitable[None]]) -> None:
    async def main() -> None:
        desk = Desk()
        desk.window.bring_to_front()
        assert QTest.qWaitForWindowActive(desk.window)
        try:
            await act(desk)
        finally:
            await desk.history.finish()
            await desk.tasks.cancel_all()
            desk.window.hide()
            desk.window.deleteLater()

    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(asyncio.wait_for(main(), 50))


def test_several_files_a_folder_or_a_document_are_a_batch_and_one_picture_is_not(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def act(desk: Desk) -> None:
        takes = desk.batch.takes
        assert takes((Path("a.png"), Path("b.png")))
        assert takes((tmp_path,))
        assert takes((Path("a.PDF"),))
        assert not takes((Path("a.png"),))

    at_desk(qapp, act)


def test_nothing_is_read_before_enter_and_count_and_cost_stand_beside_the_button(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png", "/two.pdf")
        assert desk.window.shows(desk.view)
        assert desk.states == "waiting waiting waiting waiting"
        assert desk.view.bar.far == "4 pictures · ≈ $0.01"
        assert "about 1,200 to 5,700 tokens" in desk.view.estimate
        assert desk.view.detail.has_picture
        await desk.press("Return")
        assert desk.states == "done done done done"
        assert desk.view.bar.far == "4 of 4 · $0.04"
        assert desk.view.detail.source == "x_a"
        assert desk.notices[-1].message == "4 pictures read."
        assert {"x_a", "x_b"} < {entry.markup for entry in desk.store.entries.values()}
        assert len(desk.store.entries) == 4

    at_desk(qapp, act)


def test_private_mode_keeps_nothing_of_a_batch(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.history.private.set(value=True)
        await desk.open("/a.png", "/b.png")
        await desk.press("Return")
        assert desk.states == "done done"
        assert not desk.store.entries

    at_desk(qapp, act)


def test_a_batch_is_paused_gone_on_with_and_cancelled_by_keys(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open(*(f"/{letter}.png" for letter in "abcdef"))
        desk.gate.clear()
        await desk.press("Return")
        await desk.click("Pause")
        assert desk.states == "working working working working waiting waiting"
        assert desk.service.activity.value is Activity.PAUSED
        desk.gate.set()
        await desk.settle()
        assert desk.states == "done done done done waiting waiting"
        desk.gate.clear()
        await desk.click("Go on")
        await desk.click("Cancel")
        assert desk.states == "done done done done cancelled cancelled"
        desk.gate.set()
        await desk.click("Retry failed")
        assert desk.states == "done done done done done done"

    at_desk(qapp, act)


def test_what_stops_the_batch_is_said_and_it_goes_on_from_there(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.errors = [EndpointError("The limit is reached.", "Raise it.", fault=Fault.CAP_REACHED)]
        await desk.open("/a.png", "/b.png")
        assert not desk.batch.go_on()
        await desk.press("Return")
        assert desk.notices[-1].message == "The limit is reached."
        assert desk.view.detail.source == "The limit is reached.\nRaise it."
        assert desk.batch.go_on()
        await desk.settle()
        assert desk.states == "done done"

    at_desk(qapp, act)


def test_rows_are_walked_copied_and_opened_and_an_edit_comes_back_to_the_table(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png", "/c.png")
        await desk.press("Return", "Down", "Ctrl+C")
        assert desk.view.detail.source == "x_b"
        assert desk.clipboard.content.text == wrap("x_b", desk.settings.settings.value.output_format)
        await desk.click("Copy all")
        assert [word in desk.clipboard.content.text for word in ("x_a", "x_b", "x_c")] == [True] * 3
        desk.view.table.setFocus()
        await desk.press("Return")
        (job,) = desk.jobs.jobs.value
        assert job.text == "x_b"
        desk.jobs.edit(job.id, "x_{b}")
        assert desk.service.batch.value.items[1].latex == "x_{b}"
        desk.window.show_home(desk.window.pane)
        desk.window.pane.focus_source()
        await desk.press("Ctrl+J")
        assert desk.window.shows(desk.view)
        await desk.press("Escape")
        assert not desk.window.shows(desk.view)

    at_desk(qapp, act)


def test_a_wait_for_a_busy_server_is_counted_down_and_can_be_skipped(qapp: QApplication) -> None:
    strip = PauseStrip()
    now = [100.0]
    skipped: list[bool] = []
    strip.skip_requested.connect(lambda: skipped.append(True))
    strip.show_pause(Pause(134.2, "api.example.com is overloaded."), lambda: now[0])
    assert strip.words == "api.example.com is overloaded. The batch goes on in 35 s."
    now[0] = 133.9
    strip.show_pause(Pause(134.2, "api.example.com is overloaded."), lambda: now[0])
    assert "in 1 s" in strip.words
    button = strip.findChild(QPushButton)
    assert button is not None
    button.click()
    assert skipped == [True]
    strip.show_pause(None, lambda: now[0])
    assert strip.isHidden()


def test_a_batch_is_written_to_a_file(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png")
        await desk.press("Return")
        path = Path("/out.csv")
        desk.view.bar.export_requested.emit(path, TableForm.CSV)
        await desk.settle()
        assert desk.files[path].count("x_a") == 1
        assert "out.csv" in desk.notices[-1].message

    at_desk(qapp, act)


def test_the_results_of_a_batch_are_saved_as_a_document(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png")
        await desk.press("Return")
        path = Path("/out.md")
        desk.view.bar.document_requested.emit(DocumentWish(path, DocumentForm.MARKDOWN, is_numbered=True))
        await desk.settle()
        assert desk.saved[path].decode() == "$$\nx_a \\tag{1}\n$$\n\n$$\nx_b \\tag{2}\n$$\n"
        assert "out.md" in desk.notices[-1].message

    at_desk(qapp, act)


def test_more_files_come_behind_what_waits_and_the_mode_counts_for_all_of_it(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/two.pdf")
        await desk.open("/b.png")
        assert len(desk.service.batch.value.items) == 4
        desk.settings.change(lambda settings: replace(settings, mode=Mode.TABLE))
        await desk.settle()
        assert {item.mode for item in desk.service.batch.value.items} == {Mode.TABLE}
        await desk.press("Return")
        await desk.open("/c.png", "/d.png")
        assert desk.states == "waiting waiting"

    at_desk(qapp, act)


def test_only_rows_that_changed_are_told_to_a_table_of_ten_thousand(qapp: QApplication) -> None:
    batch = Batch(tuple(BatchItem(Source(f"{number}.png")) for number in range(10_000)))
    model = BatchModel()
    model.show_batch(batch)
    told: list[tuple[int, int]] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(None))
    begun = batch.begun(7)
    model.show_batch(begun)
    model.show_batch(begun.added(Batch((BatchItem(Source("more.png")),))))
    assert (told, resets, model.rowCount()) == ([(7, 7)], [], 10_001)
    assert model.item(7).state is ItemState.WORKING


def test_doubtful_results_are_counted_turned_to_by_a_key_and_shown_alone(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.doubtful = {"x_b", "x_d"}
        await desk.open("/a.png", "/b.png", "/c.png", "/d.png")
        await desk.click("Start")
        assert "2 to look at" in desk.view.bar.far
        desk.view.table.setFocus()
        at = []
        for _ in range(3):
            await desk.press("F8")
            at.append(desk.view.table.currentIndex().row())
        assert at == [1, 3, 1]
        (only,) = desk.view.findChildren(QCheckBox)
        only.click()
        assert [row for row in range(4) if not desk.view.table.isRowHidden(row)] == [1, 3]
        cell = desk.view.model.index(1, 0)
        assert "look at this" in str(desk.view.model.data(cell, Qt.ItemDataRole.AccessibleTextRole))
        only.click()
        assert not any(desk.view.table.isRowHidden(row) for row in range(4))

    at_desk(qapp, act)


def test_a_change_of_profile_before_the_start_changes_what_is_promised(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png")
        asked = desk.estimates
        profile = Profile("b", "Other", "https://b.example/v1", "gpt-y")
        desk.settings.change(lambda settings: replace(settings, profiles=(profile,), active_profile="b"))
        await desk.settle()
        assert desk.estimates == asked + 1

    at_desk(qapp, act)


def test_a_cancelled_batch_has_read_nothing_and_goes_on_with_the_first_button(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/a.png", "/b.png")
        desk.gate.clear()
        await desk.click("Start")
        await desk.click("Cancel")
        desk.gate.set()
        await desk.settle()
        assert desk.view.bar.far.startswith("0 of 2")
        await desk.click("Go on")
        assert desk.states == "done done"

    at_desk(qapp, act)


def test_a_locked_document_asks_for_its_password_in_the_page_and_not_in_a_dialog(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/locked.pdf", "/a.png")
        assert desk.states == "waiting"
        assert "locked.pdf" in desk.view.lock.words
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert field.echoMode() is QLineEdit.EchoMode.Password
        assert QApplication.activeModalWidget() is None
        QTest.keyClicks(field, "open")
        await desk.press("Return")
        assert "not the password" in desk.view.lock.words
        assert field.hasFocus()
        assert "not the password" in field.accessibleName()
        QTest.keyClicks(field, "sesame")  # the wrong one is selected
        await desk.press("Return")
        assert desk.view.lock.isHidden()
        assert not field.text()
        assert desk.states == "waiting waiting waiting waiting"
        await desk.press("Return")
        assert desk.states == "done done done done"

    at_desk(qapp, act)


def test_a_password_is_tried_with_the_other_documents_and_one_can_be_left_out(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/locked.pdf", "/other.pdf")
        assert desk.window.shows(desk.view)
        await desk.press("s", "e", "s", "a", "m", "e", "Return")
        assert desk.states == "waiting waiting waiting waiting"
        await desk.press("Esc")
        assert not desk.window.shows(desk.view)

    at_desk(qapp, act)


def test_escape_leaves_one_locked_document_out_after_the_other_and_then_the_page(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        await desk.open("/locked.pdf", "/other.pdf")
        assert "locked.pdf" in desk.view.lock.words
        await desk.press("Esc")
        assert "other.pdf" in desk.view.lock.words
        assert desk.window.shows(desk.view)
        await desk.press("Esc")
        assert not desk.window.shows(desk.view)
        assert not desk.actions.batch.isEnabled()
        assert not desk.states

    at_desk(qapp, act)


def test_what_may_be_wrong_comes_first_on_wish_and_keys_walk_as_it_is_seen(qapp: QApplication) -> None:
    async def act(desk: Desk) -> None:
        desk.doubtful = {"x_b", "x_d"}
        await desk.open("/a.png", "/b.png", "/c.png", "/d.png")
        await desk.press("Return")
        table = desk.view.table
        assert desk.view.model.mimeData([desk.view.model.index(1, 0)]).text() == "x_b"

        async def choose(name: str) -> None:
            table.customContextMenuRequested.emit(QPoint(10, 10))
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            (action,) = (each for each in menu.actions() if each.text().replace("&", "") == name)
            action.trigger()
            menu.close()
            await desk.settle()

        await choose("Doubtful first")
        header = table.verticalHeader()
        assert [header.logicalIndex(place) for place in range(4)] == [1, 3, 0, 2]
        table.setFocus()
        await desk.press("Home", "Down")
        assert table.currentIndex().row() == 3
        await choose("Copy")
        assert "x_d" in desk.clipboard.content.text
        await choose("Doubtful first")
        assert [header.logicalIndex(place) for place in range(4)] == [0, 1, 2, 3]

    at_desk(qapp, act)
