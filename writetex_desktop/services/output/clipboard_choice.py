"""Two ways to the clipboard: through our window, or through a tool where the window may not."""

from collections.abc import Callable

from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.ports.clipboard import Clipboard


class ClipboardChoice:
    """A `Clipboard` that takes the window's way where that works, and the tool's where it does not.

    A Wayland compositor takes from a window only while it has the focus, and tells nobody when it does not:
    so the way is chosen beforehand. A window offers every form of a thing, a tool only its text (or, without
    text, its first form).

    Args:
        window: The way through a window.
        tool: The way without one.
        window_may: Says whether the window's way works at this moment.
    """

    def __init__(self, window: Clipboard, tool: Clipboard, window_may: Callable[[], bool]) -> None:
        self._window = window
        self._tool = tool
        self._window_may = window_may

    async def copy(self, content: ClipboardContent) -> None:
        """See `Clipboard.copy`.

        Raises:
            ClipboardError: The way that was taken failed.
        """
        await self._way().copy(content)

    async def read(self) -> ClipboardContent:
        """See `Clipboard.read`.

        Raises:
            ClipboardError: The way that was taken failed.
        """
        return await self._way().read()

    def _way(self) -> Clipboard:
        return self._window if self._window_may() else self._tool
