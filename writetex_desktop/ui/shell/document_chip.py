"""The button that says which document goes along with the pictures."""

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.document_context import SUFFIXES
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions

_NAME_PX: Final = 112


class DocumentChip(QToolButton):
    """Is pressed down, with the document's name on it, while parts of a document go along."""

    wanted_changed = Signal(bool)
    """The user wants the document to go along, or no longer."""

    chosen = Signal(str)
    """The user chose a document: its path."""

    settings_requested = Signal()
    """The user wants to see the settings of what goes along."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = actions.use_document
        self.setDefaultAction(self._action)
        self.setAutoRaise(True)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([actions.choose_document, actions.instructions])
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        actions.use_document.triggered.connect(self.wanted_changed)
        actions.choose_document.triggered.connect(lambda: self.choose())
        actions.instructions.triggered.connect(lambda: self.settings_requested.emit())
        self.show_document("", used=False)

    def show_document(self, path: str, *, used: bool) -> None:
        """Show a document without telling anybody.

        Args:
            path: Where it is; empty for none.
            used: Whether parts of it go along.
        """
        used = used and bool(path)
        name = PurePath(path).name
        self._action.setChecked(used)
        self._action.setIconText(
            QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_PX)
        )
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if used else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        keys = self._action.shortcut().toString()
        if used:
            tip = tr("Commands and last lines of {name} are sent with each picture ({keys})")
        elif path:
            tip = tr("Send commands and last lines of {name} with each picture ({keys})")
        else:
            tip = tr("Choose the document that you write on; its commands go along ({keys})")
        self.setToolTip(tagless(tip.format(name=name, keys=keys)))
        self.setAccessibleName(tr("Document {name}", name=name) if path else tr("Document"))

    def choose(self) -> None:
        """Let the user choose a document."""
        dialog = QFileDialog(self.window(), tr("Choose the document that you write on"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([tr("Documents ({patterns})", patterns=patterns), tr("All files (*)")])
        dialog.fileSelected.connect(self.chosen)
        dialog.open()
