"""A batch as a value, and its items as lines."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.batches.batch import Batch, BatchItem, Failure, ItemState, Source
from writetex_desktop.core.batches.record import format_record, parse_record
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.reading.recognition import Alternative, Engine, Mode, Recognition, Usage

ANSWER = Recognition("x", Mode.FORMULA, Engine.ENDPOINT, "m", 0.5, Usage(300, 10))
DOLLAR = Money(Decimal("0.01"), Currency.USD)
THREE = Batch(tuple(BatchItem(Source(name)) for name in "abc"))

money = st.decimals(0, 1000, places=6).map(lambda amount: Money(amount, Currency.USD))
others = st.builds(Alternative, st.text(min_size=1), st.floats(0, 1))
answers = st.builds(
    Recognition,
    markup=st.text(min_size=1),
    mode=st.sampled_from(Mode),
    engine=st.sampled_from(Engine),
    model=st.text(),
    seconds=st.integers(0, 10**6).map(lambda ms: ms / 1000),
    usage=st.none() | st.builds(Usage, st.integers(0, 10**9), st.integers(0, 10**9)),
    complete=st.booleans(),
    confidence=st.none() | st.floats(0, 1),
    warnings=st.lists(st.text()).map(tuple),
    cost=st.none() | money | st.builds(CostRange, money, money),
    alternatives=st.lists(st.builds(Alternative, st.text(min_size=1), st.floats(0, 1)), max_size=4).map(
        tuple
    ),
    number=st.text(),
)
sources = st.builds(Source, st.text(min_size=1), st.integers(0, 900))
waiting = st.builds(
    BatchItem,
    sources,
    st.sampled_from(Mode),
    st.sampled_from(OutputFormat),
    digest=st.text("0123456789abcdef"),
)
done = st.tuples(waiting, answers).map(
    lambda made: replace(made[0], state=ItemState.DONE, recognition=made[1], output=made[1].markup)
)
failed = st.tuples(waiting, st.none() | answers, st.builds(Failure, st.text(min_size=1), st.text())).map(
    lambda made: replace(made[0], state=ItemState.FAILED, recognition=made[1], failure=made[2])
)


@given(waiting | done | failed)
def test_an_item_is_read_as_it_was_written(item: BatchItem) -> None:
    line = format_record(item)
    assert "\n" not in line
    assert parse_record(line) == item


@given(done, st.integers(1, 60))
def test_half_a_line_is_no_item(item: BatchItem, left_out: int) -> None:
    assert parse_record(format_record(item)[:-left_out]) is None


@pytest.mark.parametrize("line", ["", "[]", "3", '{"file": "a.png"}', '{"file": 1, "page": []}', "\x00"])
def test_a_foreign_line_is_no_item(line: str) -> None:
    assert parse_record(line) is None


def test_a_batch_is_counted_and_added_up() -> None:
    batch = THREE.begun(0).finished(0, replace(ANSWER, cost=DOLLAR), output="x")
    batch = batch.begun(1).failed(1, Failure("It was empty."), recognition=ANSWER)
    totals = batch.totals
    assert (totals.count, totals.over, totals.unpriced) == (3, 2, 1)
    assert totals.costs == (DOLLAR,)
    assert batch.waiting() == (2,)
    assert not batch.is_over
    assert [item.state for item in THREE.items] == [ItemState.WAITING] * 3


def test_estimates_make_the_sum_an_estimate() -> None:
    guess = CostRange(DOLLAR, Money(Decimal("0.05"), Currency.USD))
    batch = THREE.finished(0, replace(ANSWER, cost=DOLLAR), output="x")
    batch = batch.finished(1, replace(ANSWER, cost=guess), output="x")
    low, high = Money(Decimal("0.02"), Currency.USD), Money(Decimal("0.06"), Currency.USD)
    assert batch.totals.costs == (CostRange(low, high),)


def test_what_failed_or_was_cancelled_waits_again_and_what_is_done_stays() -> None:
    batch = THREE.finished(0, ANSWER, output="x").failed(1, Failure("No.")).cancelled()
    states = [item.state for item in batch.items]
    assert states == [ItemState.DONE, ItemState.FAILED, ItemState.CANCELLED]
    assert batch.is_over
    assert batch.retried().waiting() == (1, 2)
    assert batch.retried([1]).items[1] == THREE.items[1]
    assert batch.retried([1]).waiting() == (1,)


def test_a_page_has_its_number_in_its_name() -> None:
    assert Source("/a/notes.pdf", 3).name == "notes.pdf, 3"
    assert Source("-").name == "-"


def test_an_item_is_what_it_turned_out_to_be() -> None:
    item = BatchItem(Source("a.png"), Mode.AUTO)
    assert item.kind is Mode.AUTO
    assert replace(item, recognition=replace(ANSWER, mode=Mode.TABLE)).kind is Mode.TABLE
