"""Settings: how the program looks and starts."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Settings, Theme
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick
from writetex_desktop.ui.toolkit.language import offered_languages


class AppearancePage(SettingsPage):
    """Colours, and how the program starts."""

    autostart_changed = Signal(bool)
    """The user wants the program to start with the session, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Appearance")
        self._theme = choice(
            (Theme.SYSTEM, tr("As the system")),
            (Theme.LIGHT, tr("Light")),
            (Theme.DARK, tr("Dark")),
        )
        self._theme.currentIndexChanged.connect(self._edit)
        self.add_field(
            tr("&Theme"),
            self._theme,
            tr("The colours of the window and of the paper behind formulas."),
        )
        self._language = choice(
            ("", tr("System language")),
            *((each.code, each.name) for each in offered_languages()),
        )
        self._language.currentIndexChanged.connect(self._edit)
        self.add_field(
            tr("&Language"),
            self._language,
            tr("The language of the program; it changes at once. Formulas are the same in all of them."),
        )
        self._hidden = QCheckBox(tr("Start &in the tray"))
        self._hidden.toggled.connect(self._edit)
        self.add_field(
            self._hidden.text(),
            self._hidden,
            tr("The window stays closed at start. Where there is no tray it opens all the same."),
        )

        self._autostart = QCheckBox(tr("Start &with the session"))
        self._autostart.toggled.connect(self.autostart_changed)
        self.add_field(
            self._autostart.text(),
            self._autostart,
            tr("WriteTex starts in the tray when you log in, so that the hotkey always works."),
        )
        self._updates = QCheckBox(tr("Look for &updates once a week"))
        self._updates.toggled.connect(self._edit)
        self.add_field(
            self._updates.text(),
            self._updates,
            tr(
                "One small signed file is asked for, and nothing is sent with it; never while staying "
                "offline. A newer version is told of, not installed."
            ),
        )

    def set_autostart(self, on: bool) -> None:
        """Show whether the program starts with the session."""
        tick(self._autostart, on)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        choose(self._theme, settings.theme)
        choose(self._language, settings.language)
        tick(self._hidden, settings.start_hidden)
        tick(self._updates, settings.check_updates)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                theme=self._theme.currentData(),
                language=self._language.currentData(),
                start_hidden=self._hidden.isChecked(),
                check_updates=self._updates.isChecked(),
            )
        )
