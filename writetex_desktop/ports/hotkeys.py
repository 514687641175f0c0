"""Global hotkeys, and the desktop's own shortcuts where programs can have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from collections.abc import Callable

    from writetex_desktop.core.desktop.binding import DesktopShortcut
    from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction


class HotkeySource(Protocol):
    """Global hotkeys, one for each action."""

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """Make `on_press` be called, on the main thread, at each press; replaces the action's one before.

        Auto-repeat while the key is held is one press. Two actions never have the same combination.

        Raises:
            HotkeyError: The combination is taken or cannot be had; the one registered before still works.
        """
        ...

    def unregister(self, action: HotkeyAction) -> None:
        """Give the action's combination back; does nothing when none is registered."""
        ...

    def renew(self) -> None:
        """Make sure that all of them are in force; the system may have lost them while it slept.

        What cannot be had again is told as if the system had just taken it away.
        """
        ...

    def close(self) -> None:
        """Give everything back; the source is not used again."""
        ...


class DesktopShortcuts(Protocol):
    """The desktop's own keyboard shortcuts, for where programs can have no global hotkeys.

    Attributes:
        works_at_once: Whether the desktop obeys a new shortcut at once, and not only from the next login on.
    """

    works_at_once: bool

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        """Give a shortcut of ours a combination, in place of the one that it had; the user's own ones stay.

        Raises:
            HotkeyError: The desktop did not take it.
        """
        ...

    async def remove(self, shortcut: DesktopShortcut) -> None:
        """Take a shortcut of ours away; does nothing when there is none.

        Raises:
            HotkeyError: The desktop did not do it.
        """
        ...
