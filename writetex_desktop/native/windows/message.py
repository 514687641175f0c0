"""A message where there is neither a terminal nor a window yet: Windows' own box.

See https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-messageboxw. Not run on Windows yet; the
tests drive it with a fake of the function.
"""

import ctypes
from typing import Any, Final

MB_ICONERROR: Final = 0x00000010
MB_SETFOREGROUND: Final = 0x00010000


def show_message(text: str, windows: Any = ctypes) -> None:
    """Show a text until the user has closed it.

    Args:
        text: What happened, and what to do.
        windows: `ctypes`, or what a test puts in its place.
    """
    box = windows.WinDLL("user32", use_last_error=True).MessageBoxW
    box.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint)
    box.restype = ctypes.c_int
    box(None, text, "WriteTex", MB_ICONERROR | MB_SETFOREGROUND)
