"""What every `SpendingStore` keeps to."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import FakeSpendingStore
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.ports.storage import SpendingStore

ONE = Expense("2026-11", "api.example", "m", 1, 0, 300, 10, Money(Decimal("0.000095"), Currency.USD))
FREE = Expense("2026-11", "localhost:11434", "模型", 1, 1, 1000, 100, None)


@pytest.fixture(params=["fake", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SpendingStore:
    if request.param == "fake":
        return FakeSpendingStore()
    return SpendingFile(tmp_path / "not" / "there" / "spending.json")


def test_there_is_nothing_before_anything_is_added(store: SpendingStore) -> None:
    assert store.load() == ()


def test_what_is_added_is_loaded_exactly(store: SpendingStore) -> None:
    assert store.add(ONE) == store.load()
    store.add(FREE)
    assert store.load() == (ONE, FREE)


def test_what_is_alike_is_added_up(store: SpendingStore) -> None:
    for _ in range(3):
        store.add(ONE)
    assert store.load() == (
        Expense("2026-11", "api.example", "m", 3, 0, 900, 30, Money(Decimal("0.000285"), Currency.USD)),
    )
