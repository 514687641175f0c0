"""Stand-ins for CoreGraphics and Objective-C on macOS and for user32 on Windows.

They check what they are given; see `foreign_hotkeys`.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import mss.darwin
import pytest
from mss.darwin import CFUNCTIONS, CGRect

from tests.foreign_hotkeys import Foreign
from writetex_desktop.native.screens.mss import MssPointReader


class CoreGraphics:
    """CoreGraphics.framework of a Mac whose screens all have the same number of pixels in a point."""

    PROVIDER, DATA, PADDING = 0x11, 0x12, 8

    def __init__(self, scale: int = 2, *, is_given: bool = True) -> None:
        self.is_given = is_given
        self.asked = 0
        self.areas: list[tuple[float, float, float, float]] = []
        """What was asked for, in points."""
        self.gone = False
        """Whether macOS no longer has the function that reads the screen."""
        self._scale = scale
        self._pixels: ctypes.Array[ctypes.c_ubyte] = (ctypes.c_ubyte * 0)()
        self._size = (0, 0)
        self.CGPreflightScreenCaptureAccess = Foreign(lambda: self.is_given)
        self.CGRequestScreenCaptureAccess = Foreign(self._request)
        behaviours: dict[str, Any] = {
            "CGWindowListCreateImage": self._create,
            "CGImageGetWidth": lambda _image: self._size[0],
            "CGImageGetHeight": lambda _image: self._size[1],
            "CGImageGetBitsPerPixel": lambda _image: 32,
            "CGImageGetBytesPerRow": lambda _image: self._size[0] * 4 + self.PADDING,
            "CGImageGetDataProvider": lambda _image: self.PROVIDER,
            "CGDataProviderCopyData": lambda _provider: self.DATA,
            "CFDataGetBytePtr": lambda _data: ctypes.cast(self._pixels, ctypes.POINTER(ctypes.c_ubyte)),
            "CFDataGetLength": lambda _data: len(self._pixels),
        }
        for name in CFUNCTIONS:
            setattr(self, name, Foreign(behaviours.get(name, lambda *_arguments: None)))

    def _request(self) -> bool:
        self.asked += 1
        return self.is_given

    def _create(self, area: CGRect, which: int, window: int, options: int) -> int:
        assert (which, window) == (1, 0), "all that is on the screen"
        assert options == 0, "device pixels, not points"
        self.areas.append((area.origin.x, area.origin.y, area.size.width, area.size.height))
        if self.gone:
            return 0
        width, height = int(area.size.width) * self._scale, int(area.size.height) * self._scale
        row = bytes(range(1, 5)) * width + bytes(self.PADDING)
        self._size = width, height
        self._pixels = (ctypes.c_ubyte * (len(row) * height)).from_buffer_copy(row * height)
        return 0x10


def mac_reader(core: CoreGraphics, patch: pytest.MonkeyPatch) -> MssPointReader:
    """A reader over mss's own code for macOS, which finds our CoreGraphics where Apple's would be."""
    patch.setattr(mss.darwin, "IMAGE_OPTIONS", mss.darwin.IMAGE_OPTIONS)
    patch.setattr("platform.system", lambda: "Darwin")
    patch.setattr(mss.darwin.MSSImplDarwin, "_init_library", lambda self: setattr(self, "core", core))
    return MssPointReader()


class ObjectiveC:
    """libobjc with one view, in one window."""

    VIEW, WINDOW = 0x21, 0x22

    def __init__(self) -> None:
        self.sent: dict[str, int] = {}
        """What the window was told, by selector."""
        self._selectors: list[bytes] = []

    def __getitem__(self, name: str) -> Foreign:
        functions: dict[str, Callable[..., Any]] = {
            "sel_registerName": self._register,
            "objc_msgSend": self._send,
        }
        return Foreign(functions[name])

    def _register(self, name: bytes) -> int:
        self._selectors.append(name)
        return len(self._selectors)

    def _send(self, receiver: int, selector: int, *arguments: int) -> int | None:
        name = self._selectors[selector - 1].decode()
        if name == "window":
            assert (receiver, arguments) == (self.VIEW, ())
            return self.WINDOW
        assert receiver == self.WINDOW
        (self.sent[name],) = arguments
        return None


class User32:
    """The awareness of a thread, as `ctypes` on Windows offers it."""

    def __init__(self, kind: int) -> None:
        self.GetThreadDpiAwarenessContext = Foreign(lambda: 0x6010)
        self.AreDpiAwarenessContextsEqual = Foreign(lambda ours, each: int((ours, each) == (0x6010, kind)))

    def WinDLL(self, name: str, *, use_last_error: bool) -> "User32":  # noqa: N802 - ctypes' own name
        assert (name, use_last_error) == ("user32", True)
        return self
