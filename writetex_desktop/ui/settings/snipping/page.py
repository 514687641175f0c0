"""Settings: the hotkey and what a snip does."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from writetex_desktop.core.desktop.snip_wish import SnipWish
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import AfterSnip, Settings
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick
from writetex_desktop.ui.settings.snipping.binding_panel import BindingPanel
from writetex_desktop.ui.settings.snipping.hotkey_rows import HotkeyRows


class SnippingPage(SettingsPage):
    """The hotkeys and what a snip does.

    Attributes:
        hotkeys: The rows with the hotkeys.
        binding: What to do where there are none.
    """

    recording_changed = Signal(bool)
    """The hotkey is being recorded; the one in force must sleep meanwhile."""

    hotkey_chosen = Signal(object, object)
    """The user wants another hotkey (`Hotkey`), or none (None), for a `SnipWish`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Snipping")
        self.hotkeys = HotkeyRows(self.form)
        self.hotkeys.recording_changed.connect(self.recording_changed)
        self.hotkeys.hotkey_chosen.connect(self.hotkey_chosen)
        self.add_words(*self.hotkeys.words)
        self.binding = BindingPanel()
        self.binding.hide()
        self.form.addRow("", self.binding)
        self._confirm = QCheckBox(tr("Con&firm before sending"))
        self._confirm.toggled.connect(self._edit)
        self.add_field(
            self._confirm.text(),
            self._confirm,
            tr("After dragging, adjust the box with its handles or the arrow keys; Enter sends it."),
        )
        self._after = choice(
            (AfterSnip.POPUP, tr("Show a small popup")),
            (AfterSnip.WINDOW, tr("Show the window")),
            (AfterSnip.NOTHING, tr("Show nothing")),
        )
        self._after.currentIndexChanged.connect(self._edit)
        self.add_field(
            tr("&After a snip"),
            self._after,
            tr("What comes up when a snip by hotkey or tray is done."),
        )
        self._stay = choice(
            (3, tr("3 seconds")), (6, tr("6 seconds")), (15, tr("15 seconds")), (0, tr("Until I close it"))
        )
        self._stay.currentIndexChanged.connect(self._edit)
        self.add_field(
            tr("The popup &stays"), self._stay, tr("It stays while you point at it, or when you pin it.")
        )
        self._keyboard = QCheckBox(tr("The popup takes the &keyboard"))
        self._keyboard.toggled.connect(self._edit)
        self.add_field(
            self._keyboard.text(),
            self._keyboard,
            tr(
                "Tab goes through its buttons; Escape closes it and gives the keyboard back. Not while "
                "results are pasted into the application you came from."
            ),
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        self.hotkeys.show_settings(settings)
        tick(self._confirm, settings.confirm_selection)
        choose(self._after, settings.after_snip)
        choose(self._stay, settings.popup_s)
        self._stay.setEnabled(settings.after_snip is AfterSnip.POPUP)
        tick(self._keyboard, settings.popup_keyboard)
        self._keyboard.setEnabled(settings.after_snip is AfterSnip.POPUP and not settings.paste_back)

    def show_hotkey_problem(self, wish: SnipWish, sentence: str) -> None:
        """Say what is wrong with a hotkey, or that nothing is."""
        self.hotkeys.show_problem(wish, sentence)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                confirm_selection=self._confirm.isChecked(),
                after_snip=self._after.currentData(),
                popup_s=self._stayed(),
                popup_keyboard=self._keyboard.isChecked(),
            )
        )

    def _stayed(self) -> int:
        """What is chosen; a time that the file has and the list has not stays as it is."""
        chosen = self._stay.currentData()
        return self.settings.popup_s if chosen is None else int(chosen)
