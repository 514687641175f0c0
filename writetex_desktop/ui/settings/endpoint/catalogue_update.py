"""Bringing the list of providers up to date from a file or an address that the user names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print


class CatalogueUpdate(QWidget):
    """A line for the file or the address, and a button; nothing is ever fetched by itself."""

    requested = Signal(str)
    """The list shall be taken from there; empty for the one that came with the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setPlaceholderText("https://example.org/providers.toml")
        self._line.setAccessibleName(tr("File or address of the list"))
        take = QPushButton(tr("Take this list"))
        take.setAutoDefault(False)
        take.clicked.connect(self._ask)
        back = QPushButton(tr("Take the built-in one"))
        back.setAutoDefault(False)
        back.clicked.connect(lambda: self.requested.emit(""))
        self._said = fine_print(
            tr(
                "Prices, models and addresses come from a list. You can take a newer one from a file or an "
                "address that you trust; nothing is fetched by itself."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(take)
        row.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._said)
        column.addLayout(row)

    def _ask(self) -> None:
        source = self._line.text().strip()
        if source:
            self.requested.emit(source)

    def show_said(self, sentence: str) -> None:
        """Say what came of it."""
        self._said.setText(sentence)
