import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.costs.cost import (
    CNY_PER_USD,
    Price,
    convert,
    cost_of,
    estimate_cost,
    format_money,
    format_range,
)
from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.reading.recognition import Usage

RESOURCES = Path(__file__).parents[4] / "resources"
CATALOGUE = parse_catalogue(
    tomllib.loads((RESOURCES / "providers.toml").read_text(encoding="utf-8"), parse_float=Decimal)
)


def money(text: str) -> Money:
    return Money(Decimal(text[1:]), {"$": Currency.USD, "¥": Currency.CNY}[text[0]])


# The nine rows of field.md 6b: what the user guide's prices make of its 300-1000 and 10-100 tokens.
@pytest.mark.parametrize(
    ("provider", "model", "low", "high"),
    [
        ("openai", "gpt-5-mini", "$0.000095", "$0.00045"),
        ("openai", "gpt-5.1", "$0.000475", "$0.00225"),
        ("anthropic", "claude-sonnet-4-5", "$0.00105", "$0.0045"),
        ("openrouter", "x-ai/grok-4", "$0.00105", "$0.0045"),
        ("anthropic", "claude-opus-4-5", "$0.00175", "$0.0075"),
        ("google", "gemini-2.5-flash", "$0.000115", "$0.00055"),
        ("google", "gemini-3-flash-preview", "$0.00018", "$0.0008"),
        ("alibaba", "qwen3-vl-flash", "¥0.00006", "¥0.0003"),
        ("bytedance", "doubao-seed-1-6-flash-250828", "¥0.00006", "¥0.0003"),
        ("alibaba", "qwen3-vl-plus", "¥0.0004", "¥0.002"),
        ("tencent", "hunyuan-turbos-vision", "¥0.00099", "¥0.0039"),
        ("tencent", "hunyuan-t1-vision", "¥0.00099", "¥0.0039"),
        ("bytedance", "doubao-seed-1-6-vision-250815", "¥0.00032", "¥0.0016"),
    ],
)
def test_an_ordinary_formula_costs_what_the_user_guide_implies(
    provider: str, model: str, low: str, high: str
) -> None:
    entry = CATALOGUE.provider(provider)
    assert entry is not None
    found = entry.model(model)
    assert found is not None
    assert found.price is not None
    assert estimate_cost(found.price) == CostRange(money(low), money(high))


def test_reasoning_is_paid_as_completion_and_only_once() -> None:
    price = Price(Decimal(1), Decimal(10), Currency.USD)
    assert cost_of(Usage(500, 2000, reasoning_tokens=1990), price) == money("$0.0205")


def test_a_free_model_costs_nothing() -> None:
    assert cost_of(Usage(1000, 100), Price(Decimal(0), Decimal(0), Currency.USD)) == money("$0")


def test_the_rate_of_the_user_guide_is_7_1() -> None:
    assert convert(money("$2"), Currency.CNY, CNY_PER_USD) == money("¥14.2")
    assert convert(money("¥14.2"), Currency.USD, CNY_PER_USD) == money("$2")


def test_the_same_currency_is_left_as_it_is() -> None:
    assert convert(money("$2"), Currency.USD, Decimal(9)) == money("$2")


amounts = st.decimals(0, 10**6, places=9)


@given(amounts, st.decimals("0.001", 1000, places=3), st.sampled_from(Currency), st.sampled_from(Currency))
def test_there_and_back_is_the_same_to_a_billionth(
    amount: Decimal, rate: Decimal, here: Currency, there: Currency
) -> None:
    back = convert(convert(Money(amount, here), there, rate), here, rate)
    assert abs(back.amount - amount) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("$0", "$0"),
        ("$0.000", "$0"),
        ("$12.345", "$12.34"),
        ("$0.1", "$0.10"),
        ("$1234567", "$1234567.00"),
        ("$0.099", "$0.099"),
        ("$0.0999", "$0.10"),
        ("$0.00045", "$0.00045"),
        ("$0.000095", "$0.000095"),
        ("$0.00225", "$0.0022"),
        ("¥0.0003", "¥0.0003"),
        ("¥0.00000026", "¥0.00000026"),
    ],
)
def test_amounts_are_written_with_the_digits_that_count(amount: str, written: str) -> None:
    assert format_money(money(amount)) == written


@given(st.decimals(0, 10**9, allow_nan=False), st.sampled_from(Currency))
def test_what_is_written_is_near_the_amount_and_never_scientific(amount: Decimal, currency: Currency) -> None:
    written = format_money(Money(amount, currency))
    assert "E" not in written.upper()
    assert abs(Decimal(written[1:]) - amount) <= max(amount / 20, Decimal(0))


def test_an_estimate_is_marked_as_one() -> None:
    assert format_range(CostRange(money("$0.000095"), money("$0.00045"))) == "≈ $0.000095 – $0.00045"
    assert format_range(CostRange(money("$0"), money("$0"))) == "≈ $0"
