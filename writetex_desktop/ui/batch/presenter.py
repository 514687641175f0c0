"""Joins the page of a batch to the service that reads it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState, Totals, is_document
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ImageError, WriteTexError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.job import Job
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.rendering import FormulaRenderer
from writetex_desktop.ports.session import Clock, Notifier
from writetex_desktop.services.batches.batch import Activity, BatchService
from writetex_desktop.services.batches.sources import Sources, Wanted
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.output.export import ExportService
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.page_preview import PagePreview
from writetex_desktop.services.reading.preview import Preview
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.outlet import BatchOutlet
from writetex_desktop.ui.batch.submission_presenter import SubmissionPresenter
from writetex_desktop.ui.batch.unlocking import Unlocking
from writetex_desktop.ui.batch.view import BatchView
from writetex_desktop.ui.batch.words import estimate_words, pictures, plan_words
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver
from writetex_desktop.ui.toolkit.paged_window import PagedWindow

REFRESH_MS = 100
"""The page follows the batch in steps of it: sixteen pictures a second need no sixteen paintings."""


@dataclass(frozen=True, slots=True)
class BatchWorld:
    """What the page needs of the outside.

    Attributes:
        sources: Finds and reads the pictures.
        estimate: Says what a batch will use.
        copy: Puts something on the clipboard.
        exports: Gives results the form that is wanted.
        export_file: Opens a file that the user wants written.
        saver: Saves results as a document.
        renderer: Draws.
        clock: Time.
    """

    sources: Sources
    estimate: Callable[[Batch], Coroutine[Any, Any, Estimate]]
    copy: Callable[[ClipboardContent], Coroutine[Any, Any, None]]
    exports: ExportService
    export_file: Callable[[Path], AbstractContextManager[Callable[[str], None]]]
    saver: DocumentSaver
    renderer: FormulaRenderer
    clock: Clock


class BatchPresenter:
    """Shows the page, made when it is first wanted, and does what it asks for.

    Attributes:
        provider: Hands pictures to the provider's batch service.
    """

    def __init__(
        self,
        *,
        window: PagedWindow,
        actions: Actions,
        service: BatchService,
        jobs: Jobs,
        settings: SettingsService,
        world: BatchWorld,
        provider: SubmissionPresenter,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._actions = actions
        self._service = service
        self._jobs = jobs
        self._settings = settings
        self._world = world
        self.provider = provider
        self._notifier = notifier
        self._tasks = tasks
        self._outlet = BatchOutlet(world.exports, world.copy, world.export_file, world.saver, notifier)
        self._unlocking = Unlocking(
            world.sources,
            lambda: self._made_view().lock,
            on_opened=self._open,
            on_end=self._end_unlocking,
            notifier=notifier,
            tasks=tasks,
        )
        self._view: BatchView | None = None
        self._at = 0
        self._shown: BatchItem | None = None
        self._wanted_crop: int | None = None
        self._cropping: asyncio.Task[None] | None = None
        self._opened: dict[int, int] = {}
        self._begun = 0.0
        self._estimated_with = settings.settings.value.profile
        self._over_before = 0
        self._refresh = QTimer(window)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._show)
        self._preview = Preview(
            world.renderer, tasks, self._show_render, lambda _error: self._show_render(None)
        )
        self._pages = PagePreview(
            world.renderer, tasks, lambda page, drawings: self._made_view().detail.show_page(page, drawings)
        )
        actions.batch.triggered.connect(lambda: self.show())
        service.batch.subscribe(self._follow)
        service.activity.subscribe(self._follow_activity)
        service.stopped_by.subscribe(self._tell_stop)
        service.patience.pause.subscribe(
            lambda pause: self._made_view().pause.show_pause(pause, world.clock.monotonic)
        )
        settings.settings.subscribe(self._take_settings)
        jobs.jobs.subscribe(self._take_edit)

    @property
    def _items(self) -> tuple[BatchItem, ...]:
        return self._service.batch.value.items

    def takes(self, paths: Sequence[Path]) -> bool:
        """Say whether files are a batch: several, a folder, or a document."""
        return len(paths) > 1 or any(path.is_dir() or is_document(path.name) for path in paths)

    def open(self, paths: Iterable[Path]) -> None:
        """Make a batch of files, or put them behind what is still to be read."""
        self._spawn(self._open([str(path) for path in paths]), "open batch")

    def show(self) -> None:
        """Show the page."""
        view = self._made_view()
        self._show()
        self._window.show_page(view)
        self._window.bring_to_front()
        view.take_focus()

    def go_on(self) -> bool:
        """Go on with a batch that was stopped, once what stopped it is mended; gives whether there is one."""
        if self._service.stopped_by.value is None:
            return False
        self._start(self._made_view().bar.at_once)
        return True

    # --- Showing ---------------------------------------------------------------------------------------

    async def _open(self, names: list[str]) -> None:
        mode = self._settings.settings.value.mode
        sources = self._world.sources
        whole = await in_thread(lambda: sources.expand(names, Wanted.of(mode)))
        batch = Batch(tuple(item for item in whole.items if not sources.is_locked(item.source)))
        if not whole.items:
            told = tr("There are no pictures and no PDF files in that folder.")
            self._notifier.notify(Notice(Level.INFO, told))
            return
        if self._service.batch.value.is_over:
            self._opened.clear()
        if batch.items:
            self._service.add(batch)
            self._shown = None
        self._actions.batch.setEnabled(True)
        self.show()
        self._unlocking.ask(sources.locked_in(whole))
        if batch.items:
            self._turn_to(self._at)
            await self._estimate()

    def _end_unlocking(self) -> None:
        if self._items:
            self._made_view().take_focus()
        else:
            self._actions.batch.setEnabled(False)
            self._window.leave_page()

    async def _estimate(self) -> None:
        view, batch = self._made_view(), self._service.batch.value
        view.show_estimate(tr("Estimating the cost…"), "")
        try:
            estimate = await self._world.estimate(batch)
        except WriteTexError as error:
            view.show_estimate(f"{error.message} {error.remedy.text}".rstrip(), "")
        else:
            view.show_estimate(estimate_words(estimate), plan_words(estimate))
        self._show()

    def _follow(self, _batch: Batch) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _show(self) -> None:
        view, batch = self._made_view(), self._service.batch.value
        totals = batch.totals
        view.show_batch(batch, totals, self._service.activity.value, self._seconds_left(totals))
        if batch.items and batch.items[min(self._at, len(batch.items) - 1)] is not self._shown:
            self._show_detail()

    def _seconds_left(self, totals: Totals) -> float | None:
        read = totals.over - self._over_before
        if self._service.activity.value is not Activity.RUNNING or not read:
            return None
        return (self._world.clock.monotonic() - self._begun) / read * (totals.count - totals.over)

    def _follow_activity(self, activity: Activity) -> None:
        batch = self._service.batch.value
        if activity is Activity.RUNNING:
            self._begun = self._world.clock.monotonic()
            self._over_before = batch.totals.over
        elif activity is Activity.IDLE and batch.is_over and self._service.stopped_by.value is None:
            self._tell_end(batch)
        self._follow(batch)

    def _tell_end(self, batch: Batch) -> None:
        states = batch.totals.states
        failed = states[ItemState.FAILED]
        if failed:
            sentence = tr("{pictures} read, {count} failed. Retry failed reads them again.")
            level = Level.WARNING
        else:
            sentence, level = tr("{pictures} read."), Level.INFO
        if states[ItemState.DONE] + failed:
            message = sentence.format(pictures=pictures(states[ItemState.DONE]), count=failed)
            self._notifier.notify(Notice(level, message))

    def _tell_stop(self, error: WriteTexError | None) -> None:
        if error is not None:
            self._notifier.notify(Notice.of(error))

    # --- The selected item -----------------------------------------------------------------------------

    def _turn_to(self, at: int) -> None:
        self._at = min(at, len(self._service.batch.value.items) - 1)
        self._show_detail()
        self._wanted_crop = self._at
        if self._cropping is None or self._cropping.done():
            self._cropping = self._tasks.spawn(self._crop(), name="show picture of batch")

    async def _crop(self) -> None:
        """Show the picture of the item that was turned to last; those passed on the way are left out."""
        while self._wanted_crop is not None:
            at, self._wanted_crop = self._wanted_crop, None
            source = self._service.batch.value.items[at].source
            try:
                bitmap = await in_thread(lambda: self._world.sources.bitmap(source))  # noqa: B023 - awaited here
            except ImageError:
                bitmap = None  # why is said when it is read
            if self._wanted_crop is None:
                self._made_view().detail.show_crop(bitmap)

    def _show_detail(self) -> None:
        item = self._shown = self._service.batch.value.items[self._at]
        self._made_view().detail.show_item(item)
        markup = item.latex if item.failure is None else ""
        if item.kind.is_formula:
            self._pages.forget()
            self._preview.show(markup, repair=False)
        else:
            self._preview.forget()
            self._pages.show(markup, item.kind)

    def _show_render(self, formula: RenderedFormula | None) -> None:
        self._made_view().detail.show_render(formula)

    async def _open_item(self, at: int) -> None:
        """Show an item in the result pane, where it can be edited."""
        item = self._service.batch.value.items[at]
        if item.recognition is not None:
            bitmap = await in_thread(lambda: self._world.sources.bitmap(item.source))
            self._opened[len(self._jobs.jobs.value) + 1] = at
            self._jobs.adopt(bitmap, item.recognition)

    def _take_edit(self, jobs: tuple[Job, ...]) -> None:
        """Keep in the table what the user changes in the result pane."""
        for job_id, at in self._opened.items():
            batch = self._service.batch.value
            text = jobs[job_id - 1].text if job_id <= len(jobs) else ""
            if text and text != batch.items[at].latex:
                self._service.change(batch.edited(at, text))

    def _take_settings(self, settings: Settings) -> None:
        """Read what waits in the mode and with the profile that the user chose now, at its price."""
        wanted, batch = Wanted.of(settings.mode), self._service.batch.value
        waiting = {(bool(item.source.page), item.mode) for item in batch.items if not item.state.is_over}
        if waiting - {(False, wanted.mode), (True, wanted.page_mode)}:
            self._service.change(batch.in_modes(wanted.mode, wanted.page_mode))
        elif not waiting or settings.profile == self._estimated_with:
            return
        self._estimated_with = settings.profile
        self._spawn(self._estimate(), "estimate batch")

    # --- Doing -----------------------------------------------------------------------------------------

    def _start(self, at_once: int) -> None:
        self._window.notices.clear()
        batch = self._service.batch.value
        if batch.waiting():
            self._service.start(at_once=at_once)
        else:
            self._service.retry_failed(at_once=at_once, places=batch.places_of(ItemState.CANCELLED))

    def _retry(self, at_once: int) -> None:
        self._window.notices.clear()
        self._service.retry_failed(at_once=at_once)

    async def _copy(self, places: tuple[int, ...]) -> None:
        chosen = [self._items[at] for at in places] or self._items
        await self._outlet.copy(chosen, self._settings.settings.value)

    def _spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.spawn(coroutine, name=name)

    def _made_view(self) -> BatchView:
        if self._view is None:
            self._view = view = BatchView()
            view.selected.connect(self._turn_to)
            view.open_requested.connect(lambda at: self._spawn(self._open_item(at), "open item"))
            view.copy_requested.connect(lambda places: self._spawn(self._copy(places), "copy items"))
            bar = view.bar
            view.pause.skip_requested.connect(self._service.patience.skip)
            bar.start_requested.connect(self._start)
            bar.pause_requested.connect(self._service.pause)
            bar.cancel_requested.connect(self._service.cancel)
            bar.retry_requested.connect(self._retry)
            bar.copy_all_requested.connect(lambda: self._spawn(self._copy(()), "copy batch"))
            bar.export_requested.connect(
                lambda *to: self._spawn(self._outlet.export(self._items, *to), "export batch")
            )
            bar.document_requested.connect(lambda wish: self._outlet.save(self._items, wish))
            view.left.connect(self._window.leave_page)
            self._unlocking.attach(view.lock)
            self.provider.attach(view.strip)
        return self._view
