"""Rows with a sign, a name, what is said below it, and buttons below that."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from writetex_desktop.ui.toolkit.views.labels import let_lines_break


class StepGrid(QGridLayout):
    """The signs stand in one column, everything else in the next.

    Attributes:
        buttons: All buttons, from the top.
    """

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._parts: list[QWidget] = []
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(8)
        self.setColumnStretch(1, 1)

    def add_step(
        self, sign: QLabel, name: QLabel, said: Sequence[QLabel], buttons: Sequence[QPushButton]
    ) -> None:
        """Add a row below the others."""
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(name)
        for label in said:
            # Rows of a form are given what they need at least; the lines of a label count only so.
            let_lines_break(label, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            column.addWidget(label)
        for button in buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row = self.rowCount()
        self.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self.addLayout(column, row, 1)
        self.buttons += buttons
        self._parts += [sign, name, *said, *buttons]

    def clear(self) -> None:
        """Take all rows away."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self.buttons = []
