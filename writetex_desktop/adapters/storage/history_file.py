"""The file of the history: made, brought up to date, or moved aside when it cannot be used.

Sources: SQLite's pages on pragmas (https://sqlite.org/pragma.html), write-ahead logs (https://sqlite.org/wal.html)
and FTS5 (https://sqlite.org/fts5.html).
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import platformdirs

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,  -- microseconds since 1970 UTC
        markup TEXT NOT NULL,
        mode TEXT NOT NULL,
        engine TEXT NOT NULL,
        model TEXT NOT NULL,
        seconds REAL NOT NULL,
        prompt_tokens INTEGER,  -- these three are all there, or none
        completion_tokens INTEGER,
        reasoning_tokens INTEGER,
        cost TEXT,
        favourite INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX favourites ON entry (id) WHERE favourite;
    -- Pictures are large; apart from the texts they do not slow a search down.
    CREATE TABLE picture (
        id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
        thumbnail BLOB NOT NULL,
        whole BLOB
    ) STRICT;
    -- One row: whether the index of trigrams knows every entry, and whether it holds remains of deleted ones.
    CREATE TABLE search_index (is_current INTEGER NOT NULL, has_remains INTEGER NOT NULL) STRICT;
    INSERT INTO search_index VALUES (0, 0);
    """,
    "ALTER TABLE entry ADD COLUMN trust TEXT",
    """
    -- A row for each tag of each entry: programs side by side add and take away theirs alone.
    CREATE TABLE tag (
        entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        folded TEXT NOT NULL,  -- as it is compared
        name TEXT NOT NULL,
        PRIMARY KEY (entry, folded)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tagged ON tag (folded, name);
    """,
)
"""Step `n` (from 0) brings a file of version `n` to version `n + 1`; `PRAGMA user_version` holds the version.
Never change one that has been released; add another."""

ERASES_FROM_INDEX = (3, 42, 0)
"""From this version of SQLite on, FTS5 can overwrite what is deleted from an index at once."""

_LOOK = """
    SELECT entry.id, markup, mode, engine, model, seconds, prompt_tokens, completion_tokens, reasoning_tokens,
        cost, favourite, trust, thumbnail, whole, is_current, has_remains, folded, name
    FROM entry, picture, search_index, tag LIMIT 0
"""
"""Names every column, so that a file that lacks one is found out before it is used."""

_BUSY_S = 5.0


class UnusableError(Exception):
    """The file cannot be used; holds what is wrong and what to do, as sentences for the user."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def default_path() -> Path:
    """Give the file's place on this system, such as `~/.local/share/writetex-desktop/history/history.db`."""
    return (
        platformdirs.user_data_path("writetex-desktop", appauthor=False, roaming=True)
        / "history"
        / "history.db"
    )


def open_history(path: Path, migrations: Sequence[str] = MIGRATIONS) -> tuple[sqlite3.Connection, bool]:
    """Open the file, make it if there is none, and bring it up to date.

    Before an existing file is changed to a newer form it is copied to `copy_path`.

    Returns:
        The connection, which belongs to the calling thread and starts no transactions by itself, and whether
        the texts are indexed by trigrams in the table `entry_text`.

    Raises:
        UnusableError: It was written by a newer version of the program, or by another one.
        sqlite3.Error: It is damaged, or cannot be read or written.
        OSError: Its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Screens are private; what SQLite puts beside the file gets the file's own mode.
    path.parent.chmod(0o700)
    path.touch(mode=0o600)
    path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "secure_delete = ON",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _check(connection, len(migrations))
        _migrate(connection, path, migrations)
        return connection, _make_index(connection)
    except BaseException:
        connection.close()
        raise


def _check(connection: sqlite3.Connection, newest: int) -> None:
    """See that a file that holds tables holds ours; one of a version above the newest is not looked at.

    Raises:
        UnusableError: It does not.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not version and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
        return  # just made
    if version > newest:
        return
    try:
        connection.execute(_LOOK)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise UnusableError(tr("The history is no history of this program."), "") from error


def copy_path(path: Path) -> Path:
    """Give the place of the copy that is made before a file is brought up to date."""
    return path.with_name(f"{path.stem}.before-update{path.suffix}")


def move_aside(path: Path, problem: str, remedy: str) -> StorageError:
    """Move a file out of the way, with what SQLite keeps beside it, and make the error that says where it is.

    Args:
        path: The file; nobody has it open.
        problem: What is wrong with it, as a sentence.
        remedy: What to do, as a sentence, or nothing.
    """
    number = 1
    while (place := path.with_name(f"{path.stem}.unusable-{number}{path.suffix}")).exists():
        number += 1
    try:
        for ending in ("-wal", "-shm", ""):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(place.with_name(place.name + ending))
    except OSError:
        return StorageError(
            tr("{problem} It could not be moved aside.", problem=problem),
            tr("Move {path} elsewhere and start again.", path=path),
        )
    return StorageError(
        tr("{problem} An empty one is in use.", problem=problem),
        tr("{remedy} Your old history is kept in {place}.", remedy=remedy, place=place).strip(),
    )


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(migrations):
        raise UnusableError(
            tr("The history was written by a newer version of WriteTex Desktop."),
            tr("Update WriteTex Desktop to use it."),
        )
    if 0 < version < len(migrations):
        _copy(connection, copy_path(path))
    for number, step in enumerate(migrations[version:], start=version + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _copy(connection: sqlite3.Connection, place: Path) -> None:
    place.unlink(missing_ok=True)
    place.touch(mode=0o600)
    with closing(sqlite3.connect(place)) as copy:
        connection.backup(copy)


def _make_index(connection: sqlite3.Connection) -> bool:
    """Make the index of trigrams, or fill it anew where a program without FTS5 wrote to the file.

    Returns:
        Whether there is one.
    """
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS entry_text "
            "USING fts5 (markup, content = 'entry', content_rowid = 'id', tokenize = 'trigram')"
        )
        # Set once: it would be written at each start, into a file that may be damaged.
        if sqlite3.sqlite_version_info >= ERASES_FROM_INDEX and not _erases(connection):
            connection.execute("INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1)")
        if not connection.execute("SELECT is_current FROM search_index").fetchone()[0]:
            rebuild_index(connection)
    except sqlite3.OperationalError:
        # This SQLite has no FTS5, or an older one than the program that wrote the index last.
        connection.execute("UPDATE search_index SET is_current = 0")
        return False
    return True


def _erases(connection: sqlite3.Connection) -> bool:
    """Say whether the index is told already to overwrite what is deleted."""
    told = connection.execute("SELECT v FROM entry_text_config WHERE k = 'secure-delete'").fetchone()
    return told is not None and bool(told[0])


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Fill the index of trigrams anew from the entries."""
    connection.execute("INSERT INTO entry_text (entry_text) VALUES ('rebuild')")
    connection.execute("UPDATE search_index SET is_current = 1, has_remains = 0")
