"""The keys of the overlay."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from writetex_desktop.core.hotkey import Hotkey, Modifier

ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Where the arrow keys point."""

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""The keys that confirm."""

_MODIFIERS: Final = {
    Modifier.CTRL: Qt.KeyboardModifier.ControlModifier,
    Modifier.SUPER: Qt.KeyboardModifier.MetaModifier,
    Modifier.ALT: Qt.KeyboardModifier.AltModifier,
    Modifier.SHIFT: Qt.KeyboardModifier.ShiftModifier,
}


class HotkeyTaps:
    """Tells when the global hotkey is tapped while the overlay holds the keyboard.

    X11 gives the keyboard to one program only, so that the hotkey's own listener hears nothing then. A tap
    counts when the key comes up again and did not repeat: the press that opened the overlay may still be
    held, and its repetitions look like presses.

    Args:
        hotkey: The hotkey, if there is one.
    """

    def __init__(self, hotkey: Hotkey | None) -> None:
        self._key = QKeySequence(hotkey.key if hotkey else "")
        self._modifiers = Qt.KeyboardModifier.NoModifier
        for each in hotkey.modifiers if hotkey else ():
            self._modifiers |= _MODIFIERS[each]
        self._pressed = False

    def tapped_by(self, event: QKeyEvent) -> bool:
        """Take in a key event and say whether it completes a tap."""
        if self._key not in {QKeySequence(event.key()), QKeySequence(event.nativeVirtualKey())}:
            return False
        if event.isAutoRepeat():
            self._pressed = False
            return False
        if event.type() == QEvent.Type.KeyPress:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self._pressed = held == self._modifiers
            return False
        tapped, self._pressed = self._pressed, False
        return tapped
