"""Settings: what happens to a result."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from writetex_desktop.core.output_format import OutputFormat
from writetex_desktop.core.settings import Settings
from writetex_desktop.ui.format_names import format_name
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick


class ResultPage(SettingsPage):
    """Copying, and the form in which it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Result")
        self._auto_copy = QCheckBox(self.tr("&Copy each result at once"))
        self._auto_copy.toggled.connect(self._edit)
        self.add_field(
            self._auto_copy.text(),
            self._auto_copy,
            self.tr("When off, the clipboard is left alone until you choose Copy."),
        )
        self._format = choice(*((each, format_name(each)) for each in OutputFormat))
        self._format.currentIndexChanged.connect(self._edit)
        self.add_field(
            self.tr("&Format"), self._format, self.tr("What is put round the formula when it is copied.")
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        tick(self._auto_copy, settings.auto_copy)
        choose(self._format, settings.output_format)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                auto_copy=self._auto_copy.isChecked(),
                output_format=self._format.currentData(),
            )
        )
