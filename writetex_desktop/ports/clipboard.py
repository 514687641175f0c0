"""The clipboard, and pasting into the application that the user came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from writetex_desktop.core.desktop.clipboard_content import ClipboardContent


class Clipboard(Protocol):
    """The clipboard."""

    async def copy(self, content: ClipboardContent) -> None:
        """Put something on the clipboard and read it back.

        Raises:
            ClipboardError: What was read back is not what was put there.
        """
        ...

    async def read(self) -> ClipboardContent:
        """Give what is on the clipboard now, as far as `copy` can put it back.

        Raises:
            ClipboardError: The clipboard cannot be read.
        """
        ...


PasteTarget = NewType("PasteTarget", int)
"""A window or an application of another program, by the system's own number."""


class FocusPaster(Protocol):
    """Pasting into another program."""

    def focused(self) -> PasteTarget | None:
        """Say who has the focus now; None when it is ourselves, or nobody."""
        ...

    async def paste(self, target: PasteTarget) -> None:
        """Give the focus back if it is with us, and press the keys that paste.

        Raises:
            ClipboardError: Nothing was pressed, and why.
        """
        ...
