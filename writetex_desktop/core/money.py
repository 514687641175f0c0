"""Amounts of money, exact to the last digit, and what a request cost."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Currency(StrEnum):
    """The currencies that providers bill in, by their ISO 4217 codes."""

    USD = "USD"
    CNY = "CNY"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, exact to the last digit."""

    amount: Decimal
    currency: Currency


@dataclass(frozen=True, slots=True)
class CostRange:
    """An estimate: what a request costs at least and at most, when all goes as usual."""

    low: Money
    high: Money


Cost = Money | CostRange
"""What a request cost, as counted or as estimated."""
