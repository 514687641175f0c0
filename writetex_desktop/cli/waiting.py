"""The countdown while several pictures wait for a busy server, and Enter to wait no longer."""

import asyncio
import math
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from writetex_desktop.core.language.words import tr

if TYPE_CHECKING:
    from writetex_desktop.cli.progress import ProgressLine
    from writetex_desktop.services.batches.patience import Pause

_TICK_S = 1.0


class Waiting:
    """Counts in the line of the progress; lives on the running event loop.

    Args:
        line: Where it counts; on a terminal only.
        is_asked: Whether somebody sits there who can press Enter.
    """

    def __init__(self, line: "ProgressLine", *, is_asked: bool) -> None:
        self._line = line
        self._is_asked = is_asked
        self._tick: asyncio.TimerHandle | None = None

    def show(self, pause: "Pause | None", skip: Callable[[], None]) -> None:
        """Begin to count, or leave off.

        Args:
            pause: The wait; None when it is over.
            skip: Ends it at once.
        """
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        loop = asyncio.get_running_loop()
        if self._is_asked:
            with suppress(OSError, ValueError):  # what stands there cannot be watched
                loop.remove_reader(sys.stdin)
                if pause is not None:
                    loop.add_reader(sys.stdin, _take_line, skip)
        if pause is not None:
            self._count(pause.until)

    def _count(self, until: float) -> None:
        loop = asyncio.get_running_loop()
        left = max(0, math.ceil(until - loop.time()))
        if self._is_asked:
            self._line.say(tr("waiting, {left} s left; Enter asks again now", left=left))
        else:
            self._line.say(tr("waiting, {left} s left", left=left))
        self._tick = loop.call_later(_TICK_S, self._count, until)


def _take_line(skip: Callable[[], None]) -> None:
    sys.stdin.readline()
    skip()
