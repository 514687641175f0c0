"""Pictures of the screens, and the region of them that the user chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from writetex_desktop.core.pictures.image import ScreenFrame, Selection


class ScreenGrabber(Protocol):
    """Pictures of the screens."""

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """Take what all screens show now, one frame a screen, in device pixels.

        Where a desktop lets programs see only what the user picks in a dialog of its own, there is one frame
        that `is_chosen`, or none when the user closed the dialog.

        Raises:
            CaptureError: The screen cannot be read; the remedy names what is missing.
        """
        ...

    async def warm(self) -> None:
        """Get ready, so that the next `grab` is quick.

        Raises:
            CaptureError: As for `grab`.
        """
        ...

    def screens_changed(self) -> None:
        """Forget what is known of the screens; call it whenever one comes, goes or changes."""
        ...

    def close(self) -> None:
        """Give everything back; the grabber is not used again."""
        ...


class RegionSelector(Protocol):
    """The overlay on which the user chooses a region."""

    async def select(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """Show the frames and wait for a region.

        Keyboard and mouse are given back before it returns, raises or is cancelled.

        Returns:
            The selection, or None when the user chose nothing.
        """
        ...

    def last(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """Give the region chosen last, on the frame of its screen; None where it does not fit."""
        ...
