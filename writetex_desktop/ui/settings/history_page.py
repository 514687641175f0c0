"""Settings: what is kept of results, and for how long."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.settings.page import SettingsPage, tick

_MOST_DAYS = 36_500
_MOST_ENTRIES = 1_000_000


class _CountBox(QSpinBox):
    """A whole number, told when it is finished, that leaves the wheel to the page."""

    def __init__(self, most: int, unlimited: str) -> None:
        super().__init__()
        self.setRange(0, most)
        self.setSpecialValueText(unlimited)
        self.setGroupSeparatorShown(True)
        # "3" on the way to "365" must not be taken for a limit: entries would be deleted.
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class HistoryPage(SettingsPage):
    """What is kept of results, and for how long."""

    private_changed = Signal(bool)
    """The user wants nothing kept for the rest of this run, or results kept again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("History")
        self._keep = QCheckBox(tr("&Keep results in the history"))
        self._keep.toggled.connect(self._edit)
        self.add_field(
            self._keep.text(),
            self._keep,
            tr(
                "They stay on this computer, in a file that only you may read. "
                "Switching it off leaves what is there; Ctrl+H shows it."
            ),
        )
        self._pictures = QCheckBox(tr("Keep the &picture of each result"))
        self._pictures.toggled.connect(self._edit)
        self.add_field(
            self._pictures.text(),
            self._pictures,
            tr("Lets you read it again later. When off, only a small preview is kept."),
        )
        self._days = _CountBox(_MOST_DAYS, tr("For ever"))
        self._days.setSuffix(tr(" days"))
        self._days.valueChanged.connect(self._edit)
        self.add_field(
            tr("Keep &for"),
            self._days,
            tr("Older entries are deleted with the next result; favourites are kept."),
        )
        self._entries = _CountBox(_MOST_ENTRIES, tr("Without limit"))
        self._entries.setSuffix(tr(" entries"))
        self._entries.valueChanged.connect(self._edit)
        self.add_field(
            tr("Keep at &most"),
            self._entries,
            tr("The oldest are deleted with the next result; favourites are kept and not counted."),
        )
        self._private = QCheckBox(tr("P&rivate mode"))
        self._private.toggled.connect(self.private_changed)
        self.add_field(
            self._private.text(),
            self._private,
            tr("Nothing is kept until the program ends or you switch this off (Ctrl+Shift+H)."),
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        tick(self._keep, settings.keep_history)
        tick(self._pictures, settings.keep_pictures)
        self._pictures.setEnabled(settings.keep_history)
        with QSignalBlocker(self._days):
            self._days.setValue(settings.history_days)
        with QSignalBlocker(self._entries):
            self._entries.setValue(settings.history_entries)

    def set_private(self, private: bool) -> None:
        """Show whether private mode is on, without telling anybody."""
        tick(self._private, private)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                keep_history=self._keep.isChecked(),
                keep_pictures=self._pictures.isChecked(),
                history_days=self._days.value(),
                history_entries=self._entries.value(),
            )
        )
