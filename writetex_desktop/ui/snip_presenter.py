"""Joins the doors by which a snip begins to the overlay and the jobs."""

import asyncio
from collections.abc import Callable

from writetex_desktop.core.job import Origin
from writetex_desktop.core.snip_wish import SNIP, SnipWish
from writetex_desktop.ports import Clock, ScreenGrabber
from writetex_desktop.services.jobs import Jobs
from writetex_desktop.services.paste_back import PasteBack
from writetex_desktop.services.settings_service import SettingsService
from writetex_desktop.services.snip_flow import capture
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.main_window import MainWindow
from writetex_desktop.ui.snipper import Snipper

HIDE_S = 0.2
"""How long a desktop may take to paint what was behind our window; compositors need a few frames."""


class SnipPresenter:
    """Snips, one at a time.

    Args:
        window: Is hidden while it would be in the way.
        snipper: Lets the user choose a region.
        grabber: Takes the frames.
        clock: Time.
        in_use: Is called whenever the user snips.
        jobs: Take what was snipped.
        paste_back: Is told where the user comes from.
        settings: The settings in force.
        tasks: Runs the snip.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        snipper: Snipper,
        grabber: ScreenGrabber,
        clock: Clock,
        in_use: Callable[[], None],
        jobs: Jobs,
        paste_back: PasteBack,
        settings: SettingsService,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._snipper = snipper
        self._grabber = grabber
        self._clock = clock
        self._in_use = in_use
        self._jobs = jobs
        self._paste_back = paste_back
        self._settings = settings
        self._tasks = tasks
        self._running: asyncio.Task[None] | None = None
        self._wish = SNIP

    def snip(self, wish: SnipWish = SNIP, *, delay_s: float = 0.0, hide_window: bool = False) -> None:
        """Snip; while the overlay is up, choose the last region again, for what is wished now."""
        self._wish = wish
        if self._running is not None and not self._running.done():
            self._snipper.repeat_last()
            return
        self._paste_back.look()
        self._in_use()
        self._running = self._tasks.spawn(self._snip_now(delay_s, hide_window), name="snip")

    def snip_for(self, profile: str, *, repeat: bool, delay_s: float = 0.0) -> None:
        """Snip as somebody outside asks, who names a profile as the user does.

        Args:
            profile: Name or `id` of the profile that reads this one picture; empty for the active one.
            repeat: Whether the last region is taken again.
            delay_s: Seconds to wait before.

        Raises:
            SettingsError: There is no such profile.
        """
        chosen = self._settings.settings.value.find_profile(profile) if profile else ""
        self.snip(SnipWish(repeat=repeat, profile=chosen), delay_s=delay_s)

    async def _snip_now(self, delay_s: float, hide_window: bool) -> None:
        window = self._window
        was_there = hide_window and window.isVisible()
        if was_there:
            window.hide()
        try:
            await self._clock.sleep(max(delay_s, HIDE_S if was_there else 0.0))
            repeat = self._wish.repeat
            found = await capture(self._grabber, self._snipper, repeat=repeat)
        finally:
            if was_there:
                window.show()
        if found is not None:
            place, bitmap = found
            mode = self._settings.settings.value.mode
            job = self._jobs.start(bitmap, Origin.SNIP, mode, place=place, profile=self._wish.profile)
            self._paste_back.bind(job.id)
