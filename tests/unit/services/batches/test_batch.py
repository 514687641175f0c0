"""Pictures are read side by side; a pause, a stop and a cancellation lose nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from tests.fakes import FakeClock, FakeDocumentReader, FakeImageCodec, FakeNotifier
from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState, Source
from writetex_desktop.core.errors import (
    ConversionError,
    EndpointError,
    Fault,
    ImageError,
    StorageError,
    WriteTexError,
)
from writetex_desktop.core.reading.recognition import (
    Engine,
    Mode,
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
)
from writetex_desktop.services.batches.batch import Activity, BatchService
from writetex_desktop.services.batches.patience import Pause
from writetex_desktop.services.batches.sources import Sources
from writetex_desktop.services.tasks import Tasks


def read(name: str) -> bytes:
    if name == "missing.png":
        raise ImageError("There is no such file.", "Check the name.")
    return bytes((1, 1, ord(name[0]), 0, 0, 0))


@dataclass
class World:
    """An engine that answers with the first letter of the file once it may; `errors` come before that."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    errors: list[WriteTexError] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    asked: int = 0
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    clock: FakeClock = field(default_factory=FakeClock)

    def service(self, *names: str, known: BatchItem | None = None) -> BatchService:
        service = BatchService(
            Sources(
                read=read,
                find=lambda name: (name,),
                file_digest=lambda _name: "",
                codec=FakeImageCodec(),
                documents=FakeDocumentReader(),
            ),
            self.recognise,
            self.clock,
            Tasks(FakeNotifier()),
            export=export,
            known=lambda item: known if known is not None and known.is_same_work(item) else None,
        )
        service.load(Batch(tuple(BatchItem(Source(name)) for name in names)))
        return service

    async def recognise(
        self, request: RecognitionRequest, *, profile: str
    ) -> AsyncIterator[RecognitionEvent]:
        self.asked += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        async with self.arrived:
            self.arrived.notify_all()
        try:
            await self.gate.wait()
        finally:
            self.at_once -= 1
        if self.errors:
            raise self.errors.pop(0)
        yield Recognition(chr(request.image.data[0]), Mode.FORMULA, Engine.ENDPOINT, f"m{profile}", 0.5)

    async def until_asked(self, times: int) -> None:
        async with self.arrived:
            await self.arrived.wait_for(lambda: self.asked == times)


async def export(recognition: Recognition) -> str:
    if recognition.markup == "b":
        raise ConversionError("The sign b cannot be written.", "Choose another format.")
    return f"<{recognition.markup}>"


def states(service: BatchService) -> str:
    return " ".join(item.state for item in service.batch.value.items)


async def read_all(service: BatchService, at_once: int = 2) -> None:
    service.start(at_once=at_once)
    await service.wait()


async def test_only_so_many_are_read_at_a_time_and_each_gets_its_answer() -> None:
    world = World()
    world.gate.set()
    service = world.service(*(f"{letter}.png" for letter in "acdefgh"), "missing.png")
    finished: list[int] = []
    service.on_finished(lambda at, _item: finished.append(at))
    await read_all(service, at_once=3)
    assert world.most <= 3
    assert sorted(finished) == list(range(8))
    assert [item.output for item in service.batch.value.items] == [
        *(f"<{letter}>" for letter in "acdefgh"),
        "",
    ]
    missing = service.batch.value.items[-1]
    assert missing.failure is not None
    assert missing.failure.message == "There is no such file."
    assert service.activity.value is Activity.IDLE


async def test_a_result_that_cannot_have_its_form_has_failed_and_keeps_its_markup() -> None:
    world = World()
    world.gate.set()
    service = world.service("b.png")
    await read_all(service)
    (item,) = service.batch.value.items
    assert item.state is ItemState.FAILED
    assert item.latex == "b"


async def test_a_pause_lets_end_what_was_begun_and_begins_nothing() -> None:
    world = World()
    service = world.service("a.png", "c.png", "d.png")
    service.start(at_once=2)
    await world.until_asked(2)
    service.pause()
    world.gate.set()
    await service.wait()
    assert states(service) == "done done waiting"
    assert service.activity.value is Activity.PAUSED
    await read_all(service)
    assert states(service) == "done done done"


async def test_a_cancellation_keeps_what_is_done_and_a_retry_reads_the_rest() -> None:
    world = World()
    service = world.service("a.png", "c.png")
    service.start(at_once=1)
    await world.until_asked(1)
    service.cancel()
    await service.wait()
    assert states(service) == "cancelled cancelled"
    assert service.activity.value is Activity.IDLE
    world.gate.set()
    service.retry_failed(at_once=2)
    await service.wait()
    assert states(service) == "done done"


async def test_what_would_fail_with_every_picture_stops_the_batch_which_then_goes_on_there() -> None:
    world = World(errors=[EndpointError("The limit is reached.", fault=Fault.CAP_REACHED)])
    world.gate.set()
    service = world.service("a.png", "c.png", "d.png")
    await read_all(service, at_once=1)
    assert states(service) == "failed waiting waiting"
    assert service.activity.value is Activity.PAUSED
    assert isinstance(service.stopped_by.value, EndpointError)
    await read_all(service)
    assert states(service) == "done done done"
    assert service.stopped_by.value is None


@pytest.mark.parametrize("names", [("a.png", "c.png", "d.png"), ("missing.png", "c.png", "d.png")])
async def test_a_full_disk_stops_the_batch_which_then_goes_on_there(names: tuple[str, ...]) -> None:
    world = World()
    world.gate.set()
    service = world.service(*names)
    full, written = [True], list[int]()

    def write(at: int, _item: BatchItem) -> None:
        if full[0]:
            raise StorageError("The disk is full.", "Make room on it.")
        written.append(at)

    service.on_finished(write)
    await read_all(service, at_once=1)
    assert states(service) == "failed waiting waiting"
    assert service.activity.value is Activity.PAUSED
    stopped_by = service.stopped_by.value
    assert isinstance(stopped_by, StorageError)
    assert stopped_by.remedy.text == "Make room on it."
    full[0] = False
    await read_all(service)
    assert sorted(written) == [0, 1, 2]


def busy(fault: Fault = Fault.OVERLOADED, after_s: float | None = None) -> EndpointError:
    return EndpointError("Busy.", "Try again at 14:00.", fault=fault, retry_after_s=after_s)


async def test_a_batch_waits_as_long_as_the_server_asks_where_that_fits_its_patience() -> None:
    world = World(errors=[busy(Fault.RATE_LIMITED, 40)])
    world.gate.set()
    service = world.service("a.png", "c.png")
    told: list[str] = []
    pauses: list[Pause | None] = []
    service.on_retry(lambda _item, retrying: told.append(retrying.reason))
    service.patience.pause.subscribe(pauses.append)
    await read_all(service, at_once=1)
    assert states(service) == "done done"
    assert (world.clock.slept, told) == ([40], ["Busy."])
    assert pauses == [Pause(40, "Busy."), None]


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.OVERLOADED])
async def test_a_wait_beyond_the_patience_stops_the_batch_which_keeps_its_place(fault: Fault) -> None:
    world = World(errors=[busy(fault, 61)])
    world.gate.set()
    service = world.service("a.png", "c.png", "d.png")
    await read_all(service, at_once=1)
    assert (states(service), world.asked, world.clock.slept) == ("failed waiting waiting", 1, [])
    assert service.stopped_by.value is not None
    assert "14:00" in service.stopped_by.value.remedy.text
    await read_all(service)
    assert states(service) == "done done done"


async def test_a_wait_that_the_engine_announces_is_made_by_the_whole_batch() -> None:
    class Announcing(World):
        async def recognise(
            self, request: RecognitionRequest, *, profile: str
        ) -> AsyncIterator[RecognitionEvent]:
            if self.clock.now < 15:
                yield Retrying(2, 15.0, "Busy.")
                await self.clock.sleep(15.0)
            async for event in super().recognise(request, profile=profile):
                yield event

    world = Announcing()
    world.gate.set()
    service = world.service("a.png", "c.png")
    pauses: list[Pause | None] = []
    service.patience.pause.subscribe(pauses.append)
    await read_all(service, at_once=1)
    assert states(service) == "done done"
    assert pauses == [Pause(15, "Busy."), None]
    assert world.clock.slept == [15]


async def test_a_single_picture_is_not_waited_for() -> None:
    world = World(errors=[busy(), busy()])
    world.gate.set()
    service = world.service("a.png")
    await read_all(service)
    assert (states(service), world.asked, world.clock.slept) == ("failed", 1, [])


async def test_one_picture_that_a_server_cannot_take_does_not_hold_up_the_others() -> None:
    world = World(errors=[busy()] * 4)
    world.gate.set()
    service = world.service("a.png", "c.png", "d.png")
    await read_all(service, at_once=1)
    assert states(service) == "failed done done"
    assert world.clock.slept == [5, 10, 20]


async def test_a_server_that_never_recovers_is_waited_for_once_and_not_for_each_picture() -> None:
    world = World(errors=[busy()] * 99)
    world.gate.set()
    service = world.service(*(f"{letter}.png" for letter in "acdefgh"))
    await read_all(service, at_once=1)
    assert (world.clock.slept, world.asked) == ([5, 10, 20], 5)
    assert states(service) == "failed failed waiting waiting waiting waiting waiting"
    world.errors.clear()
    await read_all(service)
    assert states(service) == " ".join(["done"] * 7)


async def test_pictures_that_are_read_side_by_side_wait_together() -> None:
    class Limited(World):
        async def recognise(
            self, request: RecognitionRequest, *, profile: str
        ) -> AsyncIterator[RecognitionEvent]:
            self.errors = [busy(Fault.RATE_LIMITED, 40)] if self.clock.now < 40 else []
            async for event in super().recognise(request, profile=profile):
                yield event

    world = Limited()
    world.gate.set()
    service = world.service("a.png", "c.png", "d.png")
    pauses: list[Pause | None] = []
    service.patience.pause.subscribe(pauses.append)
    await read_all(service, at_once=3)
    assert states(service) == "done done done"
    assert pauses == [Pause(40, "Busy."), None]


async def test_a_wait_that_is_skipped_is_over_at_once() -> None:
    class Stopped(FakeClock):
        async def sleep(self, seconds: float) -> None:
            self.slept.append(seconds)
            await asyncio.Event().wait()

    world = World(errors=[busy(Fault.RATE_LIMITED, 40)], clock=Stopped())
    world.gate.set()
    service = world.service("a.png", "c.png")
    loop = asyncio.get_running_loop()

    def skip(pause: Pause | None) -> None:
        if pause is not None:
            loop.call_soon(service.patience.skip)

    service.patience.pause.subscribe(skip)
    await read_all(service, at_once=1)
    assert states(service) == "done done"


async def test_what_an_earlier_run_read_is_not_read_again_unless_the_file_has_changed() -> None:
    world = World()
    world.gate.set()
    first = world.service("a.png")
    await read_all(first)
    (item,) = first.batch.value.items
    again = world.service("a.png", known=item)
    await read_all(again)
    changed = world.service("a.png", known=replace(item, digest="0"))
    await read_all(changed)
    assert (again.batch.value.items, world.asked) == ((item,), 2)
