"""Joins the page of the history to what is kept."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction

from writetex_desktop.core.documents.document import DocumentWish
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.history.export import ExportForm
from writetex_desktop.core.ink.ink import Ink
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.history.carrying import PAGE
from writetex_desktop.services.history.history_service import HistoryService
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.history.view import HistoryView
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_saver import DocumentSaver
from writetex_desktop.ui.toolkit.paged_window import PagedWindow


@dataclass(frozen=True, slots=True)
class HistoryWorld:
    """What the page needs of the outside.

    Attributes:
        copy: Puts a markup on the clipboard in the format in force.
        read_text: Gives the text of a file; called in a thread.
        saver: Saves entries as a document.
        open_ink: Puts the strokes of an entry onto the pad, with its markup; an empty one is read anew.
    """

    copy: Callable[[str, Mode], Coroutine[Any, Any, None]]
    read_text: Callable[[Path], str]
    saver: DocumentSaver
    open_ink: Callable[[Ink, str], None]


class HistoryPresenter:
    """Shows the page, made when it is first wanted, and does what it asks for.

    Typing is never held up: while one search runs, only the newest of those that came after it waits.
    """

    def __init__(
        self,
        *,
        window: PagedWindow,
        actions: Actions,
        history: HistoryService,
        jobs: Jobs,
        settings: SettingsService,
        world: HistoryWorld,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._actions = actions
        self._history = history
        self._jobs = jobs
        self._settings = settings
        self._world = world
        self._notifier = notifier
        self._tasks = tasks
        self._view: HistoryView | None = None
        self._wanted: str | None = None
        self._searching: asyncio.Task[None] | None = None
        self._stale = True
        actions.history.triggered.connect(lambda: self.toggle())
        _mirror(actions.private_mode, history)
        history.revision.subscribe(lambda _revision: self._history_changed())

    def toggle(self) -> None:
        """Show the page; when it is in front already, go back to the result."""
        view = self._made_view()
        if self._window.shows(view) and self._window.isActiveWindow():
            self._window.leave_page()
            return
        self._window.show_page(view)
        self._window.bring_to_front()
        view.strip.clear()
        view.take_focus()
        if self._stale:
            self._search(view.search)

    # --- Showing ---------------------------------------------------------------------------------------

    def _history_changed(self) -> None:
        self._stale = True
        if self._view is not None and self._window.shows(self._view):
            self._search(self._view.search)

    def _search(self, search: str) -> None:
        self._wanted = search
        if self._searching is None or self._searching.done():
            self._searching = self._tasks.spawn(self._search_on(), name="search history")

    async def _search_on(self) -> None:
        view = self._made_view()
        while self._wanted is not None:
            search, self._wanted = self._wanted, None
            self._stale = False
            entries = await self._history.find(search)
            if self._wanted is None:
                view.show_entries(entries, has_more=len(entries) == PAGE, nothing=self._nothing(search))
                view.show_tags(await self._history.tags())

    async def _fetch_more(self) -> None:
        view = self._made_view()
        search, shown = view.search, view.model.entries
        entries = await self._history.find(search, before=shown[-1].id)
        # Another search may have been shown meanwhile.
        if search == view.search and view.model.entries is shown:
            view.append(entries, has_more=len(entries) == PAGE)

    def _nothing(self, search: str) -> str:
        if search.strip():
            return tr("Nothing was found.")
        if not self._settings.settings.value.keep_history:
            return tr("The history is switched off. Results are kept once you switch it on in the settings.")
        return tr("Nothing here yet. What you read from now on is kept here, on this computer only.")

    # --- Doing -----------------------------------------------------------------------------------------

    def _spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.spawn(coroutine, name=name)

    async def _current(self) -> HistoryEntry | None:
        """Give the entry that the user means: who types quickly means the first of what is being found."""
        if self._searching is not None and not self._searching.done():
            await asyncio.wait([self._searching])
        return self._made_view().current

    async def _copy(self) -> None:
        entry = await self._current()
        if entry is not None:
            await self._world.copy(entry.markup, entry.mode)
            self._made_view().show_copied()

    async def _open(self, *, retry: bool) -> None:
        entry = await self._current()
        if entry is None:
            return
        ink = await self._history.ink(entry)
        if ink is not None:
            self._world.open_ink(ink, "" if retry else entry.markup)
            return
        job = await self._history.reopen(entry)
        if not entry.has_picture:
            message = tr("The picture was not kept; what is shown is its small preview.")
            self._notifier.notify(Notice(Level.INFO, message))
        if retry:
            self._jobs.retry(job.id)

    async def _mark(self, entry: HistoryEntry, favourite: bool) -> None:
        await self._history.mark(entry.id, favourite=favourite)
        self._made_view().change(replace(entry, favourite=favourite))

    async def _tag(
        self, entries: Sequence[HistoryEntry], add: tuple[str, ...], remove: tuple[str, ...]
    ) -> None:
        await self._history.tag(entries, add=add, remove=remove)

    async def _delete(self, entries: Sequence[HistoryEntry]) -> None:
        await self._history.remove(entries)
        view = self._made_view()
        view.take_out(entries, self._nothing(view.search))
        view.show_deleted(len(entries))

    async def _undo(self) -> None:
        restored = await self._history.restore()
        if restored:
            self._made_view().strip.clear()

    async def _ask_clear(self) -> None:
        count = await self._history.count()
        if count:
            self._made_view().ask_clear(count)

    async def _export(self, path: Path, form: ExportForm) -> None:
        count = await self._history.export(path, form)
        self._say(tr("{count} entries were exported."), count)

    async def _save(self, chosen: Sequence[HistoryEntry], wish: DocumentWish) -> None:
        """Save what is chosen as a document; where it is one entry or none, everything, the oldest first."""
        entries = list(chosen) if len(chosen) > 1 else []
        while len(chosen) <= 1 and (
            page := await self._history.find("", before=entries[-1].id if entries else None)
        ):
            entries += page
        self._world.saver.save(wish, [(entry.markup, entry.mode) for entry in reversed(entries)])

    async def _import(self, path: Path) -> None:
        text = await asyncio.to_thread(self._world.read_text, path)
        count = await self._history.take_in(text)
        self._say(tr("{count} entries were added."), count)

    def _say(self, sentence: str, count: int) -> None:
        self._made_view().strip.say(sentence.format(count=self._window.locale().toString(count)))

    def _made_view(self) -> HistoryView:
        if self._view is None:
            self._view = view = HistoryView(self._actions)
            view.search_changed.connect(self._search)
            view.model.more_wanted.connect(lambda: self._spawn(self._fetch_more(), "fetch history"))
            view.copy_requested.connect(lambda: self._spawn(self._copy(), "copy entry"))
            view.open_requested.connect(lambda: self._spawn(self._open(retry=False), "open entry"))
            view.retry_requested.connect(lambda: self._spawn(self._open(retry=True), "read again"))
            view.favourite_requested.connect(lambda *marked: self._spawn(self._mark(*marked), "mark entry"))
            view.tags_written.connect(lambda *tags: self._spawn(self._tag(*tags), "tag entries"))
            view.delete_requested.connect(
                lambda entries: self._spawn(self._delete(entries), "delete entries")
            )
            view.undo_requested.connect(lambda: self._spawn(self._undo(), "undo deletion"))
            view.clear_requested.connect(lambda: self._spawn(self._ask_clear(), "count entries"))
            view.strip.clear_confirmed.connect(lambda: self._spawn(self._history.clear(), "clear history"))
            view.export_requested.connect(
                lambda *wanted: self._spawn(self._export(*wanted), "export history")
            )
            view.document_requested.connect(lambda *wanted: self._spawn(self._save(*wanted), "save history"))
            view.import_requested.connect(lambda path: self._spawn(self._import(path), "import history"))
            view.left.connect(self._window.leave_page)
        return self._view


def _mirror(action: QAction, history: HistoryService) -> None:
    """Keep the action and private mode the same, whoever changes one of them."""
    action.toggled.connect(history.private.set)
    history.private.subscribe(action.setChecked)
