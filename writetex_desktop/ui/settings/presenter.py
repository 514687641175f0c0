"""Joins the settings dialog to the settings, the key store and the hotkey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.session import Autostart, Notifier
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.editor import SettingsEditor
from writetex_desktop.ui.settings.endpoint.world import EndpointWorld
from writetex_desktop.ui.settings.snipping.presenter import HotkeyPresenter
from writetex_desktop.ui.toolkit.shortcuts import Shortcuts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from writetex_desktop.ui.settings.dialog import SettingsDialog
    from writetex_desktop.ui.settings.instructions_page import InstructionsPage
    from writetex_desktop.ui.settings.programs.page import ProgramsPage


class SettingsPresenter:
    """Shows the settings.

    Args:
        window: The dialog's parent.
        settings: The settings in force.
        editor: Changes them.
        hotkeys: Serves the page with the hotkeys.
        autostart: Whether the program starts with the session.
        catalogue: The providers that are offered.
        world: What the endpoint page needs of the outside.
        attach_instructions: Joins the page of instructions, once it is made, to what is sent.
        attach_programs: Joins the page of other programs, once it is made, to the door.
        notifier: Where problems are told that have no place of their own.
        expenses: Gives what this month has cost.
        private: Whether nothing is kept of results.
        tasks: Runs what takes time.
    """

    def __init__(
        self,
        *,
        window: QWidget,
        settings: SettingsService,
        editor: SettingsEditor,
        hotkeys: HotkeyPresenter,
        autostart: Autostart,
        catalogue: Catalogue,
        world: EndpointWorld,
        expenses: Callable[[], Sequence[Expense]],
        private: Observable[bool],
        attach_instructions: Callable[[InstructionsPage], None],
        attach_programs: Callable[[ProgramsPage], None],
        notifier: Notifier,
        tasks: Tasks,
        shortcuts: Shortcuts,
    ) -> None:
        self._window = window
        self._settings = settings
        self._editor = editor
        self._hotkeys = hotkeys
        self._autostart = autostart
        self._catalogue = catalogue
        self._world = world
        self._notifier = notifier
        self._tasks = tasks
        self._expenses = expenses
        self._private = private
        self._attach_instructions = attach_instructions
        self._attach_programs = attach_programs
        self._shortcuts = shortcuts
        self._dialog: SettingsDialog | None = None
        settings.settings.subscribe(self._show)

    def open(self) -> None:
        """Show the dialog."""
        dialog = self._shown_dialog()
        dialog.costs.show_expenses(self._expenses())
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

    def open_instructions(self) -> None:
        """Show the page with what every reading is to mind."""
        self.open()
        dialog = self._shown_dialog()
        dialog.open_page(dialog.instructions)

    def open_keys(self) -> None:
        """Show the page with the keys of all actions."""
        self.open()
        dialog = self._shown_dialog()
        dialog.open_page(dialog.keys)

    def _start_with_session(self, wanted: bool) -> None:
        """Tell the system; that it did not take it is told, and the box shows what holds."""
        try:
            self._autostart.switch(on=wanted)
        except WriteTexError as error:
            self._notifier.notify(Notice.of(error))
        self._shown_dialog().appearance.set_autostart(self._autostart.is_on)

    def _show(self, settings: Settings) -> None:
        self._shortcuts.apply(settings.shortcuts)
        if self._dialog is not None:
            self._dialog.show_settings(settings)

    def _shown_dialog(self) -> SettingsDialog:
        if self._dialog is None:
            # A tenth of a second that the start does not have; most days the dialog is not opened.
            from writetex_desktop.ui.settings.dialog import SettingsDialog  # noqa: PLC0415
            from writetex_desktop.ui.settings.endpoint.presenter import EndpointPresenter  # noqa: PLC0415

            self._dialog = dialog = SettingsDialog(self._catalogue, self._window)
            dialog.keys.set_source(self._shortcuts.rows)
            dialog.show_settings(self._settings.settings.value)
            dialog.settings_edited.connect(lambda settings: self._editor.edit(lambda _before: settings))
            self._hotkeys.attach(dialog.snipping, self._editor.edit)
            dialog.appearance.set_autostart(self._autostart.is_on)
            dialog.appearance.autostart_changed.connect(self._start_with_session)
            dialog.history.set_private(self._private.value)
            dialog.history.private_changed.connect(self._private.set)
            self._private.subscribe(dialog.history.set_private)
            self._attach_instructions(dialog.instructions)
            self._attach_programs(dialog.programs)
            dialog.set_offline(self._settings.offline.value)
            dialog.engine.offline_changed.connect(self._editor.stay_offline)
            self._settings.offline.subscribe(dialog.set_offline)
            EndpointPresenter(
                dialog.endpoint,
                settings=self._settings,
                edit=self._editor.edit,
                world=self._world,
                tasks=self._tasks,
            )
        return self._dialog
