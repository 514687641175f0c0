"""The record of costs as a file."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.spending_file import SpendingFile, spending_path
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.money import Currency, Money

ONE = Expense("2026-11", "api.example", "m", 1, 0, 300, 10, Money(Decimal("0.1"), Currency.CNY))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spending.json"


def test_the_file_has_its_place_in_the_folder_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spending_path().parent.name == "writetex-desktop"
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
        assert spending_path() == Path("/somewhere/writetex-desktop/spending.json")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_may_read_the_file(path: Path) -> None:
    SpendingFile(path).add(ONE)
    assert path.stat().st_mode & 0o777 == 0o600


def test_amounts_stand_in_it_exactly(path: Path) -> None:
    SpendingFile(path).add(ONE)
    (entry,) = json.loads(path.read_text("utf-8"))["expenses"]
    assert entry["cost"] == {"amount": "0.1", "currency": "CNY"}


def test_two_programs_at_once_lose_nothing_of_each_other(path: Path) -> None:
    first, second = SpendingFile(path), SpendingFile(path)
    assert first.load() == second.load() == ()
    first.add(ONE)
    second.add(ONE)
    (expense,) = first.load()
    assert expense.requests == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 0, "expenses": []}',
        '{"version": 1}',
        '{"version": 1, "expenses": [{}]}',
        '{"version": 1, "expenses": [3]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_moved_aside_and_counting_starts_anew(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(StorageError, match="damaged"):
        SpendingFile(path).load()
    assert path.with_name("spending.unusable-1.json").read_text("utf-8") == text
    path.write_text("again", "utf-8")
    with pytest.raises(StorageError) as again:
        SpendingFile(path).load()
    assert "unusable-2.json" in again.value.remedy.text
    SpendingFile(path).add(ONE)
    assert SpendingFile(path).load() == (ONE,)


@pytest.mark.parametrize(
    "change",
    [
        {"requests": -1},
        {"requests": True},
        {"requests": "1"},
        {"month": 11},
        {"host": None},
        {"cost": 3},
        {"cost": {"amount": 0.1, "currency": "USD"}},
        {"cost": {"amount": "NaN", "currency": "USD"}},
        {"cost": {"amount": "-1", "currency": "USD"}},
        {"cost": {"amount": "lots", "currency": "USD"}},
        {"cost": {"amount": "1", "currency": "EUR"}},
    ],
)
def test_values_that_do_not_fit_are_damage(path: Path, change: dict[str, object]) -> None:
    SpendingFile(path).add(ONE)
    document = json.loads(path.read_text("utf-8"))
    document["expenses"][0].update(change)
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(StorageError, match="damaged"):
        SpendingFile(path).load()


def test_a_file_that_cannot_be_written_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file in the way", "utf-8")
    with pytest.raises(StorageError) as caught:
        SpendingFile(tmp_path / "folder" / "spending.json").add(ONE)
    assert str(tmp_path) in caught.value.remedy.text


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        SpendingFile(path).load()


def test_a_file_of_a_newer_version_is_left_as_it_is(path: Path) -> None:
    path.write_text('{"version": 2}', "utf-8")
    for ask in (SpendingFile(path).load, lambda: SpendingFile(path).add(ONE)):
        with pytest.raises(StorageError, match="newer version"):
            ask()
    assert [each.name for each in path.parent.iterdir()] == [path.name]
