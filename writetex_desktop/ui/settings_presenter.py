"""Joins the settings dialog to the settings, the key store and the hotkey."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from writetex_desktop.core.connection import ConnectionReport
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction, WriteTexError
from writetex_desktop.core.hotkey import Hotkey, check_hotkey
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.secret import Secret
from writetex_desktop.core.settings import Profile, Settings
from writetex_desktop.ports import HotkeySource, Notifier
from writetex_desktop.services.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.main_window import MainWindow
from writetex_desktop.ui.settings.dialog import SettingsDialog


class SettingsPresenter:
    """Shows the settings and puts changes in force at once.

    Args:
        window: The dialog's parent.
        settings: The settings in force.
        hotkeys: Where the global hotkey is registered.
        on_hotkey: What a press does.
        test_connection: Tries the active endpoint.
        notifier: Where problems are told that have no place of their own.
        tasks: Runs what takes time.
        platform: As in `sys.platform`.
    """

    def __init__(
        self,
        *,
        window: MainWindow,
        settings: SettingsService,
        hotkeys: HotkeySource,
        on_hotkey: Callable[[], None],
        test_connection: Callable[[], Coroutine[Any, Any, ConnectionReport]],
        notifier: Notifier,
        tasks: Tasks,
        platform: str,
    ) -> None:
        self._window = window
        self._settings = settings
        self._hotkeys = hotkeys
        self._on_hotkey = on_hotkey
        self._test_connection = test_connection
        self._notifier = notifier
        self._tasks = tasks
        self._platform = platform
        self._dialog: SettingsDialog | None = None
        settings.settings.subscribe(self._show)

    def open(self) -> None:
        """Show the dialog."""
        dialog = self._shown_dialog()
        self._tasks.spawn(self._show_key_kept(), name="look for the key")
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_endpoint(self) -> None:
        """Show the page with the three fields, ready to fill in what is missing."""
        self.open()
        dialog = self._shown_dialog()
        dialog.open_page(dialog.endpoint)
        dialog.endpoint.focus_first_gap()

    def open_snipping(self) -> None:
        """Show the page with the hotkey."""
        self.open()
        dialog = self._shown_dialog()
        dialog.open_page(dialog.snipping)

    def edit(self, edit: Callable[[Settings], Settings]) -> None:
        """Change settings; that they could not be saved is told, and they are in force all the same."""
        try:
            self._settings.change(edit)
        except WriteTexError as error:
            self._notifier.notify(Notice.of(error))

    def register_hotkey(self) -> None:
        """Put the hotkey of the settings in force; that it cannot be had is told."""
        try:
            self._register(self._settings.settings.value.hotkey)
        except HotkeyError as error:
            remedy = Remedy(error.remedy.text, RemedyAction.OPEN_SNIPPING_SETTINGS)
            self._notifier.notify(Notice(Level.WARNING, error.message, remedy))

    def _register(self, hotkey: Hotkey | None) -> None:
        if hotkey is None:
            self._hotkeys.unregister()
        else:
            self._hotkeys.register(hotkey, self._on_hotkey)

    def _choose_hotkey(self, hotkey: Hotkey | None) -> None:
        """Put another hotkey in force; when it cannot be had, the old one stays in the settings."""
        page = self._shown_dialog().snipping
        try:
            self._register(hotkey)
        except HotkeyError as error:
            page.show_settings(self._settings.settings.value)
            page.show_hotkey_problem(f"{error.message} {error.remedy.text}".strip())
            return
        self.edit(lambda settings: replace(settings, hotkey=hotkey))
        page.show_hotkey_problem((check_hotkey(hotkey, self._platform) if hotkey else None) or "")

    def _record(self, recording: bool) -> None:
        if recording:
            self._hotkeys.unregister()
        else:
            self.register_hotkey()

    def _save_profile(self, profile: Profile, key: Secret | None) -> None:
        async def save() -> None:
            try:
                await self._settings.save_profile(profile, key)
            finally:
                await self._show_key_kept()

        self._tasks.spawn(save(), name="save profile")

    def _remove_profile(self, profile: str) -> None:
        self._tasks.spawn(self._settings.remove_profile(profile), name="remove profile")

    def _choose_profile(self, profile: str) -> None:
        self.edit(lambda settings: replace(settings, active_profile=profile))
        self._tasks.spawn(self._show_key_kept(), name="look for the key")

    async def _show_key_kept(self) -> None:
        profile = self._settings.settings.value.profile
        has_key = bool(profile and await self._settings.key(profile.id))
        self._shown_dialog().endpoint.show_key_kept(has_key=has_key, keeps=self._settings.keeps_keys)

    def _test(self) -> None:
        self._tasks.spawn(self._run_test(), name="test connection")

    async def _run_test(self) -> None:
        page = self._shown_dialog().endpoint
        page.show_testing()
        page.show_report(await self._test_connection())

    def _show(self, settings: Settings) -> None:
        if self._dialog is not None:
            self._dialog.show_settings(settings)

    def _shown_dialog(self) -> SettingsDialog:
        if self._dialog is None:
            self._dialog = dialog = SettingsDialog(self._window)
            dialog.show_settings(self._settings.settings.value)
            dialog.settings_edited.connect(lambda settings: self.edit(lambda _before: settings))
            dialog.snipping.hotkey_chosen.connect(self._choose_hotkey)
            dialog.snipping.recording_changed.connect(self._record)
            dialog.endpoint.profile_edited.connect(self._save_profile)
            dialog.endpoint.profile_chosen.connect(self._choose_profile)
            dialog.endpoint.profile_removed.connect(self._remove_profile)
            dialog.endpoint.test_requested.connect(self._test)
        return self._dialog
