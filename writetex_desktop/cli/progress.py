"""One line at the bottom of a terminal that says how far a batch is."""

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from writetex_desktop.core.language.numbers import number
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import visible

if TYPE_CHECKING:
    from writetex_desktop.core.batches.batch import Batch, Totals

REDRAW_S = 0.1
"""The line changes at most so often; a terminal is slow."""

_CLEAR = "\r\x1b[K"
_MINUTE_S = 60


class ProgressLine:
    """Is shown on a terminal only; other lines are written above it.

    Args:
        stream: Where it is written.
        clock: Seconds since some moment.
    """

    def __init__(self, stream: TextIO = sys.stderr, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._is_terminal = stream.isatty()
        self._started = clock()
        self._drawn = float("-inf")
        self._line = ""

    def show(self, batch: "Batch") -> None:
        """Say how far a batch is; one of a single picture needs no word."""
        now = self._clock()
        if self._is_terminal and len(batch.items) > 1 and now - self._drawn >= REDRAW_S:
            self._drawn = now
            self._draw(progress_text(batch.totals, now - self._started))

    def say(self, text: str) -> None:
        """Say something in place of how far it is, until that changes."""
        if self._is_terminal:
            self._draw(text)

    def above(self, write: Callable[[], None]) -> None:
        """Let something be written where the line is; it moves down."""
        line = self._line
        if line:
            self._draw("")
        write()
        if line:
            self._draw(line)

    def end(self) -> None:
        """Take the line away."""
        if self._line:
            self._draw("")

    def _draw(self, line: str) -> None:
        self._line = visible(line)
        self._stream.write(_CLEAR + self._line)
        self._stream.flush()


def progress_text(totals: "Totals", seconds: float) -> str:
    """Say how far a batch is and how long it will take.

    Args:
        totals: What is over and what is left.
        seconds: How long it has run.
    """
    from writetex_desktop.core.batches.batch import ItemState
    from writetex_desktop.core.costs.cost import format_cost

    parts = [tr("{over} of {count} read", over=number(totals.over), count=number(totals.count))]
    failed = totals.states[ItemState.FAILED]
    if failed:
        parts.append(tr("{count} failed", count=number(failed)))
    parts += [format_cost(cost) for cost in totals.costs]
    left = totals.count - totals.over
    if left and totals.over:
        parts.append(tr("{time} left", time=_duration(seconds / totals.over * left)))
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return tr("{seconds} s", seconds=number(seconds))
    minutes = round(seconds / _MINUTE_S)
    if minutes < _MINUTE_S:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // _MINUTE_S, minutes=minutes % _MINUTE_S)
