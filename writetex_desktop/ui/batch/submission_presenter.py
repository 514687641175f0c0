"""Joins the page of batches to the provider's batch service."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState
from writetex_desktop.core.batches.estimate import Estimate
from writetex_desktop.core.errors import EndpointError, ImageError, SettingsError, WriteTexError
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Recognition
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.batches.access import Access, Accesses
from writetex_desktop.services.batches.batch import Activity, BatchService
from writetex_desktop.services.batches.fetching import Fetcher
from writetex_desktop.services.batches.submissions import Followed, Submissions
from writetex_desktop.services.batches.submitting import Submitter, check_cost, new_submission
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.submission_strip import SubmissionStrip
from writetex_desktop.ui.batch.submission_words import (
    fetched_words,
    handed_words,
    offer_words,
    preparing_words,
)

REFRESH_S = 0.2
"""The offer follows the batch in steps of it."""


class Estimating(Protocol):
    """Says what a batch will use."""

    def __call__(self, batch: Batch, *, share: Decimal) -> Coroutine[Any, Any, Estimate]:
        """Estimate what of a batch is not done yet, at a share of the price."""
        ...


@dataclass(frozen=True, slots=True)
class SubmissionWorld:
    """What the batch service needs of the program.

    Attributes:
        accesses: Find the batch service.
        submitter: Hands pictures in.
        submissions: Follows them.
        fetcher: Fetches the answers.
        estimate: Says what they will cost.
        bitmap: Gives the pixels of an item's picture, off the loop.
        keep: Keeps an answer in the history.
    """

    accesses: Accesses
    submitter: Submitter
    submissions: Submissions
    fetcher: Fetcher
    estimate: Estimating
    bitmap: Callable[[BatchItem], Coroutine[Any, Any, Bitmap]]
    keep: Callable[[Bitmap, Recognition], Coroutine[Any, Any, None]]


class SubmissionPresenter:
    """Offers the batch service for what waits, and brings what comes back into the table.

    Args:
        service: Holds the table.
        settings: Say which endpoint is in use.
        world: What it needs of the program.
        on_arrival: Is called when there is something to be seen on the page of batches.
        notifier: Tells the user.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        *,
        service: BatchService,
        settings: SettingsService,
        world: SubmissionWorld,
        on_arrival: Callable[[], None],
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._service = service
        self._settings = settings
        self._world = world
        self._on_arrival = on_arrival
        self._notifier = notifier
        self._tasks = tasks
        self._strip: SubmissionStrip | None = None
        self._is_handing_in = False
        self._looking: asyncio.Task[None] | None = None
        service.batch.subscribe(self._look_again)
        service.activity.subscribe(self._look_again)
        settings.settings.subscribe(self._look_again)
        settings.offline.subscribe(self._look_again)
        settings.offline.subscribe(lambda _is_offline: world.submissions.wake())
        world.fetcher.on_fetched(self._take)
        world.submissions.followed.subscribe(self._show)

    def attach(self, strip: SubmissionStrip) -> None:
        """Take the strip of the page, once that is made."""
        self._strip = strip
        strip.hand_in_requested.connect(lambda: self._spawn(self._hand_in(), "hand in"))
        strip.cancel_requested.connect(lambda name: self._spawn(self._cancel(name), "cancel at provider"))
        strip.forget_requested.connect(lambda name: self._spawn(self._forget(name), "remove submission"))
        self._show(self._world.submissions.followed.value)
        self._look_again(None)

    async def aclose(self) -> None:
        """Close every connection to a batch service."""
        await self._world.accesses.aclose()

    async def follow(self) -> None:
        """Show what was handed in by earlier runs, and follow it until the program ends.

        Raises:
            StorageError: It cannot be read.
        """
        for submission in await self._world.submissions.recall():
            if not submission.output:
                self._merge(await self._world.fetcher.items(submission))
        await self._world.submissions.follow()

    # --- Offering ----------------------------------------------------------------------------------------

    def _look_again(self, _changed: object) -> None:
        is_looking = self._looking is not None and not self._looking.done()
        if self._strip is not None and not self._is_handing_in and not is_looking:
            self._looking = self._tasks.spawn(self._offer_soon(), name="offer batch service")

    def _waiting(self) -> tuple[BatchItem, ...]:
        batch = self._service.batch.value
        return tuple(batch.items[at] for at in batch.waiting())

    async def _offer_soon(self) -> None:
        await asyncio.sleep(REFRESH_S)
        self._looking = None
        await self._offer()

    async def _offer(self) -> None:
        """Offer the batch service where there is one and pictures wait for it."""
        strip, waiting = self._strip, self._waiting()
        assert strip is not None
        if not waiting or self._service.activity.value is Activity.RUNNING:
            strip.show_offer("", is_ready=False)
            return
        try:
            access = await self._world.accesses.active()
            estimate = await self._world.estimate(Batch(waiting), share=access.terms.price_share)
        except (EndpointError, SettingsError):
            # Who has no batch service need not be told at every batch.
            strip.show_offer("", is_ready=False)
            return
        if not self._is_handing_in:
            strip.show_offer(" ".join(filter(None, (offer_words(estimate), access.advice))), is_ready=True)

    # --- Handing in ------------------------------------------------------------------------------------

    async def _hand_in(self) -> None:
        waiting = self._waiting()
        if self._is_handing_in or not waiting:
            return
        self._is_handing_in = True
        try:
            await self._hand_in_all(waiting)
        finally:
            self._is_handing_in = False
            self._look_again(None)

    async def _hand_in_all(self, waiting: tuple[BatchItem, ...]) -> None:
        access = await self._world.accesses.active()
        check_cost(await self._world.estimate(Batch(waiting), share=access.terms.price_share))
        self._merge(replace(item, state=ItemState.WORKING) for item in waiting)
        try:
            await self._send(waiting, access)
        except BaseException:
            # What the provider took before is followed, and comes back by itself.
            handed = {item.source for each in self._pending() for item in await self._items(each)}
            self._merge(item for item in waiting if item.source not in handed)
            raise

    async def _send(self, waiting: tuple[BatchItem, ...], access: Access) -> None:
        assert self._strip is not None
        strip = self._strip
        handed = await self._world.submitter.hand_in(
            waiting,
            new_submission(access, "", document=self._settings.settings.value.document_in_use),
            access,
            on_progress=lambda count: strip.show_offer(preparing_words(count, len(waiting)), is_ready=False),
        )
        self._merge(handed.unreadable)
        if handed.submission is not None:
            self._notifier.notify(Notice(Level.INFO, handed_words(handed.submission.count)))
        self._world.submissions.wake()

    def _pending(self) -> tuple[Followed, ...]:
        return tuple(each for each in self._world.submissions.followed.value if not each.submission.is_over)

    async def _items(self, followed: Followed) -> tuple[BatchItem, ...]:
        try:
            return await self._world.fetcher.items(followed.submission)
        except WriteTexError:
            return ()

    # --- What comes back -------------------------------------------------------------------------------

    def _show(self, followed: tuple[Followed, ...]) -> None:
        if followed:
            self._on_arrival()
        if self._strip is not None:
            self._strip.show_followed(followed)

    def _take(self, items: tuple[BatchItem, ...]) -> None:
        """Bring results into the table, and into the history."""
        self._merge(items)
        self._notifier.notify(Notice(Level.INFO, fetched_words(len(items))))
        self._spawn(self._keep(items), "keep results")

    async def _keep(self, items: tuple[BatchItem, ...]) -> None:
        for item in items:
            if item.recognition is not None:
                try:
                    bitmap = await self._world.bitmap(item)
                except ImageError:
                    continue  # it was moved meanwhile; its result stays in the table
                await self._world.keep(bitmap, item.recognition)

    def _merge(self, items: Iterable[BatchItem]) -> None:
        self._service.change(self._service.batch.value.merged(items))

    async def _cancel(self, name: str) -> None:
        await self._world.submissions.cancel(name)
        self._world.submissions.wake()

    async def _forget(self, name: str) -> None:
        await self._world.submissions.forget(name)

    def _spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.spawn(coroutine, name=name)
