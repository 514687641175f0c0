"""Work in a thread that ends when nobody waits for it any more.

A thread cannot be stopped from outside; what it waits for can, such as a process that it has started. So the
thread is told, by whatever it has left with `Interruption.stopping`.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


class Interruption:
    """Tells a thread that nobody waits for it; every method may be called in any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stop: Callable[[], None] | None = None
        self._is_over = False

    def interrupt(self) -> None:
        """Stop what the thread waits for, now or as soon as it begins to wait."""
        with self._lock:
            self._is_over = True
            if self._stop is not None:
                self._stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Have `stop` called when nobody waits any more, until the block ends.

        Args:
            stop: Returns at once and raises nothing; it may be called in any thread.
        """
        with self._lock:
            self._stop = stop
            if self._is_over:
                stop()
        try:
            yield
        finally:
            with self._lock:
                self._stop = None


_PRESENT: ContextVar[Interruption | None] = ContextVar("interruption", default=None)


def present_interruption() -> Interruption:
    """Give the one of the work that this thread does; one that never comes outside `in_thread`."""
    return _PRESENT.get() or Interruption()


async def in_thread(work: Callable[[], T]) -> T:
    """Do work in a thread; to cancel the waiting for it interrupts it.

    Args:
        work: What is done.
    """
    interruption = Interruption()
    token = _PRESENT.set(interruption)
    try:
        return await asyncio.to_thread(work)  # which takes the context along
    except asyncio.CancelledError:
        interruption.interrupt()
        raise
    finally:
        _PRESENT.reset(token)
