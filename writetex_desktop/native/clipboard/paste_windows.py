"""Pasting into another window on Windows, by SendInput.

After https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-sendinput and `-setforegroundwindow`: a
process may give the focus away while it has it; keys that the user holds are not lifted by SendInput, so it
is waited until they are up; windows of programs with higher rights take no input of ours, and SendInput then
says that it inserted nothing. Not run on Windows yet; the tests drive it with a fake of the functions.
"""

import asyncio
import ctypes
import os
from typing import Any, Final, Protocol

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.native.session import Session
from writetex_desktop.ports.clipboard import PasteTarget

VK_CONTROL: Final = 0x11
VK_V: Final = 0x56
KEYUP: Final = 0x0002
KEYBOARD: Final = 1
HELD: Final = (0x10, VK_CONTROL, 0x12, 0x5B, 0x5C)
"""Shift, Control, Alt and both Windows keys."""

KEYS: Final = ((VK_CONTROL, 0), (VK_V, 0), (VK_V, KEYUP), (VK_CONTROL, KEYUP))
LOOKS: Final = 50
_HELD_DOWN: Final = mark("The formula was not pasted: a key was held down, or its window lost the focus.")
_ROOM: Final = 16 + 2 * ctypes.sizeof(ctypes.c_void_p)
"""Bytes of MOUSEINPUT, the largest member of the union: 32 with pointers of 64 bits, 24 with 32."""
_LOOK_S: Final = 0.02


class _KeyInput(ctypes.Structure):
    """KEYBDINPUT of winuser.h."""

    _fields_ = (
        ("wVk", ctypes.c_uint16),
        ("wScan", ctypes.c_uint16),
        ("dwFlags", ctypes.c_uint32),
        ("time", ctypes.c_uint32),
        ("dwExtraInfo", ctypes.c_size_t),
    )


class _AnyInput(ctypes.Union):
    _fields_ = (("ki", _KeyInput), ("room", ctypes.c_byte * _ROOM))


class Input(ctypes.Structure):
    """INPUT of winuser.h (https://learn.microsoft.com/windows/win32/api/winuser/ns-winuser-input)."""

    _fields_ = (("type", ctypes.c_uint32), ("any", _AnyInput))


class User32(Protocol):
    """The functions of user32.dll that are called here; `load_user32` has the real ones."""

    def foreground(self) -> int:
        """GetForegroundWindow; 0 for none."""
        ...

    def process(self, window: int) -> int:
        """GetWindowThreadProcessId: the process of a window; 0 for one that is gone."""
        ...

    def bring(self, window: int) -> bool:
        """SetForegroundWindow."""
        ...

    def is_down(self, key: int) -> bool:
        """GetAsyncKeyState: whether a key is held."""
        ...

    def send(self, keys: tuple[tuple[int, int], ...]) -> int:
        """SendInput: gives how many keys, with their flags, were taken."""
        ...


class _RealUser32:
    def __init__(self, windows: Any) -> None:
        library = windows.WinDLL("user32", use_last_error=True)
        self._library = library
        library.GetForegroundWindow.argtypes = ()
        library.GetForegroundWindow.restype = ctypes.c_void_p
        library.GetWindowThreadProcessId.argtypes = (ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32))
        library.GetWindowThreadProcessId.restype = ctypes.c_uint32
        library.SetForegroundWindow.argtypes = (ctypes.c_void_p,)
        library.SetForegroundWindow.restype = ctypes.c_int
        library.GetAsyncKeyState.argtypes = (ctypes.c_int,)
        library.GetAsyncKeyState.restype = ctypes.c_int16
        library.SendInput.argtypes = (ctypes.c_uint32, ctypes.POINTER(Input), ctypes.c_int)
        library.SendInput.restype = ctypes.c_uint32

    def foreground(self) -> int:
        return int(self._library.GetForegroundWindow() or 0)

    def process(self, window: int) -> int:
        found = ctypes.c_uint32()
        self._library.GetWindowThreadProcessId(window, ctypes.byref(found))
        return found.value

    def bring(self, window: int) -> bool:
        return bool(self._library.SetForegroundWindow(window))

    def is_down(self, key: int) -> bool:
        return int(self._library.GetAsyncKeyState(key)) < 0

    def send(self, keys: tuple[tuple[int, int], ...]) -> int:
        inputs = (Input * len(keys))(
            *(Input(KEYBOARD, _AnyInput(_KeyInput(key, 0, flags, 0, 0))) for key, flags in keys)
        )
        return int(self._library.SendInput(len(keys), inputs, ctypes.sizeof(Input)))


def load_user32(windows: Any = ctypes) -> User32:
    """Load user32.dll with the signatures of winuser.h.

    Args:
        windows: `ctypes`, or what a test puts in its place.
    """
    return _RealUser32(windows)


def unsupported(session: Session) -> Unsupported | None:
    """Say why it cannot work in a session."""
    return None if session.platform == "win32" else Unsupported(tr("SendInput is a part of Windows."))


class WindowsPaster:
    """A `FocusPaster` for Windows."""

    def __init__(self, user32: User32) -> None:
        self._user32 = user32

    def focused(self) -> PasteTarget | None:
        """See `FocusPaster.focused`."""
        window = self._user32.foreground()
        ours = not window or self._user32.process(window) == os.getpid()
        return None if ours else PasteTarget(window)

    async def paste(self, target: PasteTarget) -> None:
        """See `FocusPaster.paste`.

        Raises:
            ClipboardError: Another window has the focus, keys are held down, or the window takes no input.
        """
        user32 = self._user32
        active = user32.foreground()
        if active not in {0, target} and user32.process(active) != os.getpid():
            raise _not_pasted(tr("You went on to another window, so the formula was not pasted."))
        if active != target and not user32.bring(target):
            raise _not_pasted(tr("The formula could not be pasted: its window did not get the focus back."))
        for _ in range(LOOKS):
            if user32.foreground() == target and not any(user32.is_down(key) for key in HELD):
                break
            await asyncio.sleep(_LOOK_S)
        else:
            raise _not_pasted(tr_marked(_HELD_DOWN))
        if user32.send(KEYS) != len(KEYS):
            raise _not_pasted(tr("The formula could not be pasted: its window takes no keys from WriteTex."))


def _not_pasted(message: str) -> ClipboardError:
    return ClipboardError(message, tr("It is on the clipboard; press Ctrl+V where you want it."))
