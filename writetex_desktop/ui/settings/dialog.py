"""The settings dialog: pages by task, applied at once, with a search box."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.settings.appearance_page import AppearancePage
from writetex_desktop.ui.settings.costs_page import CostsPage
from writetex_desktop.ui.settings.endpoint.page import EndpointPage
from writetex_desktop.ui.settings.engine_page import EnginePage
from writetex_desktop.ui.settings.history_page import HistoryPage
from writetex_desktop.ui.settings.instructions_page import InstructionsPage
from writetex_desktop.ui.settings.keys_page import KeysPage
from writetex_desktop.ui.settings.page import SettingsPage
from writetex_desktop.ui.settings.programs.page import ProgramsPage
from writetex_desktop.ui.settings.result_page import ResultPage
from writetex_desktop.ui.settings.snipping.page import SnippingPage
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen

_TITLE_HEIGHT = 28


class SettingsDialog(QDialog):
    """Shows the settings in force and asks for changes; never modal.

    Args:
        catalogue: The providers that are offered.

    Attributes:
        endpoint: The page with the three fields.
        engine: The page with the switch that keeps the program off the network.
        snipping: The page with the hotkey.
        results: The page with how results are copied.
        instructions: The page with what every reading is to mind.
        costs: The page with the monthly limit.
        history: The page with what is kept.
        keys: The page with the keys of all actions.
        programs: The page with the programs that may ask.
        appearance: The page with how the program looks and starts.
    """

    settings_edited = Signal(object)
    """The user changed something: the whole `Settings` as they shall be."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.endpoint = EndpointPage(catalogue)
        self.engine = EnginePage()
        self.snipping = SnippingPage()
        self.results = ResultPage()
        self.instructions = InstructionsPage()
        self.costs = CostsPage()
        self.history = HistoryPage()
        self.keys = KeysPage()
        self.programs = ProgramsPage()
        self.appearance = AppearancePage()
        self._pages: tuple[SettingsPage, ...] = (
            self.endpoint,
            self.engine,
            self.snipping,
            self.results,
            self.instructions,
            self.costs,
            self.history,
            self.keys,
            self.programs,
            self.appearance,
        )
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search"))
        self._search.setAccessibleName(tr("Search the settings"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        self._titles = QListWidget()
        self._titles.setAccessibleName(tr("Pages"))
        self._stack = QStackedWidget()
        for page in self._pages:
            page.settings_edited.connect(self.settings_edited)
            self._titles.addItem(page.title)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setWidget(_at_the_top(page))
            self._stack.addWidget(area)
            self._titles.item(self._stack.count() - 1).setSizeHint(QSize(0, _TITLE_HEIGHT))
            page.grown.connect(lambda part, area=area: _bring_into_view(area, part))
        self._titles.currentRowChanged.connect(self._stack.setCurrentIndex)
        topics: dict[SettingsPage, HelpTopic] = {
            self.endpoint: HelpTopic.FIELDS,
            self.engine: HelpTopic.ENGINES,
            self.snipping: HelpTopic.HOTKEYS,
            self.results: HelpTopic.PASTING,
            self.instructions: HelpTopic.NOTATION,
            self.costs: HelpTopic.COSTS,
            self.history: HelpTopic.HISTORY,
        }
        self._titles.currentRowChanged.connect(lambda row: set_help_topic(self, topics.get(self._pages[row])))
        self._titles.setCurrentRow(0)
        self._lay_out()

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force, on all pages."""
        for page in self._pages:
            page.show_settings(settings)

    def set_offline(self, offline: bool) -> None:
        """Show whether no connection is opened."""
        self.engine.set_offline(offline)
        self.endpoint.set_offline(offline)

    def open_page(self, page: SettingsPage) -> None:
        """Turn to a page."""
        self._titles.setCurrentRow(self._pages.index(page))

    def _find(self, search: str) -> None:
        found = [page.matches(search) for page in self._pages]
        for row, hit in enumerate(found):
            self._titles.item(row).setHidden(not hit)
        if any(found) and not found[self._titles.currentRow()]:
            self._titles.setCurrentRow(found.index(True))

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self._search)
        side.addWidget(self._titles, 1)
        left = QWidget()
        left.setLayout(side)
        left.setFixedWidth(176)
        side.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        close.setIcon(QIcon())  # Fusion draws it black, in dark windows as well
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        resize_within_screen(self, QSize(776, 720))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)


def _at_the_top(page: QWidget) -> QWidget:
    """Leave what a page does not need below it, and not between its rows."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    column.addStretch(1)
    return holder


def _bring_into_view(area: QScrollArea, part: QWidget) -> None:
    """Scroll to a part of a page, once the layout has made room for it."""
    QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part, 0, 16))
