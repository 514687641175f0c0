"""The keyboard of the popup, where the user wants it to come there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QToolButton, QWidget


class PopupKeyboard:
    """Makes of a window that never has the keyboard one that takes it, and the other way round.

    Args:
        window: It.
        rows: Its rows of buttons, of which one is shown.
    """

    def __init__(self, window: QWidget, rows: QStackedWidget) -> None:
        self.is_wished = False
        self._window = window
        self._rows = rows
        rows.currentChanged.connect(lambda _row: self._follow())

    def prepare(self) -> None:
        """Do as is wished, while the window is hidden."""
        without, wished = Qt.WindowType.WindowDoesNotAcceptFocus, self.is_wished
        if bool(self._window.windowFlags() & without) == wished:
            self._window.setWindowFlag(without, not wished)
            self._window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not wished)
            policy = Qt.FocusPolicy.StrongFocus if wished else Qt.FocusPolicy.NoFocus
            for button in self._window.findChildren(QToolButton):
                button.setFocusPolicy(policy)

    def take(self) -> None:
        """Take the keyboard, if that is wished."""
        if self.is_wished:
            self._window.raise_()
            self._window.activateWindow()
            self._focus_row()

    def presses(self, event: QKeyEvent) -> bool:
        """Press the button that has the keyboard where the key is Enter; gives whether it was."""
        focus = self._window.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QToolButton):
            focus.click()
            return True
        return False

    def _follow(self) -> None:
        if self._window.isActiveWindow():
            self._focus_row()

    def _focus_row(self) -> None:
        buttons = (each for each in self._rows.findChildren(QToolButton) if each.isVisibleTo(self._rows))
        first = next((each for each in buttons if each.isEnabled()), None)
        if first is not None:
            first.setFocus()
