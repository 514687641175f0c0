"""What every `HotkeySource` keeps to. To hold another one to it, add a rig."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeHotkeySource
from tests.foreign_hotkeys import Carbon, Windows
from tests.x11 import Hands, virtual_display
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native.hotkeys import macos as hotkey_macos
from writetex_desktop.native.hotkeys import windows as hotkey_windows
from writetex_desktop.native.hotkeys.macos import MacosHotkeySource, key_code, load_carbon
from writetex_desktop.native.hotkeys.windows import (
    MOD_NOREPEAT,
    WindowsHotkeySource,
    load_user32,
    virtual_key,
)
from writetex_desktop.native.hotkeys.x11 import X11HotkeySource
from writetex_desktop.native.hotkeys.x11_keys import keysym_name
from writetex_desktop.ports.hotkeys import HotkeySource

ACTION = HotkeyAction("snip", "Snip a formula")
AGAIN = HotkeyAction("snip-again", "Snip the last region again")
FIRST = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
SECOND = Hotkey("F9", frozenset({Modifier.ALT, Modifier.SHIFT}))


MODIFIER_KEYSYMS = {
    Modifier.CTRL: "Control_L",
    Modifier.SUPER: "Super_L",
    Modifier.ALT: "Alt_L",
    Modifier.SHIFT: "Shift_L",
}


class Rig(Protocol):
    """A source and the world around it."""

    @property
    def source(self) -> HotkeySource: ...

    def press(self, hotkey: Hotkey) -> None:
        """The user presses a combination; when this returns, the source has been told."""
        ...

    def take(self, hotkey: Hotkey) -> None:
        """Another program registers a combination."""
        ...


class FakeRig:
    def __init__(self) -> None:
        self.source = FakeHotkeySource()

    def press(self, hotkey: Hotkey) -> None:
        self.source.press(hotkey)

    def take(self, hotkey: Hotkey) -> None:
        self.source.taken.add(hotkey)


class X11Rig:
    def __init__(self, display_name: str, hands: Hands, qtbot: QtBot) -> None:
        self.source = X11HotkeySource(self._lost, display_name)
        self._other = X11HotkeySource(self._lost, display_name)
        self._witness = X11HotkeySource(self._lost, display_name)
        self._hands = hands
        self._qtbot = qtbot
        self._witnessed = 0
        self._witness.register(ACTION, Hotkey("F12", frozenset()), self._see)

    def press(self, hotkey: Hotkey) -> None:
        modifiers = [MODIFIER_KEYSYMS[each] for each in Modifier if each in hotkey.modifiers]
        self._hands.tap(*modifiers, keysym_name(hotkey.key))
        # The server tells its clients in order: when a later key has been heard, so has this one.
        before = self._witnessed
        self._hands.tap("F12")
        self._qtbot.waitUntil(lambda: self._witnessed > before)
        self._qtbot.wait(1)

    def take(self, hotkey: Hotkey) -> None:
        self._other.register(ACTION, hotkey, lambda: None)

    def close(self) -> None:
        self.source.close()
        self._other.close()
        self._witness.close()

    def _see(self) -> None:
        self._witnessed += 1

    @staticmethod
    def _lost(loss: HotkeyError) -> None:
        raise AssertionError(loss.message)


class WindowsRig:
    def __init__(self, qtbot: QtBot) -> None:
        self._windows = Windows()
        self.source = WindowsHotkeySource(load_user32(self._windows))
        self._other = WindowsHotkeySource(load_user32(self._windows))
        self._qtbot = qtbot

    def press(self, hotkey: Hotkey) -> None:
        modifiers = MOD_NOREPEAT | sum(hotkey_windows.MODIFIERS[each] for each in hotkey.modifiers)
        combination = modifiers, virtual_key(hotkey.key)
        if combination in self._windows.combinations:
            message = self._windows.message(self._windows.combinations[combination])
            for source in (self.source, self._other):
                source._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
        self._qtbot.wait(1)

    def take(self, hotkey: Hotkey) -> None:
        self._other.register(ACTION, hotkey, lambda: None)

    def close(self) -> None:
        self.source.close()
        self._other.close()


class MacosRig:
    def __init__(self) -> None:
        self._carbon = Carbon()
        self.source = MacosHotkeySource(load_carbon(lambda _path: self._carbon))
        self._other = MacosHotkeySource(load_carbon(lambda _path: self._carbon))

    def press(self, hotkey: Hotkey) -> None:
        code = key_code(hotkey.key)
        assert code is not None
        self._carbon.press(sum(hotkey_macos.MODIFIERS[each] for each in hotkey.modifiers), code)

    def take(self, hotkey: Hotkey) -> None:
        self._other.register(ACTION, hotkey, lambda: None)


@contextmanager
def _windows(request: pytest.FixtureRequest) -> Iterator[Rig]:
    rig = WindowsRig(request.getfixturevalue("qtbot"))
    yield rig
    rig.close()


@contextmanager
def _macos(_request: pytest.FixtureRequest) -> Iterator[Rig]:
    yield MacosRig()


@contextmanager
def _fake(_request: pytest.FixtureRequest) -> Iterator[Rig]:
    yield FakeRig()


@contextmanager
def _x11(request: pytest.FixtureRequest) -> Iterator[Rig]:
    qtbot: QtBot = request.getfixturevalue("qtbot")
    with virtual_display(320, 200) as display, Hands(display.name) as hands:
        rig = X11Rig(display.name, hands, qtbot)
        yield rig
        rig.close()


RIGS: dict[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Rig]]] = {
    "fake": _fake,
    "macos": _macos,
    "windows": _windows,
    "x11": _x11,
}


@pytest.fixture(
    params=[
        "fake",
        "macos",
        pytest.param("windows", marks=pytest.mark.gui),
        pytest.param("x11", marks=pytest.mark.gui),
    ]
)
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    with RIGS[request.param](request) as made:
        yield made


@pytest.fixture
def heard() -> list[str]:
    return []


def test_each_press_of_the_hotkey_is_heard_once(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    rig.press(FIRST)
    rig.press(SECOND)
    rig.press(FIRST)
    assert heard == ["first", "first"]


def test_a_new_hotkey_replaces_the_one_before(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    rig.source.register(ACTION, SECOND, lambda: heard.append("second"))
    rig.press(FIRST)
    rig.press(SECOND)
    assert heard == ["second"]


def test_the_same_hotkey_can_be_registered_again_with_another_listener(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("old"))
    rig.source.register(ACTION, FIRST, lambda: heard.append("new"))
    rig.press(FIRST)
    assert heard == ["new"]


def test_a_taken_hotkey_is_an_error_and_the_one_before_stays(rig: Rig, heard: list[str]) -> None:
    rig.take(SECOND)
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    with pytest.raises(HotkeyError) as failure:
        rig.source.register(ACTION, SECOND, lambda: heard.append("second"))
    assert failure.value.remedy.text
    rig.press(SECOND)
    rig.press(FIRST)
    assert heard == ["first"]


def test_each_action_has_a_hotkey_of_its_own(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("snip"))
    rig.source.register(AGAIN, SECOND, lambda: heard.append("again"))
    rig.press(SECOND)
    rig.source.renew()
    rig.press(FIRST)
    rig.source.unregister(ACTION)
    rig.press(FIRST)
    rig.press(SECOND)
    assert heard == ["again", "snip", "again"]


def test_the_combination_of_one_action_can_be_given_to_another(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("snip"))
    rig.source.register(ACTION, SECOND, lambda: heard.append("snip"))
    rig.source.register(AGAIN, FIRST, lambda: heard.append("again"))
    rig.press(FIRST)
    assert heard == ["again"]


def test_nothing_is_heard_after_giving_the_hotkey_back(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    rig.source.unregister(ACTION)
    rig.press(FIRST)
    assert heard == []


def test_giving_back_what_was_never_had_does_nothing(rig: Rig, heard: list[str]) -> None:
    rig.source.unregister(ACTION)
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    rig.press(FIRST)
    assert heard == ["first"]


def test_a_closed_source_hears_nothing_and_holds_nothing(rig: Rig, heard: list[str]) -> None:
    rig.source.register(ACTION, FIRST, lambda: heard.append("first"))
    rig.source.close()
    rig.press(FIRST)
    rig.take(FIRST)
    assert heard == []
