"""The base URL, and below it the address that it leads to."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from writetex_desktop.core.endpoints.endpoint import normalise_base_url, request_url
from writetex_desktop.core.errors import EndpointError
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print

_BLANKS = ("YOUR-RESOURCE", "YOUR_RESOURCE", "api.example.com")
"""What the user puts a name of their own in place of."""


class BaseUrlField(QWidget):
    """A line, and the effective URL of what stands in it."""

    edited = Signal()
    """The text is another one."""

    finished = Signal()
    """The user is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setPlaceholderText("https://api.openai.com/v1")
        self._line.textChanged.connect(self.edited)
        self._line.editingFinished.connect(self.finished)
        self._effective = fine_print("")
        self._effective.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self._effective)

    def text(self) -> str:
        """Give what stands in the field."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Put something into the field without telling anybody."""
        if text != self._line.text():
            with QSignalBlocker(self._line):
                self._line.setText(text)

    def select_placeholder(self) -> None:
        """Mark the part that the user has to fill in."""
        self._line.setFocus()
        text = self._line.text()
        for blank in _BLANKS:
            if blank in text:
                self._line.setSelection(text.index(blank), len(blank))

    def show_effective(self) -> None:
        """Show where requests go with what stands in the field."""
        if not self.text().strip():
            self._effective.setText(
                tr("With or without /v1; a whole …/chat/completions address will do as well.")
            )
            return
        try:
            # Breaks are allowed behind each slash, for the address is one word otherwise.
            url = request_url(normalise_base_url(self.text())).replace("/", "/\u200b")
            self._effective.setText(tr("POST {url}", url=url))
        except EndpointError as error:
            self._effective.setText(f"{error.message} {error.remedy.text}")


def normal(base_url: str) -> str:
    """Give the base URL that is used; empty while it is none."""
    if not base_url.strip():
        return ""
    try:
        return normalise_base_url(base_url)
    except EndpointError:
        return ""
