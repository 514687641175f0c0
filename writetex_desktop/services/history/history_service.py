"""The history: what is kept of each result, for how long, and how it is found again."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from writetex_desktop.core.errors import StorageError, WriteTexError
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery, moment_id, parse_search
from writetex_desktop.core.history.export import ExportForm, Kept, import_json
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.ink.png import ink_in
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import Mode, Recognition
from writetex_desktop.ports.pictures import ImageCodec
from writetex_desktop.ports.session import Clock, Notifier
from writetex_desktop.ports.storage import HistoryStore
from writetex_desktop.services.history.carrying import PAGE, ExportFile, export_history
from writetex_desktop.services.history.entries import made_entry
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.reading.judging import Judge, judge_by_itself
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks

EDIT_PAUSE_S = 1.0
"""How long after the last change of the markup the entry is changed too."""

UNDO_STEPS = 20
"""Deletions that can be undone."""


class HistoryService:
    """Follows the jobs and keeps what they bring, unless the user wants nothing kept.

    Attributes:
        private: Whether nothing is kept for the rest of this run.
        revision: Grows whenever the history changes by itself, so that views can look again.
    """

    def __init__(
        self,
        *,
        store: HistoryStore,
        codec: ImageCodec,
        jobs: Jobs,
        settings: SettingsService,
        clock: Clock,
        now: Callable[[], datetime],
        export_file: ExportFile,
        notifier: Notifier,
        tasks: Tasks,
        judge: Judge = judge_by_itself,
    ) -> None:
        self.private = Observable(value=False)
        self.revision = Observable(0)
        self._store = store
        self._codec = codec
        self._jobs = jobs
        self._settings = settings
        self._clock = clock
        self._now = now
        self._export_file = export_file
        self._notifier = notifier
        self._tasks = tasks
        self._judge = judge
        self._seen: tuple[Job, ...] = jobs.jobs.value
        self._entry_of: dict[int, int] = {}
        self._edits: dict[int, str] = {}
        self._keeping: set[asyncio.Task[None]] = set()
        self._removed: list[tuple[Kept, ...]] = []
        self._opening: asyncio.Task[None] | None = None
        self._failed = False
        self._unfollow = jobs.jobs.subscribe(self._follow)

    # --- What the user asks ----------------------------------------------------------------------------

    async def find(self, search: str, *, before: int | None = None) -> tuple[HistoryEntry, ...]:
        """Give the next page of what a search finds, newest first.

        Args:
            search: As the user typed it; see `parse_search`.
            before: `id` of the last entry of the page before.

        Raises:
            StorageError: The history is out of order.
        """
        await self._ready()
        query = parse_search(search, self._now().astimezone().date())
        return await self._store.find(query, before=before, limit=PAGE)

    async def count(self) -> int:
        """Say how many entries there are.

        Raises:
            StorageError: The history is out of order.
        """
        await self._ready()
        return await self._store.count()

    async def mark(self, entry_id: int, *, favourite: bool) -> None:
        """Make an entry a favourite, or no longer.

        Raises:
            StorageError: It could not be kept.
        """
        await self._store.edit(entry_id, favourite=favourite)

    async def tags(self) -> tuple[tuple[str, int], ...]:
        """Give all tags by their names, each with how many entries have it.

        Raises:
            StorageError: The history is out of order.
        """
        await self._ready()
        return await self._store.tags()

    async def tag(
        self, entries: Sequence[HistoryEntry], *, add: Collection[str], remove: Collection[str]
    ) -> None:
        """Put entries into groups, and take them out of others.

        Raises:
            StorageError: It could not be kept.
        """
        await self._store.tag([entry.id for entry in entries], add=add, remove=remove)
        self._changed()

    async def remove(self, entries: Sequence[HistoryEntry]) -> None:
        """Delete entries; `restore` brings them back while the program runs.

        Raises:
            StorageError: They could not be deleted.
        """
        kept = tuple([(entry, await self._store.picture(entry.id)) for entry in entries])
        await self._store.remove([entry.id for entry in entries])
        self._removed = [*self._removed[1 - UNDO_STEPS :], kept]

    async def restore(self) -> tuple[HistoryEntry, ...]:
        """Bring back what was deleted last; nothing when there is nothing.

        Raises:
            StorageError: It could not be kept; it can be tried again.
        """
        if not self._removed:
            return ()
        restored = await self._store.add(self._removed[-1])
        self._removed.pop()
        self._changed()
        return restored

    async def clear(self) -> None:
        """Delete everything, for good.

        Raises:
            StorageError: It could not be deleted.
        """
        await self._ready()
        await self._store.clear()
        self._removed.clear()
        self._entry_of.clear()
        self._edits.clear()
        self._changed()

    async def reopen(self, entry: HistoryEntry) -> Job:
        """Make a job of an entry, with its picture, or the small preview where only that is kept.

        Raises:
            StorageError: The history is out of order.
            ImageError: The picture is damaged.
        """
        picture = await self._store.picture(entry.id) or entry.thumbnail
        bitmap = await asyncio.to_thread(self._codec.decode, picture)
        recognition = Recognition(
            entry.markup, entry.mode, entry.engine, entry.model, entry.seconds, entry.usage
        )
        # The number that the job will have must be known when it is told: it brings nothing new.
        self._entry_of[len(self._jobs.jobs.value) + 1] = entry.id
        return self._jobs.adopt(bitmap, recognition)

    async def ink(self, entry: HistoryEntry) -> Ink | None:
        """Give the strokes of an entry that was written by hand; None where there are none.

        Raises:
            StorageError: The history is out of order.
        """
        if entry.mode is not Mode.HANDWRITING or not entry.has_picture:
            return None
        return ink_in(await self._store.picture(entry.id) or b"")

    async def export(self, path: Path, form: ExportForm) -> int:
        """Write every entry to a file, newest first; gives their number.

        Raises:
            StorageError: The history is out of order, or the file cannot be written.
        """
        await self._ready()
        return await export_history(self._store, self._export_file, path, form)

    async def take_in(self, text: str) -> int:
        """Add the entries of a file that was exported as JSON; gives how many of them are new.

        Raises:
            StorageError: It is no such file, or the history is out of order; nothing was added then.
        """
        kept = await asyncio.to_thread(lambda: import_json(text))
        before = await self.count()
        await self._store.add(kept)
        self._changed()
        return await self._store.count() - before

    async def start(self) -> None:
        """Open the history and delete what is too old; that it is out of order is told."""
        await self._ready()
        await self._trim()

    async def finish(self) -> None:
        """Keep what was just read, with its last changes, and take nothing more from the jobs.

        Raises:
            StorageError: The history is out of order.
        """
        self._unfollow()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        for entry_id in tuple(self._edits):
            await self._write_edit(entry_id)

    async def aclose(self) -> None:
        """Give the file back when nobody asks for anything any more; may raise a `StorageError`."""
        await self._store.close()

    # --- What the jobs bring ---------------------------------------------------------------------------

    def _follow(self, jobs: tuple[Job, ...]) -> None:
        seen, self._seen = self._seen, jobs
        for number, job in enumerate(jobs):
            before = seen[number] if number < len(seen) else None
            # Jobs are values: one that has not changed is the same object.
            if job is before or job.stage is not Stage.DONE or job.recognition is None:
                continue
            if before is not None and before.recognition is job.recognition:
                self._note_edit(job)
            elif before is None and job.origin is Origin.HISTORY:
                continue
            elif self._settings.settings.value.keep_history and not self.private.value:
                earlier = self._entry_of.pop(job.id, 0)
                self._spawn_keeping(self._keep_job(job, job.recognition, earlier))

    async def keep(self, bitmap: Bitmap, recognition: Recognition, ink: Ink | None = None) -> None:
        """Keep a result that is no job's, unless nothing is kept; what goes wrong is told.

        To cancel it ends the waiting, not the keeping. With the picture its `ink` is kept, if it has any.
        """
        if self._settings.settings.value.keep_history and not self.private.value:
            await asyncio.wait([self._spawn_keeping(self._keep(bitmap, recognition, ink=ink))])

    def _spawn_keeping(self, keeping: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._spawn(keeping, "keep result")
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)
        return task

    async def _keep_job(self, job: Job, recognition: Recognition, earlier: int) -> None:
        await self._keep(job.bitmap, recognition, job_id=job.id)
        # Another reading of the same picture belongs to the same groups.
        for entry in await self._store.find(HistoryQuery(since=earlier, until=earlier + 1)):
            await self._store.tag([self._entry_of[job.id]], add=entry.tags)
        now = self._jobs.job(job.id)
        if now.recognition is recognition and now.text != recognition.markup:
            self._note_edit(now)

    async def _keep(
        self, bitmap: Bitmap, recognition: Recognition, *, job_id: int = 0, ink: Ink | None = None
    ) -> None:
        moment, whole = moment_id(self._now()), self._settings.settings.value.keep_pictures
        entry, picture = await asyncio.to_thread(
            lambda: made_entry(self._codec, moment, bitmap, recognition, ink=ink, with_picture=whole)
        )
        await self._ready()
        try:
            ((kept),) = await self._store.add([(entry, picture)])
        except StorageError as error:
            # A damaged history was moved aside by that, and an empty one takes the entry.
            ((kept),) = await self._store.add([(entry, picture)])
            self._tell(error)
        self._failed = False
        if job_id:
            self._entry_of[job_id] = kept.id
        await self._trim()
        self._changed()
        # The verdict takes a while, and the answer must not be lost before it.
        if (trust := await self._judge(bitmap, recognition)) is not None:
            await self._store.rate(kept, trust)
            self._changed()

    def _note_edit(self, job: Job) -> None:
        """Change the entry too, when the user pauses."""
        entry_id = self._entry_of.get(job.id)
        if entry_id is None or self.private.value:
            return
        is_first = entry_id not in self._edits
        self._edits[entry_id] = job.text
        if is_first:
            self._spawn(self._keep_edit(entry_id), "keep edit")

    async def _keep_edit(self, entry_id: int) -> None:
        text = None
        while (now := self._edits.get(entry_id)) != text:
            text = now
            await self._clock.sleep(EDIT_PAUSE_S)
        await self._write_edit(entry_id)

    async def _write_edit(self, entry_id: int) -> None:
        if (text := self._edits.pop(entry_id, None)) is not None:
            await self._store.edit(entry_id, markup=text)
            self._changed()

    async def _trim(self) -> None:
        settings = self._settings.settings.value
        days, most = settings.history_days, settings.history_entries
        if days or most:
            since = moment_id(self._now() - timedelta(days=days)) if days else None
            await self._store.trim(since=since, most=most or None)

    # --- Opening, and what goes wrong ------------------------------------------------------------------

    async def _ready(self) -> None:
        if self._opening is None:
            self._opening = self._tasks.spawn(self._store.open(), name="open history", on_error=self._tell)
        # What is wrong has been told; whoever waits finds out whether an empty history is there instead.
        await asyncio.wait([self._opening])

    def _spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        return self._tasks.spawn(coroutine, name=name, on_error=self._tell_once)

    def _tell_once(self, error: WriteTexError) -> None:
        """Tell of a history that is out of order with the first result, not with every one."""
        if not (self._failed and isinstance(error, StorageError)):
            self._tell(error)
        self._failed = isinstance(error, StorageError)

    def _tell(self, error: WriteTexError) -> None:
        self._notifier.notify(Notice.of(error))

    def _changed(self) -> None:
        self.revision.set(self.revision.value + 1)
