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
)
from writetex_desktop.services.batches.batch import WAITS_S, Activity, BatchService
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


async def test_a_batch_waits_where_a_server_is_overloaded() -> None:
    world = World(errors=[EndpointError("Too many requests.", fault=Fault.RATE_LIMITED, retry_after_s=40)])
    world.gate.set()
    service = world.service("a.png")
    told: list[str] = []
    service.on_retry(lambda _item, retrying: told.append(retrying.reason))
    await read_all(service)
    assert states(service) == "done"
    assert (world.clock.slept, told) == ([40], ["Too many requests."])
    world.errors = [EndpointError("Busy.", fault=Fault.OVERLOADED)] * 9
    service.load(Batch((BatchItem(Source("c.png")),)))
    await read_all(service)
    assert states(service) == "failed"
    assert world.clock.slept[1:] == list(WAITS_S)


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
