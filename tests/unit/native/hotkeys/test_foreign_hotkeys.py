"""Codes, structures and refusals of the hotkeys that cannot be tried here for real."""

import ctypes

import pytest

from tests.foreign_hotkeys import Carbon, Windows
from writetex_desktop.core.desktop.hotkey import NAMED_KEYS, Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native.hotkeys import macos as hotkey_macos
from writetex_desktop.native.hotkeys import windows as hotkey_windows
from writetex_desktop.native.hotkeys.macos import MacosHotkeySource, load_carbon
from writetex_desktop.native.hotkeys.windows import load_user32

ACTION = HotkeyAction("snip", "Snip a formula")
SNIP = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
EVERY_KEY = (*NAMED_KEYS, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *(f"F{n}" for n in range(1, 21)))


def test_every_key_has_a_code_of_its_own_on_windows() -> None:
    codes = [hotkey_windows.virtual_key(key) for key in EVERY_KEY]
    assert len(set(codes)) == len(EVERY_KEY)
    assert all(0 < code < 0xFF for code in codes)


def test_some_virtual_keys_of_windows_are_those_of_the_documentation() -> None:
    names = ("A", "0", "F1", "F24", "PrintScreen", "Space")
    assert [hotkey_windows.virtual_key(name) for name in names] == [0x41, 0x30, 0x70, 0x87, 0x2C, 0x20]


def test_every_key_has_a_code_on_macos_and_only_pc_keys_share_theirs() -> None:
    codes = {key: hotkey_macos.key_code(key) for key in EVERY_KEY}
    assert None not in codes.values()
    assert len(set(codes.values())) == len(EVERY_KEY) - 3
    assert (codes["PrintScreen"], codes["ScrollLock"], codes["Pause"]) == (
        codes["F13"],
        codes["F14"],
        codes["F15"],
    )


def test_some_key_codes_of_macos_are_those_of_the_header() -> None:
    names = ("A", "M", "5", "0", "Space", "F12", "Up", "Backquote")
    assert [hotkey_macos.key_code(name) for name in names] == [0, 46, 23, 29, 49, 111, 126, 50]


def test_the_structures_have_the_sizes_of_the_headers() -> None:
    assert ctypes.sizeof(hotkey_macos.EventHotKeyID) == 8
    assert ctypes.sizeof(hotkey_macos.EventTypeSpec) == 8
    assert ctypes.sizeof(hotkey_windows.Message) == 48  # where pointers have 64 bits
    assert hotkey_windows.Message.wParam.offset == 16


@pytest.mark.parametrize("error", [1409, 5])
def test_the_error_of_windows_is_read_of_the_thread(error: int) -> None:
    windows = Windows()
    windows.refused_with = error
    assert load_user32(windows).register(1, 0x4000, 0x41) == error


def test_a_key_that_macos_lacks_is_said() -> None:
    source = MacosHotkeySource(load_carbon(lambda _path: Carbon()))
    with pytest.raises(HotkeyError, match="no key F24"):
        source.register(ACTION, Hotkey("F24", frozenset({Modifier.CTRL})), lambda: None)


def test_a_combination_that_macos_refuses_is_said_with_what_would_do() -> None:
    carbon = Carbon()
    carbon.refused_with = -9868
    source = MacosHotkeySource(load_carbon(lambda _path: carbon))
    with pytest.raises(HotkeyError, match="-9868") as failure:
        source.register(ACTION, SNIP, lambda: None)
    assert "Command" in failure.value.remedy.text


def test_a_hotkey_of_another_program_in_the_same_process_is_not_ours() -> None:
    carbon = Carbon()
    heard: list[str] = []
    source = MacosHotkeySource(load_carbon(lambda _path: carbon))
    source.register(ACTION, SNIP, lambda: heard.append("snip"))
    (combination,) = carbon.combinations
    carbon.press(*combination, signature=1)
    assert heard == []
    carbon.press(*combination)
    assert heard == ["snip"]
