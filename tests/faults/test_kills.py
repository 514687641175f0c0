"""A kill at any moment leaves each store as it was before or after a change, never in between."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.killing import kill_while, moments
from writetex_desktop.adapters.storage.atomic_file import sweep
from writetex_desktop.adapters.storage.export_file import export_file
from writetex_desktop.adapters.storage.output_file import write_output
from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.adapters.storage.sqlite_history import SqliteHistory
from writetex_desktop.adapters.storage.submission_files import SubmissionFiles
from writetex_desktop.core.batches.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.history.entry import HistoryEntry, HistoryQuery
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.settings.settings import Profile, Settings

KILLS = 40
"""Of each store; where a kill falls is drawn anew for each."""


def nothing_is_left(folder: Path) -> bool:
    """Sweep as the next start does, and see that it left no temporary file."""
    sweep(folder)
    return not [each for each in folder.iterdir() if each.suffix == ".tmp"]


def test_settings_survive_kills(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    store = SettingsFile(path)
    profiles = tuple(Profile(f"p{n}", f"Profile {n}", "https://a.example/v1", "m" * 400) for n in range(20))
    store.update(lambda _: Settings(profiles=profiles))

    def save(number: int) -> None:
        store.update(lambda _: Settings(profiles=profiles, instructions=str(number)))

    for after, linger_s in moments(KILLS):
        done = kill_while(save, after=after, linger_s=linger_s)

        kept = store.load()
        assert replace(kept, instructions="") == Settings(profiles=profiles)
        assert done - 1 <= int(kept.instructions) <= done
        assert nothing_is_left(tmp_path)


def test_spending_survives_kills_and_loses_nothing_that_was_told(tmp_path: Path) -> None:
    path = tmp_path / "spending.json"
    expense = Expense("2026-11", "a.example", "m", 1, 0, 10, 5, Money(Decimal("0.25"), Currency.USD))
    others = [replace(expense, model=f"m{number}") for number in range(50)]
    for other in others:
        SpendingFile(path).add(other)

    least = 0
    for after, linger_s in moments(KILLS):
        least += kill_while(lambda _: SpendingFile(path).add(expense), after=after, linger_s=linger_s)

        kept = {each.model: each.requests for each in SpendingFile(path).load()}
        assert len(kept) == len(others) + 1
        # A write that was not told any more may be there as well, one for each kill.
        assert least <= kept["m"] <= least + 1
        least = kept["m"]
        assert nothing_is_left(tmp_path)


def test_submissions_survive_kills(tmp_path: Path) -> None:
    store = SubmissionFiles(tmp_path)
    items = [BatchItem(Source(f"/pictures/{number}.png"), digest="0" * 64) for number in range(200)]
    made = datetime(2026, 11, 30, tzinfo=UTC)
    whole = Submission("ab12", made, "https://a/v1", "m", Decimal("0.5"), "", parts=(Part(200, "f-1"),))

    def save(number: int) -> None:
        store.save_items(whole, 0, items)
        store.save(replace(whole, template=str(number)))

    for after, linger_s in moments(KILLS):
        done = kill_while(save, after=after, linger_s=linger_s)

        (kept,) = store.load()
        assert replace(kept, template="") == replace(whole, template="")
        assert done - 1 <= int(kept.template) <= done
        assert store.items(kept, 0) == tuple(items)
        assert nothing_is_left(tmp_path / "ab12")


def test_a_file_of_results_survives_kills_and_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    def item(number: int) -> BatchItem:
        recognition = Recognition("x" * 500, Mode.FORMULA, Engine.ENDPOINT, "m", 1.0)
        source = Source(f"/pictures/{number}.png")
        return BatchItem(source, digest="0" * 64, state=ItemState.DONE, recognition=recognition, output="x")

    for after, linger_s in moments(KILLS):
        there = 0 if not path.exists() else path.read_bytes().count(b"\n")

        def write(number: int, there: int = there) -> None:
            with ResultLines(path) as lines:
                lines.add(item(there + number))

        done = kill_while(write, after=after, linger_s=linger_s)
        with ResultLines(path):
            pass
        names = [json.loads(line)["file"] for line in path.read_text("utf-8").splitlines()]
        assert names == [f"/pictures/{number}.png" for number in range(len(names))]
        assert there + done <= len(names) <= there + done + 1
        assert nothing_is_left(tmp_path)


def export(path: Path, text: str) -> None:
    with export_file(path) as write:
        for piece in text.splitlines(keepends=True):
            write(piece)


@pytest.mark.parametrize("write", [export, lambda path, text: write_output(path, text.encode())])
def test_an_exported_file_is_the_old_or_the_new_one(
    tmp_path: Path, write: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "out.tex"
    write(path, "0\n" * 5000)
    for after, linger_s in moments(KILLS):
        kill_while(lambda number: write(path, f"{number % 10}\n" * 5000), after=after, linger_s=linger_s)
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) == 5000
        assert len(set(lines)) == 1
        assert nothing_is_left(tmp_path)


def test_the_history_survives_kills(tmp_path: Path) -> None:
    path = tmp_path / "history.db"

    def entry(number: int) -> HistoryEntry:
        return HistoryEntry(number + 1, f"markup {number}", Mode.FORMULA, Engine.ENDPOINT, "m", 1.0)

    async def count() -> int:
        store = SqliteHistory(path)
        try:
            found = await store.find(HistoryQuery(), limit=10_000)
            assert [each.markup for each in found] == [
                f"markup {number}" for number in reversed(range(len(found)))
            ]
            return len(found)
        finally:
            await store.close()

    for after, linger_s in moments(KILLS):
        there = asyncio.run(count())

        def add(number: int, there: int = there) -> None:
            async def work() -> None:
                store = SqliteHistory(path)
                await store.add([(entry(there + number), b"\x89PNG" * 100)])
                await store.close()

            asyncio.run(work())

        done = kill_while(add, after=after, linger_s=linger_s)
        assert there + done <= asyncio.run(count()) <= there + done + 1
