"""Folders and documents become pictures, and what they will cost is estimated."""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import (
    FakeDocumentReader,
    FakeImageCodec,
    FakeNotifier,
    FakeSecretStore,
    FakeSettingsStore,
    FakeSpendingStore,
)
from writetex_desktop.adapters.pictures.picture_files import file_digest, find_pictures
from writetex_desktop.core.batches.batch import Source
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.reading.guidance import NO_GUIDANCE, Guidance
from writetex_desktop.core.reading.recognition import EngineChoice, Mode
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.batches.estimate import Estimator
from writetex_desktop.services.batches.sources import Sources, Wanted
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

PRICE = Price(Decimal(1), Decimal(2), Currency.USD)


def sources(**documents: int) -> Sources:
    return Sources(
        read=lambda name: Path(name).read_bytes() if "/" in name else bytes((1, 1, 7, 0, 0, 0)),
        find=find_pictures,
        file_digest=file_digest,
        codec=FakeImageCodec(),
        documents=FakeDocumentReader({f"{name}.pdf": pages for name, pages in documents.items()}),
    )


def test_a_folder_gives_its_pictures_in_the_order_of_a_reader(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("10.png", "2.PNG", "notes.txt", "deep/1.jpg", ".secret.png", ".hidden/3.png"):
        (tmp_path / name).touch()
    found = [str(Path(path).relative_to(tmp_path)) for path in find_pictures(str(tmp_path))]
    assert found == ["2.PNG", "10.png", "deep/1.jpg"]


def test_a_document_gives_its_pages_and_one_that_cannot_be_opened_one_item_that_says_so() -> None:
    batch = sources(two=2).expand(["a.png", "two.pdf", "broken.pdf"], Wanted())
    assert [(item.source.path, item.source.page, item.mode) for item in batch.items] == [
        ("a.png", 0, Mode.FORMULA),
        ("two.pdf", 1, Mode.TEXT),
        ("two.pdf", 2, Mode.TEXT),
        ("broken.pdf", 1, Mode.TEXT),
    ]
    assert sources(two=2).bitmap(Source("two.pdf", 2)).data[0] == 2


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"1")
    before = sources().digest(Source(str(path)))
    assert before == file_digest(str(path))
    path.write_bytes(b"2")
    assert sources().digest(Source(str(path))) != before


async def without_wishes(_mode: Mode) -> Guidance:
    return NO_GUIDANCE


async def estimate(
    settings: Settings, count: int = 100, guide: Callable[[Mode], Awaitable[Guidance]] = without_wishes
) -> Estimate:
    tasks = Tasks(FakeNotifier())
    service = SettingsService(
        FakeSettingsStore(), FakeSecretStore(), settings, Overrides(key=Secret("sk-estimate"))
    )
    spending = Spending(
        FakeSpendingStore(), (), service.settings, Catalogue(()), tasks=tasks, today=lambda: date(2026, 11, 1)
    )
    reader = sources()
    batch = reader.expand([f"{number}.png" for number in range(count)], Wanted())
    return await Estimator(reader, service, spending, guide=guide).estimate(batch)


def configured(price: Price | None, cap: Money | None = None) -> Settings:
    profile = Profile("p", "P", "https://api.example.org/v1", "gpt-4o", price=price)
    return Settings(profiles=(profile,), active_profile="p", monthly_cap=cap)


async def test_an_estimate_grows_with_the_batch_and_minds_the_limit() -> None:
    small, large = await estimate(configured(PRICE), 10), await estimate(configured(PRICE), 1000)
    assert small.cost is not None
    assert large.cost is not None
    assert large.cost.high.amount == pytest.approx(100 * small.cost.high.amount, Decimal("0.01"))
    assert large.cost.high.amount > large.cost.low.amount > 0
    assert small.model == "gpt-4o"
    assert not large.is_over_limit
    cap = Money(Decimal("0.01"), Currency.USD)
    assert (await estimate(configured(PRICE, cap))).is_over_limit


async def test_what_goes_along_with_each_picture_is_part_of_the_estimate() -> None:
    wishes = Guidance(instructions="x" * 400, macros=r"\newcommand{\R}{\mathbb{R}}")

    async def guide(_mode: Mode) -> Guidance:
        return wishes

    bare, guided = await estimate(configured(PRICE), 10), await estimate(configured(PRICE), 10, guide)
    assert guided.low.prompt_tokens - bare.low.prompt_tokens == pytest.approx(10 * wishes.tokens, abs=10)


async def test_a_document_that_cannot_be_read_is_left_out_of_the_estimate() -> None:
    async def guide(_mode: Mode) -> Guidance:
        raise StorageError("The document is gone.", "Choose another one.")

    assert await estimate(configured(PRICE), 10, guide) == await estimate(configured(PRICE), 10)


@pytest.mark.parametrize("choice", [EngineChoice.OFFLINE, EngineChoice.AUTO])
async def test_the_embedded_recogniser_costs_nothing(choice: EngineChoice) -> None:
    assert await estimate(Settings(engine=choice), 3) == Estimate(3)


async def test_without_a_price_the_tokens_are_estimated_and_the_cost_is_not_known() -> None:
    found = await estimate(configured(None))
    assert found.cost is None
    assert found.high.prompt_tokens > 100 * 255
