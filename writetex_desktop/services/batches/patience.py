"""How long a batch waits for a busy server: all of its pictures together, and no longer than is wished."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.endpoints.failures.words import format_wait
from writetex_desktop.core.errors import EndpointError, Fault, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Retrying
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.observable import Observable

PATIENT = frozenset((Fault.RATE_LIMITED, Fault.OVERLOADED))
"""What passes when one waits."""

FIRST_WAIT_S = 5.0
"""The wait where a server names none; each further one in a row is twice as long."""

QUICK_S = 2.0
"""A wait up to here is made for one picture; longer ones are made by all of them together."""

_SUSPECT_PICTURES = 1
"""So many pictures in a row may fail at a server that is out of order before it is the server's fault: it may
be that picture which it cannot take."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait that is going on.

    Attributes:
        until: When it ends, by the clock's `monotonic`.
        reason: What the server said, one sentence.
    """

    until: float
    reason: str


class Patience:
    """The waits of one batch.

    They are counted together until an answer comes, so that a server that never recovers is not waited for
    once for each picture.

    Attributes:
        pause: The wait that is going on, or None.

    Args:
        clock: Time.
        most_s: Gives how many seconds are waited in a row at most.
    """

    def __init__(self, clock: Clock, most_s: Callable[[], float]) -> None:
        self.pause: Observable[Pause | None] = Observable(None)
        self._clock = clock
        self._most_s = most_s
        self._waits = 0
        self._spent_s = 0.0
        self._given_up = 0
        self._until = 0.0
        self._skipped = asyncio.Event()

    def take(self, error: EndpointError, asked_at: float) -> float | None:
        """Give the seconds that all wait now for a failure to pass; None where nobody waits for it.

        A wait is made where the server's own time fits, and else where it names none.

        Args:
            error: The failure.
            asked_at: When the picture was asked for, by the clock's `monotonic`.
        """
        if error.fault not in PATIENT:
            return None
        now = self._clock.monotonic()
        if asked_at < self._until:
            return max(0.0, self._until - now)  # another picture met the same; they wait together
        asked, left_s = error.retry_after_s or 0.0, self._most_s() - self._spent_s
        # Longer each time, as far as there is patience, for a server that asks for seconds again and again.
        ways = (max(asked, FIRST_WAIT_S * 2**self._waits), asked)
        wait_s = next((each for each in ways if 0 < each <= left_s), None)
        if wait_s is None:
            return None
        self._waits += 1
        self._spent_s += wait_s
        self._until = now + wait_s
        self._skipped.clear()
        self.pause.set(Pause(self._until, error.message))
        return wait_s

    async def hold(self) -> None:
        """Wait until the pause is over, or is skipped."""
        while (going := self.pause.value) is not None:
            left_s = going.until - self._clock.monotonic()
            if left_s > 0 and not self._skipped.is_set():
                await self._sleep(left_s)
                continue
            if self.pause.value is going:
                self.pause.set(None)

    def skip(self) -> None:
        """Wait no longer: ask again now."""
        self._skipped.set()
        self._until = min(self._until, self._clock.monotonic())
        self.pause.set(None)

    def answered(self) -> None:
        """Take note that the server answers; what was waited before counts no more."""
        self._waits, self._spent_s, self._given_up = 0, 0.0, 0

    def stops(self, error: EndpointError) -> bool:
        """Say whether a failure that was waited for in vain stops the batch."""
        if error.fault not in PATIENT:
            return False
        self._given_up += 1
        return (
            error.fault is Fault.RATE_LIMITED
            or error.retry_after_s is not None
            or self._given_up > _SUSPECT_PICTURES
        )

    async def _sleep(self, seconds: float) -> None:
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        skipping = asyncio.ensure_future(self._skipped.wait())
        try:
            await asyncio.wait((sleeping, skipping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            skipping.cancel()
            await asyncio.gather(sleeping, skipping, return_exceptions=True)


def as_error(retrying: Retrying) -> EndpointError:
    """Make of a wait that was announced the error that it is for, so that the whole batch minds it.

    Args:
        retrying: What one picture was about to wait for.
    """
    return EndpointError(
        retrying.reason,
        Remedy(tr("Go on in {wait}.", wait=format_wait(retrying.wait_s)), RemedyAction.RETRY),
        fault=Fault.OVERLOADED,
        retry_after_s=retrying.wait_s,
    )
