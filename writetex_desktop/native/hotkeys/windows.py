"""Global hotkeys on Windows: RegisterHotKey, heard as messages of the main thread.

After https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey:

* `MOD_NOREPEAT` keeps a held key from being heard again and again.
* With no window, `WM_HOTKEY` is posted to the thread that registered; Qt's event loop on the main thread gets
  it and hands it to native event filters before anything else.
* Zero with error 1409 (`ERROR_HOTKEY_ALREADY_REGISTERED`) means that another program has the combination.
  Within one program the same id would silently be replaced, so each registration has an id of its own.

The registration lasts as long as the thread, also while the machine sleeps; nothing is renewed after it.

Key codes: https://learn.microsoft.com/windows/win32/inputdev/virtual-key-codes. Run under
Wine by packaging/try_windows.py; the tests drive it with a fake of the three functions and of the message.
"""

import ctypes
import itertools
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QTimer

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier, format_hotkey
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.session import Session

WM_HOTKEY: Final = 0x0312
ERROR_HOTKEY_ALREADY_REGISTERED: Final = 1409
MOD_NOREPEAT: Final = 0x4000

MODIFIERS: Final[Mapping[Modifier, int]] = {
    Modifier.ALT: 0x0001,
    Modifier.CTRL: 0x0002,
    Modifier.SHIFT: 0x0004,
    Modifier.SUPER: 0x0008,
}

NAMED_KEYS: Final[Mapping[str, int]] = {
    "Backspace": 0x08,
    "Tab": 0x09,
    "Enter": 0x0D,
    "Pause": 0x13,
    "Esc": 0x1B,
    "Space": 0x20,
    "PageUp": 0x21,
    "PageDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "PrintScreen": 0x2C,
    "Insert": 0x2D,
    "Delete": 0x2E,
    "ScrollLock": 0x91,
    "Semicolon": 0xBA,
    "Equal": 0xBB,
    "Comma": 0xBC,
    "Minus": 0xBD,
    "Period": 0xBE,
    "Slash": 0xBF,
    "Backquote": 0xC0,
    "BracketLeft": 0xDB,
    "Backslash": 0xDC,
    "BracketRight": 0xDD,
    "Apostrophe": 0xDE,
}
"""The signs are where a US keyboard has them (`VK_OEM_1` and so on)."""

_F1: Final = 0x70

_ids = itertools.count(1)
"""Ids below 0xC000 are for programs; each is used once."""


class Message(ctypes.Structure):
    """MSG of winuser.h (https://learn.microsoft.com/windows/win32/api/winuser/ns-winuser-msg)."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wParam", ctypes.c_size_t),  # UINT_PTR
        ("lParam", ctypes.c_ssize_t),  # LONG_PTR
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


class User32(Protocol):
    """The functions of user32.dll that are called here; `load_user32` has the real ones."""

    def register(self, hotkey_id: int, modifiers: int, key: int) -> int:
        """RegisterHotKey for this thread: 0, or the error code."""
        ...

    def unregister(self, hotkey_id: int) -> None:
        """UnregisterHotKey for this thread."""
        ...


class _RealUser32:
    def __init__(self, windows: Any) -> None:
        library = windows.WinDLL("user32", use_last_error=True)
        self._last_error: Callable[[], int] = windows.get_last_error
        self._register = library.RegisterHotKey
        self._register.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_uint)
        self._register.restype = ctypes.c_int
        self._unregister = library.UnregisterHotKey
        self._unregister.argtypes = (ctypes.c_void_p, ctypes.c_int)
        self._unregister.restype = ctypes.c_int

    def register(self, hotkey_id: int, modifiers: int, key: int) -> int:
        if self._register(None, hotkey_id, modifiers, key):
            return 0
        return self._last_error() or -1

    def unregister(self, hotkey_id: int) -> None:
        self._unregister(None, hotkey_id)


def load_user32(windows: Any = ctypes) -> User32:
    """Load user32.dll with the signatures of winuser.h.

    Args:
        windows: `ctypes`, or what a test puts in its place.
    """
    return _RealUser32(windows)


def unsupported(session: Session) -> Unsupported | None:
    """Say why these hotkeys cannot work in a session."""
    return None if session.platform == "win32" else Unsupported(tr("RegisterHotKey is a part of Windows."))


def virtual_key(key: str) -> int:
    """Give the virtual-key code of a `Hotkey.key`."""
    if len(key) == 1:
        return ord(key)  # letters and digits are their own codes
    if key in NAMED_KEYS:
        return NAMED_KEYS[key]
    return _F1 + int(key[1:]) - 1


class _Filter(QAbstractNativeEventFilter):
    """Hears `WM_HOTKEY`; the callback runs after Qt is done with the message."""

    def __init__(self, on_press: Callable[[int], None]) -> None:
        super().__init__()
        self._on_press = on_press

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """See `QAbstractNativeEventFilter.nativeEventFilter`."""
        # Qt calls a thread's own messages "dispatcher" messages, PySide6 6.11 hands them on as "generic".
        kind = event_type.data() if isinstance(event_type, QByteArray) else event_type
        if bytes(kind) in {b"windows_generic_MSG", b"windows_dispatcher_MSG"}:
            # The address comes as shiboken's VoidPtr, which only `int` turns into a number.
            msg = Message.from_address(int(message))
            if msg.message == WM_HOTKEY:
                hotkey_id = int(msg.wParam)
                QTimer.singleShot(0, lambda: self._on_press(hotkey_id))
                return True, 0
        return False, 0


class WindowsHotkeySource:
    """A `HotkeySource` for Windows. Use it on the main thread, with an application."""

    def __init__(self, user32: User32) -> None:
        self._user32 = user32
        self._held: dict[str, tuple[int, Hotkey, Callable[[], None]]] = {}
        self._filter = _Filter(self._pressed)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._filter)

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """See `HotkeySource.register`.

        Raises:
            HotkeyError: Another program or Windows itself has the combination.
        """
        before = self._held.get(action.id)
        if before is not None and before[1] == hotkey:
            self._held[action.id] = before[0], hotkey, on_press
            return
        hotkey_id = next(_ids)
        self._ask(hotkey_id, hotkey)
        self.unregister(action)
        self._held[action.id] = hotkey_id, hotkey, on_press

    def unregister(self, action: HotkeyAction) -> None:
        """See `HotkeySource.unregister`."""
        held = self._held.pop(action.id, None)
        if held is not None:
            self._user32.unregister(held[0])

    def renew(self) -> None:
        """See `HotkeySource.renew`: they belong to the thread and last as long as it, also through sleep."""

    def close(self) -> None:
        """See `HotkeySource.close`."""
        for hotkey_id, _hotkey, _on_press in self._held.values():
            self._user32.unregister(hotkey_id)
        self._held.clear()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)

    def _ask(self, hotkey_id: int, hotkey: Hotkey) -> None:
        modifiers = MOD_NOREPEAT
        for modifier in hotkey.modifiers:
            modifiers |= MODIFIERS[modifier]
        error = self._user32.register(hotkey_id, modifiers, virtual_key(hotkey.key))
        if error:
            taken = error == ERROR_HOTKEY_ALREADY_REGISTERED
            raise HotkeyError(
                tr("Another program uses {hotkey} already.", hotkey=format_hotkey(hotkey))
                if taken
                else tr(
                    "Windows does not give {hotkey} to programs (error {error}).",
                    hotkey=format_hotkey(hotkey),
                    error=error,
                ),
                Remedy(
                    tr("Choose another combination in the settings."), RemedyAction.OPEN_SNIPPING_SETTINGS
                ),
            )

    def _pressed(self, hotkey_id: int) -> None:
        for held_id, _hotkey, on_press in tuple(self._held.values()):
            if held_id == hotkey_id:
                on_press()
