"""A line for the name of a file, with a button that looks for one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from writetex_desktop.core.language.words import tr


class FileField(QWidget):
    """The name of a file, typed or chosen.

    Args:
        name: What the file is, for screen readers.
        placeholder: What is meant while the line is empty.
        title: The title of the dialogue that looks for the file.
        filters: The kinds of files that it offers.
    """

    edited = Signal()
    """The name has changed."""

    def __init__(
        self,
        name: str,
        placeholder: str,
        title: str,
        filters: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._filters = list(filters)
        self._line = QLineEdit()
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(placeholder)
        browse = QPushButton(tr("Browse…"))
        browse.setAccessibleName(title)
        browse.setAutoDefault(False)
        browse.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self._line)
        self._line.editingFinished.connect(self.edited)

    @property
    def path(self) -> str:
        """The name that stands there."""
        return self._line.text().strip()

    def show_path(self, path: str) -> None:
        """Show a name without telling anybody."""
        self._line.setText(path)

    def choose(self) -> None:
        """Let the user look for the file."""
        dialog = QFileDialog(self, self._title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(self._filters)
        dialog.fileSelected.connect(self._take)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take(self, name: str) -> None:
        self._line.setText(name)
        self.edited.emit()
