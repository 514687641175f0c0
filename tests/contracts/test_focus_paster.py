"""What every `FocusPaster` keeps to. To hold another one to it, add a rig."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

import pytest
from Xlib import X, Xatom

from tests.fakes import FakeFocusPaster
from tests.foreign_hotkeys import Foreign
from tests.x11 import Hands, virtual_display
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.native.clipboard import paste_macos, paste_windows
from writetex_desktop.native.clipboard.paste_macos import MacosPaster, load_services
from writetex_desktop.native.clipboard.paste_windows import WindowsPaster, load_user32
from writetex_desktop.native.clipboard.paste_x11 import X11Paster
from writetex_desktop.ports.clipboard import FocusPaster, PasteTarget

OURS, EDITOR, OTHER = 1, 2, 3
PASTED = ["press Ctrl", "press V", "release V", "release Ctrl"]


class Rig(Protocol):
    """A paster and the desktop around it: a window of ours, an editor, and another program."""

    @property
    def paster(self) -> FocusPaster: ...

    def focus(self, window: int) -> None:
        """The user turns to a window."""
        ...

    def pressed(self, window: int) -> list[str]:
        """What a window heard of the keyboard."""
        ...


class FakeRig:
    def __init__(self) -> None:
        self.paster = FakeFocusPaster()

    def focus(self, window: int) -> None:
        self.paster.focus = None if window == OURS else PasteTarget(window)

    def pressed(self, window: int) -> list[str]:
        return PASTED * self.paster.pasted.count(PasteTarget(window))


class WindowsRig:
    """user32.dll as `ctypes` on Windows offers it."""

    def __init__(self) -> None:
        self.active = OURS
        self.heard: dict[int, list[str]] = {}
        self.GetForegroundWindow = Foreign(lambda: self.active)
        self.GetWindowThreadProcessId = Foreign(self._process)
        self.SetForegroundWindow = Foreign(self._bring)
        self.GetAsyncKeyState = Foreign(lambda _key: 0)
        self.SendInput = Foreign(self._send)
        self.paster = WindowsPaster(load_user32(self))

    def WinDLL(self, _name: str, *, use_last_error: bool) -> "WindowsRig":  # noqa: N802 - ctypes' own name
        assert use_last_error
        return self

    def focus(self, window: int) -> None:
        self.active = window

    def pressed(self, window: int) -> list[str]:
        return self.heard.get(window, [])

    def _process(self, window: int, found: Any) -> int:
        found._obj.value = os.getpid() if window == OURS else 4_000_000 + window
        return 77

    def _bring(self, window: int) -> int:
        self.active = window
        return 1

    def _send(self, count: int, inputs: Any, size: int) -> int:
        assert (
            size == ctypes.sizeof(paste_windows.Input) == (40 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28)
        )
        names = {paste_windows.VK_CONTROL: "Ctrl", paste_windows.VK_V: "V"}
        for each in inputs:
            assert each.type == paste_windows.KEYBOARD
            verb = "release" if each.any.ki.dwFlags & paste_windows.KEYUP else "press"
            self.heard.setdefault(self.active, []).append(f"{verb} {names[each.any.ki.wVk]}")
        return count


class MacosRig:
    """ApplicationServices as `ctypes` on macOS offers it; windows are processes here."""

    def __init__(self) -> None:
        self.active = OURS
        self.trusted = True
        self.heard: dict[int, list[str]] = {}
        self.released = 0
        self._events: dict[int, list[int]] = {}
        self.AXIsProcessTrusted = Foreign(lambda: self.trusted)
        self.GetFrontProcess = Foreign(lambda serial: self._write(serial._obj, self.active))
        self.GetProcessPID = Foreign(self._process)
        self.GetProcessForPID = Foreign(lambda process, serial: self._write(serial._obj, process))
        self.SetFrontProcess = Foreign(self._bring)
        self.CGEventSourceFlagsState = Foreign(lambda _state: 0)
        self.CGEventCreateKeyboardEvent = Foreign(self._make)
        self.CGEventSetFlags = Foreign(lambda event, flags: self._events[event].append(flags))
        self.CGEventPost = Foreign(self._post)
        self.CFRelease = Foreign(self._release)
        self.paster = MacosPaster(load_services(self))

    def focus(self, window: int) -> None:
        self.active = window

    def pressed(self, window: int) -> list[str]:
        return self.heard.get(window, [])

    def _write(self, serial: paste_macos.Serial, process: int) -> int:
        serial.low = process
        return 0

    def _process(self, serial: Any, found: Any) -> int:
        process = serial._obj.low
        found._obj.value = os.getpid() if process == OURS else process
        return 0

    def _bring(self, serial: Any) -> int:
        self.active = serial._obj.low
        return 0

    def _make(self, source: object, key: int, down: bool) -> int:
        assert source is None
        event = len(self._events) + 1
        self._events[event] = [key, int(down)]
        return event

    def _post(self, tap: int, event: int) -> None:
        assert (tap, self._events[event][0], self._events[event][2]) == (0, 9, 1 << 20)
        keys = ["press Ctrl", "press V"] if self._events[event][1] else ["release V", "release Ctrl"]
        self.heard.setdefault(self.active, []).extend(keys)

    def _release(self, _event: int) -> None:
        self.released += 1


class X11Rig:
    """Windows on a server of their own; without a manager, the rig says which one is active."""

    def __init__(self, name: str, hands: Hands) -> None:
        self.paster = X11Paster(name)
        self._hands = hands
        self._windows: dict[int, Any] = {}
        for number in (OURS, EDITOR, OTHER):
            window = hands.root.create_window(0, 0, 9, 9, 0, X.CopyFromParent, event_mask=X.KeyPressMask)
            process = os.getpid() if number == OURS else 4_000_000 + number
            window.change_property(hands.display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [process])
            window.change_attributes(event_mask=X.KeyPressMask | X.KeyReleaseMask)
            window.map()
            self._windows[number] = window
        hands.display.sync()

    def focus(self, window: int) -> None:
        hands = self._hands
        active = hands.display.intern_atom("_NET_ACTIVE_WINDOW")
        hands.root.change_property(active, Xatom.WINDOW, 32, [self._windows[window].id])
        self._windows[window].set_input_focus(X.RevertToParent, X.CurrentTime)
        hands.display.sync()

    def pressed(self, window: int) -> list[str]:
        hands = self._hands
        hands.display.sync()
        heard: list[str] = []
        letter = hands.display.keysym_to_keycode(ord("v"))
        while hands.display.pending_events():
            event = hands.display.next_event()
            if event.type in {X.KeyPress, X.KeyRelease} and event.window.id == self._windows[window].id:
                verb = "press" if event.type == X.KeyPress else "release"
                heard.append(f"{verb} {'V' if event.detail == letter else 'Ctrl'}")
        return heard


@contextmanager
def x11() -> Iterator[Rig]:
    with virtual_display() as server, Hands(server.name) as hands:
        yield X11Rig(server.name, hands)


@pytest.fixture(params=["fake", "windows", "macos", "x11"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    makers: dict[str, AbstractContextManager[Rig]] = {
        "fake": nullcontext(FakeRig()),
        "windows": nullcontext(WindowsRig()),
        "macos": nullcontext(MacosRig()),
        "x11": x11(),
    }
    with makers[request.param] as made:
        yield made


async def test_keys_are_pressed_where_the_user_came_from_and_nowhere_else(rig: Rig) -> None:
    rig.focus(EDITOR)
    target = rig.paster.focused()
    assert target is not None
    await rig.paster.paste(target)
    assert rig.pressed(EDITOR) == PASTED

    rig.focus(OTHER)
    with pytest.raises(ClipboardError) as failure:
        await rig.paster.paste(target)
    assert failure.value.remedy.text
    assert rig.pressed(OTHER) == []

    rig.focus(OURS)
    assert rig.paster.focused() is None


async def test_without_leave_macos_is_told_where_to_give_it() -> None:
    rig = MacosRig()
    rig.trusted = False
    with pytest.raises(ClipboardError) as failure:
        await rig.paster.paste(PasteTarget(EDITOR))
    assert "Accessibility" in failure.value.remedy.text


@pytest.mark.parametrize("rig_type", [WindowsRig, MacosRig])
async def test_the_focus_goes_back_when_it_is_with_us(rig_type: type[WindowsRig | MacosRig]) -> None:
    rig = rig_type()
    rig.focus(OURS)
    await rig.paster.paste(PasteTarget(EDITOR))
    assert rig.pressed(EDITOR) == PASTED
    assert rig.pressed(OURS) == []
