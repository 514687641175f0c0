"""Two programs beside each other lose nothing of what either did."""

import fcntl
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import FakeNotifier, FakeSecretStore
from writetex_desktop.adapters.storage.atomic_file import sweep
from writetex_desktop.adapters.storage.output_file import held_output
from writetex_desktop.adapters.storage.result_lines import ResultLines
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.adapters.storage.submission_files import SubmissionFiles
from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import EndpointError, StorageError
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import Usage
from writetex_desktop.core.settings.settings import Profile, Settings, Theme
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

TURNS = 60


def beside(*works: Callable[[], None]) -> None:
    """Run works in programs of their own, at the same time."""
    children = []
    for work in works:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                work()
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    for child in children:
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0


def test_what_two_programs_spend_is_counted_twice(tmp_path: Path) -> None:
    path = tmp_path / "spending.json"
    expense = Expense("2026-11", "a.example", "m", 1, 0, 10, 5, Money(Decimal("0.25"), Currency.USD))

    def spend() -> None:
        for _ in range(TURNS):
            SpendingFile(path).add(expense)

    beside(spend, spend)
    (kept,) = SpendingFile(path).load()
    assert kept.requests == 2 * TURNS
    assert kept.cost == Money(Decimal("0.25") * 2 * TURNS, Currency.USD)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_two_programs_set_is_kept_item_by_item(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"

    def edit(name: str) -> Callable[[], None]:
        def work() -> None:
            service = SettingsService(SettingsFile(path), FakeSecretStore(), Settings(), Overrides())
            for number in range(TURNS // 3):
                mine = Profile("", "New", "https://a.example/v1", f"{name} {number}")
                service.add_profiles([mine])
                if name == "One":
                    service.change(lambda settings: replace(settings, theme=Theme.DARK))
                else:
                    service.change(lambda settings: replace(settings, macros="\\def\\a{b}"))

        return work

    beside(edit("One"), edit("Two"))
    kept = SettingsFile(path).load()
    assert {each.model for each in kept.profiles} == {
        f"{name} {number}" for name in ("One", "Two") for number in range(TURNS // 3)
    }
    assert (kept.theme, kept.macros) == (Theme.DARK, "\\def\\a{b}")


def test_a_profile_that_another_program_removed_stays_removed_and_one_that_it_made_is_seen(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.json"
    start = Settings((Profile("a", "A", "https://a.example/v1", "m"),), "a")
    SettingsFile(path).update(lambda _: start)
    window, command = (
        SettingsService(SettingsFile(path), FakeSecretStore(), start, Overrides()) for _ in range(2)
    )
    command.add_profiles([Profile("", "B", "https://b.example/v1", "m")])
    command.change(lambda settings: replace(settings, profiles=settings.profiles[1:]))
    window.change(lambda settings: replace(settings, theme=Theme.LIGHT))
    assert [each.id for each in SettingsFile(path).load().profiles] == ["b"]
    assert [each.id for each in window.settings.value.profiles] == ["b"]


def test_what_one_program_fetched_another_does_not_call_unfetched(tmp_path: Path) -> None:
    parts = (Part(2, "f-1"), Part(3, "f-2"))
    started = Submission(
        "ab12", datetime(2026, 11, 30, tzinfo=UTC), "https://a/v1", "m", Decimal("0.5"), "", parts=parts
    )
    one, other = SubmissionFiles(tmp_path), SubmissionFiles(tmp_path)
    one.save(started)
    one.save(started.with_part(0, lambda part: replace(part, is_fetched=True)))
    other.save(started.with_part(1, lambda part: replace(part, is_fetched=True)))
    assert one.load()[0].is_over


@pytest.mark.parametrize("hold", [held_output, ResultLines])
def test_a_second_writer_on_one_output_is_told_so(
    tmp_path: Path, hold: Callable[[Path], AbstractContextManager[object]]
) -> None:
    output = tmp_path / "out.jsonl"
    with hold(output):
        child = os.fork()
        if child == 0:
            try:
                with hold(output):
                    os._exit(0)
            except StorageError as error:
                os._exit(7 if "Another program" in error.message else 1)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 7
    with hold(output):
        pass
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_program_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    left = tmp_path / f".writetex-{dead}-0a1b2c3d.tmp"
    former = tmp_path / ".settings.json.ab12cd34"
    fresh = tmp_path / ".settings.json.ef56ab78"
    living = tmp_path / f".writetex-{os.getppid()}-0a1b2c3d.tmp"
    foreign = (tmp_path / ".writetex-notes.tmp", tmp_path / ".bashrc", tmp_path / ".other.json.ab12cd34")
    for path in (left, former, fresh, living, *foreign):
        path.write_text("half", "ascii")
    for path in (former, foreign[2]):
        os.utime(path, (0, 0))
    sweep(tmp_path, "settings.json")
    assert set(tmp_path.iterdir()) == {fresh, living, *foreign}


def test_a_file_that_a_killed_program_of_another_container_still_writes_is_left(tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    left = tmp_path / f".writetex-{dead}-0a1b2c3d.tmp"
    with left.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sweep(tmp_path)
        assert left.exists()
    sweep(tmp_path)
    assert not left.exists()


async def test_the_monthly_limit_counts_what_another_program_spent(tmp_path: Path) -> None:
    path = tmp_path / "spending.json"
    price = Price(Decimal(1), Decimal(1), Currency.USD)
    profile = Profile("a", "A", "https://a.example/v1", "m", price=price)
    settings = Observable(Settings((profile,), "a", monthly_cap=Money(Decimal(3), Currency.USD)))
    tasks = Tasks(FakeNotifier())
    window, command = (
        Spending(
            SpendingFile(path), (), settings, Catalogue(()), tasks=tasks, today=lambda: date(2026, 11, 30)
        )
        for _ in range(2)
    )
    for program in (command, window):
        program.record("https://a.example/v1", "m", Usage(1_000_000, 500_000))
        await program.aclose()
    assert window.spent(Currency.USD) == Money(Decimal(3), Currency.USD)
    with pytest.raises(EndpointError, match="over your limit"):
        window.check("https://a.example/v1", "m")
