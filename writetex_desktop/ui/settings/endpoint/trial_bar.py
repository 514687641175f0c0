"""The button that tests the endpoint, what it found, and the same requests for a terminal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.endpoints.connection import ConnectionReport
from writetex_desktop.core.endpoints.wire.curl import Shell
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.endpoint.connection_view import ConnectionView
from writetex_desktop.ui.settings.page import fine_print


class TrialBar(QWidget):
    """Tests, and while it does, cancels.

    Attributes:
        view: What was found.
    """

    pressed = Signal()
    """The user wants to test."""

    test_requested = Signal()
    """Everything is saved, the test may begin."""

    cancel_requested = Signal()
    """The test shall end."""

    curl_requested = Signal(object, bool)
    """A request shall be copied for a `Shell`; True for the one with the picture."""

    fix_requested = Signal(object)
    """The user wants a `Fix`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._press)
        self._copy = QPushButton(tr("&Copy as curl"))
        self._copy.setAutoDefault(False)
        self._menu = QMenu(self._copy)
        self._fill_menu()
        self._copy.setMenu(self._menu)
        self._copied = fine_print("")
        self.view = ConnectionView()
        self.view.fix_requested.connect(self.fix_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._button)
        row.addWidget(self._copy)
        row.addWidget(self._copied, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view)
        self._set_running(running=False)

    @property
    def is_running(self) -> bool:
        """Whether a test runs."""
        return self._is_running

    @property
    def menu(self) -> QMenu:
        """The shells."""
        return self._menu

    def show_report(self, report: ConnectionReport | None) -> None:
        """Show what was found so far; None when the test begins."""
        self._set_running(running=report is None or report.notice is None)
        self._copied.clear()
        self.view.show_report(report)

    def clear(self) -> None:
        """Show nothing; no test runs."""
        self._set_running(running=False)
        self._copied.clear()
        self.view.clear()

    def focus_button(self) -> None:
        """Put the focus on the button that tests."""
        self._button.setFocus()

    def show_copied(self) -> None:
        """Say that a request was copied."""
        self._copied.setText(tr("Copied. Put your key in place of YOUR_API_KEY."))

    def _press(self) -> None:
        (self.cancel_requested if self._is_running else self.pressed).emit()

    def _set_running(self, *, running: bool) -> None:
        self._is_running = running
        self._button.setText(tr("Cancel &test") if running else tr("&Test connection"))

    def _fill_menu(self) -> None:
        shells = (
            (Shell.BASH, tr("bash")),
            (Shell.POWERSHELL, tr("PowerShell")),
            (Shell.CMD, tr("Command prompt")),
        )
        for picture, title in (
            (False, tr("A greeting")),
            (True, tr("The test picture")),
        ):
            self._menu.addSection(title)
            for shell, name in shells:
                text = tr("{what} for {shell}", what=title, shell=name)
                action = self._menu.addAction(text)
                action.triggered.connect(
                    lambda _checked=False, shell=shell, picture=picture: self.curl_requested.emit(
                        shell, picture
                    )
                )
