"""Pictures handed to a provider's batch service: followed, also after a restart, fetched, cancelled."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass, replace
from typing import Protocol, cast

from writetex_desktop.core.batch import BatchItem, Failure, ItemState
from writetex_desktop.core.batch_wire import RemoteAnswer, RemoteBatch, read_answer
from writetex_desktop.core.errors import EndpointError, Fault, StorageError, WriteTexError
from writetex_desktop.core.recognition import Recognition, Usage
from writetex_desktop.core.submission import Part, Submission
from writetex_desktop.ports import Clock, RemoteBatches, SubmissionStore
from writetex_desktop.services.batch_access import Access, Accesses
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.spending import Spending
from writetex_desktop.services.submission_answers import missing_answer, read_recognition

FIRST_WAIT_S = 15.0
"""Seconds between two looks at the beginning; small batches are done within minutes."""

LONGEST_WAIT_S = 300.0
"""Seconds between two looks at most; providers ask for no more than one a minute."""

_GROWTH = 1.5

_PASSING = frozenset(
    (Fault.RATE_LIMITED, Fault.OVERLOADED, Fault.TIMEOUT, Fault.UNREACHABLE, Fault.CUT, Fault.BAD_ANSWER)
)
"""What need not be so at the next look."""


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


@dataclass(frozen=True, slots=True)
class Followed:
    """A submission and what is to be said of it.

    Attributes:
        submission: The submission.
        trouble: Why the last look at it failed, if it did.
    """

    submission: Submission
    trouble: WriteTexError | None = None


class Submissions:
    """Follows what was handed to batch services.

    The store is the truth: it is read before each look, so that programs that run side by side see what the
    others handed in or fetched.

    Attributes:
        followed: What is followed, oldest first.

    Args:
        store: Where it is kept.
        accesses: Find the batch services.
        results: Opens the files of results.
        export: Gives answers their form.
        spending: Is told what was spent.
        clock: Time.
        busy: Held while what is kept is changed; shared with who hands in.
        tell: Is told when something that was kept is lost.
    """

    def __init__(
        self,
        store: SubmissionStore,
        accesses: Accesses,
        *,
        results: OpenResults,
        export: Export,
        spending: Spending,
        clock: Clock,
        busy: asyncio.Lock,
        tell: Callable[[WriteTexError], None],
    ) -> None:
        self.followed: Observable[tuple[Followed, ...]] = Observable(())
        self._store = store
        self._accesses = accesses
        self._results = results
        self._export = export
        self._spending = spending
        self._clock = clock
        self._busy = busy
        self._tell = tell
        self._woken = asyncio.Event()
        self._on_fetched: list[Callable[[tuple[BatchItem, ...]], None]] = []

    def on_fetched(self, call: Callable[[tuple[BatchItem, ...]], None]) -> None:
        """Call a function with the pictures of each part whose answers have come."""
        self._on_fetched.append(call)

    def wake(self) -> None:
        """Look at once, and often again: something was handed in."""
        self._woken.set()

    async def look(self) -> tuple[Followed, ...]:
        """Ask once how far everything is, and fetch what is finished.

        Returns:
            What is followed, with those that were fetched just now into a file of the user's; they are not
            followed any longer.

        Raises:
            StorageError: What was handed in cannot be read.
        """
        async with self._busy:
            submissions = await self._loaded()
            seen = tuple([await self._look_at(each) for each in submissions])
        self.followed.set(
            tuple(each for each in seen if not (each.submission.is_over and each.submission.output))
        )
        return seen

    async def follow(self, *, on_idle: Callable[[], None] = lambda: None) -> None:
        """Look again and again, the less often the longer nothing happens, until the task is cancelled.

        Without anything to follow it waits for `wake`.

        Args:
            on_idle: Is called when there is nothing to follow.

        Raises:
            StorageError: What was handed in cannot be read.
        """
        wait_s = FIRST_WAIT_S
        before: tuple[Followed, ...] | None = None
        while True:
            self._woken.clear()
            await self.look()
            now = tuple(each for each in self.followed.value if not each.submission.is_over)
            wait_s = FIRST_WAIT_S if now != before else min(wait_s * _GROWTH, LONGEST_WAIT_S)
            before = now
            if now:
                await self._rest(wait_s)
            else:
                on_idle()
                await self._woken.wait()

    async def cancel(self, submission_id: str) -> Followed | None:
        """Let the provider stop; what it has answered by then is fetched.

        Returns:
            How it stands then; None when there is no such submission.

        Raises:
            EndpointError: The provider could not be told.
            StorageError: It could not be kept.
        """
        async with self._busy:
            found = (each for each in await self._loaded() if each.id == submission_id)
            submission = next(found, None)
            if submission is None:
                return None
            access = await self._accesses.of(submission)
            for number, part in enumerate(submission.parts):
                if part.remote is not None and not part.remote.state.is_over:
                    remote = await access.remote.cancel(part.remote.id)
                    submission = await self._told(submission, number, remote)
            seen = await self._look_at(submission)
        self.followed.set(
            tuple(seen if each.submission.id == submission_id else each for each in self.followed.value)
        )
        return seen

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

        async with self._busy:
            return await asyncio.to_thread(found)

    async def forget(self, submission_id: str) -> bool:
        """Follow a submission no longer; the provider goes on with it, and its answers stay there.

        Returns:
            Whether there is one of that name.

        Raises:
            StorageError: It could not be taken out.
        """
        async with self._busy:
            found = [each for each in await self._loaded() if each.id == submission_id]
            for submission in found:
                await asyncio.to_thread(self._store.remove, submission)
        self.followed.set(tuple(each for each in self.followed.value if each.submission.id != submission_id))
        return bool(found)

    async def _loaded(self) -> tuple[Submission, ...]:
        try:
            return await asyncio.to_thread(self._store.load)
        except StorageError as error:
            # What cannot be used was moved aside.
            self._tell(error)
            return await asyncio.to_thread(self._store.load)

    async def _rest(self, seconds: float) -> None:
        """Wait, or until something was handed in."""
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait((sleep, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            woken.cancel()

    async def _look_at(self, submission: Submission) -> Followed:
        """Bring one submission up to date; what goes wrong with it is told beside it."""
        if submission.is_over:
            return Followed(submission)
        try:
            access = await self._accesses.of(submission)
            for number in range(len(submission.parts)):
                submission = await self._brought_on(submission, number, access)
            if submission.is_over and submission.output:
                await asyncio.to_thread(self._store.remove, submission)
        except WriteTexError as error:
            return Followed(submission, error)
        return Followed(submission)

    async def _brought_on(self, submission: Submission, number: int, access: Access) -> Submission:
        part = submission.parts[number]
        if part.is_fetched:
            return submission
        if part.remote is None:
            remote = await begin(access.remote, part)
        elif part.remote.state.is_over:
            remote = part.remote
        else:
            remote = await access.remote.look(part.remote.id)
        submission = await self._told(submission, number, remote)
        return await self._fetched(submission, number, access) if remote.state.is_over else submission

    async def _told(self, submission: Submission, number: int, remote: RemoteBatch) -> Submission:
        """Keep what a provider says of a part."""
        changed = submission.with_part(number, lambda part: replace(part, remote=remote))
        if changed != submission:
            await asyncio.to_thread(self._store.save, changed)
        return changed

    async def _fetched(self, submission: Submission, number: int, access: Access) -> Submission:
        """Bring the answers of a part into the file of results."""
        remote = submission.parts[number].remote
        assert remote is not None
        items = await asyncio.to_thread(self._store.items, submission, number)
        usages: list[Usage | None] = []
        fetched: list[BatchItem] = []
        left = set(range(len(items)))
        # A long file of earlier results is read through.
        opened = await asyncio.to_thread(self._results, submission)
        with opened as results:

            async def settle(item: BatchItem) -> None:
                if item.recognition is not None:
                    usages.append(item.recognition.usage)
                if results.known(item) is None:
                    await asyncio.to_thread(results.add, item)
                if self._on_fetched:
                    fetched.append(item)

            for file_id in filter(None, (remote.output_file, remote.error_file)):
                async with aclosing(_generator(access.remote.read(file_id))) as lines:
                    async for line in lines:
                        answer = read_answer(line)
                        place = answer and submission.place_in(number, answer.custom_id)
                        if answer is not None and place is not None and place in left:
                            left.discard(place)
                            await settle(await self._settled(items[place], answer, submission, access))
            for place in sorted(left):
                await settle(_failed(items[place], missing_answer(remote)))
        endpoint = access.endpoint
        self._spending.record_many(endpoint.base_url, endpoint.model, usages, share=submission.price_share)
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


async def begin(remote: RemoteBatches, part: Part) -> RemoteBatch:
    """Let a provider begin with a part whose file is there, unless it has begun.

    A program that ended between the two steps would pay twice otherwise.

    Raises:
        EndpointError: It does not begin.
    """
    return await remote.find(part.file_id) or await remote.create(part.file_id)


def may_pass(error: WriteTexError) -> bool:
    """Say whether what went wrong need not go wrong at the next look."""
    return isinstance(error, EndpointError) and error.fault in _PASSING


def _failed(item: BatchItem, failure: Failure) -> BatchItem:
    return replace(item, state=ItemState.FAILED, failure=failure)


def _generator(lines: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The services are written as generators; closing one that an error left behind ends its connection."""
    return cast("AsyncGenerator[bytes, None]", lines)
