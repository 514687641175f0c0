"""Pictures handed to a provider's batch service: followed, also after a restart, fetched, cancelled."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from writetex_desktop.core.batches.submission import Part, Submission
from writetex_desktop.core.batches.wire import RemoteBatch
from writetex_desktop.core.errors import EndpointError, Fault, StorageError, WriteTexError
from writetex_desktop.ports.engines import RemoteBatches
from writetex_desktop.ports.session import Clock
from writetex_desktop.ports.storage import SubmissionStore
from writetex_desktop.services.batches.access import Access, Accesses
from writetex_desktop.services.batches.fetching import Fetcher
from writetex_desktop.services.observable import Observable

FIRST_WAIT_S = 15.0
"""Seconds between two looks at the beginning; small batches are done within minutes."""

LONGEST_WAIT_S = 300.0
"""Seconds between two looks at most; providers ask for no more than one a minute."""

_GROWTH = 1.5

_PASSING = frozenset(
    (
        Fault.RATE_LIMITED,
        Fault.DAILY_LIMIT,
        Fault.OVERLOADED,
        Fault.TIMEOUT,
        Fault.UNREACHABLE,
        Fault.CUT,
        Fault.BAD_ANSWER,
    )
)
"""What need not be so at the next look."""


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
        fetcher: Fetches what is finished.
        clock: Time.
        busy: Held while what is kept is changed; shared with who hands in.
        tell: Is told when something that was kept is lost.
    """

    def __init__(
        self,
        store: SubmissionStore,
        accesses: Accesses,
        fetcher: Fetcher,
        *,
        clock: Clock,
        busy: asyncio.Lock,
        tell: Callable[[WriteTexError], None],
    ) -> None:
        self.followed: Observable[tuple[Followed, ...]] = Observable(())
        self._store = store
        self._accesses = accesses
        self._fetcher = fetcher
        self._clock = clock
        self._busy = busy
        self._tell = tell
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once, and often again: something was handed in."""
        self._woken.set()

    async def recall(self) -> tuple[Submission, ...]:
        """Give what earlier runs handed in, as it was then; nobody is asked.

        Raises:
            StorageError: It cannot be read.
        """
        async with self._busy:
            submissions = await self._loaded()
        self.followed.set(tuple(map(Followed, submissions)))
        return submissions

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
        return await self._fetcher.fetch(submission, number, access) if remote.state.is_over else submission

    async def _told(self, submission: Submission, number: int, remote: RemoteBatch) -> Submission:
        """Keep what a provider says of a part."""
        changed = submission.with_part(number, lambda part: replace(part, remote=remote))
        if changed != submission:
            await asyncio.to_thread(self._store.save, changed)
        return changed


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
