"""The menu of the icon in the panel: what a hotkey user wants without a window.

It is there before the formats and the jobs are: they are filled in when the desk comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.labels import menu_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from writetex_desktop.core.formats.output_format import OutputFormat
    from writetex_desktop.core.settings.settings import Profile

MOST_RECENT: Final = 8
"""Results of this run that are offered."""


class TrayMenu(QMenu):
    """The same actions as in the window, and what is in force: hotkey, mode, format, endpoint."""

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    recent_chosen = Signal(int)
    """The user wants a result copied again: `id` of its job."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The window's action would name the key that works in the window only.
        self._snip = QAction(actions.snip.icon(), "", self)
        self._snip.triggered.connect(actions.snip.trigger)
        self._recent = QMenu(tr("&Recent results"), self)
        self._modes = QMenu(tr("&Mode"), self)
        self._modes.addActions(list(actions.modes.values()))
        self._formats = QMenu(tr("Copied &as"), self)
        self._formats.menuAction().setVisible(False)
        self._endpoints = QMenu(tr("&Endpoint"), self)
        self.addActions([self._snip, actions.snip_later])
        self.addSeparator()
        self.addActions([actions.pad_window, actions.paste, actions.open_files])
        self.addMenu(self._recent)
        self.addSeparator()
        for part in (self._modes, self._formats, self._endpoints):
            self.addMenu(part)
        self.addActions([actions.stay_offline, actions.history, actions.restore_clipboard])
        self.addSeparator()
        self.addActions([actions.show_window, actions.settings, actions.help])
        self.addSeparator()
        self.addAction(actions.quit)
        self.set_hotkey("")
        self.set_profiles((), "")
        self.show_recent(())

    @property
    def snip(self) -> QAction:
        """The entry that snips, named by the global hotkey."""
        return self._snip

    @property
    def endpoints(self) -> QMenu:
        """The part in which another endpoint is chosen."""
        return self._endpoints

    @property
    def formats(self) -> QMenu:
        """The part in which another output format is chosen."""
        return self._formats

    def set_hotkey(self, hotkey: str) -> None:
        """Name the global hotkey beside the first entry.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        self._snip.setText(f"{tr('&Snip')}\t{hotkey}".rstrip())

    def offer_formats(self, fill: Callable[[QMenu], None]) -> None:
        """Let somebody fill the list of output formats; each entry's data is its `OutputFormat`."""
        fill(self._formats)
        self._formats.menuAction().setVisible(True)

    def set_format(self, output_format: OutputFormat) -> None:
        """Mark the format in force."""
        for action in self._formats.actions():
            action.setCheckable(action.data() is not None)
            action.setChecked(action.data() == output_format)

    def set_profiles(self, profiles: Sequence[Profile], active: str) -> None:
        """Offer the saved endpoints; with fewer than two there is nothing to choose.

        Args:
            profiles: All of them.
            active: `id` of the one in use; empty for none.
        """
        self._endpoints.clear()
        for profile in profiles:
            action = self._endpoints.addAction(profile.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(profile.id == active)
            action.setToolTip(tagless(profile.model))
            action.triggered.connect(lambda _checked, chosen=profile.id: self.profile_chosen.emit(chosen))
        self._endpoints.menuAction().setVisible(len(profiles) > 1)

    def show_recent(self, results: Sequence[tuple[int, str]]) -> None:
        """Offer results of this run; a click copies one again.

        Args:
            results: `id` of the job and its markup, the newest first.
        """
        self._recent.clear()
        for job_id, markup in results:
            action = self._recent.addAction(menu_line(markup))
            action.setToolTip(tagless(markup))
            action.triggered.connect(lambda _checked=False, chosen=job_id: self.recent_chosen.emit(chosen))
        self._recent.menuAction().setVisible(bool(results))
