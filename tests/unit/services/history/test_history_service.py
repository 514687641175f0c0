"""What is kept of the jobs, and what the user can do with it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes import (
    FakeClock,
    FakeHistoryStore,
    FakeImageCodec,
    FakeNotifier,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.core.errors import EndpointError, Fault, StorageError
from writetex_desktop.core.history.entry import HistoryEntry, moment_id
from writetex_desktop.core.history.export import ExportForm
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.job import Job, Origin, Stage
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    TextDelta,
    Usage,
)
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.history.history_service import EDIT_PAUSE_S, UNDO_STEPS, HistoryService
from writetex_desktop.services.reading.jobs import Jobs
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks

PICTURE = Bitmap(4, 2, bytes(range(32)))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class World:
    """A history with everything round it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.store = FakeHistoryStore()
        self.clock = FakeClock()
        self.notifier = FakeNotifier()
        self.tasks = Tasks(self.notifier)
        self.now = NOON
        self.answers: list[str | Exception] = []
        self.verdicts: dict[str, Trust] = {}
        self.may_judge = asyncio.Event()
        self.may_judge.set()
        self.files: dict[Path, str] = {}
        self.settings = SettingsService(
            FakeSettingsStore(), FakeSecretStore(), settings or Settings(), Overrides()
        )
        self.jobs = Jobs(FakeImageCodec(), self.recognise, self.clock, self.tasks)
        self.history = HistoryService(
            store=self.store,
            codec=FakeImageCodec(),
            jobs=self.jobs,
            settings=self.settings,
            clock=self.clock,
            now=lambda: self.now,
            export_file=self.export_file,
            notifier=self.notifier,
            tasks=self.tasks,
            judge=self.judge,
        )

    async def judge(self, _bitmap: Bitmap, recognition: Recognition) -> Trust | None:
        """Give the verdict that is there, when it is there."""
        await self.may_judge.wait()
        return self.verdicts.get(recognition.markup)

    async def recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        assert not profile
        answer = self.answers.pop(0) if self.answers else r"\alpha"
        if isinstance(answer, Exception):
            raise answer
        yield TextDelta(answer)
        cost = Money(Decimal("0.0006"), Currency.USD)
        yield Recognition(answer, request.mode, Engine.ENDPOINT, "gpt-x", 0.5, Usage(400, 12), cost=cost)

    @contextmanager
    def export_file(self, path: Path) -> Iterator[Callable[[str], None]]:
        pieces: list[str] = []
        yield pieces.append
        self.files[path] = "".join(pieces)

    async def settle(self) -> None:
        while self.tasks._running:
            await asyncio.gather(*self.tasks._running, return_exceptions=True)
            await asyncio.sleep(0)

    async def read(self, *answers: str | Exception, mode: Mode = Mode.FORMULA) -> Job:
        """Read a picture for each answer; gives the last job."""
        for answer in answers:
            self.answers.append(answer)
            self.jobs.start(PICTURE, Origin.SNIP, mode)
            await self.settle()
            self.now += timedelta(minutes=1)
        return self.jobs.jobs.value[-1]

    async def markups(self, search: str = "") -> list[str]:
        return [entry.markup for entry in await self.history.find(search)]


@pytest.fixture
def world() -> World:
    return World()


async def test_a_finished_result_is_kept_with_all_that_is_known_of_it(world: World) -> None:
    await world.read(r"\alpha", mode=Mode.TEXT)
    (entry,) = await world.history.find("")
    codec = FakeImageCodec()
    assert entry == HistoryEntry(
        moment_id(NOON),
        r"\alpha",
        Mode.TEXT,
        Engine.ENDPOINT,
        "gpt-x",
        0.5,
        Usage(400, 12),
        "$0.0006",
        favourite=False,
        thumbnail=codec.encode_png(PICTURE),
        has_picture=True,
    )
    assert await world.store.picture(entry.id) == codec.encode_png(PICTURE)
    assert world.history.revision.value == 1


async def test_an_answer_is_kept_before_anybody_has_judged_it(world: World) -> None:
    world.verdicts["x"] = Trust.DIFFERS
    world.may_judge.clear()
    kept = asyncio.Event()
    world.history.revision.subscribe(lambda _revision: kept.set())
    kept.clear()
    world.answers.append("x")
    world.jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await kept.wait()
    assert [entry.trust for entry in await world.history.find("x")] == [None]
    world.may_judge.set()
    await world.settle()
    (judged,) = await world.history.find("x")
    assert judged.trust is Trust.DIFFERS


async def test_what_failed_is_not_kept(world: World) -> None:
    job = await world.read(EndpointError("No.", fault=Fault.TIMEOUT, partial="x"))
    assert job.stage is Stage.FAILED
    assert await world.markups() == []


async def test_in_private_mode_nothing_is_kept_until_it_is_left(world: World) -> None:
    world.history.private.set(value=True)
    await world.read("a")
    world.history.private.set(value=False)
    await world.read("b")
    assert await world.markups() == ["b"]


async def test_nothing_is_kept_when_the_user_wants_none() -> None:
    world = World(Settings(keep_history=False))
    await world.read("a")
    assert world.store.entries == {}


async def test_the_picture_is_left_out_when_the_user_wants_that() -> None:
    world = World(Settings(keep_pictures=False))
    await world.read("a")
    (entry,) = await world.history.find("")
    assert entry.thumbnail
    assert not entry.has_picture
    assert world.store.pictures == {}


async def test_what_the_user_makes_of_the_markup_is_kept_after_a_pause(world: World) -> None:
    job = await world.read("a")
    for text in ("ab", "abc"):
        world.jobs.edit(job.id, text)
    await world.settle()
    assert await world.markups() == ["abc"]
    assert EDIT_PAUSE_S in world.clock.slept


async def test_a_second_reading_is_an_entry_of_its_own(world: World) -> None:
    job = await world.read("first")
    world.answers = ["second"]
    world.jobs.retry(job.id)
    await world.settle()
    world.jobs.edit(job.id, "second, edited")
    await world.settle()
    assert await world.markups() == ["second, edited", "first"]


async def test_retention_takes_the_oldest_but_no_favourites() -> None:
    world = World(Settings(history_entries=2))
    await world.read("a", "b")
    first = (await world.history.find("a"))[0]
    await world.history.mark(first.id, favourite=True)
    await world.read("c", "d")
    assert await world.markups() == ["d", "c", "a"]


async def test_what_is_too_old_goes_at_the_start() -> None:
    world = World(Settings(history_days=7))
    await world.read("old")
    world.now += timedelta(days=6)
    await world.history.start()
    assert await world.markups() == ["old"]
    world.now += timedelta(days=1)
    await world.history.start()
    assert await world.markups() == []


async def test_a_search_asks_for_words_days_and_favourites(world: World) -> None:
    await world.read("alpha")
    world.now += timedelta(days=2)
    await world.read("beta")
    (entry, _) = await world.history.find("")
    await world.history.mark(entry.id, favourite=True)
    assert await world.markups("fav:") == ["beta"]
    assert await world.markups("today") == ["beta"]
    assert await world.markups("2026-11-23") == ["alpha"]
    assert await world.markups("ALPH") == ["alpha"]


async def test_pages_follow_each_other(world: World) -> None:
    await world.read("a", "b")
    (newest, oldest) = await world.history.find("")
    assert await world.history.find("", before=newest.id) == (oldest,)


async def test_a_deletion_can_be_undone_and_the_one_before_it_too(world: World) -> None:
    await world.read("a", "b", "c")
    kept = await world.history.find("")
    await world.history.remove(kept[:1])
    await world.history.remove(kept[1:])
    assert await world.markups() == []
    assert world.store.pictures == {}
    assert await world.history.restore() == kept[1:]
    assert await world.history.restore() == kept[:1]
    assert await world.history.restore() == ()
    assert await world.history.find("") == kept
    assert await world.store.picture(kept[0].id) is not None


async def test_an_undo_that_fails_can_be_tried_again(world: World) -> None:
    await world.read("a")
    await world.history.remove(await world.history.find(""))
    world.store.broken = True
    with pytest.raises(StorageError):
        await world.history.restore()
    world.store.broken = False
    assert len(await world.history.restore()) == 1


async def test_only_so_many_deletions_are_remembered(world: World) -> None:
    await world.read(*(str(number) for number in range(UNDO_STEPS + 2)))
    for entry in await world.history.find(""):
        await world.history.remove([entry])
    restored = 0
    while await world.history.restore():
        restored += 1
    assert restored == UNDO_STEPS


async def test_deleting_everything_is_for_good(world: World) -> None:
    job = await world.read("a", "b")
    await world.history.remove((await world.history.find(""))[:1])
    assert await world.history.count() == 1
    await world.history.clear()
    assert await world.history.restore() == ()
    world.jobs.edit(job.id, "edited later")
    await world.settle()
    assert await world.history.count() == 0


async def test_an_entry_comes_back_as_a_job_that_is_not_kept_again(world: World) -> None:
    await world.read(r"\beta", mode=Mode.TEXT)
    (entry,) = await world.history.find("")
    job = await world.history.reopen(entry)
    await world.settle()
    assert (job.stage, job.origin, job.text, job.mode) == (Stage.DONE, Origin.HISTORY, r"\beta", Mode.TEXT)
    assert bytes(job.bitmap.data) == PICTURE.data
    assert await world.history.count() == 1
    world.jobs.edit(job.id, "changed")
    await world.settle()
    assert await world.markups() == ["changed"]
    world.answers = ["read again"]
    world.jobs.retry(job.id)
    await world.settle()
    assert await world.markups() == ["read again", "changed"]


async def test_without_its_picture_an_entry_comes_back_with_the_preview() -> None:
    world = World(Settings(keep_pictures=False))
    await world.read("a")
    job = await world.history.reopen((await world.history.find(""))[0])
    assert job.bitmap.size == PICTURE.size


@pytest.mark.parametrize("form", ExportForm)
async def test_every_entry_is_exported(world: World, form: ExportForm) -> None:
    await world.read(*(f"text{number}x" for number in range(103)))
    assert await world.history.export(Path("out"), form) == 103
    text = world.files[Path("out")]
    assert all(f"text{number}x" in text for number in range(103))
    if form is ExportForm.JSON:
        assert len(json.loads(text)["entries"]) == 103


async def test_what_was_exported_is_taken_in_once(world: World) -> None:
    await world.read("a", "b")
    await world.history.export(Path("out"), ExportForm.JSON)
    data = world.files[Path("out")]
    before = await world.history.find("")
    assert await world.history.take_in(data) == 0
    await world.history.clear()
    assert await world.history.take_in(data) == 2
    assert await world.history.find("") == before
    assert await world.store.picture(before[0].id) is not None


async def test_a_file_that_does_not_fit_adds_nothing(world: World) -> None:
    with pytest.raises(StorageError):
        await world.history.take_in('{"version": 1, "entries": [{}]}')
    assert world.store.entries == {}


async def test_a_damaged_history_is_told_once_and_the_result_is_kept_in_a_new_one(world: World) -> None:
    world.store.damaged = True
    await world.read("a", "b")
    assert [notice.message for notice in world.notifier.notices] == [
        "The history is damaged; an empty one is in use."
    ]
    assert await world.markups() == ["b", "a"]


async def test_a_history_out_of_order_is_told_with_the_first_result_and_harms_none(world: World) -> None:
    await world.history.start()
    world.store.broken = True
    jobs = [await world.read(text) for text in ("a", "b")]
    assert all(job.stage is Stage.DONE for job in jobs)
    assert len(world.notifier.notices) == 1
    world.store.broken = False
    await world.read("c")
    assert await world.markups() == ["c"]


async def test_what_is_not_yet_written_is_written_at_the_end(world: World) -> None:
    job = await world.read("a")
    held = asyncio.Event()

    class Held(FakeClock):
        async def sleep(self, seconds: float) -> None:
            self.slept.append(seconds)
            await held.wait()

    world.history._clock = Held()
    world.jobs.edit(job.id, "last words")
    await asyncio.sleep(0)
    done = asyncio.Event()
    world.jobs.jobs.subscribe(lambda jobs: done.set() if jobs[-1].stage is Stage.DONE else done.clear())
    world.jobs.start(PICTURE, Origin.SNIP, Mode.FORMULA)
    await done.wait()
    await world.history.finish()
    await world.history.aclose()
    assert {entry.markup for entry in world.store.entries.values()} == {"last words", r"\alpha"}
    await world.tasks.cancel_all()


async def test_nothing_of_the_history_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    await world.read("secret_formula")
    await world.history.export(Path("secret_place"), ExportForm.JSON)
    world.store.broken = True
    await world.read("secret_formula")
    assert "secret" not in caplog.text


async def test_another_reading_of_a_picture_has_the_tags_of_the_one_before(world: World) -> None:
    job = await world.read("x")
    await world.history.tag(await world.history.find(""), add=("thesis",), remove=())
    world.answers = ["y"]
    world.jobs.retry(job.id)
    await world.settle()
    assert [(entry.markup, entry.tags) for entry in await world.history.find("")] == [
        ("y", ("thesis",)),
        ("x", ("thesis",)),
    ]
    assert await world.history.tags() == (("thesis", 2),)


async def test_what_was_deleted_comes_back_with_its_tags(world: World) -> None:
    await world.read("x")
    await world.history.tag(await world.history.find(""), add=("thesis",), remove=())
    await world.history.remove(await world.history.find(""))
    assert await world.history.tags() == ()
    await world.history.restore()
    assert await world.history.tags() == (("thesis", 1),)
