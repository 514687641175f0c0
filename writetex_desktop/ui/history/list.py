"""The list of the history and its search field: both obey the same keys."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit, QWidget

from writetex_desktop.ui.history.model import Index
from writetex_desktop.ui.history.row import ROW_PX
from writetex_desktop.ui.toolkit.views.row_table import RowTable

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class HistoryList(RowTable):
    """A list whose keys do the actions of the page while it has the focus.

    The actions are asked before the window: there Ctrl+C and F5 mean the result pane.

    Args:
        actions: What the keys do, by their portable names.
        parent: The page.
    """

    typed = Signal(str)
    """The user typed what is no action: it is meant for the search."""

    current_changed = Signal()
    """Another entry is the current one, or none."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(ROW_PX, parent)
        self._actions = actions
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the actions."""
        is_ours = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action(event) is not None
        )
        if is_ours:
            event.accept()
        return is_ours or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for."""
        action = self._action(event)
        if action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Hand typed text to the search field; the rows are too many to jump among them."""
        self.typed.emit(search)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another entry is the current one."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def _action(self, event: QKeyEvent) -> QAction | None:
        return self._actions.get(_sequence(event))


class HistorySearch(QLineEdit):
    """A search field from which the list can be walked through and used.

    Args:
        list_view: Gets the keys that move.
        actions: What other keys do, by their portable names.
        parent: The page.
    """

    def __init__(
        self, list_view: HistoryList, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._list = list_view
        self._actions = actions
        self.setClearButtonEnabled(True)
        self.setMaxLength(500)

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the actions."""
        is_ours = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action(event) is not None
        )
        if is_ours:
            event.accept()
        return is_ours or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, do an action, or write."""
        action = self._action(event)
        if action is not None:
            action.trigger()
        elif event.key() in _MOVES:
            QApplication.sendEvent(self._list, event)
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> QAction | None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            return None
        return self._actions.get(_sequence(event))


def _sequence(event: QKeyEvent) -> str:
    """Name the keys of an event; Enter of the number pad counts as Return."""
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString()
