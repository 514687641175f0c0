"""The clipboard, with what it held before we came."""

import asyncio
import logging
from contextlib import suppress

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.ports.clipboard import Clipboard
from writetex_desktop.services.observable import Observable

_log = logging.getLogger(__name__)


class ClipboardKeeper:
    """Copies like the `Clipboard` it stands for, and can put back what other programs had there.

    However often we copy, what is put back is the last thing that was not ours. What is asked for at once is
    done one after the other: the last copy that was asked for is the one that stays.

    Attributes:
        can_restore: Whether there is something to put back.
    """

    def __init__(self, clipboard: Clipboard) -> None:
        self.can_restore = Observable(value=False)
        self._clipboard = clipboard
        self._before: ClipboardContent | None = None
        self._ours: ClipboardContent | None = None
        self._turn = asyncio.Lock()

    async def copy(self, content: ClipboardContent) -> None:
        """Copy something; when that fails, the clipboard is given back what it held.

        What a program holds that does not answer is lost, as it would be without us.

        Raises:
            ClipboardError: See `Clipboard.copy`.
        """
        async with self._turn:
            before = await self._read_before()
            try:
                await self._clipboard.copy(content)
            except ClipboardError:
                if before is not None:
                    with suppress(ClipboardError):
                        await self._clipboard.copy(before)
                raise
            if before != self._ours:
                self._before = before
            # Systems may add forms of their own; what is read now is what will be found the next time.
            self._ours = await self._clipboard.read()
            self.can_restore.set(self._before is not None)

    async def read(self) -> ClipboardContent:
        """Give what is on the clipboard now.

        Raises:
            ClipboardError: See `Clipboard.read`.
        """
        return await self._clipboard.read()

    async def restore(self) -> bool:
        """Put back what was there before, once; says whether there was something.

        What another program copied meanwhile is left alone.

        Raises:
            ClipboardError: See `Clipboard.copy`; it can be tried again.
        """
        async with self._turn:
            before = self._before
            if before is None or await self._clipboard.read() != self._ours:
                self._forget()
                return False
            await self._clipboard.copy(before)
            self._forget()
            return True

    async def _read_before(self) -> ClipboardContent | None:
        try:
            return await self._clipboard.read()
        except ClipboardError as error:
            _log.info("what was on the clipboard cannot be put back: %s", error.message)
            return None

    def _forget(self) -> None:
        self._before = self._ours = None
        self.can_restore.set(False)
