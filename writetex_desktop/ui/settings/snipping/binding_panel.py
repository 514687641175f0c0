"""The part of the snipping page for desktops on which programs can have no global hotkey."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from writetex_desktop.core.desktop.binding import Binding
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.settings.page import fine_print, tick
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class BindingPanel(QWidget):
    """Says what to paste into the desktop's settings, copies it, and sets it where the desktop has a tool.

    Args:
        parent: The page.
    """

    copy_requested = Signal(str)
    """Copy this line."""

    set_requested = Signal()
    """Have the desktop's tool set the shortcuts."""

    remove_requested = Signal()
    """Have the desktop's tool take them out again."""

    desktop_hotkeys_changed = Signal(bool)
    """The user says that the desktop has the shortcuts, or has them no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intro = PlainLabel(
            tr("Programs have no hotkeys here, but a shortcut of the desktop itself can snip.")
        )
        self._intro.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._set = QPushButton(tr("Set it for &me"))
        self._set.clicked.connect(lambda: self.set_requested.emit())
        self._remove = QPushButton(tr("&Take it out again"))
        self._remove.clicked.connect(lambda: self.remove_requested.emit())
        for button in (self._set, self._remove):
            button.setAutoDefault(False)
        self._said = fine_print("")
        self._has = QCheckBox(tr("The &desktop has the shortcuts: ask for no hotkeys any more"))
        self._has.toggled.connect(self.desktop_hotkeys_changed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._set)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(8)
        column.addWidget(self._intro)
        column.addLayout(self._lines)
        column.addLayout(buttons)
        column.addWidget(self._said)
        column.addWidget(self._has)
        self._said.hide()

    def show_bindings(self, bindings: Sequence[Binding], *, can_set: bool, desktop_has: bool) -> None:
        """Show what to paste.

        Args:
            bindings: One for each hotkey that is set.
            can_set: Whether the desktop has a tool that sets it.
            desktop_has: Whether the user said that the desktop has the shortcuts.
        """
        while (old := self._lines.takeAt(0)) is not None:
            line = old.widget()
            assert line is not None
            line.hide()
            line.deleteLater()
        place = ""
        for binding in bindings:
            self._lines.addWidget(self._line(binding, with_place=binding.place != place))
            place = binding.place
        self._set.setVisible(can_set)
        self._remove.setVisible(can_set)
        self._set.setEnabled(bool(bindings))
        tick(self._has, desktop_has)

    def say(self, sentence: str) -> None:
        """Say what became of the last wish."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _line(self, binding: Binding, *, with_place: bool) -> QWidget:
        line = QLineEdit(binding.line)
        line.setReadOnly(True)
        line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        line.setCursorPosition(0)
        line.setAccessibleName(tr("What to paste"))
        line.setAccessibleDescription(binding.place)
        copy = QPushButton(tr("Copy"))
        copy.setAutoDefault(False)
        copy.setAccessibleName(tr("Copy {line}", line=binding.line))
        copy.clicked.connect(lambda: self.copy_requested.emit(binding.line))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if with_place:
            place = fine_print(binding.place)
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(place)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(copy)
        column.addLayout(row)
        return holder
