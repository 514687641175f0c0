"""The history survives a writer that is killed in the middle of its work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.history.entry import HistoryQuery

WRITER = """
import asyncio, sys
from pathlib import Path
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.reading.recognition import Engine, Mode

async def main():
    store = SqliteHistory(Path(sys.argv[1]))
    number = await store.count()
    while True:
        number += 1
        entry = HistoryEntry(number, f"formula {number}", Mode.FORMULA, Engine.ENDPOINT, "m", 0.1)
        await store.add([(entry, b"picture" * 10_000)])
        print(number, flush=True)

asyncio.run(main())
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")


def killed_after(path: Path, count: int) -> int:
    """Run a writer, kill it while it writes on, and give the number of the last entry it said was kept."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(count):
            assert writer.stdout.readline().strip()
        os.kill(writer.pid, signal.SIGKILL)
        rest = [line for line in writer.stdout.read().split("\n") if line]
        assert writer.wait() == -signal.SIGKILL
        return int(rest[-1]) if rest else count


@pytest.mark.parametrize("count", [1, 7, 25])
async def test_everything_that_was_kept_is_there_after_a_kill(tmp_path: Path, count: int) -> None:
    path = tmp_path / "history.db"
    first = killed_after(path, count)
    store = SqliteHistory(path)
    entries = await store.find(HistoryQuery(words=("formula",)), limit=10_000)
    await store.close()
    numbers = [entry.id for entry in entries]
    assert numbers == list(range(numbers[0], 0, -1))
    assert numbers[0] >= first
    assert {len(entry.markup) > len("formula ") for entry in entries} == {True}
    second = killed_after(path, numbers[0] and 1)
    assert second >= 1
    store = SqliteHistory(path)
    assert await store.count() > numbers[0]
    assert await store.picture(1) == b"picture" * 10_000
    await store.close()
