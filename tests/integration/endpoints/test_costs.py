"""From the setting of a profile to the file of expenses, with the real SDK on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import FakeClock, FakeNotifier, FakeSecretStore, FakeSettingsStore
from tests.integration.endpoints.wire_server import (
    Reply,
    Wait,
    WireServer,
    answer,
    delta,
    refusal,
    sse,
    wire_server,
)
from writetex_desktop.adapters.endpoint.recognizer import OpenAIRecognizer
from writetex_desktop.adapters.storage.spending_file import SpendingFile
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import EndpointError, Fault
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import Recognition, RecognitionEvent, RecognitionRequest
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.reading.engines import Engines
from writetex_desktop.services.reading.metering import MeteredRecognizer
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

PRICE = Price(Decimal("0.25"), Decimal(2), Currency.USD)
COST = Money(Decimal("0.000117"), Currency.USD)
"""What 412 and 7 tokens cost, which `answer` says it used."""

REQUEST = RecognitionRequest(EncodedImage("image/png", b"\x89PNG", 64, 32))


class Program:
    """The parts of the program that an expense passes."""

    def __init__(self, wire: WireServer, path: Path, cap: Money | None) -> None:
        profile = Profile("p", "P", wire.base_url, "some-model", price=PRICE)
        settings = Settings(profiles=(profile,), active_profile="p", monthly_cap=cap)
        service = SettingsService(FakeSettingsStore(settings), FakeSecretStore(), settings, Overrides())
        self.store = SpendingFile(path)
        self.spending = Spending(
            self.store,
            self.store.load(),
            service.settings,
            Catalogue(),
            tasks=Tasks(FakeNotifier()),
            today=lambda: date(2026, 11, 23),
        )
        self.engines = Engines(
            service,
            lambda endpoint: MeteredRecognizer(
                OpenAIRecognizer(endpoint), endpoint.base_url, endpoint.model, self.spending
            ),
            None,
            FakeClock(),
        )

    async def read(self) -> list[RecognitionEvent]:
        return [event async for event in self.engines.recognise(REQUEST)]

    async def close(self) -> None:
        await self.engines.aclose()
        await self.spending.aclose()


@asynccontextmanager
async def program(wire: WireServer, path: Path, cap: Money | None = None) -> AsyncIterator[Program]:
    running = Program(wire, path, cap)
    try:
        yield running
    finally:
        await running.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spending.json"


async def test_a_snip_shows_its_cost_and_the_month_keeps_it(path: Path) -> None:
    async with wire_server(answer(), answer()) as wire:
        async with program(wire, path) as running:
            *_, first = await running.read()
            *_, second = await running.read()
        async with program(wire, path) as restarted:
            assert restarted.spending.spent(Currency.USD) == Money(COST.amount * 2, Currency.USD)
    assert isinstance(first, Recognition)
    assert isinstance(second, Recognition)
    assert first.cost == second.cost == COST
    (expense,) = SpendingFile(path).load()
    assert (expense.requests, expense.prompt_tokens, expense.completion_tokens) == (2, 824, 14)


async def test_a_refused_request_costs_nothing(path: Path) -> None:
    async with (
        wire_server(refusal("401 Unauthorized", {"error": {"message": "No."}})) as wire,
        program(wire, path) as running,
    ):
        with pytest.raises(EndpointError):
            await running.read()
    assert SpendingFile(path).load() == ()


async def test_a_snip_that_is_cancelled_while_it_streams_is_kept_as_an_estimate(path: Path) -> None:
    reply = Reply((*sse(delta("x"), end=""), Wait()))
    arrived = asyncio.Event()

    async def read(running: Program) -> None:
        async for _ in running.engines.recognise(REQUEST):
            arrived.set()

    async with wire_server(reply) as wire, program(wire, path) as running:
        task = asyncio.create_task(read(running))
        await arrived.wait()
        task.cancel()
        await wire.left.wait()
        await asyncio.wait([task])
    (expense,) = SpendingFile(path).load()
    assert (expense.requests, expense.estimated) == (1, 1)


async def test_nothing_reaches_the_server_over_the_limit(path: Path) -> None:
    async with wire_server() as wire, program(wire, path, Money(Decimal(0), Currency.CNY)) as running:
        with pytest.raises(EndpointError) as caught:
            await running.read()
        assert caught.value.fault is Fault.CAP_REACHED
        assert wire.requests == []
