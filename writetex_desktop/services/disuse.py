"""What is large and quick to make again is let go when nobody has used it for a while."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

DISUSE_S: Final = 300.0
"""A user who goes on within five minutes finds everything loaded; in a tray it costs nothing after that."""


class Disuse:
    """Watches the uses of one thing; everything on the event loop's thread.

    Args:
        let_go: Is called when it has been out of use for the time.
        after_s: That time, in seconds.
    """

    def __init__(self, let_go: Callable[[], None], after_s: float = DISUSE_S) -> None:
        self._let_go = let_go
        self._after_s = after_s
        self._uses = 0
        self._end: asyncio.TimerHandle | None = None

    @contextmanager
    def use(self) -> Iterator[None]:
        """Use the thing until the block ends."""
        self._uses += 1
        self.stop()
        try:
            yield
        finally:
            self._uses -= 1
            if not self._uses:
                self._end = asyncio.get_running_loop().call_later(self._after_s, self._let_go)

    def stop(self) -> None:
        """Let nothing go any more, until the next use."""
        if self._end is not None:
            self._end.cancel()
            self._end = None
