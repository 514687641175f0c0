"""What all settings pages share: fields in a column, each explained in a line below it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import retold, without_key
from writetex_desktop.core.notice import Level
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class SettingsPage(QWidget):
    """A page of settings. Shows what is in force and asks for changes; it changes nothing itself."""

    settings_edited = Signal(object)
    """The user changed something: the whole `Settings` as they shall be."""

    grown = Signal(object)
    """This part of the page (a `QWidget`) shows something new that the user should see."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.settings = Settings()
        self.form = make_form(self)
        self._words: list[str] = [title]

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force, without telling anybody."""
        self.settings = settings

    def matches(self, search: str) -> bool:
        """Say whether a search finds something on this page."""
        words = [retold(text).casefold() for text in self._words]
        return all(any(word in text for text in words) for word in search.casefold().split())

    def add_field(self, label: str, field: QWidget, explanation: str) -> None:
        """Add a field with its label, whose mnemonic leads to it, and a line that explains it."""
        self._words += [without_key(label), explanation]
        add_explained(self.form, label, field, explanation)

    def add_words(self, *words: str) -> None:
        """Let the search find the page by these words too."""
        self._words += [without_key(each) for each in words]

    def add_row(self, row: QWidget, field: QWidget, explanation: str) -> None:
        """Add a field in a row that can be hidden as a whole."""
        self._words += [field.accessibleName(), explanation]
        field.setAccessibleDescription(explanation)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(fine_print(explanation))
        self.form.addRow("", row)


def make_form(parent: QWidget) -> QFormLayout:
    """Make the layout that all parts of the dialog share."""
    form = QFormLayout(parent)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_explained(form: QFormLayout, label: str, field: QWidget, explanation: str) -> None:
    """Add a field with its label, whose mnemonic leads to it, and a line that explains it, if there is one.

    A field that has a focus proxy is named and described by that.
    """
    named = field.focusProxy() or field
    named.setAccessibleDescription(explanation)
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 8)
    column.setSpacing(4)
    column.addWidget(field)
    if explanation:
        column.addWidget(fine_print(explanation))
    if isinstance(field, QCheckBox):
        form.addRow("", column)
        return
    name = PlainLabel(label)
    name.setBuddy(named)
    name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    name.setContentsMargins(0, 4, 0, 0)
    named.setAccessibleName(without_key(label))
    form.addRow(name, column)


def fine_print(text: str) -> QLabel:
    """Make a line of small explanation that breaks where it must."""
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class WarningPrint(PlainLabel):
    """Small lines in the colour of warnings, which follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWordWrap(True)
        self._tint()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        colour = level_colour(Level.WARNING, QGuiApplication.palette())
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)


def choice(*options: tuple[object, str]) -> QComboBox:
    """Make a box of named values; `currentData` is the value."""
    box = QComboBox()
    for value, name in options:
        box.addItem(name, value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def choose(box: QComboBox, value: object) -> None:
    """Select a value of a `choice`, without telling anybody."""
    blocked = box.blockSignals(True)
    box.setCurrentIndex(box.findData(value))
    box.blockSignals(blocked)


def tick(box: QCheckBox, ticked: bool) -> None:
    """Set a check box without telling anybody."""
    blocked = box.blockSignals(True)
    box.setChecked(ticked)
    box.blockSignals(blocked)
