"""The API key: never shown unless asked for, and where it is kept."""

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print
from writetex_desktop.ui.toolkit.icons import IconName, icon


class KeyField(QWidget):
    """A line for a new key; the one kept is not read back into it.

    Attributes:
        has_key: Whether a key is kept.
        keeps: Whether keys outlive the program.
    """

    edited = Signal()
    """The text is another one."""

    finished = Signal()
    """The user is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.has_key = False
        self.keeps = True
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.textChanged.connect(self.edited)
        self._line.editingFinished.connect(self.finished)
        self._reveal = QAction(icon(IconName.EYE), tr("Show the key"), self._line)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_key)
        self._line.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._kept = fine_print("")
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self._kept)
        self.show_kept(has_key=False, keeps=True)

    def text(self) -> str:
        """Give what stands in the field."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Put something into the field without telling anybody."""
        with QSignalBlocker(self._line):
            self._line.setText(text)

    def show_kept(self, *, has_key: bool, keeps: bool) -> None:
        """Say whether there is a key and where it lives.

        Args:
            has_key: Whether a key is kept.
            keeps: Whether the key store outlives the program.
        """
        self.has_key, self.keeps = has_key, keeps
        self._line.setPlaceholderText(tr("A key is kept; type to replace it") if has_key else "sk-…")
        self._kept.setText(
            tr(
                "From the provider's site; servers on this machine need none. Kept in the key store of your "
                "system, and nowhere else."
            )
            if keeps
            else tr(
                "Your system has no key store that we can use, so the key is forgotten when the program "
                "ends. Install one (such as gnome-keyring), or set WRITETEX_API_KEY."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._reveal.setIcon(icon(IconName.EYE, self.palette()))

    def _show_key(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)
