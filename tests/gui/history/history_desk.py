"""The window with a history behind it, used by keyboard alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import qasync
from PySide6.QtCore import QBuffer, QIODevice, Qt, SignalInstance
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import (
    FakeClipboard,
    FakeClock,
    FakeFormulaRenderer,
    FakeHistoryStore,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.formats.wrapping import wrap
from writetex_desktop.core.history.entry import HistoryEntry, moment_id
from writetex_desktop.core.history.export import Kept
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.job import Job
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Usage,
)
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.storage import HistoryStore
from writetex_desktop.services.history.history_service import HistoryService
from writetex_desktop.services.output.documents import DocumentFiles
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.output.file_exporters import FileExporters
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.history.presenter import HistoryPresenter, HistoryWorld
from writetex_desktop.ui.history.view import HistoryView
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver

T = TypeVar("T")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MARKUPS = (
    r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}",
    "对数函数 $y = \\log_a x$ 的图象",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
)


def picture(text: str) -> bytes:
    """Draw a text as a PNG of the size of an ordinary crop."""
    image = QImage(320, 72, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, text[:48])
    painter.end()
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(file, "PNG")  # type: ignore[call-overload]  # the annotations want bytes, the function text
    return bytes(file.data().data())


def entries(*markups: str, with_picture: bool = True) -> list[Kept]:
    """Make entries, the last one the newest."""
    kept: list[Kept] = []
    for number, markup in enumerate(markups):
        drawn = picture(markup)
        entry = HistoryEntry(
            moment_id(NOON + timedelta(minutes=number)),
            markup,
            Mode.TEXT if "$" in markup else Mode.FORMULA,
            Engine.ENDPOINT,
            "gpt-x",
            0.8 + number,
            Usage(400, 12),
            "$0.0006",
            thumbnail=drawn,
        )
        kept.append((entry, drawn if with_picture else None))
    return kept


class Notes:
    """The notifier of the window alone."""

    def __init__(self, window: MainWindow) -> None:
        self.notify = window.notices.show_notice


class Desk:
    """A window, its history, and hands on the keyboard."""

    def __init__(self, store: HistoryStore, settings: Settings) -> None:
        self.store = store
        self.actions = Actions()
        self.window = MainWindow(self.actions)
        self.tasks = Tasks(Notes(self.window))
        self.clipboard = FakeClipboard()
        self.settings = SettingsService(FakeSettingsStore(), FakeSecretStore(), settings, Overrides())
        self.files: dict[Path, str] = {}
        self.inks: list[tuple[Ink, str]] = []
        self.copied: list[tuple[str, Mode]] = []
        self.read: list[RecognitionRequest] = []
        self.jobs = Jobs(PillowCodec(), self._recognise, FakeClock(), self.tasks)
        self.saved: dict[Path, bytes] = {}
        files = FileExporters(png=lambda *_: b"", svg=lambda _: b"", pdf=lambda _: b"")
        self.documents = DocumentFiles(ExportService(FakeFormulaRenderer(), files), self.saved.__setitem__)
        self.history = HistoryService(
            store=store,
            codec=PillowCodec(),
            jobs=self.jobs,
            settings=self.settings,
            clock=FakeClock(),
            now=lambda: NOON + timedelta(hours=1),
            export_file=self._export_file,
            notifier=Notes(self.window),
            tasks=self.tasks,
        )
        self.history.private.subscribe(self.window.set_private)
        HistoryPresenter(
            window=self.window,
            actions=self.actions,
            history=self.history,
            jobs=self.jobs,
            settings=self.settings,
            world=HistoryWorld(
                copy=self._copy,
                read_text=self.files.__getitem__,
                saver=DocumentSaver(self.documents, Notes(self.window), self.tasks),
                open_ink=lambda ink, markup: self.inks.append((ink, markup)),
            ),
            notifier=Notes(self.window),
            tasks=self.tasks,
        )
        self.jobs.jobs.subscribe(lambda jobs: self._show(jobs[-1]))

    @property
    def view(self) -> HistoryView:
        """The page of the history; there once it was opened."""
        (view,) = self.window.findChildren(HistoryView)
        return view

    @property
    def shown(self) -> list[str]:
        """The markups in the list."""
        return [entry.markup for entry in self.view.model.entries]

    @property
    def current(self) -> str:
        """The markup of the current entry."""
        assert self.view.current is not None
        return self.view.current.markup

    async def press(self, *keys: str) -> None:
        """Press keys such as `Ctrl+Return` where the focus is; everything they start has ended then."""
        for key in keys:
            focus = QApplication.focusWidget() or self.window
            QTest.keySequence(focus, key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        if text.isascii():
            QTest.keyClicks(focus, text)
        else:
            written = QInputMethodEvent()
            written.setCommitString(text)
            QApplication.sendEvent(focus, written)
        await self.settle()

    async def press_until(self, keys: str, signal: SignalInstance) -> None:
        """Press keys whose button takes its time to look pressed, and wait for what it tells."""
        told = asyncio.Event()
        signal.connect(lambda *_: told.set())
        QTest.keySequence(QApplication.focusWidget() or self.window, keys)
        await told.wait()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is running."""
        while self.tasks._running:
            await asyncio.wait(self.tasks._running)
            await asyncio.sleep(0)

    def _show(self, job: Job) -> None:
        self.window.show_home(self.window.pane)
        self.window.pane.show_crop(job.bitmap)
        self.window.pane.show_markup(job.text)

    async def _copy(self, markup: str, mode: Mode) -> None:
        self.copied.append((wrap(markup, self.settings.settings.value.output_format, mode), mode))

    async def _recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        assert not profile
        self.read.append(request)
        yield Recognition("read again", request.mode, Engine.ENDPOINT, "gpt-x", 0.5)

    @contextmanager
    def _export_file(self, path: Path) -> Iterator[Callable[[str], None]]:
        pieces: list[str] = []
        yield pieces.append
        self.files[path] = "".join(pieces)


def at_desk(
    app: QApplication,
    act: Callable[[Desk], Awaitable[T]],
    *kept: Kept,
    store: HistoryStore | None = None,
    settings: Settings | None = None,
) -> T:
    """Open a window on the program's loop, do something there, and close it."""

    async def main() -> T:
        desk = Desk(store or FakeHistoryStore(), settings or Settings())
        await desk.store.add(kept)
        desk.window.bring_to_front()
        assert QTest.qWaitForWindowActive(desk.window)
        try:
            return await act(desk)
        finally:
            await desk.history.finish()
            await desk.tasks.cancel_all()
            await desk.history.aclose()
            desk.window.hide()
            desk.window.deleteLater()

    with qasync.QEventLoop(app) as loop:
        result: T = loop.run_until_complete(asyncio.wait_for(main(), 50))
    return result


def bitmap() -> Bitmap:
    """Give a small picture with ink."""
    return PillowCodec().decode(picture("x"))
