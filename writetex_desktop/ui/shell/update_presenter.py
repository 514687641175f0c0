"""Joins the question whether to look for newer versions to what looks for them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.services.updates import UpdateCheck
from writetex_desktop.ui.shell.main_window import MainWindow

PAUSE_S: Final = 6 * 3600.0
"""How often it is seen whether a week is over, in a program that runs for weeks."""


@dataclass(frozen=True, slots=True)
class UpdateWorld:
    """What it needs of the outside.

    Attributes:
        check: Looks, when it is time.
        has_source: Whether this build knows where to look.
        way: How this installation is updated, in a sentence.
        open_page: Opens an address in the browser; False when there is none.
    """

    check: UpdateCheck
    has_source: bool
    way: str
    open_page: Callable[[str], bool]


class UpdatePresenter:
    """Asks on the first page, looks if the user wants it, and tells of what is found.

    Args:
        window: Shows the question, and the notice's button.
        settings: Say whether the user wants it.
        edit: Changes them.
        world: See there.
        notifier: Tells of a newer version.
        tasks: Runs the looking.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        settings: Observable[Settings],
        edit: Callable[[Callable[[Settings], Settings]], None],
        world: UpdateWorld,
        notifier: Notifier,
        tasks: Tasks,
    ) -> None:
        self._window = window
        self._settings = settings
        self._edit = edit
        self._world = world
        self._notifier = notifier
        self._tasks = tasks
        self._page = ""
        self._wanted = asyncio.Event()

    def start(self) -> None:
        """Ask, and look from now on."""
        if not self._world.has_source:
            return
        self._window.updates_chosen.connect(self._choose)
        self._window.remedy_requested.connect(self._obey)
        self._settings.subscribe(self._follow)
        self._follow(self._settings.value)
        self._tasks.spawn(self._watch(), name="look for updates")

    def _follow(self, settings: Settings) -> None:
        self._window.offer_updates(settings.check_updates)
        if settings.check_updates:
            self._wanted.set()

    def _choose(self, wanted: bool) -> None:
        self._edit(lambda settings: replace(settings, check_updates=wanted))

    async def _watch(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            release = await self._world.check.look()
            if release is not None:
                self._page = release.page
                message = tr(
                    "WriteTex {version} is there: {notes}", version=release.version, notes=release.notes
                )
                self._notifier.notify(
                    Notice(Level.INFO, message, Remedy(self._world.way, RemedyAction.OPEN_RELEASE))
                )
            asyncio.get_running_loop().call_later(PAUSE_S, self._wanted.set)

    def _obey(self, action: RemedyAction) -> None:
        if action is RemedyAction.OPEN_RELEASE and self._page:
            self._world.open_page(self._page)
