"""Global hotkeys on macOS: RegisterEventHotKey of Carbon, which needs no permission of the user.

After CarbonEvents.h of the macOS SDK (HIToolbox); Apple's archived reference is
https://developer.apple.com/library/archive/documentation/Carbon/Reference/Carbon_Event_Manager_Ref/. It is
old and still the only public call that takes a key away from other programs without Accessibility rights.

* `EventHotKeyID` is passed by value: two 32-bit numbers.
* `eventHotKeyExistsErr` (-9878) means that the combination is taken.
* The handler is called by Qt's own event loop, which is an NSApplication's; it returns `noErr`.
* Since macOS 15 a combination of Option or Shift alone is refused to programs in a sandbox (-9868).

The registration lasts as long as the process, also while the machine sleeps; nothing is renewed after it.

Key codes are those of Events.h (`kVK_...`): places on an ANSI keyboard. Not run on macOS yet; the tests drive
it with a fake of the functions.
"""

import ctypes
import itertools
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier, format_hotkey
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.session import Session

CARBON: Final = "/System/Library/Frameworks/Carbon.framework/Carbon"

NO_ERR: Final = 0
EVENT_HOTKEY_EXISTS_ERR: Final = -9878
EVENT_CLASS_KEYBOARD: Final = int.from_bytes(b"keyb")
EVENT_HOTKEY_PRESSED: Final = 5
EVENT_PARAM_DIRECT_OBJECT: Final = int.from_bytes(b"----")
TYPE_EVENT_HOTKEY_ID: Final = int.from_bytes(b"hkid")
SIGNATURE: Final = int.from_bytes(b"WTeX")

MODIFIERS: Final[Mapping[Modifier, int]] = {
    Modifier.SUPER: 1 << 8,
    Modifier.SHIFT: 1 << 9,
    Modifier.ALT: 1 << 11,
    Modifier.CTRL: 1 << 12,
}
"""cmdKey, shiftKey, optionKey and controlKey of Events.h."""

_LETTERS: Final = dict(
    zip(
        "ASDFHGZXCVBQWERYT123465=97-80]OU[IPLJ'K;\\,/NM.",
        (
            *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26),
            *(27, 28, 29, 30, 31, 32, 33, 34, 35, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47),
        ),
        strict=True,
    )
)
"""kVK_ANSI_A is 0, and so on; 10 and 36 are other keys."""

NAMED_KEYS: Final[Mapping[str, int]] = {
    "Equal": _LETTERS["="],
    "Minus": _LETTERS["-"],
    "BracketRight": _LETTERS["]"],
    "BracketLeft": _LETTERS["["],
    "Apostrophe": _LETTERS["'"],
    "Semicolon": _LETTERS[";"],
    "Backslash": _LETTERS["\\"],
    "Comma": _LETTERS[","],
    "Slash": _LETTERS["/"],
    "Period": _LETTERS["."],
    "Backquote": 50,
    "Enter": 36,
    "Tab": 48,
    "Space": 49,
    "Backspace": 51,
    "Esc": 53,
    "Insert": 114,
    "Home": 115,
    "PageUp": 116,
    "Delete": 117,
    "End": 119,
    "PageDown": 121,
    "Left": 123,
    "Right": 124,
    "Down": 125,
    "Up": 126,
}
"""PrintScreen, ScrollLock and Pause are F13, F14 and F15 on Apple's keyboards; see `key_code`."""

FUNCTION_KEYS: Final = (
    *(122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111),
    *(105, 107, 113, 106, 64, 79, 80, 90),
)
"""F1 to F20."""

_PC_KEYS: Final[Mapping[str, str]] = {"PrintScreen": "F13", "ScrollLock": "F14", "Pause": "F15"}

_ids = itertools.count(1)


class EventHotKeyID(ctypes.Structure):
    """EventHotKeyID of CarbonEvents.h."""

    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


class EventTypeSpec(ctypes.Structure):
    """EventTypeSpec of CarbonEvents.h."""

    _fields_ = (("eventClass", ctypes.c_uint32), ("eventKind", ctypes.c_uint32))


HANDLER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
"""EventHandlerProcPtr: call reference, event, user data; gives an OSStatus."""


class CarbonApi(Protocol):
    """What is called of Carbon; `load_carbon` has the real ones."""

    def listen(self, on_press: Callable[[int], None]) -> None:
        """Call back with the id of each hotkey that is pressed, from now on."""
        ...

    def register(self, hotkey_id: int, key: int, modifiers: int) -> tuple[int, object]:
        """RegisterEventHotKey: the status, and what `unregister` takes."""
        ...

    def unregister(self, reference: object) -> None:
        """UnregisterEventHotKey."""
        ...


class _RealCarbon:
    def __init__(self, library: Any) -> None:
        self._library = library
        library.GetApplicationEventTarget.argtypes = ()
        library.GetApplicationEventTarget.restype = ctypes.c_void_p
        library.InstallEventHandler.argtypes = (
            *(ctypes.c_void_p, HANDLER, ctypes.c_size_t, ctypes.POINTER(EventTypeSpec)),
            *(ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)),
        )
        library.InstallEventHandler.restype = ctypes.c_int32
        library.GetEventParameter.argtypes = (
            *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
            *(ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p),
        )
        library.GetEventParameter.restype = ctypes.c_int32
        library.RegisterEventHotKey.argtypes = (
            *(ctypes.c_uint32, ctypes.c_uint32, EventHotKeyID, ctypes.c_void_p, ctypes.c_uint32),
            ctypes.POINTER(ctypes.c_void_p),
        )
        library.RegisterEventHotKey.restype = ctypes.c_int32
        library.UnregisterEventHotKey.argtypes = (ctypes.c_void_p,)
        library.UnregisterEventHotKey.restype = ctypes.c_int32
        self._handler: object = None
        """Carbon keeps only its address."""

    def listen(self, on_press: Callable[[int], None]) -> None:
        def handle(_call: int, event: int, _data: int) -> int:
            pressed = EventHotKeyID()
            status = self._library.GetEventParameter(
                event,
                EVENT_PARAM_DIRECT_OBJECT,
                TYPE_EVENT_HOTKEY_ID,
                None,
                ctypes.sizeof(pressed),
                None,
                ctypes.byref(pressed),
            )
            if status == NO_ERR and pressed.signature == SIGNATURE:
                on_press(int(pressed.id))
            return NO_ERR

        self._handler = HANDLER(handle)
        kind = EventTypeSpec(EVENT_CLASS_KEYBOARD, EVENT_HOTKEY_PRESSED)
        reference = ctypes.c_void_p()
        self._library.InstallEventHandler(
            self._library.GetApplicationEventTarget(),
            self._handler,
            1,
            ctypes.byref(kind),
            None,
            ctypes.byref(reference),
        )

    def register(self, hotkey_id: int, key: int, modifiers: int) -> tuple[int, object]:
        reference = ctypes.c_void_p()
        target = self._library.GetApplicationEventTarget()
        named = EventHotKeyID(SIGNATURE, hotkey_id)
        status = self._library.RegisterEventHotKey(key, modifiers, named, target, 0, ctypes.byref(reference))
        return int(status), reference

    def unregister(self, reference: object) -> None:
        self._library.UnregisterEventHotKey(reference)


def load_carbon(load: Callable[[str], Any] = ctypes.CDLL) -> CarbonApi:
    """Load Carbon with the signatures of CarbonEvents.h.

    Args:
        load: `ctypes.CDLL`, or what a test puts in its place.
    """
    return _RealCarbon(load(CARBON))


def unsupported(session: Session) -> Unsupported | None:
    """Say why these hotkeys cannot work in a session."""
    return None if session.platform == "darwin" else Unsupported(tr("Carbon is a part of macOS."))


def key_code(key: str) -> int | None:
    """Give the virtual key code of a `Hotkey.key`; None for F21 to F24, which macOS does not know."""
    key = _PC_KEYS.get(key, key)
    if key in _LETTERS:
        return _LETTERS[key]
    if key in NAMED_KEYS:
        return NAMED_KEYS[key]
    number = int(key[1:])
    return FUNCTION_KEYS[number - 1] if number <= len(FUNCTION_KEYS) else None


class MacosHotkeySource:
    """A `HotkeySource` for macOS. Use it on the main thread, with an application."""

    def __init__(self, carbon: CarbonApi) -> None:
        self._carbon = carbon
        self._held: dict[str, tuple[int, object, Hotkey, Callable[[], None]]] = {}
        carbon.listen(self._pressed)

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """See `HotkeySource.register`.

        Raises:
            HotkeyError: Another program has the combination, macOS refuses it, or there is no such key.
        """
        before = self._held.get(action.id)
        if before is not None and before[2] == hotkey:
            self._held[action.id] = (*before[:3], on_press)
            return
        code = key_code(hotkey.key)
        if code is None:
            raise _refused(tr("macOS knows no key {key}.", key=hotkey.key))
        hotkey_id = next(_ids)
        modifiers = sum(MODIFIERS[each] for each in hotkey.modifiers)
        status, reference = self._carbon.register(hotkey_id, code, modifiers)
        if status == EVENT_HOTKEY_EXISTS_ERR:
            raise _refused(tr("Another program uses {hotkey} already.", hotkey=format_hotkey(hotkey)))
        if status != NO_ERR:
            raise _refused(
                tr(
                    "macOS does not give {hotkey} to programs (error {status}).",
                    hotkey=format_hotkey(hotkey),
                    status=status,
                )
            )
        self.unregister(action)
        self._held[action.id] = hotkey_id, reference, hotkey, on_press

    def unregister(self, action: HotkeyAction) -> None:
        """See `HotkeySource.unregister`."""
        held = self._held.pop(action.id, None)
        if held is not None:
            self._carbon.unregister(held[1])

    def renew(self) -> None:
        """See `HotkeySource.renew`: they last as long as the program, also through sleep."""

    def close(self) -> None:
        """See `HotkeySource.close`; the handler stays and hears nothing."""
        for _id, reference, _hotkey, _on_press in self._held.values():
            self._carbon.unregister(reference)
        self._held.clear()

    def _pressed(self, hotkey_id: int) -> None:
        for held_id, _reference, _hotkey, on_press in tuple(self._held.values()):
            if held_id == hotkey_id:
                on_press()


def _refused(message: str) -> HotkeyError:
    return HotkeyError(
        message,
        Remedy(
            tr("Choose a combination with Command or Control in the settings."),
            RemedyAction.OPEN_SNIPPING_SETTINGS,
        ),
    )
