"""Servers found on this machine, offered with one click."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.services.endpoints.local_servers import LocalServer
from writetex_desktop.ui.settings.page import fine_print


class ServerOffers(QWidget):
    """One line and one button for each server; takes no room when there is none."""

    taken = Signal(object)
    """The user wants to use a `LocalServer`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(4)
        self.hide()

    def show_servers(self, servers: Sequence[LocalServer]) -> None:
        """Offer these servers."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._made(server) for server in servers]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(servers))

    def _made(self, server: LocalServer) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        name = server.provider.name
        line.addWidget(fine_print(tr("{name} runs on this computer.", name=name)), 1)
        button = QPushButton(tr("Use {name}, without a key", name=name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.taken.emit(server))
        line.addWidget(button)
        return row
