"""What a request costs, from the tokens it used and the price of the model."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Protocol

from writetex_desktop.core.language.words import spoken_language
from writetex_desktop.core.money import Cost, CostRange, Currency, Money


class TokenCount(Protocol):
    """What is paid for; `core.reading.recognition.Usage` is one."""

    @property
    def prompt_tokens(self) -> int:
        """Tokens that were sent."""
        ...

    @property
    def completion_tokens(self) -> int:
        """Tokens of the answer, those of reasoning among them."""
        ...


@dataclass(frozen=True, slots=True)
class Tokens:
    """A count of our own."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs.

    Attributes:
        input: For a million prompt tokens.
        output: For a million completion tokens; reasoning counts as completion.
        currency: What both are in.
        as_of: The day on which it was read; None when the user gave it.
        source: Where it was read, an address or a name; empty when the user gave it.
    """

    input: Decimal
    output: Decimal
    currency: Currency
    as_of: date | None = None
    source: str = ""


CNY_PER_USD = Decimal("7.1")
"""The rate until the user sets another."""

NO_TOKENS = Tokens(0, 0)
"""What the embedded recogniser uses."""

USUAL_LOW = Tokens(300, 10)
USUAL_HIGH = Tokens(1000, 100)
"""The tokens of an ordinary picture of a formula, from small to large (the user guide of WriteTex)."""

_MILLION = Decimal(1_000_000)
_SYMBOLS = {Currency.USD: "$", Currency.CNY: "¥"}
_CENT = Decimal("0.01")


def cost_of(usage: TokenCount, price: Price) -> Money:
    """Say what a request cost."""
    amount = usage.prompt_tokens * price.input + usage.completion_tokens * price.output
    return Money(amount / _MILLION, price.currency)


def at_share(price: Price, share: Decimal) -> Price:
    """Give the price of what costs only a share of it, such as half."""
    return replace(price, input=price.input * share, output=price.output * share)


def estimate_cost(price: Price, more_prompt_tokens: int = 0) -> CostRange:
    """Say what an ordinary request costs; to be shown as the estimate that it is.

    Args:
        price: What the model costs.
        more_prompt_tokens: What is sent beside picture and prompt.
    """
    low, high = (plus(usual, more_prompt_tokens) for usual in (USUAL_LOW, USUAL_HIGH))
    return CostRange(cost_of(low, price), cost_of(high, price))


def plus(tokens: Tokens, more_prompt_tokens: int) -> Tokens:
    """Add what is sent beside picture and prompt."""
    return Tokens(tokens.prompt_tokens + more_prompt_tokens, tokens.completion_tokens)


def added_costs(costs: Iterable[Cost]) -> tuple[Cost, ...]:
    """Add costs up, one sum for each currency; a sum with an estimate in it is an estimate."""
    sums: dict[Currency, tuple[Decimal, Decimal]] = {}
    for cost in costs:
        low, high = (cost, cost) if isinstance(cost, Money) else (cost.low, cost.high)
        before = sums.get(low.currency, (Decimal(0), Decimal(0)))
        sums[low.currency] = before[0] + low.amount, before[1] + high.amount
    return tuple(
        Money(low, currency) if low == high else CostRange(Money(low, currency), Money(high, currency))
        for currency, (low, high) in sums.items()
    )


def convert(money: Money, currency: Currency, cny_per_usd: Decimal) -> Money:
    """Give the same worth in a currency.

    Args:
        money: What is converted.
        currency: What it is wanted in.
        cny_per_usd: The rate, above 0.
    """
    match money.currency, currency:
        case Currency.USD, Currency.CNY:
            return Money(money.amount * cny_per_usd, currency)
        case Currency.CNY, Currency.USD:
            return Money(money.amount / cny_per_usd, currency)
        case _:
            return money


def format_money(money: Money) -> str:
    """Write an amount for a reader: cents from ten cents on, else two digits that count.

    `$12.30`, `$0.0021`, `¥0.00026`; nothing at all is `$0`. The amount is not below 0.
    """
    amount = money.amount
    if amount:
        second_digit = Decimal(1).scaleb(amount.adjusted() - 1)
        amount = amount.quantize(min(second_digit, _CENT), ROUND_HALF_EVEN).normalize()
    if amount >= 10 * _CENT:
        amount = amount.quantize(_CENT)
    language = spoken_language()
    figure = f"{amount:f}".replace(".", language.decimal) if amount else "0"
    return language.money.format(symbol=_SYMBOLS[money.currency], amount=figure)


def format_range(cost: CostRange) -> str:
    """Write an estimate for a reader: `≈ $0.0001 – $0.0005`, or one amount where both read alike."""
    low, high = format_money(cost.low), format_money(cost.high)
    return f"≈ {low}" if low == high else f"≈ {low} – {high}"


def format_cost(cost: Cost) -> str:
    """Write what a request cost for a reader; estimates begin with `≈`."""
    return format_money(cost) if isinstance(cost, Money) else format_range(cost)
