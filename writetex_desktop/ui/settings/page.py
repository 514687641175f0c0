"""What all settings pages share: fields in a column, each explained in a line below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from writetex_desktop.core.settings import Settings


class SettingsPage(QWidget):
    """A page of settings. Shows what is in force and asks for changes; it changes nothing itself."""

    settings_edited = Signal(object)
    """The user changed something: the whole `Settings` as they shall be."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.settings = Settings()
        self.form = QFormLayout(self)
        self.form.setContentsMargins(16, 16, 16, 16)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._words: list[str] = [title]

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force, without telling anybody."""
        self.settings = settings

    def matches(self, search: str) -> bool:
        """Say whether a search finds something on this page."""
        return all(any(word in text.casefold() for text in self._words) for word in search.casefold().split())

    def add_field(self, label: str, field: QWidget, explanation: str) -> None:
        """Add a field with its label, whose mnemonic leads to it, and a line that explains it."""
        self._words += [label.replace("&", ""), explanation]
        field.setAccessibleDescription(explanation)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(fine_print(explanation))
        if isinstance(field, QCheckBox):
            self.form.addRow("", column)
            return
        name = QLabel(label)
        name.setBuddy(field)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 4, 0, 0)
        field.setAccessibleName(label.replace("&", ""))
        self.form.addRow(name, column)


def fine_print(text: str) -> QLabel:
    """Make a line of small explanation that breaks where it must."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    policy = label.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    label.setSizePolicy(policy)
    return label


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
