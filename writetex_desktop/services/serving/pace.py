"""How often a program may ask."""

from collections.abc import Callable
from math import ceil
from typing import Final

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.serving.refusals import TOO_MANY, Refusal

PER_MINUTE: Final = 240
BURST: Final = 60
"""Requests of one program at once; after them it has to keep to the pace."""

WRONG_PER_MINUTE: Final = 20
WRONG_BURST: Final = 20
"""The same for requests without a token that is known, of all programs together."""

_MOST_KNOWN: Final = 1000


class Pace:
    """Counts requests by whoever makes them, as a bucket that fills again with time.

    Args:
        now: Seconds since some moment.
        per_minute: How many are allowed in the long run.
        burst: How many at once.
    """

    def __init__(self, now: Callable[[], float], per_minute: float, burst: int) -> None:
        self._now = now
        self._per_s = per_minute / 60.0
        self._burst = burst
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str) -> None:
        """Count one request.

        Raises:
            Refusal: There were too many.
        """
        now = self._now()
        left, since = self._left.get(who, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._per_s)
        if left < 1.0:
            wait_s = max(1, ceil((1.0 - left) / self._per_s))
            raise Refusal(
                tr("There are too many requests."),
                tr("Ask again in {wait_s} s.", wait_s=wait_s),
                status=TOO_MANY,
                code="rate_limit_exceeded",
                retry_after_s=wait_s,
            )
        if len(self._left) >= _MOST_KNOWN:
            self._left.clear()
        self._left[who] = (left - 1.0, now)
