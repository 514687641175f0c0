"""The keys of the overlay."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier, parse_hotkey
from writetex_desktop.core.errors import HotkeyError

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


_X11_DIGITS: Final = (19, *range(10, 19))
"""The key codes of 0 to 9 on X11 (/usr/share/X11/xkb/keycodes/evdev: AE10, AE01 and so on)."""


class HotkeyPresses:
    """Tells when the global hotkey is pressed while the overlay holds the keyboard.

    X11 gives the keyboard to one program only, so that the hotkey's own listener hears nothing then. The
    press that opened the overlay may still be held: its repetitions come as a release and a press with one
    time stamp, and Qt 6.12 does not always mark them.

    Args:
        hotkey: The hotkey.
    """

    def __init__(self, hotkey: Hotkey) -> None:
        self._key = hotkey.key
        self._modifiers = Qt.KeyboardModifier.NoModifier
        for each in hotkey.modifiers:
            self._modifiers |= _MODIFIERS[each]
        self._released_at: int | None = None

    def has(self, event: QKeyEvent) -> bool:
        """Take in a key event and say whether it is a press of the hotkey."""
        if key_name(event) != self._key:
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released_at = event.timestamp()
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        repeated = event.isAutoRepeat() or event.timestamp() == self._released_at
        return held == self._modifiers and not repeated


def key_name(event: QKeyEvent) -> str | None:
    """Give our name of the key that was pressed, as in `Hotkey.key`; None when it has none."""
    scan, code = event.nativeScanCode(), event.key()
    if QGuiApplication.platformName() == "xcb" and scan in _X11_DIGITS:
        # With Shift, X11 reports the shifted sign ("%"), which one depends on the layout.
        code = ord("0") + _X11_DIGITS.index(scan)
    try:
        return parse_hotkey(QKeySequence(code).toString()).key
    except HotkeyError:
        return None
