"""Joins the global hotkeys of the settings to the source that has them, and to the page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, check_hotkey, format_hotkey
from writetex_desktop.core.desktop.snip_wish import SNIP, SNIP_AGAIN, WRITE, SnipWish
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.hotkeys import HotkeySource
from writetex_desktop.ports.session import Notifier
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.snipping.binding_presenter import BindingPresenter, BindingWorld
from writetex_desktop.ui.toolkit.mode_names import mode_name

if TYPE_CHECKING:
    from writetex_desktop.ui.settings.snipping.page import SnippingPage

Edit = Callable[[Callable[[Settings], Settings]], None]
"""Changes settings; that they could not be saved is told elsewhere."""


class HotkeyPresenter:
    """Puts the hotkeys of the settings in force, and those that the user chooses.

    Args:
        settings: The settings in force.
        source: Where hotkeys are registered.
        on_press: What a press does.
        notifier: Where it is told that a hotkey cannot be had.
        platform: As in `sys.platform`.
        world: What the desktop's own shortcuts need.
        tasks: Runs what sets them.
    """

    def __init__(
        self,
        *,
        settings: SettingsService,
        source: HotkeySource,
        on_press: Callable[[SnipWish], None],
        notifier: Notifier,
        platform: str,
        world: BindingWorld,
        tasks: Tasks,
    ) -> None:
        self._settings = settings
        self._source = source
        self._on_press = on_press
        self._notifier = notifier
        self._platform = platform
        self._world = world
        self._tasks = tasks
        self._actions: dict[SnipWish, HotkeyAction] = {}
        """What is registered."""
        settings.settings.subscribe(self._give_back_what_is_gone)

    def attach(self, page: SnippingPage, edit: Edit) -> None:
        """Serve the page on which hotkeys are chosen."""
        page.hotkey_chosen.connect(lambda wish, hotkey: self._choose(page, edit, wish, hotkey))
        page.recording_changed.connect(self._record)
        self._bindings = BindingPresenter(
            page.binding,
            settings=self._settings.settings,
            edit=edit,
            world=self._world,
            tasks=self._tasks,
        )

    def register(self) -> None:
        """Put the hotkeys of the settings in force; that one cannot be had is told."""
        for error in self._register(self._settings.settings.value).values():
            remedy = Remedy(error.remedy.text, RemedyAction.OPEN_SNIPPING_SETTINGS)
            self._notifier.notify(Notice(Level.WARNING, error.message, remedy))

    def _register(self, settings: Settings) -> Mapping[SnipWish, HotkeyError]:
        """Register what is set and give back what is not; gives what could not be had."""
        self._give_back_what_is_gone(settings)
        wanted = {} if settings.desktop_hotkeys else settings.hotkeys
        problems: dict[SnipWish, HotkeyError] = {}
        for place, (wish, hotkey) in enumerate(wanted.items()):
            if rival := _rival(hotkey, list(wanted.items())[:place], settings):
                problems[wish] = rival
                continue
            action = HotkeyAction(wish.id, describe(wish, settings))
            try:
                self._source.register(action, hotkey, partial(self._on_press, wish))
                self._actions[wish] = action
            except HotkeyError as error:
                problems[wish] = error
        return problems

    def _give_back_what_is_gone(self, settings: Settings) -> None:
        """Follow the settings, where a profile went and its hotkey with it."""
        wanted = {} if settings.desktop_hotkeys else settings.hotkeys
        for wish in self._actions.keys() - wanted.keys():
            self._source.unregister(self._actions.pop(wish))

    def _choose(self, page: SnippingPage, edit: Edit, wish: SnipWish, hotkey: Hotkey | None) -> None:
        """Put another hotkey in force; when it cannot be had, the old one stays in the settings."""
        before = self._settings.settings.value
        others = [each for each in before.hotkeys.items() if each[0] != wish]
        problem = _rival(hotkey, others, before)
        if problem is None:
            problem = self._register(before.with_hotkey(wish, hotkey)).get(wish)
        if problem is not None:
            page.show_settings(before)
            page.show_hotkey_problem(wish, f"{problem.message} {problem.remedy.text}".strip())
            return
        edit(lambda settings: settings.with_hotkey(wish, hotkey))
        page.show_hotkey_problem(wish, (check_hotkey(hotkey, self._platform) if hotkey else None) or "")

    def _record(self, recording: bool) -> None:
        """Let all hotkeys sleep while one is recorded, or their press would snip."""
        if recording:
            for action in self._actions.values():
                self._source.unregister(action)
            self._actions.clear()
        else:
            self.register()


def _rival(
    hotkey: Hotkey | None, others: Sequence[tuple[SnipWish, Hotkey]], settings: Settings
) -> HotkeyError | None:
    """Say which of our own hotkeys is in the way, if one is."""
    for wish, taken in others:
        if taken == hotkey:
            said = tr("“{action}” has {hotkey} already.")
            return HotkeyError(
                said.format(action=describe(wish, settings), hotkey=format_hotkey(taken)),
                tr("Choose another combination."),
            )
    return None


def describe(wish: SnipWish, settings: Settings) -> str:
    """Say what a hotkey is for, as the user knows it."""
    if wish == SNIP:
        return tr("Snip a formula")
    if wish == SNIP_AGAIN:
        return tr("Snip the last region again")
    if wish == WRITE:
        return tr("Write by hand")
    if wish.mode:
        return tr("Snip as {mode}", mode=mode_name(Mode(wish.mode)))
    profile = next((each.name for each in settings.profiles if each.id == wish.profile), wish.profile)
    return tr("Snip to {name}", name=profile)
