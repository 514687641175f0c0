"""Joins what is there from the first moment on: the hotkeys, the tray, the overlay, and the way out."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.desktop.hotkey import format_hotkey
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.services.first_use import FirstUse
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.ui.overlay.presenter import Snip, SnipPresenter
from writetex_desktop.ui.overlay.session import OverlayRules
from writetex_desktop.ui.overlay.snipper import Snipper
from writetex_desktop.ui.settings.editor import SettingsEditor
from writetex_desktop.ui.settings.snipping.presenter import HotkeyPresenter
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import SNIP_LATER_S, Actions
from writetex_desktop.ui.toolkit.language import LanguageKeeper
from writetex_desktop.ui.toolkit.theme import ThemeKeeper


class Desk(Protocol):
    """The window and what stands behind it, as the doors know it."""

    @property
    def window(self) -> QWidget:
        """The window."""
        ...

    def show_window(self) -> None:
        """Bring it to the front."""
        ...

    def read_snip(self, snip: Snip) -> None:
        """Read what was snipped."""
        ...

    def write_by_hand(self, target: PasteTarget | None = None) -> None:
        """Show the small window of the pad; `target` is where a formula is pasted."""
        ...


@dataclass(frozen=True, slots=True)
class DoorViews:
    """What is seen while there is no window."""

    tray: Tray
    actions: Actions
    theme: ThemeKeeper
    language: LanguageKeeper
    snipper: Snipper


class DoorPresenter:
    """Opens the doors, and lets the window be made when one first leads to it.

    Args:
        views: What is seen.
        snips: The doors by which a snip begins.
        hotkeys: Registers the hotkeys.
        desk: The window, made at its first use.
        settings: The settings in force.
        editor: Changes them.

    Attributes:
        quit_asked: Is set when the program shall end; the main coroutine waits for it and cleans up.
    """

    def __init__(
        self,
        *,
        views: DoorViews,
        snips: SnipPresenter,
        hotkeys: HotkeyPresenter,
        desk: FirstUse[Desk],
        settings: SettingsService,
        editor: SettingsEditor,
    ) -> None:
        self.quit_asked = asyncio.Event()
        self._views = views
        self._snips = snips
        self._hotkeys = hotkeys
        self._desk = desk
        self._settings = settings
        self._editor = editor
        self._connect()
        settings.settings.subscribe(self._apply)
        settings.offline.subscribe(self._show_offline)

    def start(self, *, hidden: bool) -> None:
        """Put the settings in force, show the tray and, unless hidden, the window."""
        self._apply(self._settings.settings.value)
        self._show_offline(self._settings.offline.value)
        self._views.tray.show()
        self._hotkeys.register()
        if not hidden or not self._views.tray.is_available:
            self._desk().show_window()

    def quit(self) -> None:
        """End the program."""
        self.quit_asked.set()

    def _apply(self, settings: Settings) -> None:
        views = self._views
        views.theme.apply(settings.theme)
        views.language.apply(settings.language)
        again = tuple(each for each in (settings.hotkey, settings.repeat_hotkey) if each is not None)
        views.snipper.configure(OverlayRules(confirm=settings.confirm_selection, hotkeys=again))
        menu = views.tray.menu
        menu.set_profiles(settings.profiles, settings.active_profile)
        menu.set_hotkey(format_hotkey(settings.hotkey) if settings.hotkey else "")
        views.actions.set_mode(settings.mode)

    def _show_offline(self, offline: bool) -> None:
        self._views.actions.stay_offline.setChecked(offline)
        self._views.tray.set_offline(offline)

    def _choose_profile(self, profile: str) -> None:
        self._editor.edit(lambda settings: replace(settings, active_profile=profile))

    def _choose_mode(self, mode: Mode) -> None:
        self._editor.edit(lambda settings: replace(settings, mode=mode))

    def _snip_from_window(self) -> None:
        desk = self._desk.made
        self._snips.snip(hide_window=desk is not None and desk.window.isActiveWindow())

    def _lead_in(self, action: QAction) -> None:
        """Make the window at the first press of what it answers to; it was not there to hear this one."""
        if self._desk.made is None:
            self._desk()
            action.trigger()

    def _connect(self) -> None:
        actions, tray = self._views.actions, self._views.tray
        actions.snip.triggered.connect(lambda: self._snip_from_window())
        actions.snip_later.triggered.connect(lambda: self._snips.snip(delay_s=SNIP_LATER_S, hide_window=True))
        actions.stay_offline.triggered.connect(self._editor.stay_offline)
        actions.quit.triggered.connect(lambda: self.quit())
        tray.menu.profile_chosen.connect(self._choose_profile)
        actions.mode_changed.connect(self._choose_mode)
        for action in (
            *(actions.paste, actions.open_files, actions.history, actions.pad, actions.pad_window),
            *(actions.show_window, actions.settings, actions.help),
        ):
            lead_in: Callable[[], None] = partial(self._lead_in, action)
            action.triggered.connect(lambda _checked, lead_in=lead_in: lead_in())
