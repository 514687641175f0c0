"""The small field in which the user tells the engine what to mind."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_WIDTH = 360


class HintPopup(QFrame):
    """A popup with one field; Return sends the hint, Esc or a click elsewhere closes it."""

    hint_given = Signal(str)
    """The user wrote a hint and pressed Return."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        label = PlainLabel(tr("What should the model mind?"))
        self._field = QLineEdit()
        self._field.setAccessibleName(tr("Hint for the model"))
        self._field.setPlaceholderText(tr("For example: the letter is a nu, not a v"))
        self._field.setMaxLength(300)
        self._field.returnPressed.connect(self._give)
        label.setBuddy(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self._field)
        self.setFixedWidth(_WIDTH)

    def open_at(self, right_bottom: QPoint) -> None:
        """Show it with its right bottom corner there, in global coordinates; the last hint is selected."""
        self.adjustSize()
        self.move(right_bottom - QPoint(self.width(), self.height()))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._field.selectAll()

    def _give(self) -> None:
        self.hide()
        self.hint_given.emit(self._field.text().strip())
