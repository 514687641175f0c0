"""Settings: the hotkey and what a snip does."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from writetex_desktop.core.settings import AfterSnip, Settings
from writetex_desktop.ui.settings.hotkey_field import HotkeyField
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, fine_print, tick


class SnippingPage(SettingsPage):
    """The hotkey and what a snip does."""

    recording_changed = Signal(bool)
    """The hotkey is being recorded; the one in force must sleep meanwhile."""

    hotkey_chosen = Signal(object)
    """The user wants another hotkey (`Hotkey`), or none (None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Snipping")
        self._hotkey = HotkeyField()
        self._hotkey.recording_changed.connect(self.recording_changed)
        self._hotkey.hotkey_chosen.connect(self.hotkey_chosen)
        self.add_field(
            self.tr("&Hotkey"),
            self._hotkey,
            self.tr("Works in every program. Click and press a combination; Backspace takes it away."),
        )
        self._problem = fine_print("")
        self._problem.hide()
        self.form.addRow("", self._problem)
        self._confirm = QCheckBox(self.tr("Con&firm before sending"))
        self._confirm.toggled.connect(self._edit)
        self.add_field(
            self._confirm.text(),
            self._confirm,
            self.tr("After dragging, adjust the box with its handles or the arrow keys; Enter sends it."),
        )
        self._after = choice(
            (AfterSnip.POPUP, self.tr("Show a small popup")),
            (AfterSnip.WINDOW, self.tr("Show the window")),
            (AfterSnip.NOTHING, self.tr("Show nothing")),
        )
        self._after.currentIndexChanged.connect(self._edit)
        self.add_field(
            self.tr("&After a snip"),
            self._after,
            self.tr("What comes up when a snip by hotkey or tray is done."),
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        self._hotkey.set_hotkey(settings.hotkey)
        tick(self._confirm, settings.confirm_selection)
        choose(self._after, settings.after_snip)

    def show_hotkey_problem(self, sentence: str) -> None:
        """Say what is wrong with the hotkey, or that nothing is."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    @property
    def problem(self) -> QLabel:
        """The line that says what is wrong with the hotkey."""
        return self._problem

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                confirm_selection=self._confirm.isChecked(),
                after_snip=self._after.currentData(),
            )
        )
