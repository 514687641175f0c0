"""Pictures go to a batch service once, are followed over every kind of ending, and paid for once."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from tests.fakes import (
    FakeClock,
    FakeNotifier,
    FakeRemoteBatches,
    FakeSecretStore,
    FakeSettingsStore,
    FakeSpendingStore,
    FakeSubmissionStore,
    usual_reply,
)
from writetex_desktop.core.batch import BatchItem, ItemState, Source
from writetex_desktop.core.batch_wire import RemoteState
from writetex_desktop.core.cost import Currency, Money, Price
from writetex_desktop.core.errors import ConversionError, EndpointError, Fault, ImageError, StorageError
from writetex_desktop.core.guidance import Guidance
from writetex_desktop.core.image import Bitmap, EncodedImage
from writetex_desktop.core.provider import BatchTerms, Catalogue, Model, Provider, ProviderKind
from writetex_desktop.core.recognition import Mode, Recognition
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings import Profile, Settings
from writetex_desktop.core.submission import Submission
from writetex_desktop.services.batch_access import Accesses
from writetex_desktop.services.settings_service import Overrides, SettingsService
from writetex_desktop.services.spending import Spending
from writetex_desktop.services.submissions import FIRST_WAIT_S, Followed, Submissions
from writetex_desktop.services.submitting import Handed, Submitter, new_submission
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


class World:
    """A batch service, a disk and a program; `restarted` is the next run of the program."""

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
        self.submissions = Submissions(
            self.store,
            self.accesses,
            results=self.results,
            export=export,
            spending=self.spending,
            clock=self.clock,
            busy=busy,
            tell=self.told.append,
        )

    @contextmanager
    def results(self, submission: Submission) -> Iterator[Lines]:
        yield self.files[submission.output]

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


def said(item: BatchItem) -> str:
    return item.failure.message if item.failure else item.output


Rest = dict[str, object] | None


def except_for(
    place: int, reply: dict[str, object] | None
) -> Callable[[dict[str, Any]], dict[str, object] | None]:
    """Answer every request but one."""
    return lambda request: reply if request["custom_id"].endswith(f"-{place}") else usual_reply(request)


async def test_what_is_handed_in_is_what_would_be_asked_for_one_by_one() -> None:
    world = World()
    handed = await world.hand_in("a.png", "b.png")
    assert handed.submission is not None
    assert (handed.submission.count, handed.submission.state) == (2, RemoteState.VALIDATING)
    first, second = map(json.loads, world.remote.files["file-0"].splitlines())
    assert (first["method"], first["url"]) == ("POST", "/v1/chat/completions")
    assert first["custom_id"] != second["custom_id"]
    body = first["body"]
    assert (body["model"], "stream" in body) == ("m", False)
    assert body["messages"][0]["content"][0]["image_url"]["url"].startswith("data:image/png;base64,")
    assert "Mind formula." in body["messages"][0]["content"][1]["text"]


async def test_answers_in_any_order_become_results_at_the_lower_price_and_are_paid_once() -> None:
    world = World()
    await world.hand_in("a.png", "b.png", "odd.png")
    assert not (await world.look()).submission.is_over
    world.remote.finish("batch-0")
    fetched: list[tuple[BatchItem, ...]] = []
    world.submissions.on_fetched(fetched.append)
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png", "odd.png") == [
        (ItemState.DONE, "<x^2>"),
        (ItemState.DONE, "<x^2>"),
        (ItemState.FAILED, "It cannot carry this."),
    ]
    ((first, *_),) = fetched
    assert first.recognition is not None
    assert first.recognition.cost == Money(Decimal("0.00025"), Currency.USD)
    assert await world.submissions.look() == ()
    await world.spending.aclose()
    (expense,) = world.money.expenses
    assert (expense.requests, expense.prompt_tokens) == (3, 1200)
    assert expense.cost == Money(Decimal("0.00075"), Currency.USD)
    assert world.remote.deleted == ["file-0"], "the pictures need not stay at the provider"


async def test_large_work_is_split_and_its_parts_are_fetched_as_they_end() -> None:
    world = World(BatchTerms(most_requests=2))
    handed = await world.hand_in("a.png", "b.png", "c.png")
    assert handed.submission is not None
    assert [part.count for part in handed.submission.parts] == [2, 1]
    world.remote.finish("batch-1")
    assert not (await world.look()).submission.is_over
    assert world.results_of("c.png") == [(ItemState.DONE, "<x^2>")]
    world.remote.finish("batch-0")
    assert (await world.look()).submission.is_over
    assert len(world.results_of("a.png", "b.png", "c.png")) == 3


async def test_the_same_work_is_handed_in_once_and_only_the_rest_follows() -> None:
    world = World()
    await world.hand_in("a.png", "bad.png")
    assert world.results_of("bad.png") == [(ItemState.FAILED, "That is no picture.")]
    world.files["out.jsonl"].items.clear()
    again = await world.hand_in("a.png", "b.png")
    assert (again.known, again.submission and again.submission.count) == (1, 1)
    for batch_id in ("batch-0", "batch-1"):
        world.remote.finish(batch_id)
    await world.submissions.look()
    third = await world.hand_in("a.png", "b.png")
    assert (third.known, third.submission) == (2, None)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (None, "The provider gave no answer for this picture."),
        (
            {"error": {"code": "batch_expired", "message": "Late."}},
            "The provider did not get to this picture",
        ),
        (
            {"response": {"status_code": 429, "body": {"error": {"message": "slow down"}}}},
            "api.example.com has had too many requests",
        ),
        (
            {"response": {"status_code": 200, "body": "nonsense"}},
            "api.example.com gave an answer that cannot",
        ),
        (
            {"response": {"status_code": 200, "body": {"choices": [{"message": {"content": "NONE"}}]}}},
            "There is nothing to transcribe",
        ),
    ],
)
async def test_one_bad_line_spoils_no_other(reply: Rest, says: str) -> None:
    world = World()
    await world.hand_in("a.png", "b.png")
    world.remote.finish("batch-0", reply=except_for(0, reply))
    output = world.remote.files["batch-0-output"]
    foreign = json.dumps({"custom_id": "ffff-0", **usual_reply({"body": {"model": "m"}})}).encode()
    world.remote.files["batch-0-output"] = output + b"\n" + foreign + b'\n{"custom_id": "ha'
    assert (await world.look()).submission.is_over
    (state, message), good = world.results_of("a.png", "b.png")
    assert state is ItemState.FAILED
    assert message.startswith(says)
    assert good == (ItemState.DONE, "<x^2>")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (RemoteState.EXPIRED, "The provider did not get to this picture in its time."),
        (RemoteState.CANCELLED, "It was cancelled before the provider came to this picture."),
    ],
)
async def test_what_was_answered_before_the_end_is_kept(state: RemoteState, says: str) -> None:
    world = World()
    await world.hand_in("a.png", "b.png")
    world.remote.finish("batch-0", state, except_for(1, None))
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png") == [(ItemState.DONE, "<x^2>"), (ItemState.FAILED, says)]


async def test_a_file_that_the_provider_refuses_says_why_at_each_picture() -> None:
    world = World()
    await world.hand_in("a.png")
    failed = replace(world.remote.batches["batch-0"], state=RemoteState.FAILED, problem="No such model.")
    world.remote.batches["batch-0"] = failed
    await world.look()
    assert world.results_of("a.png") == [
        (ItemState.FAILED, "The provider refused the whole file. It said: “No such model.”")
    ]


async def test_cancelling_tells_the_provider_and_keeps_what_is_there() -> None:
    world = World()
    handed = await world.hand_in("a.png")
    assert handed.submission is not None
    followed = await world.submissions.cancel(handed.submission.id)
    assert followed is not None
    assert followed.submission.state is RemoteState.CANCELLING
    assert await world.submissions.cancel("nothing") is None
    await world.submissions.forget(handed.submission.id)
    assert await world.submissions.look() == ()


async def test_a_batch_that_the_provider_began_is_not_begun_twice() -> None:
    world = World()
    submission = (await world.hand_in("a.png")).submission
    assert submission is not None
    # The program ended before it heard of it.
    world.store.save(submission.with_part(0, lambda part: replace(part, remote=None)))
    world.restarted()
    assert (await world.look()).submission == submission
    assert list(world.remote.batches) == ["batch-0"]


async def test_a_program_that_ended_while_answers_were_written_writes_the_rest() -> None:
    world = World()
    submission = (await world.hand_in("a.png", "b.png")).submission
    assert submission is not None
    names = dict(world.store.names)
    world.remote.finish("batch-0")
    await world.look()
    del world.files["out.jsonl"].items[1:]
    world.store.save(submission)
    world.store.names = names
    world.restarted()
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png") == [(ItemState.DONE, "<x^2>")] * 2


async def test_results_that_cannot_be_written_are_fetched_again_later() -> None:
    world = World()
    await world.hand_in("a.png")
    world.remote.finish("batch-0")
    kept, world.files["out.jsonl"] = world.files["out.jsonl"], Full()
    followed = await world.look()
    assert isinstance(followed.trouble, StorageError)
    await world.spending.aclose()
    assert world.money.expenses == ()
    world.files["out.jsonl"] = kept
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png") == [(ItemState.DONE, "<x^2>")]


async def test_a_refusal_leaves_nothing_behind_and_a_passing_one_is_tried_again() -> None:
    world = World()
    world.remote.error = EndpointError("The key is wrong.", fault=Fault.BAD_KEY)
    with pytest.raises(EndpointError):
        await world.hand_in("a.png")
    assert await world.submissions.look() == ()
    world.remote.error = None

    world.remote.refusal = EndpointError("There is no such model.", fault=Fault.WRONG_MODEL)
    with pytest.raises(EndpointError):
        await world.hand_in("a.png")
    assert await world.submissions.look() == ()
    assert world.remote.deleted == ["file-0"]
    world.remote.refusal = EndpointError("Too many wait.", fault=Fault.RATE_LIMITED)
    handed = await world.hand_in("a.png")
    assert handed.submission is not None
    assert isinstance((await world.look()).trouble, EndpointError)
    world.remote.refusal = None
    assert (await world.look()).trouble is None
    assert list(world.remote.batches) == ["batch-0"]


async def test_the_profile_is_found_by_its_base_url_and_missed_with_a_sentence() -> None:
    world = World()
    await world.hand_in("a.png")
    other = Profile("q", "Q", "https://other.example/v1", "n")
    world.restarted(Settings((other, PROFILE), "q"))
    assert (await world.look()).trouble is None
    world.restarted(Settings((other,), "q"))
    trouble = (await world.look()).trouble
    assert trouble is not None
    assert trouble.message == "There is no profile for api.example.com, which has pictures to be read."
    with pytest.raises(EndpointError) as raised:
        await world.accesses.active()
    assert raised.value.message == "other.example has no batch service that this program knows of."


async def test_following_looks_less_often_while_nothing_happens_and_ends_with_the_last_answer() -> None:
    world = World()
    await world.hand_in("a.png")

    done = asyncio.Event()

    def passed(slept: int) -> None:
        if slept == 12:
            world.remote.finish("batch-0")

    world.clock.on_sleep = passed
    world.submissions.followed.subscribe(lambda now: None if now else done.set())
    task = asyncio.ensure_future(world.submissions.follow())
    await asyncio.wait_for(done.wait(), 10)
    task.cancel()
    slept = world.clock.slept
    assert slept[:3] == [FIRST_WAIT_S, FIRST_WAIT_S * 1.5, FIRST_WAIT_S * 1.5**2]
    assert slept[-1] == max(slept) == 300
    assert world.results_of("a.png") == [(ItemState.DONE, "<x^2>")]
