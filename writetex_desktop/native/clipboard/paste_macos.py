"""Pasting into another application on macOS, by Quartz events.

`CGEventCreateKeyboardEvent` and `CGEventPost` press Command+V; they need the user's leave under Privacy &
Security, Accessibility, of which `AXIsProcessTrusted` tells
(https://developer.apple.com/documentation/coregraphics/cgevent). Which application is in front, and to put
one there, is asked of the Process Manager of ApplicationServices: old, but reached without Objective-C. Not
run on macOS yet; the tests drive it with a fake of the functions.
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

KEY_V: Final = 0x09
"""kVK_ANSI_V of Carbon's Events.h."""

COMMAND: Final = 1 << 20
"""kCGEventFlagMaskCommand; Shift, Control and Option are the bits 17 to 19."""

HELD: Final = 0b1111 << 17
HID_EVENT_TAP: Final = 0
_HELD_DOWN: Final = mark("The formula was not pasted: a key was held down, or its window lost the focus.")
_COMBINED_SESSION: Final = 0
LOOKS: Final = 50
_LOOK_S: Final = 0.02
_LIBRARY: Final = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"


class Serial(ctypes.Structure):
    """ProcessSerialNumber of MacTypes.h."""

    _fields_ = (("high", ctypes.c_uint32), ("low", ctypes.c_uint32))


class Services(Protocol):
    """The functions of ApplicationServices that are called here; `load_services` has the real ones."""

    def is_trusted(self) -> bool:
        """AXIsProcessTrusted."""
        ...

    def front(self) -> int:
        """GetFrontProcess and GetProcessPID: the process in front; 0 for none."""
        ...

    def bring(self, process: int) -> bool:
        """GetProcessForPID and SetFrontProcess."""
        ...

    def held(self) -> int:
        """CGEventSourceFlagsState: the modifiers that are down, as flags."""
        ...

    def press(self, key: int, flags: int) -> None:
        """CGEventPost of the key going down and up."""
        ...


class _RealServices:
    def __init__(self, library: Any) -> None:
        self._library = library
        serial = ctypes.POINTER(Serial)
        library.AXIsProcessTrusted.argtypes = ()
        library.AXIsProcessTrusted.restype = ctypes.c_bool
        library.GetFrontProcess.argtypes = (serial,)
        library.GetFrontProcess.restype = ctypes.c_int16
        library.GetProcessPID.argtypes = (serial, ctypes.POINTER(ctypes.c_int32))
        library.GetProcessPID.restype = ctypes.c_int32
        library.GetProcessForPID.argtypes = (ctypes.c_int32, serial)
        library.GetProcessForPID.restype = ctypes.c_int32
        library.SetFrontProcess.argtypes = (serial,)
        library.SetFrontProcess.restype = ctypes.c_int16
        library.CGEventSourceFlagsState.argtypes = (ctypes.c_int32,)
        library.CGEventSourceFlagsState.restype = ctypes.c_uint64
        library.CGEventCreateKeyboardEvent.argtypes = (ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool)
        library.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
        library.CGEventSetFlags.argtypes = (ctypes.c_void_p, ctypes.c_uint64)
        library.CGEventSetFlags.restype = None
        library.CGEventPost.argtypes = (ctypes.c_uint32, ctypes.c_void_p)
        library.CGEventPost.restype = None
        library.CFRelease.argtypes = (ctypes.c_void_p,)
        library.CFRelease.restype = None

    def is_trusted(self) -> bool:
        return bool(self._library.AXIsProcessTrusted())

    def front(self) -> int:
        serial, process = Serial(), ctypes.c_int32()
        if self._library.GetFrontProcess(ctypes.byref(serial)):
            return 0
        self._library.GetProcessPID(ctypes.byref(serial), ctypes.byref(process))
        return process.value

    def bring(self, process: int) -> bool:
        serial = Serial()
        if self._library.GetProcessForPID(process, ctypes.byref(serial)):
            return False
        return not self._library.SetFrontProcess(ctypes.byref(serial))

    def held(self) -> int:
        return int(self._library.CGEventSourceFlagsState(_COMBINED_SESSION))

    def press(self, key: int, flags: int) -> None:
        for down in (True, False):
            event = self._library.CGEventCreateKeyboardEvent(None, key, down)
            self._library.CGEventSetFlags(event, flags)
            self._library.CGEventPost(HID_EVENT_TAP, event)
            self._library.CFRelease(event)


def load_services(library: Any = None) -> Services:
    """Load ApplicationServices with the signatures of its headers.

    Args:
        library: What a test puts in its place.
    """
    return _RealServices(library if library is not None else ctypes.CDLL(_LIBRARY))


def unsupported(session: Session) -> Unsupported | None:
    """Say why it cannot work in a session."""
    return None if session.platform == "darwin" else Unsupported(tr("Quartz events are a part of macOS."))


class MacosPaster:
    """A `FocusPaster` for macOS."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def focused(self) -> PasteTarget | None:
        """See `FocusPaster.focused`; the application stands for its window."""
        process = self._services.front()
        return PasteTarget(process) if process not in {0, os.getpid()} else None

    async def paste(self, target: PasteTarget) -> None:
        """See `FocusPaster.paste`.

        Raises:
            ClipboardError: The user has not allowed it, another application is in front, or keys are held.
        """
        services = self._services
        if not services.is_trusted():
            raise ClipboardError(
                tr("The formula was not pasted: macOS does not let WriteTex press keys."),
                tr(
                    "Allow it in System Settings, Privacy & Security, Accessibility; until "
                    "then press Command+V."
                ),
            )
        front = services.front()
        if front not in {0, target, os.getpid()}:
            raise _not_pasted(tr("You went on to another application, so the formula was not pasted."))
        if front != target and not services.bring(target):
            raise _not_pasted(tr("The formula could not be pasted: its application is gone."))
        for _ in range(LOOKS):
            if services.front() == target and not services.held() & (HELD | COMMAND):
                break
            await asyncio.sleep(_LOOK_S)
        else:
            raise _not_pasted(tr_marked(_HELD_DOWN))
        services.press(KEY_V, COMMAND)


def _not_pasted(message: str) -> ClipboardError:
    return ClipboardError(message, tr("It is on the clipboard; press Command+V where you want it."))
