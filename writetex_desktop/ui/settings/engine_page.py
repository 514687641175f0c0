"""Settings: which engine reads, and whether anything may go over the network."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import EngineChoice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.settings.calm_box import CalmSpinBox
from writetex_desktop.ui.settings.page import SettingsPage, choice, choose, tick

_LONGEST_PATIENCE_S = 3600


class EnginePage(SettingsPage):
    """The endpoint or the built-in recogniser, and the switch that keeps the program off the network."""

    offline_changed = Signal(bool)
    """The user wants no connection to be opened, or connections again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Engine")
        self._engine = choice(
            (EngineChoice.AUTO, tr("Automatic")),
            (EngineChoice.ENDPOINT, tr("The endpoint only")),
            (EngineChoice.OFFLINE, tr("The built-in recogniser only")),
        )
        self._engine.currentIndexChanged.connect(self._edit)
        self.add_field(
            tr("&Read with"),
            self._engine,
            tr(
                "Automatic asks your endpoint. Without one, and without a way to it, the built-in recogniser "
                "reads: printed formulas, on this machine, at no cost."
            ),
        )
        self._draft = QCheckBox(tr("Show a &draft meanwhile"))
        self._draft.toggled.connect(self._edit)
        self.add_field(
            self._draft.text(),
            self._draft,
            tr(
                "While the endpoint is asked you see what the built-in recogniser reads. "
                "The endpoint's answer takes its place; the draft is never copied by itself."
            ),
        )
        self._patience = CalmSpinBox()
        self._patience.setRange(0, _LONGEST_PATIENCE_S)
        self._patience.setDecimals(0)
        self._patience.setSuffix(tr(" s"))
        self._patience.setSpecialValueText(tr("do not wait"))
        self._patience.valueChanged.connect(self._edit)
        self.add_field(
            tr("&Patience of a batch"),
            self._patience,
            tr(
                "How long a batch waits for a server that is busy before it stops. It keeps its place, and "
                "says when to go on."
            ),
        )
        self._offline = QCheckBox(tr("Stay &offline"))
        self._offline.toggled.connect(self.offline_changed)
        self.add_field(
            self._offline.text(),
            self._offline,
            tr(
                "Opens no connection at all: the built-in recogniser reads every picture, no endpoint is "
                "asked or tested, and no server is looked for. Also in the menu of the tray icon."
            ),
        )

    def set_offline(self, offline: bool) -> None:
        """Show whether no connection is opened."""
        tick(self._offline, offline)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        super().show_settings(settings)
        choose(self._engine, settings.engine)
        tick(self._draft, settings.show_draft)
        with QSignalBlocker(self._patience):
            self._patience.setValue(settings.patience_s)
        self._draft.setEnabled(settings.engine is EngineChoice.AUTO)

    def _edit(self) -> None:
        self.settings_edited.emit(
            replace(
                self.settings,
                engine=self._engine.currentData(),
                show_draft=self._draft.isChecked(),
                patience_s=self._patience.value(),
            )
        )
