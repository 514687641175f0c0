"""The user's session: starting with it, telling something in it, and its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from writetex_desktop.core.notice import Notice


class Autostart(Protocol):
    """Whether the program starts with the user's session; the system keeps it, not our settings."""

    @property
    def is_on(self) -> bool:
        """Whether it starts with the session."""
        ...

    def switch(self, *, on: bool) -> None:
        """Start with the session from now on, or no longer.

        Raises:
            StorageError: The system did not take it.
        """
        ...


class Notifier(Protocol):
    """The place where the user is told things."""

    def notify(self, notice: Notice) -> None:
        """Show one notice; a new one replaces the last."""
        ...


class Clock(Protocol):
    """Time."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
