"""Settings: how the program looks and starts."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from writetex_desktop.core.settings.settings import Settings, Theme
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick


class AppearancePage(SettingsPage):
    """Colours, and how the program starts."""

    autostart_changed = Signal(bool)
    """The user wants the program to start with the session, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Appearance")
        self._theme = choice(
            (Theme.SYSTEM, self.tr("As the system")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        )
        self._theme.currentIndexChanged.connect(self._edit)
        self.add_field(
            self.tr("&Theme"),
            self._theme,
            self.tr("The colours of the window and of the paper behind formulas."),
        )
        self._hidden = QCheckBox(self.tr("Start &in the tray"))
        self._hidden.toggled.connect(self._edit)
        self.add_field(
            self._hidden.text(),
            self._hidden,
            self.tr("The window stays closed at start. Where there is no tray it opens all the same."),
        )

        self._autostart = QCheckBox(self.tr("Start &with the session"))
        self._autostart.toggled.connect(self.autostart_changed)
        self.add_field(
            self._autostart.text(),
            self._autostart,
            self.tr("WriteTex starts in the tray when you log in, so that the hotkey always works."),
        )

    def set_autostart(self, on: bool) -> None:
        """Show whether the program starts with the session."""
        tick(self._autostart, on)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        choose(self._theme, settings.theme)
        tick(self._hidden, settings.start_hidden)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(self.settings, theme=self._theme.currentData(), start_hidden=self._hidden.isChecked())
        )
