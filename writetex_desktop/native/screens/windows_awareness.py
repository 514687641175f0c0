"""Whether Windows tells this program the true pixels of each monitor.

Qt 6 makes the process aware of each monitor's scale (per-monitor v2) when the application object is made,
unless a manifest has chosen before (https://doc.qt.io/qt-6/highdpi.html). A program that is not aware gets
enlarged pictures and places in pixels that do not exist. GetThreadDpiAwarenessContext gives a handle that
AreDpiAwarenessContextsEqual alone can read
(https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-aredpiawarenesscontextsequal); the handles
that stand for the kinds are small negative numbers
(https://learn.microsoft.com/windows/win32/hidpi/dpi-awareness-context).

Run under Wine by packaging/try_windows.py; the tests drive it with a fake of the two functions.
"""

import ctypes
from collections.abc import Mapping
from typing import Any, Final

from writetex_desktop.core.language.words import mark

CONTEXTS: Final[Mapping[int, str]] = {
    -4: mark("per monitor, version 2"),
    -3: mark("per monitor"),
    -2: mark("the main monitor's scale for all"),
    -1: mark("none"),
    -5: mark("none, with sharp text"),
}
"""DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2, and so on."""

TRUE_PIXELS: Final = frozenset({CONTEXTS[-4], CONTEXTS[-3]})


def dpi_awareness(windows: Any = ctypes) -> str:
    """Name the kind of awareness of this thread, one of `CONTEXTS`, or `unknown`.

    Args:
        windows: `ctypes`, or what a test puts in its place.
    """
    library = windows.WinDLL("user32", use_last_error=True)
    current, equal = library.GetThreadDpiAwarenessContext, library.AreDpiAwarenessContextsEqual
    current.argtypes, current.restype = (), ctypes.c_void_p
    equal.argtypes, equal.restype = (ctypes.c_void_p, ctypes.c_void_p), ctypes.c_int
    ours = current()
    return next((name for kind, name in CONTEXTS.items() if equal(ours, kind)), "unknown")
