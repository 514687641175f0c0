"""Stand-ins for the hotkey functions of Windows and macOS, which check what they are given.

They stand where `ctypes` would put the system's own: every argument goes through the declared argument types,
as in a real call, so that a wrong signature fails here and not on the user's machine.
"""

import ctypes
from collections.abc import Callable
from typing import Any

from writetex_desktop.native.hotkeys import macos, windows


class Foreign:
    """A foreign function: `argtypes` and `restype` must be set before it is called."""

    def __init__(self, behaviour: Callable[..., Any]) -> None:
        self.argtypes: tuple[Any, ...] | None = None
        self.restype: Any = ...
        self._behaviour = behaviour

    def __call__(self, *arguments: Any) -> Any:
        assert self.argtypes is not None, "no argument types were declared"
        assert self.restype is not ..., "no result type was declared"
        assert len(arguments) == len(self.argtypes)
        for declared, given in zip(self.argtypes, arguments, strict=True):
            declared.from_param(given)
        return self._behaviour(*arguments)


class Windows:
    """user32.dll and its errors, as `ctypes` on Windows offers them; one keyboard for all programs."""

    def __init__(self) -> None:
        self.combinations: dict[tuple[int, int], int] = {}
        """Modifiers and key to the id that has them."""
        self.refused_with: int | None = None
        self._error = 0
        self.RegisterHotKey = Foreign(self._register)
        self.UnregisterHotKey = Foreign(self._unregister)

    def WinDLL(self, name: str, *, use_last_error: bool) -> "Windows":  # noqa: N802 - ctypes' own name
        assert (name, use_last_error) == ("user32", True)
        return self

    def get_last_error(self) -> int:
        return self._error

    def message(self, hotkey_id: int, kind: int = windows.WM_HOTKEY) -> windows.Message:
        return windows.Message(message=kind, wParam=hotkey_id)

    def _register(self, window: object, hotkey_id: int, modifiers: int, key: int) -> int:
        assert window is None
        assert modifiers & windows.MOD_NOREPEAT
        assert 0 < hotkey_id < 0xC000
        if self.refused_with is not None:
            self._error = self.refused_with
            return 0
        if (modifiers, key) in self.combinations:
            self._error = windows.ERROR_HOTKEY_ALREADY_REGISTERED
            return 0
        self.combinations[modifiers, key] = hotkey_id
        return 1

    def _unregister(self, window: object, hotkey_id: int) -> int:
        assert window is None
        held = [combination for combination, owner in self.combinations.items() if owner == hotkey_id]
        for combination in held:
            del self.combinations[combination]
        return int(bool(held))


class Carbon:
    """Carbon.framework; one keyboard for all programs."""

    TARGET = 0x7001

    def __init__(self) -> None:
        self.combinations: dict[tuple[int, int], tuple[int, int]] = {}
        """Modifiers and key to the reference and the id that have them."""
        self.refused_with: int | None = None
        self._handlers: list[Any] = []
        self._references = 0
        self._pressed = macos.EventHotKeyID()
        self.GetApplicationEventTarget = Foreign(lambda: self.TARGET)
        self.InstallEventHandler = Foreign(self._install)
        self.GetEventParameter = Foreign(self._parameter)
        self.RegisterEventHotKey = Foreign(self._register)
        self.UnregisterEventHotKey = Foreign(self._unregister)

    def press(self, modifiers: int, key: int, signature: int = macos.SIGNATURE) -> None:
        """The user presses a combination; every handler hears of it, if anybody has it."""
        if (modifiers, key) in self.combinations:
            _reference, hotkey_id = self.combinations[modifiers, key]
            self._pressed = macos.EventHotKeyID(signature, hotkey_id)
            for handler in self._handlers:
                assert handler(None, 0x7002, None) == macos.NO_ERR

    def _install(self, target: int, handler: Any, count: int, kinds: Any, *_rest: object) -> int:
        assert target == self.TARGET
        assert count == 1
        assert (kinds._obj.eventClass, kinds._obj.eventKind) == (0x6B657962, 5)
        self._handlers.append(handler)
        return 0

    def _parameter(self, event: int, name: int, kind: int, *rest: Any) -> int:
        _actual, size, _written, out = rest
        assert (event, name, kind, size) == (0x7002, 0x2D2D2D2D, 0x686B6964, 8)
        ctypes.memmove(out, ctypes.byref(self._pressed), size)
        return 0

    def _register(self, key: int, modifiers: int, named: macos.EventHotKeyID, *rest: Any) -> int:
        target, options, out = rest
        assert (target, options, named.signature) == (self.TARGET, 0, macos.SIGNATURE)
        if self.refused_with is not None:
            return self.refused_with
        if (modifiers, key) in self.combinations:
            return macos.EVENT_HOTKEY_EXISTS_ERR
        self._references += 1
        out._obj.value = self._references
        self.combinations[modifiers, key] = self._references, named.id
        return 0

    def _unregister(self, reference: ctypes.c_void_p) -> int:
        held = [key for key, (owner, _id) in self.combinations.items() if owner == reference.value]
        for combination in held:
            del self.combinations[combination]
        return 0
