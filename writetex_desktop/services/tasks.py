"""Where coroutines are started: strong references and one place for what goes wrong."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from writetex_desktop.core.errors import InternalError, WriteTexError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.ports.session import Notifier

_log = logging.getLogger(__name__)

T = TypeVar("T")

ErrorSink = Callable[[WriteTexError], None]


class Tasks:
    """The running coroutines of the program.

    A task is held until it ends (asyncio itself keeps only weak references). What it raises goes to one sink:
    a `WriteTexError` as it is, a cancellation nowhere, anything else as an `InternalError` whose traceback is
    logged without messages and values.

    Args:
        notifier: Where errors are told, unless a task brings its own sink.
    """

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(
        self, coroutine: Coroutine[Any, Any, T], *, name: str, on_error: ErrorSink | None = None
    ) -> asyncio.Task[T]:
        """Start a coroutine on the running loop.

        Args:
            coroutine: What runs.
            name: What the log calls it.
            on_error: Is called, on the loop's thread, instead of the notifier when the task fails.
        """
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._running.add(task)
        sink = on_error or self._notify
        task.add_done_callback(lambda done: self._settle(done, sink))
        return task

    async def cancel_all(self) -> None:
        """Cancel every task but the calling one and wait until they have ended."""
        tasks = self._running - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _settle(self, task: asyncio.Task[Any], sink: ErrorSink) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        match task.exception():
            case None:
                pass
            case WriteTexError() as error:
                _log.info("%s ended with %s", task.get_name(), type(error).__name__)
                forget_frames(error)
                sink(error)
            case fault:
                _log.error("%s failed by a fault of ours:\n%s", task.get_name(), redact(fault))
                forget_frames(fault)
                sink(internal_error(fault))

    def _notify(self, error: WriteTexError) -> None:
        self._notifier.notify(Notice.of(error))


def internal_error(fault: BaseException) -> InternalError:
    """Make the error that tells the user of a fault of ours, or of a library that the program lacks."""
    if isinstance(fault, ImportError):
        return missing_library(fault)
    return InternalError(
        tr("Something went wrong inside WriteTex Desktop."),
        tr("Try again; if it happens again, please report it with the log file."),
    )


def missing_library(error: ImportError) -> InternalError:
    """Make the error that tells the user of a library that is missing or broken."""
    name = (error.name or "").partition(".")[0]
    which = f" {name}" if name else ""
    return InternalError(
        tr("A library of the program{which} is missing or broken.", which=which),
        tr("Install the program anew; `writetex doctor` says what works."),
    )


def forget_frames(error: BaseException) -> None:
    """Let go of what an error that is kept keeps alive: the frames it came through and all they hold."""
    seen: set[int] = set()
    links = [error]
    while links:
        link = links.pop()
        if id(link) not in seen:
            seen.add(id(link))
            link.__traceback__ = None
            links += [each for each in (link.__cause__, link.__context__) if each is not None]


def redact(error: BaseException) -> str:
    """Format a traceback with places and exception types, but without messages and values.

    Messages are left out because they may hold a key, a file name or recognised text.
    """
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        parts.append("\n".join([*lines, type(link).__qualname__]))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nwhich came of:\n".join(parts)
