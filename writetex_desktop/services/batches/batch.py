"""Reads the pictures of a batch side by side: for `writetex recognize` and for the page of the window."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Protocol, cast

from writetex_desktop.core.batches.batch import Batch, BatchItem, Failure, Source
from writetex_desktop.core.errors import EndpointError, Fault, StorageError, WriteTexError
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage
from writetex_desktop.core.reading.recognition import (
    Recognition,
    RecognitionEvent,
    RecognitionRequest,
    Retrying,
)
from writetex_desktop.core.settings.settings import DEFAULT_PATIENCE_S
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.batches.patience import PATIENT, QUICK_S, Patience, as_error
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.reading.judging import Judge, judge_by_itself
from writetex_desktop.services.reading.snip_flow import Recognise
from writetex_desktop.services.tasks import Tasks

STOPS = frozenset(
    (
        *(Fault.NOT_CONFIGURED, Fault.BAD_URL, Fault.BAD_KEY, Fault.FORBIDDEN, Fault.NO_MONEY),
        *(Fault.FREE_TIER, Fault.DAILY_LIMIT, Fault.OVERDUE, Fault.BILLING_OFF, Fault.LIMIT_SET),
        *(Fault.REGION, Fault.BLOCKED, Fault.BROKEN),
        *(Fault.WRONG_MODEL, Fault.WRONG_PATH, Fault.NO_VISION, Fault.UNREACHABLE, Fault.REDIRECTED),
        *(Fault.NOT_AN_API, Fault.CAP_REACHED, Fault.STAYING_OFFLINE),
    )
)
"""What would be wrong with the next picture too: the batch stops, and goes on where it was."""


class Activity(StrEnum):
    """What a batch does."""

    IDLE = "idle"
    """Nothing: it has not begun, or it is over."""
    RUNNING = "running"
    PAUSED = "paused"
    """What was begun is read to its end; nothing new is begun."""


class SourceReader(Protocol):
    """Gives the pictures of a batch. Called in threads, several at a time; every call may raise an error."""

    def digest(self, source: Source) -> str:
        """Give the SHA-256 of its file, in hexadecimal.

        Raises:
            ImageError: It cannot be read.
        """
        ...

    def bitmap(self, source: Source) -> Bitmap:
        """Give its pixels.

        Raises:
            ImageError: It cannot be read.
        """
        ...

    def encode(self, source: Source, bitmap: Bitmap) -> EncodedImage:
        """Make of its pixels what is sent.

        Raises:
            ImageError: There is nothing on it.
        """
        ...


async def as_markup(recognition: Recognition) -> str:
    """Want an answer as it is."""
    return recognition.markup


async def keep_nothing(_bitmap: Bitmap, _recognition: Recognition) -> None:
    """Keep no history."""


class BatchService:
    """Reads one batch at a time.

    Attributes:
        batch: The batch as it is now.
        activity: What is done with it.
        stopped_by: The error that stopped it, until it goes on.
        patience: The waits for a server that is busy.

    Args:
        reader: Gives the pictures.
        recognise: Asks the engine.
        clock: Time.
        tasks: Runs the readings.
        export: Gives an answer the form that is wanted.
        judge: Says how far an answer can be trusted.
        keep: Keeps an answer in the history.
        known: Gives an item of an earlier run that is the same work, or None.
        patience_s: Gives how many seconds a batch waits in a row for a server that is busy.
    """

    def __init__(
        self,
        reader: SourceReader,
        recognise: Recognise,
        clock: Clock,
        tasks: Tasks,
        *,
        export: Callable[[Recognition], Awaitable[str]] = as_markup,
        judge: Judge = judge_by_itself,
        keep: Callable[[Bitmap, Recognition], Awaitable[None]] = keep_nothing,
        known: Callable[[BatchItem], BatchItem | None] = lambda _item: None,
        patience_s: Callable[[], float] = lambda: DEFAULT_PATIENCE_S,
    ) -> None:
        self.batch: Observable[Batch] = Observable(Batch())
        self.activity: Observable[Activity] = Observable(Activity.IDLE)
        self.stopped_by: Observable[WriteTexError | None] = Observable(None)
        self.patience = Patience(clock, patience_s)
        self._clock = clock
        self._reader = reader
        self._recognise = recognise
        self._tasks = tasks
        self._export = export
        self._judge = judge
        self._keep = keep
        self._known = known
        self._at_once = 1
        self._queue: deque[int] = deque()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._undone: set[int] = set()
        self._suspects: set[int] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._on_finished: list[Callable[[int, BatchItem], None]] = []
        self._on_retry: list[Callable[[BatchItem, Retrying], None]] = []

    def on_finished(self, call: Callable[[int, BatchItem], None]) -> None:
        """Call a function with the place of each item that is done or has failed, and the item.

        Where it raises a `StorageError`, for the disk is full, the item has failed and the batch stops.
        """
        self._on_finished.append(call)

    def on_retry(self, call: Callable[[BatchItem, Retrying], None]) -> None:
        """Call a function whenever an item is asked for again."""
        self._on_retry.append(call)

    # --- What the user asks for ------------------------------------------------------------------------

    def load(self, batch: Batch) -> None:
        """Take up another batch; the one before is cancelled."""
        self.cancel()
        self.stopped_by.set(None)
        self.batch.set(batch)

    def add(self, batch: Batch) -> None:
        """Put more items behind the others, or in place of a batch that is over."""
        before = self.batch.value
        if before.is_over:
            self.load(batch)
            return
        self.batch.set(before.added(batch))
        if self.activity.value is Activity.RUNNING:
            self._queue.extend(range(len(before.items), len(self.batch.value.items)))
            self._fill()

    def change(self, batch: Batch) -> None:
        """Take a batch of which the user or a batch service has changed what is not being read here."""
        self.batch.set(batch)

    def start(self, *, at_once: int) -> None:
        """Begin, or go on after a pause or a stop, with so many pictures at the same time."""
        self._at_once = at_once
        self.stopped_by.set(None)
        undone, self._undone = self._undone, set()
        if undone:
            self.batch.set(self.batch.value.retried(undone))
        self._queue = deque(self.batch.value.waiting())
        self._idle.clear()
        self.activity.set(Activity.RUNNING)
        self._fill()

    def pause(self) -> None:
        """Begin nothing new; what is being read is read to its end."""
        if self.activity.value is Activity.RUNNING:
            self.activity.set(Activity.PAUSED)
            self._fill()

    def cancel(self) -> None:
        """Stop everything; connections are closed."""
        self.patience.skip()
        running, self._running = self._running, {}
        for task in running.values():
            task.cancel()
        self._queue.clear()
        if not self.batch.value.is_over:
            self.batch.set(self.batch.value.cancelled())
        self._rest()

    def retry_failed(self, *, at_once: int, places: Iterable[int] | None = None) -> None:
        """Read again what failed or was cancelled: all of it, or only the items at the given places."""
        self.batch.set(self.batch.value.retried(places))
        self.start(at_once=at_once)

    async def wait(self) -> None:
        """Wait until nothing is being read, because all is over, or it was paused or stopped."""
        await self._idle.wait()

    # --- Reading ---------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Begin as many items as there is room for."""
        while self.activity.value is Activity.RUNNING and self._queue and len(self._running) < self._at_once:
            at = self._queue.popleft()
            self.batch.set(self.batch.value.begun(at))
            self._running[at] = self._tasks.spawn(
                self._read(at), name=f"batch item {at}", on_error=partial(self._fail_by_fault, at)
            )
        if not self._running:
            self._rest()

    def _rest(self) -> None:
        """Take note that nothing is being read any more."""
        if self.activity.value is Activity.RUNNING or self.batch.value.is_over:
            self.activity.set(Activity.IDLE)
        self._idle.set()

    async def _read(self, at: int) -> None:
        try:
            await self._take(at)
        except WriteTexError as error:
            self._fail(at, error)
        self._release(at)

    async def _take(self, at: int) -> None:
        """Take an item from its file to its answer."""
        item = self.batch.value.items[at]
        digest = await asyncio.to_thread(self._reader.digest, item.source)
        item = replace(item, digest=digest)
        self.batch.set(self.batch.value.with_item(at, item))
        known = self._known(item)
        if known is not None:
            self._settle(at, self.batch.value.with_item(at, known))
            return
        bitmap = await in_thread(lambda: self._reader.bitmap(item.source))
        image = await asyncio.to_thread(self._reader.encode, item.source, bitmap)
        recognition = await self._ask(item, RecognitionRequest(image, item.mode, bitmap=bitmap))
        try:
            output = await self._export(recognition)
        except WriteTexError as error:
            batch = self.batch.value.failed(at, Failure.of(error), recognition=recognition)
        else:
            trust = await self._judge(bitmap, recognition)
            batch = self.batch.value.finished(at, recognition, output=output, trust=trust)
        self._settle(at, batch)
        await self._keep(bitmap, recognition)

    async def _ask(self, item: BatchItem, request: RecognitionRequest) -> Recognition:
        """Ask the engine, with patience where there are more pictures; for a single one nobody waits."""
        while True:
            await self.patience.hold()
            asked_at = self._clock.monotonic()
            try:
                answer = await self._answer(item, request)
            except EndpointError as error:
                is_alone = len(self.batch.value.items) == 1
                wait_s = None if is_alone else self.patience.take(error, asked_at)
                if wait_s is None:
                    raise
                if wait_s:
                    self._tell_retry(item, Retrying(2, wait_s, error.message))
            else:
                self.patience.answered()
                self._suspects.clear()
                return answer

    async def _answer(self, item: BatchItem, request: RecognitionRequest) -> Recognition:
        answer: Recognition | None = None
        is_alone = len(self.batch.value.items) == 1
        events = cast("AsyncGenerator[RecognitionEvent, None]", self._recognise(request, profile=""))
        async with aclosing(events) as answers:
            async for event in answers:
                if isinstance(event, Recognition):
                    answer = event
                elif isinstance(event, Retrying):
                    if event.wait_s > QUICK_S and not is_alone:
                        raise as_error(event)
                    self._tell_retry(item, event)
        assert answer is not None, "an engine ends with a Recognition or an error"
        return answer

    def _tell_retry(self, item: BatchItem, retrying: Retrying) -> None:
        for call in self._on_retry:
            call(item, retrying)

    def _fail(self, at: int, error: WriteTexError) -> None:
        """Keep why an item failed; what would be wrong with the next ones too stops the batch."""
        if isinstance(error, EndpointError):
            self._suspects |= {at} if error.fault in PATIENT else set()
            if error.fault in STOPS or self.patience.stops(error):
                self._stop(at, error)
                self._undone |= self._suspects
        self._settle(at, self.batch.value.failed(at, Failure.of(error)))

    def _fail_by_fault(self, at: int, error: WriteTexError) -> None:
        """Keep that an item met a fault of ours, which ended its task."""
        if at in self._running:
            self._fail(at, error)
            self._release(at)

    def _stop(self, at: int, error: WriteTexError) -> None:
        """Begin nothing new for the error of an item, which is read again when the batch goes on."""
        self._undone.add(at)
        self._queue.clear()
        self.stopped_by.set(error)
        self.activity.set(Activity.PAUSED)

    def _settle(self, at: int, batch: Batch) -> None:
        self.batch.set(batch)
        item = batch.items[at]
        try:
            for call in self._on_finished:
                call(at, item)
        except StorageError as error:
            self._stop(at, error)
            failed = self.batch.value.failed(at, Failure.of(error), recognition=item.recognition)
            self.batch.set(failed)

    def _release(self, at: int) -> None:
        del self._running[at]
        self._fill()
