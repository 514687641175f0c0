"""What has been spent, month by month: counts and amounts, nothing of what was recognised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce

from writetex_desktop.core.costs.cost import USUAL_HIGH, Price, TokenCount, convert, cost_of, plus
from writetex_desktop.core.money import Currency, Money


@dataclass(frozen=True, slots=True)
class Expense:
    """What one model at one server used in one calendar month.

    Attributes:
        month: Year and month, such as `2026-11`.
        host: Host and port of the base URL.
        model: Model ID.
        requests: How many requests there were.
        estimated: For how many of them the server told no tokens; they count as large ordinary ones.
        prompt_tokens: Tokens that were sent.
        completion_tokens: Tokens of the answers.
        cost: What it cost; None while the price was not known.
    """

    month: str
    host: str
    model: str
    requests: int
    estimated: int
    prompt_tokens: int
    completion_tokens: int
    cost: Money | None

    def is_like(self, other: "Expense") -> bool:
        """Whether both can be added: same month, host, model and currency."""
        return _place(self) == _place(other)


def month_of(day: date) -> str:
    """Name the calendar month of a day."""
    return f"{day.year:04}-{day.month:02}"


def expense_of(
    day: date,
    host: str,
    model: str,
    usage: TokenCount | None,
    price: Price | None,
    *,
    more_tokens: int = 0,
) -> Expense:
    """Make the expense of one request.

    Args:
        day: When it was made.
        host: Host and port that it went to.
        model: Model ID.
        usage: Its tokens; None when the server told none.
        price: What the model costs; None when that is not known.
        more_tokens: What was sent beside picture and prompt, for where the server told no tokens.
    """
    count = plus(USUAL_HIGH, more_tokens) if usage is None else usage
    return Expense(
        month=month_of(day),
        host=host,
        model=model,
        requests=1,
        estimated=int(usage is None),
        prompt_tokens=count.prompt_tokens,
        completion_tokens=count.completion_tokens,
        cost=None if price is None else cost_of(count, price),
    )


def added(expenses: Iterable[Expense], new: Expense) -> tuple[Expense, ...]:
    """Give the expenses with one more, added to the one that is like it."""
    kept = tuple(expenses)
    place = next((at for at, each in enumerate(kept) if each.is_like(new)), len(kept))
    if place == len(kept):
        return (*kept, new)
    return (*kept[:place], _sum(kept[place], new), *kept[place + 1 :])


def summed(expenses: Iterable[Expense]) -> tuple[Expense, ...]:
    """Add expenses up, one sum for those that are alike."""
    return reduce(added, expenses, ())


def total(expenses: Iterable[Expense], currency: Currency, cny_per_usd: Decimal) -> Money:
    """Add up what is known of the costs, in one currency."""
    amounts = (convert(each.cost, currency, cny_per_usd).amount for each in expenses if each.cost is not None)
    return Money(sum(amounts, Decimal(0)), currency)


def _place(expense: Expense) -> tuple[str, str, str, Currency | None]:
    currency = None if expense.cost is None else expense.cost.currency
    return expense.month, expense.host, expense.model, currency


def _sum(one: Expense, other: Expense) -> Expense:
    cost = one.cost
    if cost is not None and other.cost is not None:
        cost = Money(cost.amount + other.cost.amount, cost.currency)
    return replace(
        one,
        requests=one.requests + other.requests,
        estimated=one.estimated + other.estimated,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        completion_tokens=one.completion_tokens + other.completion_tokens,
        cost=cost,
    )
