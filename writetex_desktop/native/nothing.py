"""What stands in where the system has no way: it says why whenever it is asked."""

from collections.abc import Callable

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction
from writetex_desktop.core.errors import CaptureError, ClipboardError, HotkeyError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import ScreenFrame
from writetex_desktop.ports.clipboard import PasteTarget


class NoHotkeys:
    """A `HotkeySource` where there are no global hotkeys."""

    def __init__(self, why: Unsupported) -> None:
        self._why = why

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:  # noqa: ARG002 - the port's
        """See `HotkeySource.register`; always raises `HotkeyError`."""
        raise HotkeyError(self._why.reason, self._why.remedy)

    def unregister(self, action: HotkeyAction) -> None:
        """See `HotkeySource.unregister`."""

    def renew(self) -> None:
        """See `HotkeySource.renew`."""

    def close(self) -> None:
        """See `HotkeySource.close`."""


class NoPaster:
    """A `FocusPaster` where no program may press keys."""

    def __init__(self, why: Unsupported) -> None:
        self._why = why

    def focused(self) -> PasteTarget | None:
        """See `FocusPaster.focused`; whoever it is, pasting says why it cannot be done."""
        return PasteTarget(0)

    async def paste(self, target: PasteTarget) -> None:  # noqa: ARG002 - the port's
        """See `FocusPaster.paste`; always raises `ClipboardError`."""
        raise ClipboardError(
            tr("The formula was not pasted. {reason}", reason=self._why.reason), self._why.remedy
        )


class NoScreens:
    """A `ScreenGrabber` where the screen cannot be read."""

    def __init__(self, why: Unsupported) -> None:
        self._why = why

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`; always raises `CaptureError`."""
        raise CaptureError(self._why.reason, self._why.remedy)

    async def warm(self) -> None:
        """See `ScreenGrabber.warm`; there is nothing to get ready."""

    def screens_changed(self) -> None:
        """See `ScreenGrabber.screens_changed`."""

    def close(self) -> None:
        """See `ScreenGrabber.close`."""
