"""The line in which the password of a document is asked for."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.labels import PlainLabel, name_among_words


class LockStrip(QWidget):
    """Asks for one password after the other; hidden while no document is locked.

    It is a line of the page and no dialog: the rest of the page can be used, or read, meanwhile.
    """

    given = Signal(str)
    """The user typed a password."""

    left_out = Signal()
    """The user does without the document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unlock = QPushButton(tr("&Unlock"))
        self._unlock.setAutoDefault(False)
        self._unlock.clicked.connect(self._give)
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setPlaceholderText(tr("Password"))
        self._line.returnPressed.connect(self._give)
        self._line.textChanged.connect(lambda text: self._unlock.setEnabled(bool(text)))
        self._reveal = QAction(icon(IconName.EYE), tr("Show the password"), self._line)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_letters)
        self._line.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        self._leave = QPushButton(tr("&Leave out"))
        self._leave.setAutoDefault(False)
        self._leave.setToolTip(tr("Do without this document"))
        self._leave.clicked.connect(self.left_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._line)
        row.addWidget(self._unlock)
        row.addWidget(self._leave)
        self.setFocusProxy(self._line)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def ask(self, name: str, *, again: bool) -> None:
        """Ask for the password of a document and take the keyboard.

        Args:
            name: The name of its file.
            again: Whether another password was tried just now.
        """
        sentence = (
            tr("That is not the password of {name}.") if again else tr("{name} is locked with a password.")
        )
        self._words.setText(sentence.format(name=name_among_words(name)))
        # A screen reader says the name of a field that takes the keyboard, and so what is asked for.
        self._line.setAccessibleName(f"{self._words.text()} {tr('Password')}")
        self._set_busy(False)
        if again:
            self._line.selectAll()
        else:
            self._line.clear()
            self._reveal.setChecked(False)
        self.show()
        self._line.setFocus()

    def rest(self) -> None:
        """Hide, and forget what was typed."""
        self._line.clear()
        self._set_busy(False)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Keep Escape, which means the page elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the document out with Escape."""
        if _is_escape(event):
            self.left_out.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._reveal.setIcon(icon(IconName.EYE, self.palette()))

    def _give(self) -> None:
        if text := self._line.text():
            self._set_busy(True)
            self.given.emit(text)

    def _set_busy(self, busy: bool) -> None:
        self._line.setReadOnly(busy)
        self._unlock.setEnabled(not busy and bool(self._line.text()))

    def _show_letters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
