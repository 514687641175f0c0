"""Opens documents that are locked with a password, one after the other."""

from collections.abc import Callable, Coroutine, Iterable
from pathlib import PurePath
from typing import Any

from writetex_desktop.core.errors import ImageError, LockedError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.batches.sources import Sources
from writetex_desktop.services.interruption import in_thread
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.batch.lock_strip import LockStrip


class Unlocking:
    """Asks in the strip, and tells when a document is open.

    Args:
        sources: Tries the passwords.
        strip: Gives the strip; called when there is something to ask.
        on_opened: Puts the documents of these paths into the batch.
        on_end: Is told that nothing is asked any more.
        notifier: Is told what else is wrong with a document.
        tasks: Run what takes time.
    """

    def __init__(
        self,
        sources: Sources,
        strip: Callable[[], LockStrip],
        *,
        on_opened: Callable[[list[str]], Coroutine[Any, Any, None]],
        on_end: Callable[[], None],
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._sources = sources
        self._strip = strip
        self._on_opened = on_opened
        self._on_end = on_end
        self._notifier = notifier
        self._tasks = tasks
        self._paths: list[str] = []

    def attach(self, strip: LockStrip) -> None:
        """Listen to the strip, once it is made."""
        strip.given.connect(
            lambda text: self._tasks.spawn(self._try(self._paths[0], Secret(text)), name="unlock document")
        )
        strip.left_out.connect(self._leave_out)

    def ask(self, paths: Iterable[str]) -> None:
        """Ask for the passwords of more documents."""
        was_asking = bool(self._paths)
        self._paths += [path for path in paths if path not in self._paths]
        if self._paths and not was_asking:
            self._ask_next(again=False)

    async def _try(self, path: str, password: Secret) -> None:
        try:
            await in_thread(lambda: self._sources.unlock(path, password))
        except LockedError:
            self._ask_next(again=True)
            return
        except ImageError as error:
            self._notifier.notify(Notice.of(error))
            self._leave_out()
            return
        # What opens one often opens the others: they are all looked at again.
        paths, self._paths = self._paths, []
        await self._on_opened(paths)
        if not self._paths:  # else one of them is asked for now
            self._strip().rest()
            self._on_end()

    def _leave_out(self) -> None:
        del self._paths[:1]
        if self._paths:
            self._ask_next(again=False)
        else:
            self._strip().rest()
            self._on_end()

    def _ask_next(self, *, again: bool) -> None:
        self._strip().ask(PurePath(self._paths[0]).name, again=again)
