"""A field that records a key combination."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier, format_hotkey
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.keys import key_name

_MODIFIERS: Final = {
    Qt.KeyboardModifier.ControlModifier: Modifier.CTRL,
    Qt.KeyboardModifier.MetaModifier: Modifier.SUPER,
    Qt.KeyboardModifier.AltModifier: Modifier.ALT,
    Qt.KeyboardModifier.ShiftModifier: Modifier.SHIFT,
}
_MODIFIER_KEYS: Final = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Shift,
}


class HotkeyField(QLineEdit):
    """Shows a hotkey; while it has the focus, the next combination pressed becomes the new one.

    Backspace or Delete takes the hotkey away; Escape leaves it as it was; Tab moves on.
    """

    recording_changed = Signal(bool)
    """Recording begins or ends; the hotkey in force must sleep meanwhile, or its press would snip."""

    hotkey_chosen = Signal(object)
    """The user pressed a combination (`Hotkey`) or took it away (None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hotkey: Hotkey | None = None
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def set_hotkey(self, hotkey: Hotkey | None) -> None:
        """Show a hotkey without telling anybody."""
        self._hotkey = hotkey
        self._write()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to record."""
        super().focusInEvent(event)
        self.recording_changed.emit(True)
        self._write()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End recording."""
        super().focusOutEvent(event)
        self.recording_changed.emit(False)
        self._write()

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts of the window from taking what is being recorded."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a combination."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        elif key is Qt.Key.Key_Escape:
            self.clearFocus()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not event.modifiers():
            self._take(None)
        elif key not in _MODIFIER_KEYS:
            hotkey = _hotkey_of(event)
            if hotkey is not None:
                self._take(hotkey)

    def _take(self, hotkey: Hotkey | None) -> None:
        self._hotkey = hotkey
        self._write()
        self.hotkey_chosen.emit(hotkey)

    def _write(self) -> None:
        self.setPlaceholderText(tr("Press a combination…") if self.hasFocus() else tr("None"))
        self.setText(format_hotkey(self._hotkey) if self._hotkey else "")


def _hotkey_of(event: QKeyEvent) -> Hotkey | None:
    """Give the combination of a key press; None for keys that we have no name for."""
    name = key_name(event)
    if name is None:
        return None
    return Hotkey(name, frozenset(ours for qts, ours in _MODIFIERS.items() if event.modifiers() & qts))
