"""The entries of the history in SQL: what `SqliteHistory` does to its file, on its worker."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from writetex_desktop.adapters.storage.history_file import ERASES_FROM_INDEX
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.history.tags import folded
from writetex_desktop.core.reading.recognition import Engine, Mode, Usage
from writetex_desktop.core.reading.trust import Trust

TRIGRAM = 3
"""Characters that a word must have to be looked up in the index; the text is searched for shorter ones."""

_TAGS_OF_ENTRY = (
    "(SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE entry = entry.id ORDER BY folded))"
)

_LAST_SIGN = "\U0010ffff"
"""Stands behind every sign of a tag, in the order of SQLite's bytes."""

_MODES = {mode.value: mode for mode in Mode}
_ENGINES = {engine.value: engine for engine in Engine}
_DOUBTFUL = tuple(trust.value for trust in Trust if trust.is_doubtful)
_TRUSTS = {trust.value: trust for trust in Trust}


@dataclass(slots=True)
class HistoryDatabase:
    """The open file; belongs to the worker.

    Attributes:
        connection: To the file.
        indexed: Whether the texts are indexed by trigrams.
    """

    connection: sqlite3.Connection
    indexed: bool


@contextmanager
def transaction(database: HistoryDatabase) -> Iterator[None]:
    """Do all of something or nothing."""
    database.connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.connection.execute("COMMIT")
    except BaseException:
        if database.connection.in_transaction:
            database.connection.execute("ROLLBACK")
        raise


def add(
    database: HistoryDatabase, entries: Sequence[tuple[HistoryEntry, bytes | None]]
) -> tuple[HistoryEntry, ...]:
    """Keep entries; see `HistoryStore.add`."""
    with transaction(database):
        return tuple(_add_one(database, entry, picture) for entry, picture in entries)


def _add_one(database: HistoryDatabase, entry: HistoryEntry, picture: bytes | None) -> HistoryEntry:
    run = database.connection.execute
    entry = replace(entry, markup=storable(entry.markup), has_picture=picture is not None)
    while there := run("SELECT markup FROM entry WHERE id = ?", (entry.id,)).fetchone():
        if there[0] == entry.markup:
            tag(database, [entry.id], entry.tags, ())
            return find(database, HistoryQuery(since=entry.id, until=entry.id + 1), None, 1)[0]
        entry = replace(entry, id=entry.id + 1)
    usage = entry.usage
    tokens = (usage.prompt_tokens, usage.completion_tokens, usage.reasoning_tokens) if usage else (None,) * 3
    run(
        "INSERT INTO entry (id, markup, mode, engine, model, seconds, prompt_tokens, completion_tokens, "
        "reasoning_tokens, cost, favourite, trust) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.markup,
            entry.mode,
            entry.engine,
            storable(entry.model),
            float(entry.seconds),
            *tokens,
            entry.cost and storable(entry.cost),
            entry.favourite,
            entry.trust,
        ),
    )
    run("INSERT INTO picture VALUES (?, ?, ?)", (entry.id, entry.thumbnail, picture))
    index(database, [entry.id])
    tag(database, [entry.id], entry.tags, ())
    return entry


def tag(
    database: HistoryDatabase, entry_ids: Iterable[int], add: Iterable[str], remove: Iterable[str]
) -> None:
    """Put entries that are there into groups and take them out of others, within a transaction."""
    entry_ids = tuple(entry_ids)
    run = database.connection.executemany
    run(
        "DELETE FROM tag WHERE entry = ? AND folded = ?",
        [(each, folded(storable(name))) for each in entry_ids for name in remove],
    )
    run(
        "INSERT OR IGNORE INTO tag (entry, folded, name) SELECT id, ?, ? FROM entry WHERE id = ?",
        [(folded(name), name, each) for each in entry_ids for name in map(storable, add)],
    )


def all_tags(database: HistoryDatabase) -> tuple[tuple[str, int], ...]:
    """Give all tags; see `HistoryStore.tags`."""
    rows = database.connection.execute("SELECT min(name), count(*) FROM tag GROUP BY folded ORDER BY folded")
    return tuple((name, count) for name, count in rows)


def find(
    database: HistoryDatabase, query: HistoryQuery, before: int | None, limit: int
) -> tuple[HistoryEntry, ...]:
    """Give a page of wanted entries; see `HistoryStore.find`."""
    tables = "entry JOIN picture USING (id)"
    conditions: list[str] = []
    values: list[object] = []
    words = [storable(word.replace("\0", "")) for word in query.words]
    in_tags = {word for word in words if _is_in_tag(database, word)}
    indexed = [word for word in words if database.indexed and len(word) >= TRIGRAM and word not in in_tags]
    if indexed:
        # CROSS JOIN makes SQLite walk through the index, newest first, and stop at the limit.
        tables = "entry_text CROSS JOIN entry ON entry.id = entry_text.rowid JOIN picture USING (id)"
        conditions.append("entry_text MATCH ?")
        values.append(" ".join('"' + word.replace('"', '""') + '"' for word in indexed))
    for column, wanted in (
        ("entry.markup", set(words) - set(indexed) - in_tags),
        ("model", [storable(name) for name in query.models]),
    ):
        for part in wanted:
            conditions.append(f"{column} LIKE ? ESCAPE '!'")
            values.append(_like(part))
    for condition, parts in _about_tags(in_tags, query.tags):
        conditions.append(condition)
        values += parts
    if query.modes:
        conditions.append(f"mode IN ({', '.join('?' * len(query.modes))})")
        values += query.modes
    newest = "entry_text.rowid" if indexed else "entry.id"
    bounds = ((">=", query.since), ("<", query.until), ("<", before))
    for sign, bound in bounds:
        if bound is not None:
            conditions.append(f"{newest} {sign} ?")
            values.append(bound)
    if query.favourites:
        conditions.append("favourite")
    if query.doubtful:
        conditions.append(f"trust IN ({', '.join('?' * len(_DOUBTFUL))})")
        values += _DOUBTFUL
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    cursor = database.connection.cursor()
    cursor.row_factory = sqlite3.Row
    columns = f"entry.*, thumbnail, whole IS NOT NULL AS has_picture, {_TAGS_OF_ENTRY} AS tags"
    cursor.execute(
        f"SELECT {columns} FROM {tables} {where} ORDER BY {newest} DESC LIMIT ?",  # noqa: S608 - all pieces are ours
        (*values, limit),
    )
    return tuple(_entry(row) for row in cursor)


def _entry(row: sqlite3.Row) -> HistoryEntry:
    usage = None
    if row["prompt_tokens"] is not None:
        usage = Usage(row["prompt_tokens"], row["completion_tokens"], row["reasoning_tokens"])
    return HistoryEntry(
        row["id"],
        row["markup"],
        # A newer version may know more modes and engines and write the same form of file.
        _MODES.get(row["mode"], Mode.TEXT),
        _ENGINES.get(row["engine"], Engine.ENDPOINT),
        row["model"],
        row["seconds"],
        usage,
        row["cost"],
        bool(row["favourite"]),
        row["thumbnail"],
        bool(row["has_picture"]),
        _TRUSTS.get(row["trust"]),
        tuple(json.loads(row["tags"])),
    )


def _about_tags(words: Iterable[str], starts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the conditions that entries meet by their tags, each with its values.

    Args:
        words: Each stands in the text or in a tag.
        starts: With each a tag begins.
    """
    for word in words:
        yield (
            "(entry.markup LIKE ? ESCAPE '!' OR entry.id IN (SELECT entry FROM tag WHERE instr(folded, ?)))",
            (_like(word), folded(word)),
        )
    for start in map(folded, map(storable, starts)):
        yield (
            "entry.id IN (SELECT entry FROM tag WHERE folded >= ? AND folded < ?)",
            (start, start + _LAST_SIGN),
        )


def _is_in_tag(database: HistoryDatabase, word: str) -> bool:
    """Say whether a tag holds a word: only then is more looked through than the index of the texts."""
    row = database.connection.execute("SELECT 1 FROM tag WHERE instr(folded, ?) LIMIT 1", (folded(word),))
    return row.fetchone() is not None


def delete(database: HistoryDatabase, entry_ids: Iterable[int]) -> None:
    """Delete entries with their pictures; an index of an older FTS5 holds remains until it is optimised."""
    entry_ids = tuple(entry_ids)
    with transaction(database):
        unindex(database, entry_ids)
        database.connection.executemany("DELETE FROM entry WHERE id = ?", _each(entry_ids))


def index(database: HistoryDatabase, entry_ids: Iterable[int]) -> None:
    """Put texts that stand in the table into the index."""
    if database.indexed:
        database.connection.executemany(
            "INSERT INTO entry_text (rowid, markup) SELECT id, markup FROM entry WHERE id = ?",
            _each(entry_ids),
        )


def unindex(database: HistoryDatabase, entry_ids: Iterable[int]) -> None:
    """Take texts out of the index while they still stand in the table: FTS5 must be told what they were."""
    if database.indexed:
        database.connection.executemany(
            "INSERT INTO entry_text (entry_text, rowid, markup) "
            "SELECT 'delete', id, markup FROM entry WHERE id = ?",
            _each(entry_ids),
        )
        if sqlite3.sqlite_version_info < ERASES_FROM_INDEX:
            database.connection.execute("UPDATE search_index SET has_remains = 1")


def erase_remains(database: HistoryDatabase) -> None:
    """Write the index anew if an older FTS5 left remains in it; takes seconds if it is large."""
    if database.indexed and database.connection.execute("SELECT has_remains FROM search_index").fetchone()[0]:
        with transaction(database):
            database.connection.execute("INSERT INTO entry_text (entry_text) VALUES ('optimize')")
            database.connection.execute("UPDATE search_index SET has_remains = 0")
    erase_log(database)


def erase_log(database: HistoryDatabase) -> None:
    """Bring all changes from the log beside the file into the file, and empty the log."""
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _each(entry_ids: Iterable[int]) -> Iterator[tuple[int]]:
    return ((entry_id,) for entry_id in entry_ids)


def _like(part: str) -> str:
    for special in "!%_":
        part = part.replace(special, f"!{special}")
    return f"%{part}%"


def storable(text: str) -> str:
    """Give a text that UTF-8 can hold: a model may send halves of signs."""
    return text.encode(errors="replace").decode()
