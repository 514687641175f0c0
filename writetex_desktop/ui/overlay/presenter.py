"""Joins the doors by which a snip begins to the overlay, and to what reads what was snipped."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from writetex_desktop.core.desktop.snip_wish import SNIP, SnipWish
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.ports.clipboard import FocusPaster, PasteTarget
from writetex_desktop.ports.screens import ScreenGrabber
from writetex_desktop.ports.session import Clock
from writetex_desktop.services.reading.capture import capture
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.overlay.snipper import Snipper

HIDE_S = 0.2
"""How long a desktop may take to paint what was behind our window; compositors need a few frames."""


@dataclass(frozen=True, slots=True)
class Snip:
    """What was snipped.

    Attributes:
        place: Where it was on the screen.
        bitmap: Its pixels.
        profile: `id` of the profile that reads it; empty for the active one.
        mode: Value of the `Mode` in which it is read; empty for the one in force.
        came_from: Who had the focus, where results are pasted back.
    """

    place: Place
    bitmap: Bitmap
    profile: str
    mode: str
    came_from: PasteTarget | None


class SnipPresenter:
    """Snips, one at a time.

    Args:
        window: Gives what is hidden while it would be in the way, once it is there.
        snipper: Lets the user choose a region.
        grabber: Takes the frames.
        paster: Knows where the user comes from.
        clock: Time.
        in_use: Is called whenever the user snips.
        take: Takes what was snipped.
        settings: The settings in force.
        tasks: Runs the snip.
    """

    def __init__(
        self,
        *,
        window: Callable[[], QWidget | None],
        snipper: Snipper,
        grabber: ScreenGrabber,
        paster: FocusPaster,
        clock: Clock,
        in_use: Callable[[], None],
        take: Callable[[Snip], None],
        settings: SettingsService,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._snipper = snipper
        self._grabber = grabber
        self._paster = paster
        self._clock = clock
        self._in_use = in_use
        self._take = take
        self._settings = settings
        self._tasks = tasks
        self._running: asyncio.Task[Snip | None] | None = None
        self._came_from: PasteTarget | None = None
        self._wish = SNIP

    def snip(self, wish: SnipWish = SNIP, *, delay_s: float = 0.0, hide_window: bool = False) -> None:
        """Snip; while the overlay is up, choose the last region again, for what is wished now."""
        self._wish = wish
        if self._running is not None and not self._running.done():
            self._snipper.repeat_last()
            return
        # Before anything of ours is on the screen.
        self._came_from = self._paster.focused() if self._settings.settings.value.paste_back else None
        self._in_use()
        running = self._running = self._tasks.spawn(self._snip_now(delay_s, hide_window), name="snip")
        running.add_done_callback(self._forget)

    def _forget(self, ended: asyncio.Task[Snip | None]) -> None:
        """Let go of a snip that has ended, and with it of the frames that it may have failed with."""
        if self._running is ended:
            self._running = None

    def snip_for(self, profile: str, *, repeat: bool, delay_s: float = 0.0, mode: str = "") -> None:
        """Snip as somebody outside asks, who names a profile as the user does.

        Args:
            profile: Name or `id` of the profile that reads this one picture; empty for the active one.
            repeat: Whether the last region is taken again.
            delay_s: Seconds to wait before.
            mode: Value of the `Mode` of this one picture; empty for the one in force.

        Raises:
            SettingsError: There is no such profile.
        """
        chosen = self._settings.settings.value.find_profile(profile) if profile else ""
        self.snip(SnipWish(repeat=repeat, profile=chosen, mode=mode), delay_s=delay_s)

    def asked(self, profile: str, *, repeat: bool, delay_s: float) -> asyncio.Task[Snip | None]:
        """Snip as another program asks, which waits for what comes of it; see `snip_for`.

        Returns:
            The snip; what it gives is taken already, and None where the user chose nothing.

        Raises:
            CaptureError: The user is about another snip.
            SettingsError: There is no such profile.
        """
        if self._running is not None and not self._running.done():
            raise CaptureError(
                tr("Another snip is going on."), tr("Finish it or press Escape, then ask again.")
            )
        self.snip_for(profile, repeat=repeat, delay_s=delay_s)
        assert self._running is not None, "it was begun a moment ago"
        return self._running

    async def _snip_now(self, delay_s: float, hide_window: bool) -> Snip | None:
        window = self._window() if hide_window else None
        hidden = window if window is not None and window.isVisible() else None
        if hidden is not None:
            hidden.hide()
        try:
            await self._clock.sleep(max(delay_s, HIDE_S if hidden is not None else 0.0))
            found = await capture(self._grabber, self._snipper, repeat=self._wish.repeat)
        finally:
            if hidden is not None:
                hidden.show()
        if found is None:
            return None
        snip = Snip(*found, self._wish.profile, self._wish.mode, self._came_from)
        self._take(snip)
        return snip
