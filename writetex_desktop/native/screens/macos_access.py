"""Whether macOS lets this program see the screen.

Without the permission a picture of the screen succeeds and shows the wallpaper and our own windows alone. So
it is asked for first: CGPreflightScreenCaptureAccess says whether it is there, CGRequestScreenCaptureAccess
brings up the system's question, once; both are functions of no arguments that give a `bool`
(https://developer.apple.com/documentation/coregraphics/cgpreflightscreencaptureaccess() and
https://developer.apple.com/documentation/coregraphics/cgrequestscreencaptureaccess()). What the user allows
counts from the next start of the program on.

Not run on macOS yet; the tests drive it with a fake of the functions.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final, Protocol

from writetex_desktop.core.errors import CaptureError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr

CORE_GRAPHICS: Final = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"

SETTINGS_URL: Final = "x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture"
"""The page of the system's settings where the permission is given."""


class ScreenAccess(Protocol):
    """The permission; `load_screen_access` has the real one."""

    def is_given(self) -> bool:
        """Say whether the screen can be seen."""
        ...

    def ask(self) -> None:
        """Let macOS ask the user, if it has not done so before; does not wait for the answer."""
        ...


class _RealScreenAccess:
    def __init__(self, library: Any) -> None:
        self._preflight = library.CGPreflightScreenCaptureAccess
        self._request = library.CGRequestScreenCaptureAccess
        for function in (self._preflight, self._request):
            function.argtypes, function.restype = (), ctypes.c_bool

    def is_given(self) -> bool:
        return bool(self._preflight())

    def ask(self) -> None:
        self._request()


def load_screen_access(load: Callable[[str], Any] = ctypes.CDLL) -> ScreenAccess:
    """Load the two functions with the signatures of CGWindow.h.

    Args:
        load: `ctypes.CDLL`, or what a test puts in its place.
    """
    return _RealScreenAccess(load(CORE_GRAPHICS))


def not_allowed() -> CaptureError:
    """Make the error that says what is missing, and where it is given."""
    return CaptureError(
        tr("macOS does not let WriteTex see what other programs show."),
        Remedy(
            tr(
                "Allow it under Privacy & Security, Screen & System Audio Recording, "
                "and start WriteTex again."
            ),
            RemedyAction.OPEN_SCREEN_PERMISSION,
        ),
    )
