import asyncio
from collections.abc import AsyncGenerator
from datetime import date
from decimal import Decimal

import pytest

from tests.fakes import FakeNotifier, FakeRecognizer, FakeSpendingStore
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue, Model, Provider, ProviderKind
from writetex_desktop.core.errors import EndpointError, Fault, WriteTexError
from writetex_desktop.core.money import CostRange, Currency, Money
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import (
    Completed,
    Engine,
    RecognitionRequest,
    RecognizerEvent,
    TextDelta,
    Usage,
)
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.metering import MeteredRecognizer
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

URL = "https://api.example.com/v1"
LOCAL = "http://localhost:11434/v1"
PRICE = Price(Decimal(1), Decimal(10), Currency.CNY)
FREE = Price(Decimal(0), Decimal(0), Currency.USD)
MODELS = (Model("dear", "Dear", price=PRICE), Model("free", "Free", price=FREE), Model("odd", "Odd"))
CATALOGUE = Catalogue(
    (Provider("p", "P", ProviderKind.SERVICE, base_url=URL, hosts=("example.com",), models=MODELS),)
)
REQUEST = RecognitionRequest(EncodedImage("image/png", b"x", 1, 1))


class Bench:
    """A `Spending` with a store, settings and a calendar that the test can turn."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.store = FakeSpendingStore()
        self.settings = Observable(settings or Settings())
        self.notifier = FakeNotifier()
        self.day = date(2026, 11, 23)
        self.spending = Spending(
            self.store,
            (),
            self.settings,
            CATALOGUE,
            tasks=Tasks(self.notifier),
            today=lambda: self.day,
        )

    def metered(self, *script: RecognizerEvent | WriteTexError, model: str = "dear") -> "Metered":
        return Metered(FakeRecognizer([script]), model, self.spending)


class Metered:
    """A metered recogniser over a script, whose connection does nothing."""

    def __init__(self, inner: FakeRecognizer, model: str, spending: Spending) -> None:
        self.inner = inner
        self.calls: list[str] = []
        self._metered = MeteredRecognizer(self, URL, model, spending)

    def recognize(self, request: RecognitionRequest) -> AsyncGenerator[RecognizerEvent, None]:
        events = self.inner.recognize(request)
        assert isinstance(events, AsyncGenerator)
        return events

    async def warm(self) -> None:
        self.calls.append("warm")

    async def aclose(self) -> None:
        self.calls.append("aclose")

    async def read(self) -> list[RecognizerEvent]:
        return [event async for event in self._metered.recognize(REQUEST)]

    async def read_only_one(self) -> RecognizerEvent:
        events = self._metered.recognize(REQUEST)
        assert isinstance(events, AsyncGenerator)
        first = await anext(events)
        await events.aclose()
        assert isinstance(first, TextDelta)
        return first

    async def live_and_die(self) -> None:
        await self._metered.warm()
        await self._metered.aclose()


def yuan(amount: str) -> Money:
    return Money(Decimal(amount), Currency.CNY)


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), Currency.USD)


async def test_what_goes_along_beside_the_picture_is_part_of_the_estimate() -> None:
    bench = Bench()
    assert bench.spending.record(URL, "dear", None, more_tokens=1000) == CostRange(
        yuan("0.0014"), yuan("0.003")
    )
    (expense,) = bench.spending.this_month()
    assert (expense.prompt_tokens, expense.estimated) == (2000, 1)


async def test_a_request_is_counted_priced_and_kept() -> None:
    bench = Bench()
    assert bench.spending.record(URL, "dear", Usage(400, 20)) == yuan("0.0006")
    await bench.spending.aclose()
    assert bench.store.expenses == bench.spending.this_month()
    (expense,) = bench.store.expenses
    assert (expense.month, expense.host, expense.model) == ("2026-11", "api.example.com", "dear")
    assert (expense.requests, expense.prompt_tokens, expense.completion_tokens) == (1, 400, 20)


async def test_a_request_without_tokens_is_estimated() -> None:
    bench = Bench()
    assert bench.spending.record(URL, "dear", None) == CostRange(yuan("0.0004"), yuan("0.002"))
    assert bench.spending.spent(Currency.CNY) == yuan("0.002")


async def test_a_request_to_nobody_we_know_has_no_cost_but_counts() -> None:
    bench = Bench()
    assert bench.spending.record(LOCAL, "any", Usage(400, 20)) is None
    (expense,) = bench.spending.this_month()
    assert (expense.host, expense.cost) == ("localhost:11434", None)


async def test_expenses_recorded_at_once_are_all_kept_and_wait_as_one() -> None:
    bench = Bench()
    before = len(asyncio.all_tasks())
    for _ in range(20):
        bench.spending.record(URL, "dear", Usage(1, 1))
    assert len(asyncio.all_tasks()) == before + 1
    await bench.spending.aclose()
    (expense,) = bench.store.expenses
    assert expense.requests == 20


async def test_an_expense_that_cannot_be_kept_is_told_and_counts_in_this_run() -> None:
    bench = Bench()
    bench.store.full = True
    bench.spending.record(URL, "dear", Usage(400, 20))
    await bench.spending.aclose()
    assert [notice.message for notice in bench.notifier.notices] == ["The expense could not be kept."]
    assert bench.spending.spent(Currency.CNY) == yuan("0.0006")
    bench.store.full = False
    bench.spending.record(URL, "dear", Usage(1, 1))
    await bench.spending.aclose()
    assert [expense.requests for expense in bench.store.expenses] == [2]


async def test_a_new_month_starts_at_nothing() -> None:
    bench = Bench()
    bench.spending.record(URL, "dear", Usage(400, 20))
    bench.day = date(2026, 12, 1)
    assert bench.spending.this_month() == ()
    assert bench.spending.spent(Currency.USD) == dollars("0")
    assert len(bench.spending.expenses.value) == 1


def own_price(base_url: str, model: str) -> Settings:
    price = Price(Decimal(3), Decimal(4), Currency.USD)
    broken = Profile("b", "B", "not an address", model, price=price)
    return Settings(profiles=(broken, Profile("a", "A", base_url, model, price=price)))


async def test_the_users_own_price_goes_before_the_catalogues() -> None:
    bench = Bench(own_price("api.example.com", "dear"))
    assert bench.spending.cost(URL, "dear", Usage(1_000_000, 0)) == dollars("3")


async def test_the_users_own_price_is_for_his_model_only() -> None:
    bench = Bench(own_price("api.example.com", "other"))
    assert bench.spending.price(URL, "dear") == PRICE
    assert bench.spending.price(URL, "odd") is None


async def test_without_a_limit_nothing_is_asked() -> None:
    bench = Bench()
    for _ in range(100):
        bench.spending.record(URL, "dear", None)
    bench.spending.check(URL, "dear")
    assert not bench.spending.would_exceed(URL, "dear")


async def test_the_request_that_could_pass_the_limit_is_asked_about_first() -> None:
    bench = Bench(Settings(monthly_cap=yuan("0.005")))
    bench.spending.record(URL, "dear", None)
    bench.spending.check(URL, "dear")
    bench.spending.record(URL, "dear", None)
    assert bench.spending.would_exceed(URL, "dear")
    with pytest.raises(EndpointError) as caught:
        bench.spending.check(URL, "dear")
    assert caught.value.fault is Fault.CAP_REACHED
    assert not caught.value.retryable
    assert "your limit of ¥0.005" in caught.value.message
    assert "¥0.004 are spent" in caught.value.message


async def test_the_limit_holds_in_every_currency_at_the_users_rate() -> None:
    bench = Bench(Settings(monthly_cap=dollars("0.0005"), cny_per_usd=Decimal(4)))
    assert not bench.spending.would_exceed(URL, "dear")
    bench.settings.set(Settings(monthly_cap=dollars("0.0005"), cny_per_usd=Decimal("3.9")))
    assert bench.spending.would_exceed(URL, "dear")


@pytest.mark.parametrize(("base_url", "model"), [(URL, "free"), (URL, "odd"), (LOCAL, "dear")])
async def test_what_is_free_or_has_no_known_price_is_never_asked_about(base_url: str, model: str) -> None:
    bench = Bench(Settings(monthly_cap=yuan("0")))
    bench.spending.check(base_url, model)
    assert not bench.spending.would_exceed(base_url, model)


async def test_the_user_may_go_on_until_the_month_ends() -> None:
    bench = Bench(Settings(monthly_cap=yuan("0.001")))
    bench.spending.allow()
    bench.spending.check(URL, "dear")
    bench.day = date(2026, 12, 1)
    with pytest.raises(EndpointError):
        bench.spending.check(URL, "dear")


DONE = Completed(Engine.ENDPOINT, "dear", Usage(400, 20))


async def test_a_metered_answer_says_what_it_cost() -> None:
    bench = Bench()
    *deltas, done = await bench.metered(TextDelta("x"), TextDelta("y"), DONE).read()
    assert deltas == [TextDelta("x"), TextDelta("y")]
    assert isinstance(done, Completed)
    assert done.cost == yuan("0.0006")
    assert [each.requests for each in bench.spending.this_month()] == [1]


async def test_an_answer_that_breaks_off_is_counted_as_an_estimate() -> None:
    bench = Bench()
    metered = bench.metered(TextDelta("x"), EndpointError("Cut.", fault=Fault.CUT))
    with pytest.raises(EndpointError):
        await metered.read()
    assert [(each.requests, each.estimated) for each in bench.spending.this_month()] == [(1, 1)]


async def test_an_answer_that_the_user_cancels_is_counted_as_an_estimate() -> None:
    bench = Bench()
    await bench.metered(TextDelta("x"), DONE).read_only_one()
    assert [(each.requests, each.estimated) for each in bench.spending.this_month()] == [(1, 1)]
    await bench.spending.aclose()


async def test_a_refused_request_costs_nothing() -> None:
    bench = Bench()
    with pytest.raises(EndpointError):
        await bench.metered(EndpointError("No.", fault=Fault.BAD_KEY)).read()
    assert bench.spending.this_month() == ()


async def test_nothing_is_sent_over_the_limit() -> None:
    bench = Bench(Settings(monthly_cap=yuan("0.001")))
    metered = bench.metered(TextDelta("x"), DONE)
    with pytest.raises(EndpointError) as caught:
        await metered.read()
    assert caught.value.fault is Fault.CAP_REACHED
    assert metered.inner.requests == []


async def test_the_connection_is_warmed_and_closed_as_ever() -> None:
    metered = Bench().metered(DONE)
    await metered.live_and_die()
    assert metered.calls == ["warm", "aclose"]
