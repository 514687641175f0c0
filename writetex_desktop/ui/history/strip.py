"""The line below the list of the history: what was done, or what is about to be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class HistoryStrip(QWidget):
    """Says one sentence with a button or two, and what the keys do while there is nothing else to say."""

    undo_requested = Signal()
    """The user wants the last deletion undone."""

    clear_confirmed = Signal()
    """The user was asked and does want everything deleted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keys = tr(
            "Enter copies · Ctrl+Enter opens · F5 rereads · S marks · T tags · Del deletes · Esc goes back"
        )
        self._keys = PlainLabel(keys)
        self._keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._text = PlainLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo = QPushButton(tr("&Undo"))
        self._undo.setToolTip(tr("Bring back what was deleted last (Ctrl+Z)"))
        self._undo.clicked.connect(self.undo_requested)
        self._clear = QPushButton(tr("&Delete all"))
        self._clear.setToolTip(tr("Delete every entry for good"))
        self._clear.clicked.connect(self._confirm)
        self._keep = QPushButton(tr("&Keep them"))
        self._keep.setToolTip(tr("Delete nothing (Esc)"))
        self._keep.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._keys, 1)
        row.addWidget(self._text, 1)
        for button in (self._undo, self._clear, self._keep):
            button.setAutoDefault(True)
            row.addWidget(button)
        # Nothing above it jumps when a button comes or goes.
        self.setFixedHeight(self.sizeHint().height())
        self.clear()

    @property
    def said(self) -> str:
        """What is said now; empty for nothing."""
        return self._text.text()

    @property
    def is_asking(self) -> bool:
        """Whether the user is asked to confirm."""
        return not self._keep.isHidden()

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say what was done."""
        self._show(sentence, [self._undo] if can_undo else [])

    def take_focus(self) -> None:
        """Let Enter undo."""
        self._undo.setFocus()

    def ask(self, sentence: str) -> None:
        """Ask whether everything shall be deleted; the harmless answer has the focus."""
        self._show(sentence, [self._clear, self._keep])
        self._keep.setFocus()

    def clear(self) -> None:
        """Say nothing but what the keys do."""
        self._show("", [])

    def _show(self, sentence: str, buttons: list[QPushButton]) -> None:
        self._text.setText(sentence)
        self._text.setVisible(bool(sentence))
        self._keys.setVisible(not sentence)
        for button in (self._undo, self._clear, self._keep):
            button.setVisible(button in buttons)

    def _confirm(self) -> None:
        self.clear()
        self.clear_confirmed.emit()
