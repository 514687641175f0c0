"""Buttons that stand for an action."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from writetex_desktop.core.language.words import retold, without_key
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.icons import IconName, icon


class ActionButton(QPushButton):
    """A push button that does an action and looks as it says: text, icon, tooltip, enabled or not."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._confirmation = ""
        self._is_done = False
        self._tip = ""
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    def reserve(self, confirmation: str) -> None:
        """Keep room for what `set_done` will say, so that nothing jumps then."""
        self._confirmation = confirmation
        plain = self.sizeHint().width()
        self.setText(confirmation)
        self.setMinimumWidth(max(plain, self.sizeHint().width()))
        self._follow()

    def set_done(self, done: bool, tip: str = "") -> None:
        """Say that it is done, for as long as that is true.

        Args:
            done: Whether it is.
            tip: What is to be known of it meanwhile, in place of the action's tooltip; empty for nothing.
        """
        self._is_done, self._tip = done, tip
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._follow()
        elif event.type() is QEvent.Type.LanguageChange:
            self._confirmation, self._tip = retold(self._confirmation), retold(self._tip)
            self._follow()

    def _follow(self) -> None:
        if self._is_done:
            self.setText(self._confirmation)
            self.setIcon(icon(IconName.CHECK, self.palette()))
        else:
            self.setText(self._action.text())
            self.setIcon(self._action.icon())
        self.setToolTip(tagless(self._tip or self._action.toolTip()))
        self.setEnabled(self._action.isEnabled())


def sign_button(action: QAction) -> QToolButton:
    """Make a small button with the icon of an action alone; its name is there for screen readers."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(without_key(action.text()))
    return button


def split_button(action: QAction) -> QToolButton:
    """Make a button with a second part for a menu; give it the menu with `setMenu`."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
