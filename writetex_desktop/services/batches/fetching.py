"""Bringing the answers of a provider's batch service into the file of results."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing
from dataclasses import replace
from typing import Protocol, cast

from writetex_desktop.core.batches.batch import BatchItem, Failure, ItemState
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.batches.wire import RemoteAnswer, RemoteBatch, read_answer
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.reading.recognition import Recognition, Usage
from writetex_desktop.ports.storage import SubmissionStore
from writetex_desktop.services.batches.access import Access
from writetex_desktop.services.batches.answers import missing_answer, read_recognition, unreadable_answers
from writetex_desktop.services.settings.spending import Spending


class Results(Protocol):
    """The file that takes the results of a submission."""

    def known(self, item: BatchItem) -> BatchItem | None:
        """Give the result that is there for the same work, or None."""
        ...

    def add(self, item: BatchItem) -> None:
        """Write a result.

        Raises:
            StorageError: It could not be written.
        """
        ...


OpenResults = Callable[[Submission], AbstractContextManager[Results]]
"""Opens the file that takes the results of a submission; raises a `StorageError`."""

Export = Callable[[Recognition, BatchItem, Submission], Awaitable[str]]
"""Gives an answer the form that is wanted; raises a `WriteTexError`."""


class Fetcher:
    """Fetches what is finished.

    Attributes:
        done: Pictures whose answers were fetched so far.
        failed: Pictures that came back without one.

    Args:
        store: Knows which pictures were handed in.
        results: Opens the files of results.
        export: Gives answers their form.
        spending: Is told what was spent.
    """

    def __init__(
        self, store: SubmissionStore, *, results: OpenResults, export: Export, spending: Spending
    ) -> None:
        self._store = store
        self._results = results
        self._export = export
        self._spending = spending
        self.done = self.failed = 0
        self._on_fetched: list[Callable[[tuple[BatchItem, ...]], None]] = []

    def on_fetched(self, call: Callable[[tuple[BatchItem, ...]], None]) -> None:
        """Call a function with the pictures of each part whose answers have come."""
        self._on_fetched.append(call)

    async def items(self, submission: Submission) -> tuple[BatchItem, ...]:
        """Give the pictures of a submission, with their results as far as they are here.

        Raises:
            StorageError: They cannot be read.
        """

        def found() -> tuple[BatchItem, ...]:
            with self._results(submission) as results:
                return tuple(
                    results.known(item) or replace(item, state=ItemState.WORKING)
                    for number in range(len(submission.parts))
                    for item in self._store.items(submission, number)
                )

        return await asyncio.to_thread(found)

    async def fetch(self, submission: Submission, number: int, access: Access) -> Submission:
        """Bring the answers of a part into the file of results, and pay for them.

        Raises:
            EndpointError: They could not be read to their end; what has come is written. Or nothing in them
                could be read (`Fault.NOT_AN_API`); then nothing is settled, and they can be fetched later.
            StorageError: They could not be written.
        """
        remote = submission.parts[number].remote
        assert remote is not None
        items = await asyncio.to_thread(self._store.items, submission, number)
        usages: list[Usage | None] = []
        fetched: list[BatchItem] = []
        counted = {True: 0, False: 0}
        unreadable = False
        left = set(range(len(items)))
        # A long file of earlier results is read through.
        opened = await asyncio.to_thread(self._results, submission)
        with opened as results:

            async def settle(item: BatchItem) -> None:
                counted[item.state is ItemState.DONE] += 1
                if item.recognition is not None:
                    usages.append(item.recognition.usage)
                if results.known(item) is None:
                    await asyncio.to_thread(results.add, item)
                if self._on_fetched:
                    fetched.append(item)

            async with aclosing(_answers(access, remote)) as answers:
                async for answer in answers:
                    unreadable = unreadable or answer is None
                    place = answer and submission.place_in(number, answer.custom_id)
                    if answer is not None and place is not None and place in left:
                        left.discard(place)
                        await settle(await self._settled(items[place], answer, submission, access))
            if len(left) == len(items) and (unreadable or (remote.output_file and remote.completed)):
                # A page to sign in, for example: the answers are paid for, and nobody has seen them yet.
                raise unreadable_answers(access.endpoint.base_url)
            for place in sorted(left):
                await settle(_failed(items[place], missing_answer(remote)))
        endpoint = access.endpoint
        self._spending.record_many(endpoint.base_url, endpoint.model, usages, share=submission.price_share)
        self.done += counted[True]
        self.failed += counted[False]
        done = submission.with_part(number, lambda part: replace(part, is_fetched=True))
        await asyncio.to_thread(self._store.save, done)
        for call in self._on_fetched:
            call(tuple(fetched))
        # The pictures need not stay there any longer.
        await access.remote.delete(submission.parts[number].file_id)
        return done

    async def _settled(
        self, item: BatchItem, answer: RemoteAnswer, submission: Submission, access: Access
    ) -> BatchItem:
        """Make of an item and its answer what became of it."""
        recognition: Recognition | Failure | None = None
        try:
            recognition = read_recognition(answer, item.mode, access)
            if isinstance(recognition, Failure):
                return _failed(item, recognition)
            endpoint = access.endpoint
            cost = self._spending.cost(
                endpoint.base_url, endpoint.model, recognition.usage, share=submission.price_share
            )
            recognition = replace(recognition, cost=cost)
            output = await self._export(recognition, item, submission)
        except WriteTexError as error:
            kept = recognition if isinstance(recognition, Recognition) else None
            return replace(_failed(item, Failure.of(error)), recognition=kept)
        return replace(item, state=ItemState.DONE, recognition=recognition, output=output)


def _failed(item: BatchItem, failure: Failure) -> BatchItem:
    return replace(item, state=ItemState.FAILED, failure=failure)


async def _answers(access: Access, remote: RemoteBatch) -> AsyncGenerator[RemoteAnswer | None, None]:
    """Read what a provider gave; None for a line that is no answer."""
    for file_id in filter(None, (remote.output_file, remote.error_file)):
        async with aclosing(_generator(access.remote.read(file_id))) as lines:
            async for line in lines:
                if line.strip():
                    yield read_answer(line)


def _generator(lines: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The services are written as generators; closing one that an error left behind ends its connection."""
    return cast("AsyncGenerator[bytes, None]", lines)
