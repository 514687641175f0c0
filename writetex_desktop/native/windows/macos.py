"""Windows that lie above everything on macOS: messages to the NSWindow behind a window of ours.

Qt's "stays on top" is below the menu bar and open menus. The level of a screen saver (1000) is above both
(https://developer.apple.com/documentation/appkit/nswindow/level-swift.struct). The collection behaviour
(https://developer.apple.com/documentation/appkit/nswindow/collectionbehavior-swift.struct) lets the window
come up in the Space that is seen, also beside a program in full screen, instead of changing to ours.

`objc_msgSend` has no signature of its own: each message is sent through a function with the types of its
method (https://developer.apple.com/documentation/objectivec/objc_msgsend). Not run on macOS yet; the tests
drive it with a fake of the two functions.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final

LIBOBJC: Final = "/usr/lib/libobjc.A.dylib"

SCREEN_SAVER_LEVEL: Final = 1000
COLLECTION_BEHAVIOUR: Final = 1 << 0 | 1 << 4 | 1 << 6 | 1 << 8
"""Can join all Spaces, stationary, left out when windows are cycled, beside programs in full screen."""

NO_ANIMATION: Final = 2
"""NSWindowAnimationBehaviorNone."""


class WindowLifter:
    """Puts windows above everything.

    Args:
        load: `ctypes.CDLL`, or what a test puts in its place.
    """

    def __init__(self, load: Callable[[str], Any] = ctypes.CDLL) -> None:
        library = load(LIBOBJC)
        self._selector = library["sel_registerName"]
        self._selector.argtypes, self._selector.restype = (ctypes.c_char_p,), ctypes.c_void_p
        # Each look-up of a name makes a function anew, which holds the types of its own.
        self._get = library["objc_msgSend"]
        self._get.argtypes, self._get.restype = (ctypes.c_void_p, ctypes.c_void_p), ctypes.c_void_p
        self._set_number = library["objc_msgSend"]
        self._set_number.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long)
        self._set_number.restype = None
        self._set_flag = library["objc_msgSend"]
        self._set_flag.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_bool)
        self._set_flag.restype = None

    def __call__(self, view: int) -> None:
        """Lift the window of a view; call it on the main thread.

        Args:
            view: The address of an NSView, which is what `QWidget.winId()` gives on macOS.
        """
        window = self._get(view, self._selector(b"window"))
        self._set_number(window, self._selector(b"setLevel:"), SCREEN_SAVER_LEVEL)
        self._set_number(window, self._selector(b"setCollectionBehavior:"), COLLECTION_BEHAVIOUR)
        self._set_number(window, self._selector(b"setAnimationBehavior:"), NO_ANIMATION)
        self._set_flag(window, self._selector(b"setHidesOnDeactivate:"), False)
