"""The file of the history: its form, its rights, damaged ones, and what is left of deleted texts."""

import asyncio
import sqlite3
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage import history_file, history_rows, sqlite_history
from writetex_desktop.adapters.storage.history_file import MIGRATIONS, copy_path, default_path
from writetex_desktop.adapters.storage.history_rows import HistoryDatabase, erase_remains
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.reading.recognition import Engine, Mode

ALL = HistoryQuery()
SECRET = "qzjxvkw"
PIECES = (b"qzj", b"zjx", b"jxv", b"xvk", b"vkw")
NEXT = (*MIGRATIONS, "ALTER TABLE entry ADD COLUMN note TEXT NOT NULL DEFAULT ''")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history" / "history.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteHistory]:
    made = SqliteHistory(path)
    yield made
    await made.close()


def entry(id_: int, markup: str = SECRET) -> HistoryEntry:
    return HistoryEntry(id_, markup, Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 0.1, thumbnail=b"pixels" * 20)


async def written(path: Path, *entries: HistoryEntry, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    store = SqliteHistory(path, migrations)
    await store.add([(each, b"whole" * 50) for each in entries])
    await store.close()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def prepare(path: Path, content: bytes, mode: int = 0o600) -> None:
    path.parent.mkdir(exist_ok=True, mode=0o755)
    path.write_bytes(content)
    path.chmod(mode)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()))


def test_the_file_has_its_place_in_the_folder_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_path().parts[-3:] == ("writetex-desktop", "history", "history.db")
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
        assert default_path() == Path("/somewhere/writetex-desktop/history/history.db")


@posix
async def test_only_the_owner_may_look_into_the_folder_and_its_files(
    store: SqliteHistory, path: Path
) -> None:
    prepare(path, b"", mode=0o644)
    await store.add([(entry(1), None)])
    assert mode(path.parent) == 0o700
    assert len(names(path.parent)) > 1
    assert {mode(path.parent / name) for name in names(path.parent)} == {0o600}


async def test_the_file_keeps_a_log_beside_it_and_names_its_version(store: SqliteHistory, path: Path) -> None:
    await store.open()
    assert version(path) == len(MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_entries_outlive_the_program(path: Path) -> None:
    await written(path, entry(1, "a"), entry(2, "b"))
    store = SqliteHistory(path)
    assert [each.markup for each in await store.find(ALL)] == ["b", "a"]
    await store.close()


async def test_an_older_file_is_brought_up_to_date_and_a_copy_is_kept(path: Path) -> None:
    await written(path, entry(1, "kept"))
    assert not copy_path(path).exists()
    store = SqliteHistory(path, NEXT)
    assert [each.markup for each in await store.find(HistoryQuery(words=("kept",)))] == ["kept"]
    assert version(path) == len(NEXT)
    assert version(copy_path(path)) == len(MIGRATIONS)
    assert sys.platform == "win32" or mode(copy_path(path)) == 0o600
    await store.close()


async def test_a_new_file_goes_through_all_versions_without_a_copy(path: Path) -> None:
    await written(path, migrations=NEXT)
    assert version(path) == len(NEXT)
    assert names(path.parent) == [path.name]


async def test_an_update_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    await written(path, entry(1, "kept"))
    broken = SqliteHistory(path, (*MIGRATIONS, "CREATE TABLE fine (a); INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(StorageError, match="cannot be used"):
        await broken.open()
    await broken.close()
    assert version(path) == len(MIGRATIONS)
    store = SqliteHistory(path)
    assert [each.markup for each in await store.find(ALL)] == ["kept"]
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert not connection.execute("SELECT * FROM sqlite_schema WHERE name = 'fine'").fetchall()


async def test_a_file_of_a_newer_version_is_moved_aside_whole_and_its_place_is_told(path: Path) -> None:
    await written(path, entry(1, "from the future"), migrations=NEXT)
    store = SqliteHistory(path)
    with pytest.raises(StorageError, match="newer version") as caught:
        await store.open()
    place = path.with_name("history.unusable-1.db")
    assert str(place) in caught.value.remedy.text
    await store.open()
    assert await store.count() == 0
    await store.close()
    newer = SqliteHistory(place, NEXT)
    assert [each.markup for each in await newer.find(ALL)] == ["from the future"]
    await newer.close()


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
async def test_a_damaged_file_is_moved_aside_whole_and_its_place_is_told(path: Path, content: bytes) -> None:
    for number in (1, 2):
        prepare(path, content)
        store = SqliteHistory(path)
        with pytest.raises(StorageError, match="damaged") as caught:
            await store.open()
        place = path.with_name(f"history.unusable-{number}.db")
        assert str(place) in caught.value.remedy.text
        assert place.read_bytes() == content
        await store.add([(entry(1), None)])
        assert await store.count() == 1
        await store.close()


async def test_damage_that_shows_itself_later_moves_the_file_aside(path: Path) -> None:
    await written(path, *(entry(number, f"text {number} " * 50) for number in range(300)))
    content = bytearray(bytes_of(path.parent))
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content[(root - 1) * size : root * size] = b"\xaa" * size
    prepare(path, bytes(content))
    store = SqliteHistory(path)
    await store.open()
    with pytest.raises(StorageError, match="damaged"):
        await store.find(ALL)
    assert path.with_name("history.unusable-1.db").read_bytes() == bytes(content)
    assert await store.find(ALL) == ()
    await store.close()


async def test_a_damaged_index_is_made_anew_from_the_entries(path: Path) -> None:
    await written(path, entry(1, "alpha"), entry(2, "beta"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entry_text_data SET block = x'ff00ff' WHERE id > 10")
        connection.commit()
    store = SqliteHistory(path)
    assert [each.markup for each in await store.find(HistoryQuery(words=("alpha",)))] == ["alpha"]
    assert names(path.parent)[0] == path.name
    await store.close()


async def test_what_a_program_without_an_index_wrote_is_found_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(path, entry(1, "alpha one"))
    real = sqlite3.connect

    class Poor(sqlite3.Connection):
        def execute(self, sql: str, *more: object) -> sqlite3.Cursor:
            if "VIRTUAL" in sql:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(sql, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, factory=Poor))
    poor = SqliteHistory(path)
    await poor.add([(entry(2, "alpha two"), None)])
    await poor.remove([1])
    assert [each.markup for each in await poor.find(HistoryQuery(words=("alpha",)))] == ["alpha two"]
    await poor.close()
    monkeypatch.undo()
    rich = SqliteHistory(path)
    assert [each.markup for each in await rich.find(HistoryQuery(words=("alpha",)))] == ["alpha two"]
    await rich.close()


@pytest.mark.parametrize("how", ["remove", "clear", "trim"])
async def test_nothing_of_a_deleted_entry_is_left_on_the_disk(path: Path, how: str) -> None:
    await written(path, entry(1), entry(2, "stays"))
    store = SqliteHistory(path, NEXT)
    await store.tag([1], add=("Hush",))
    before = bytes_of(path.parent)
    assert b"Hush" in before
    assert b"qzjxvkw" in before
    assert any(piece in before.replace(b"qzjxvkw", b"") for piece in PIECES)
    match how:
        case "remove":
            await store.remove([1])
        case "clear":
            await store.clear()
        case _:
            await store.trim(since=2, most=None)
            await store.remove([])
    assert SECRET.encode() not in bytes_of(path.parent)
    await store.close()
    left = bytes_of(path.parent)
    assert not [piece for piece in (*PIECES, b"Hush", b"hush") if piece in left]
    assert (b"pixels" in left) is (how != "clear")
    assert not copy_path(path).exists()


@pytest.fixture
def _older_fts5(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "ERASES_FROM_INDEX", (99, 0, 0))
    monkeypatch.setattr(history_rows, "ERASES_FROM_INDEX", (99, 0, 0))


async def _without_the_first(path: Path) -> SqliteHistory:
    await written(path, entry(1), entry(2, "stays"))
    store = SqliteHistory(path)
    await store.remove([1])
    assert [piece for piece in PIECES if piece in bytes_of(path.parent)]
    return store


@pytest.mark.usefixtures("_older_fts5")
async def test_the_index_of_an_older_fts5_is_cleaned_in_a_quiet_moment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_history, "ERASE_AFTER_S", 0.05)
    cleaned = asyncio.Event()
    loop = asyncio.get_running_loop()

    def erase(database: HistoryDatabase) -> None:
        erase_remains(database)
        loop.call_soon_threadsafe(cleaned.set)

    store = await _without_the_first(path)
    monkeypatch.setattr(sqlite_history, "erase_remains", erase)
    await cleaned.wait()
    assert not [piece for piece in PIECES if piece in bytes_of(path.parent)]
    await store.close()


@pytest.mark.usefixtures("_older_fts5")
async def test_the_index_of_an_older_fts5_is_cleaned_when_the_program_ends(path: Path) -> None:
    store = await _without_the_first(path)
    await store.close()
    assert not [piece for piece in PIECES if piece in bytes_of(path.parent)]


@pytest.mark.usefixtures("_older_fts5")
async def test_what_a_killed_program_left_in_the_index_is_cleaned_by_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(sqlite_history, "erase_remains", lambda _: None)
        store = await _without_the_first(path)
        await store.close()
    store = SqliteHistory(path)
    await store.open()
    await store.close()
    assert not [piece for piece in PIECES if piece in bytes_of(path.parent)]


async def test_a_folder_that_cannot_be_made_is_told_with_a_remedy(tmp_path: Path) -> None:
    prepare(tmp_path / "file", b"in the way")
    store = SqliteHistory(tmp_path / "file" / "history.db")
    with pytest.raises(StorageError) as caught:
        await store.open()
    assert str(tmp_path / "file") in caught.value.remedy.text
    await store.close()


async def test_a_history_that_another_program_holds_is_told_with_a_remedy(
    store: SqliteHistory, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_file, "_BUSY_S", 0.0)
    await store.open()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program"):
            await store.add([(entry(1), None)])
        other.execute("ROLLBACK")
    await store.add([(entry(1), None)])
    assert await store.count() == 1


async def test_a_full_disk_leaves_what_was_there_whole(store: SqliteHistory, path: Path) -> None:
    await store.add([(entry(1), None)])
    database = store._database
    assert database is not None

    def shrink() -> None:
        (pages,) = database.connection.execute("PRAGMA page_count").fetchone()
        database.connection.execute(f"PRAGMA max_page_count = {pages}")

    await asyncio.get_running_loop().run_in_executor(store._worker, shrink)
    with pytest.raises(StorageError, match="disk is full"):
        await store.add([(entry(number, "x" * 5000), None) for number in range(2, 20)])
    assert [each.id for each in await store.find(ALL)] == [1]


async def test_several_callers_are_served_one_after_the_other(store: SqliteHistory) -> None:
    await asyncio.gather(*(store.add([(entry(5, f"text {number}"), None)]) for number in range(20)))
    assert sorted(each.id for each in await store.find(ALL)) == list(range(5, 25))


async def test_modes_of_a_newer_version_do_no_harm(path: Path) -> None:
    await written(path, entry(1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entry SET mode = 'music', engine = 'ear'")
        connection.commit()
    store = SqliteHistory(path)
    (found,) = await store.find(ALL)
    assert (found.mode, found.engine) == (Mode.TEXT, Engine.ENDPOINT)
    await store.close()


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE entry (a); PRAGMA user_version = 1",
        "PRAGMA user_version = 1",
        "CREATE TABLE places (url TEXT)",
    ],
)
async def test_a_file_of_another_program_is_moved_aside_and_the_entry_that_found_it_can_be_kept(
    path: Path, schema: str
) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    with closing(sqlite3.connect(path)) as foreign:
        foreign.executescript(schema)
    store = SqliteHistory(path)
    try:
        with pytest.raises(StorageError, match="no history of this program"):
            await store.open()
        await store.add([(entry(1, "kept"), None)])
        assert await store.count() == 1
    finally:
        await store.close()
    assert path.with_name("history.unusable-1.db").exists()


async def test_two_programs_with_one_history_keep_the_tags_of_both(path: Path) -> None:
    first, second = SqliteHistory(path), SqliteHistory(path)
    await first.add([(entry(1, "x"), None), (entry(2, "y"), None)])
    await second.open()
    await asyncio.gather(
        *(
            store.tag([1, 2], add=(f"{name} {number}",))
            for number in range(5)
            for name, store in (("a", first), ("b", second))
        ),
        first.tag([1], add=("mine",)),
    )
    await second.tag([2], remove=("A 0", "b 1"))
    names = {f"{name} {number}" for number in range(5) for name in "ab"}
    for store in (first, second):
        newer, older = await store.find(HistoryQuery())
        assert set(older.tags) == {*names, "mine"}
        assert set(newer.tags) == names - {"a 0", "b 1"}
    await first.close()
    await second.close()
