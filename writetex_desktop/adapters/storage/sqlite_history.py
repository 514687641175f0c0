"""The history in one SQLite file, behind one thread."""

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from writetex_desktop.adapters.storage.history_file import (
    MIGRATIONS,
    UnusableError,
    copy_path,
    move_aside,
    open_history,
    rebuild_index,
)
from writetex_desktop.adapters.storage.history_rows import (
    HistoryDatabase,
    add,
    all_tags,
    delete,
    erase_log,
    erase_remains,
    find,
    index,
    storable,
    tag,
    transaction,
    unindex,
)
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.trust import Trust

T = TypeVar("T")

ERASE_AFTER_S = 5.0
"""How long nothing must have been asked before the index is written anew after a deletion."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_LIMIT = 2**62
_KIND = 0xFF
"""The part of SQLite's extended error codes that says the kind (https://sqlite.org/rescode.html)."""


class SqliteHistory:
    """The `HistoryStore` of the program.

    Args:
        path: The file; its folder is made when first needed and closed to others.
        migrations: For tests; see `history_file.MIGRATIONS`.
    """

    def __init__(self, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
        self._path = path
        self._migrations = migrations
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="history")
        self._database: HistoryDatabase | None = None
        self._erasing: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """See `HistoryStore.open`."""
        await self._do(lambda _: None)
        self._erase_later()

    async def add(self, entries: Sequence[tuple[HistoryEntry, bytes | None]]) -> tuple[HistoryEntry, ...]:
        """See `HistoryStore.add`."""
        return await self._do(lambda database: add(database, entries))

    async def find(
        self, query: HistoryQuery, *, before: int | None = None, limit: int = 100
    ) -> tuple[HistoryEntry, ...]:
        """See `HistoryStore.find`. Words shorter than three characters tell Ä from ä."""
        return await self._do(lambda database: find(database, query, before, limit))

    async def picture(self, entry_id: int) -> bytes | None:
        """See `HistoryStore.picture`."""

        def look(database: HistoryDatabase) -> bytes | None:
            row = database.connection.execute(
                "SELECT whole FROM picture WHERE id = ?", (entry_id,)
            ).fetchone()
            return row[0] if row else None

        return await self._do(look)

    async def edit(self, entry_id: int, *, markup: str | None = None, favourite: bool | None = None) -> None:
        """See `HistoryStore.edit`."""

        def change(database: HistoryDatabase) -> None:
            with transaction(database):
                if favourite is not None:
                    database.connection.execute(
                        "UPDATE entry SET favourite = ? WHERE id = ?", (favourite, entry_id)
                    )
                if markup is not None:
                    unindex(database, [entry_id])
                    database.connection.execute(
                        "UPDATE entry SET markup = ?, trust = NULL WHERE id = ?", (storable(markup), entry_id)
                    )
                    index(database, [entry_id])

        await self._do(change)

    async def tag(
        self, entry_ids: Collection[int], *, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        """See `HistoryStore.tag`."""

        def change(database: HistoryDatabase) -> None:
            with transaction(database):
                tag(database, entry_ids, add, remove)

        await self._do(change)

    async def tags(self) -> tuple[tuple[str, int], ...]:
        """See `HistoryStore.tags`."""
        return await self._do(all_tags)

    async def rate(self, entry: HistoryEntry, trust: Trust) -> None:
        """See `HistoryStore.rate`."""

        def change(database: HistoryDatabase) -> None:
            with transaction(database):
                database.connection.execute(
                    "UPDATE entry SET trust = ? WHERE id = ? AND markup = ?",
                    (trust, entry.id, storable(entry.markup)),
                )

        await self._do(change)

    async def remove(self, entry_ids: Collection[int]) -> None:
        """See `HistoryStore.remove`; the copy made before an update goes too.

        What an older FTS5 leaves in its index goes after `ERASE_AFTER_S` of quiet, or with `close`.
        """

        def take_out(database: HistoryDatabase) -> None:
            delete(database, entry_ids)
            erase_log(database)
            copy_path(self._path).unlink(missing_ok=True)

        await self._do(take_out)
        self._erase_later()

    async def clear(self) -> None:
        """See `HistoryStore.clear`; files that were moved aside stay, as their place was told to the user."""

        def wipe(database: HistoryDatabase) -> None:
            run = database.connection.execute
            # All that was written goes back to the disk with VACUUM; writing zeros over it first takes long.
            run("PRAGMA secure_delete = OFF")
            try:
                with transaction(database):
                    run("DELETE FROM picture")
                    run("DELETE FROM entry")
                    if database.indexed:
                        run("INSERT INTO entry_text (entry_text) VALUES ('delete-all')")
                run("VACUUM")
            finally:
                run("PRAGMA secure_delete = ON")
            erase_remains(database)
            copy_path(self._path).unlink(missing_ok=True)

        await self._do(wipe)

    async def trim(self, *, since: int | None, most: int | None) -> None:
        """See `HistoryStore.trim`. The index is cleaned of remains later, as with `remove`."""

        def cut(database: HistoryDatabase) -> None:
            # A negative LIMIT is none in SQLite.
            rows = database.connection.execute(
                "SELECT id FROM entry WHERE NOT favourite AND id < ? UNION "
                "SELECT * FROM (SELECT id FROM entry WHERE NOT favourite ORDER BY id DESC LIMIT -1 OFFSET ?)",
                (since or 0, _NO_LIMIT if most is None else most),
            ).fetchall()
            delete(database, (entry_id for (entry_id,) in rows))

        await self._do(cut)

    async def count(self) -> int:
        """See `HistoryStore.count`."""

        def tell(database: HistoryDatabase) -> int:
            (number,) = database.connection.execute("SELECT count(*) FROM entry").fetchone()
            return int(number)

        return await self._do(tell)

    async def close(self) -> None:
        """See `HistoryStore.close`."""

        def end() -> None:
            database, self._database = self._database, None
            if database is not None:
                try:
                    erase_remains(database)
                finally:
                    database.connection.close()

        self._cancel_erasing()
        try:
            await asyncio.get_running_loop().run_in_executor(self._worker, self._guarded, end)
        finally:
            self._worker.shutdown(wait=False)

    async def _do(self, work: Callable[[HistoryDatabase], T]) -> T:
        """Run something on the worker, which opens the file first if need be."""
        if self._erasing is not None:
            self._erase_later()

        def run() -> T:
            if self._database is None:
                self._database = HistoryDatabase(*open_history(self._path, self._migrations))
            try:
                return work(self._database)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_CORRUPT_VTAB:
                    raise
                # Only the index is damaged, and the entries hold all that is in it.
                rebuild_index(self._database.connection)
                return work(self._database)

        return await asyncio.get_running_loop().run_in_executor(self._worker, self._guarded, run)

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except UnusableError as error:
            raise move_aside(self._path, error.problem, error.remedy) from error
        except sqlite3.Error as error:
            if _code(error) not in _DAMAGED:
                raise self._trouble(error) from error
            if self._database is not None:
                self._database.connection.close()
                self._database = None
            raise move_aside(self._path, tr("The history is damaged."), "") from error
        except OSError as error:
            raise self._out_of_reach() from error

    def _trouble(self, error: sqlite3.Error) -> StorageError:
        match _code(error):
            case sqlite3.SQLITE_FULL:
                return StorageError(
                    tr("The disk is full: the history could not be written."), tr("Make room on it.")
                )
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return StorageError(
                    tr("Another program is using the history."), tr("Close it and try again.")
                )
            case _:
                return self._out_of_reach()

    def _out_of_reach(self) -> StorageError:
        return StorageError(
            tr("The history cannot be used."),
            tr(
                "Make sure that {folder} can be read and written and that the disk is not full.",
                folder=self._path.parent,
            ),
        )

    def _erase_later(self) -> None:
        """Clean the index in a quiet moment: a search must not wait for it."""
        self._cancel_erasing()
        self._erasing = asyncio.get_running_loop().call_later(ERASE_AFTER_S, self._erase)

    def _erase(self) -> None:
        self._erasing = None

        def erase() -> None:
            if self._database is not None:
                erase_remains(self._database)

        # When it fails, what is left is noted in the file and is erased at the end or by the next start.
        self._worker.submit(self._guarded, erase)

    def _cancel_erasing(self) -> None:
        if self._erasing is not None:
            self._erasing.cancel()
            self._erasing = None


def _code(error: sqlite3.Error) -> int:
    # Misuse of the module itself, which would be a fault of ours, has no code.
    return getattr(error, "sqlite_errorcode", 0) & _KIND
