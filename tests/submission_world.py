"""A batch service, a disk and a program: what handing in, following and showing are tried on."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO

from tests.fakes import (
    FakeClock,
    FakeNotifier,
    FakeRemoteBatches,
    FakeSecretStore,
    FakeSettingsStore,
    FakeSpendingStore,
    FakeSubmissionStore,
)
from writetex_desktop.core.batches.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.provider import (
    BatchTerms,
    Catalogue,
    Model,
    Provider,
    ProviderKind,
)
from writetex_desktop.core.errors import ConversionError, ImageError, StorageError
from writetex_desktop.core.money import Currency
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage
from writetex_desktop.core.reading.guidance import Guidance
from writetex_desktop.core.reading.recognition import Mode, Recognition
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.batches.access import Accesses
from writetex_desktop.services.batches.fetching import Fetcher
from writetex_desktop.services.batches.submissions import Followed, Submissions
from writetex_desktop.services.batches.submitting import Handed, Submitter, new_submission
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.settings.spending import Spending
from writetex_desktop.services.tasks import Tasks

URL = "https://api.example.com/v1"
KEY = Secret("sk-0123456789abcdef")
PROFILE = Profile("p", "P", URL, "m")


class Reader:
    """Pictures that are their own names; one that begins with `bad` cannot be read."""

    def digest(self, source: Source) -> str:
        return f"digest of {source.path}"

    def bitmap(self, source: Source) -> Bitmap:
        if source.path.startswith("bad"):
            raise ImageError("That is no picture.", "Use another.")
        return Bitmap(1, 1, source.path.encode()[:4].ljust(4))

    def encode(self, source: Source, bitmap: Bitmap) -> EncodedImage:  # noqa: ARG002 - part of the protocol
        return EncodedImage("image/png", bytes(bitmap.data), 1, 1)


@dataclass
class Watch(FakeClock):
    """A clock that says how often somebody has slept."""

    on_sleep: Callable[[int], None] = lambda _slept: None

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.on_sleep(len(self.slept))


@dataclass
class Lines:
    """A file of results."""

    items: list[BatchItem] = field(default_factory=list)

    def known(self, item: BatchItem) -> BatchItem | None:
        return next((each for each in self.items if each.is_same_work(item)), None)

    def add(self, item: BatchItem) -> None:
        self.items.append(item)


class Full(Lines):
    def add(self, item: BatchItem) -> None:  # noqa: ARG002 - part of the protocol
        raise StorageError("The disk is full.", "Make room.")


async def export(recognition: Recognition, item: BatchItem, submission: Submission) -> str:
    if "odd" in item.source.path:
        raise ConversionError("It cannot carry this.", "Choose another form.")
    return f"<{recognition.markup}>"


def said(item: BatchItem) -> str:
    return item.failure.message if item.failure else item.output


class World:
    """All of it; `restarted` is the next run of the program."""

    def __init__(self, terms: BatchTerms | None = None) -> None:
        self.remote = FakeRemoteBatches()
        self.store = FakeSubmissionStore()
        self.money = FakeSpendingStore()
        self.files: dict[str, Lines] = {"out.jsonl": Lines()}
        self.clock = Watch()
        self.told: list[object] = []
        terms = terms or BatchTerms(price_share=Decimal("0.5"))
        price = Price(Decimal(1), Decimal(10), Currency.USD)
        provider = Provider(
            *("x", "Example", ProviderKind.SERVICE, URL),
            hosts=("api.example.com",),
            models=(Model("m", "M", price=price),),
            batch=terms,
        )
        self.catalogue = Catalogue((provider,))
        self.restarted()

    def restarted(self, settings: Settings | None = None) -> None:
        settings = settings or Settings((PROFILE,), "p")
        secrets = FakeSecretStore(secrets={each.id: KEY for each in settings.profiles})
        service = SettingsService(FakeSettingsStore(settings), secrets, settings, Overrides())
        self.settings = service
        self.spending = Spending(
            self.money,
            (),
            service.settings,
            self.catalogue,
            tasks=Tasks(FakeNotifier()),
            today=lambda: date(2026, 11, 23),
        )
        self.accesses = Accesses(service, self.catalogue, lambda *_: self.remote)
        busy = asyncio.Lock()
        self.submitter = Submitter(
            self.store, Reader(), results=self.results, spool=BytesIO, guide=self.guide, busy=busy
        )
        self.fetcher = Fetcher(self.store, results=self.results, export=export, spending=self.spending)
        self.submissions = Submissions(
            self.store,
            self.accesses,
            self.fetcher,
            clock=self.clock,
            busy=busy,
            tell=self.told.append,
        )

    @contextmanager
    def results(self, submission: Submission) -> Iterator[Lines]:
        yield self.files.setdefault(submission.output or submission.id, Lines())

    async def guide(self, mode: Mode) -> Guidance:
        return Guidance(instructions=f"Mind {mode}.")

    async def hand_in(self, *names: str) -> Handed:
        access = await self.accesses.active()
        items = [BatchItem(Source(name)) for name in names]
        return await self.submitter.hand_in(items, new_submission(access, "out.jsonl"), access)

    async def look(self) -> Followed:
        (followed,) = await self.submissions.look()
        return followed

    def results_of(self, *names: str) -> list[tuple[ItemState, str]]:
        items = self.files["out.jsonl"].items
        by_name = {item.source.path: item for item in items}
        assert len(by_name) == len(items), "a picture stands there twice"
        return [(by_name[name].state, said(by_name[name])) for name in names]
