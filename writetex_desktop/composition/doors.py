"""What the program is ready with: hotkeys, tray and overlay, before there is a window.

What is imported here is imported before the hotkey works; tests/architecture/test_imports.py holds the list.
"""

import os
import sys
from collections.abc import Callable

from writetex_desktop.adapters.loop_clock import LoopClock
from writetex_desktop.adapters.storage.translation_files import read_catalogue
from writetex_desktop.composition.backends import make_paster, make_screen_grabber, window_lifter
from writetex_desktop.composition.clipboard import leave_clipboard, make_clipboard
from writetex_desktop.composition.configuration import read_configuration
from writetex_desktop.composition.hotkeys import Hotkeys
from writetex_desktop.composition.quiet import log_only
from writetex_desktop.core.desktop.snip_wish import SnipWish
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.language.languages import environment_names
from writetex_desktop.native.heap import give_back
from writetex_desktop.native.inheritance import forget_ours
from writetex_desktop.native.screens.qt import watch_screens
from writetex_desktop.native.session import Session
from writetex_desktop.native.windows.color_scheme import ColorSchemePortal
from writetex_desktop.ports.screens import ScreenGrabber
from writetex_desktop.services.first_use import FirstUse
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.overlay.presenter import SnipPresenter
from writetex_desktop.ui.overlay.snipper import Snipper
from writetex_desktop.ui.settings.editor import SettingsEditor
from writetex_desktop.ui.shell.doors import Desk, DoorPresenter, DoorViews
from writetex_desktop.ui.shell.notifier import BarNotifier
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.application import QtApp
from writetex_desktop.ui.toolkit.garbage import MainThreadGarbage
from writetex_desktop.ui.toolkit.language import LanguageKeeper, system_languages
from writetex_desktop.ui.toolkit.resources import resource_path
from writetex_desktop.ui.toolkit.theme import ThemeKeeper


class Doors:
    """The doors, and what they share with the desk.

    Args:
        app: The application.
        session: Where.
        desk: The window and what stands behind it, made at its first use.
        in_use: Is called whenever the user turns to the program.
        offline: Whether this run opens no connection, whatever the settings say.
        language: Code of the language of this run; empty for what the settings say.
    """

    def __init__(
        self,
        app: QtApp,
        session: Session,
        desk: FirstUse[Desk],
        in_use: Callable[[], None],
        *,
        offline: bool,
        language: str = "",
    ) -> None:
        self.app = app
        resources = resource_path()
        languages = LanguageKeeper(
            app, lambda each: read_catalogue(resources, each), _system_languages(), forced=language
        )
        languages.apply("")
        self.session = session
        self.in_use = in_use
        self._desk = desk
        self.garbage = MainThreadGarbage(app, give_back)
        self.clock = LoopClock()
        self.actions = Actions(app)
        self.tray = Tray(self.actions, app)
        self.notifier = BarNotifier(self.tray)
        self.tasks = Tasks(self.notifier)
        self.configuration = read_configuration(self.notifier.notify, offline=offline)
        forget_ours()
        self.settings = self.configuration.settings
        self.editor = SettingsEditor(self.settings, self.notifier)
        self.grabber: ScreenGrabber = make_screen_grabber(session, self.notifier.notify)
        self.paster = make_paster(session)
        clipboards = make_clipboard(session)
        self.clipboard, self.pasted = clipboards.kept, clipboards.pasted
        self.hotkeys = Hotkeys(
            session,
            settings=self.settings,
            on_press=self._snip,
            notifier=self.notifier,
            tasks=self.tasks,
            clipboard=self.clipboard,
        )
        self._snipper = Snipper(window_lifter(session))
        theme = ThemeKeeper(app)
        self.snips = SnipPresenter(
            window=lambda: desk.made.window if desk.made is not None else None,
            snipper=self._snipper,
            grabber=self.grabber,
            paster=self.paster,
            clock=self.clock,
            in_use=in_use,
            take=lambda snip: desk().read_snip(snip),
            settings=self.settings,
            tasks=self.tasks,
        )
        self.presenter = DoorPresenter(
            views=DoorViews(self.tray, self.actions, theme, languages, self._snipper),
            snips=self.snips,
            hotkeys=self.hotkeys.presenter,
            desk=desk,
            settings=self.settings,
            editor=self.editor,
        )
        app.quit_asked.connect(self.presenter.quit)
        watch_screens(app, self._screens_changed)
        self._color_scheme = ColorSchemePortal()
        self._color_scheme.changed.connect(theme.set_desktop_scheme)
        self._color_scheme.contrast_changed.connect(theme.set_high_contrast)
        self._color_scheme.motion_changed.connect(theme.set_reduced_motion)
        if sys.platform == "win32":
            from writetex_desktop.native.windows.animations import animations_are_off  # noqa: PLC0415 - there alone

            theme.set_reduced_motion(animations_are_off())

    async def warm(self) -> None:
        """Make the hotkey quick: what the overlay needs is small."""
        if sys.platform == "linux":
            self._color_scheme.start()
        self.hotkeys.watch()
        self._snipper.warm()
        self.tasks.spawn(self.settings.settle_secrets(), name="settle secrets", on_error=log_only)
        try:
            await self.grabber.warm()
        except WriteTexError as error:
            log_only(error)

    async def leave_clipboard(self) -> None:
        """Let what we hold on the clipboard outlive us."""
        await leave_clipboard(self.session)

    async def aclose(self) -> None:
        """Give everything back."""
        self.hotkeys.close()
        self.grabber.close()
        self._snipper.close()
        self.tray.close()

    def _snip(self, wish: SnipWish) -> None:
        if wish.writes:
            self.in_use()
            self._desk().write_by_hand(self.paster.focused())
        else:
            self.snips.snip(wish)

    def _screens_changed(self) -> None:
        self.grabber.screens_changed()
        self.tasks.spawn(self.grabber.warm(), name="warm grabber", on_error=log_only)


def _system_languages() -> tuple[str, ...]:
    """Give what the user prefers; what the environment says is more than what Qt makes of it."""
    return (*environment_names(os.environ), *(() if sys.platform == "linux" else system_languages()))
