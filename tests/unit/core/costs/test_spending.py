from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.costs.spending import Expense, added, expense_of, month_of, total
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.recognition import Usage

DAY = date(2026, 11, 23)
PRICE = Price(Decimal("0.25"), Decimal(2), Currency.USD)


def test_a_month_is_named_so_that_names_sort() -> None:
    assert month_of(date(2026, 1, 31)) == "2026-01"
    assert month_of(date(987, 12, 1)) == "0987-12"


def test_an_expense_holds_what_the_server_counted() -> None:
    expense = expense_of(DAY, "api.example", "m", Usage(300, 10), PRICE)
    money = Money(Decimal("0.000095"), Currency.USD)
    assert expense == Expense("2026-11", "api.example", "m", 1, 0, 300, 10, money)


def test_without_tokens_a_large_ordinary_request_is_counted_and_said_to_be_estimated() -> None:
    expense = expense_of(DAY, "api.example", "m", None, PRICE)
    money = Money(Decimal("0.00045"), Currency.USD)
    assert expense == Expense("2026-11", "api.example", "m", 1, 1, 1000, 100, money)


def test_without_a_price_tokens_are_counted_all_the_same() -> None:
    expense = expense_of(DAY, "api.example", "m", Usage(300, 10), None)
    assert expense == Expense("2026-11", "api.example", "m", 1, 0, 300, 10, None)


def test_other_months_hosts_models_and_currencies_are_kept_apart() -> None:
    yuan = Price(Decimal(1), Decimal(10), Currency.CNY)
    usage = Usage(1, 1)
    several = (
        expense_of(DAY, "a", "m", usage, PRICE),
        expense_of(date(2026, 12, 1), "a", "m", usage, PRICE),
        expense_of(DAY, "b", "m", usage, PRICE),
        expense_of(DAY, "a", "n", usage, PRICE),
        expense_of(DAY, "a", "m", usage, yuan),
        expense_of(DAY, "a", "m", usage, None),
    )
    kept: tuple[Expense, ...] = ()
    for each in several:
        kept = added(kept, each)
    assert kept == several


def test_currencies_are_added_up_at_the_rate() -> None:
    dollars = expense_of(DAY, "a", "m", Usage(1_000_000, 0), Price(Decimal(2), Decimal(0), Currency.USD))
    yuan = expense_of(DAY, "b", "m", Usage(1_000_000, 0), Price(Decimal("7.1"), Decimal(0), Currency.CNY))
    unknown = expense_of(DAY, "c", "m", Usage(1, 1), None)
    all_of_them = (dollars, yuan, unknown)
    assert total(all_of_them, Currency.USD, Decimal("7.1")) == Money(Decimal(3), Currency.USD)
    assert total(all_of_them, Currency.CNY, Decimal("7.1")) == Money(Decimal("21.3"), Currency.CNY)
    assert total((), Currency.CNY, Decimal("7.1")) == Money(Decimal(0), Currency.CNY)


usages = st.none() | st.builds(Usage, st.integers(0, 10**6), st.integers(0, 10**6))
expenses = st.builds(
    expense_of,
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["m", "n"]),
    usages,
    st.none() | st.just(PRICE),
)


@given(st.lists(expenses))
def test_nothing_is_lost_by_adding_up(several: list[Expense]) -> None:
    kept: tuple[Expense, ...] = ()
    for each in several:
        kept = added(kept, each)
    assert sum(each.requests for each in kept) == len(several)
    assert sum(each.prompt_tokens for each in kept) == sum(each.prompt_tokens for each in several)
    assert total(kept, Currency.USD, Decimal(7)) == total(several, Currency.USD, Decimal(7))
