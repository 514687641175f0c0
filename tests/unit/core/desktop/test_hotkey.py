"""Hotkeys are read as people write them, and doubtful ones are named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.desktop.hotkey import (
    NAMED_KEYS,
    Hotkey,
    Modifier,
    check_hotkey,
    default_hotkey,
    format_hotkey,
    parse_hotkey,
)
from writetex_desktop.core.errors import HotkeyError, RemedyAction

KEYS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *(f"F{number}" for number in range(1, 25)), *NAMED_KEYS]
HOTKEYS = st.builds(Hotkey, st.sampled_from(KEYS), st.frozensets(st.sampled_from(Modifier)))
PLATFORMS = ["linux", "win32", "darwin"]


@settings(deadline=None)
@given(HOTKEYS)
def test_a_hotkey_is_read_back_as_it_was_written(hotkey: Hotkey) -> None:
    assert parse_hotkey(format_hotkey(hotkey)) == hotkey
    assert parse_hotkey(format_hotkey(hotkey).lower()) == hotkey


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ctrl+alt+m", "Ctrl+Alt+M"),
        ("Alt + Control + m", "Ctrl+Alt+M"),
        ("M+Ctrl", "Ctrl+M"),
        ("Win-Shift-S", "Super+Shift+S"),
        ("cmd shift 5", "Super+Shift+5"),
        ("⌘⇧5", "Super+Shift+5"),
        ("Meta+Option+F12", "Super+Alt+F12"),
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Ctrl+PgUp", "Ctrl+PageUp"),
        ("Print", "PrintScreen"),
        ("Ctrl+-", "Ctrl+Minus"),
        ("Ctrl+Shift+`", "Ctrl+Shift+Backquote"),
    ],
)
def test_spelling_order_and_case_do_not_matter(text: str, written: str) -> None:
    assert format_hotkey(parse_hotkey(text)) == written


@pytest.mark.parametrize(
    "text", ["", "Ctrl", "Ctrl+Alt", "Ctrl+A+B", "Ctrl+F25", "Ctrl+Ä", "Ctrl+Hyper", "Ctrl++"]
)
def test_what_is_no_hotkey_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(HotkeyError) as caught:
        parse_hotkey(text)
    assert "Ctrl+Super+M" in caught.value.remedy.text
    assert caught.value.remedy.action is RemedyAction.OPEN_SNIPPING_SETTINGS


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_hotkey_or_refused(text: str) -> None:
    try:
        hotkey = parse_hotkey(text)
    except HotkeyError:
        return
    assert parse_hotkey(format_hotkey(hotkey)) == hotkey


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_speaks_against_the_default(platform: str) -> None:
    assert check_hotkey(default_hotkey(platform), platform) is None


@pytest.mark.parametrize(
    ("text", "platform", "word"),
    [
        ("M", "linux", "typed"),
        ("Shift+M", "darwin", "typed"),
        ("Space", "linux", "typed"),
        ("Ctrl+C", "linux", "copying"),
        ("Ctrl+Shift+C", "linux", "terminals"),
        ("Alt+F", "win32", "menus"),
        ("Alt+F4", "linux", "menus"),
        ("PrintScreen", "win32", "screenshots"),
        ("Ctrl+Esc", "win32", "Esc"),
        ("Ctrl+Alt+L", "linux", "locking"),
        ("Ctrl+Alt+F2", "linux", "console"),
        ("Ctrl+Alt+Left", "linux", "workspace"),
        ("Super+L", "linux", "workspaces"),
        ("Ctrl+Super+Right", "linux", "workspaces"),
        ("Ctrl+Alt+Q", "win32", "AltGr"),
        ("Super+Shift+S", "win32", "Windows key"),
        ("F12", "win32", "debuggers"),
        ("Alt+Shift+M", "darwin", "Command"),
        ("Cmd+M", "darwin", "Command"),
        ("Cmd+Shift+4", "darwin", "screenshots"),
        ("Ctrl+Cmd+Q", "darwin", "locking"),
    ],
)
def test_a_combination_that_others_use_is_named(text: str, platform: str, word: str) -> None:
    warning = check_hotkey(parse_hotkey(text), platform)
    assert warning is not None
    assert word in warning


@pytest.mark.parametrize("text", ["Ctrl+Super+M", "Ctrl+Alt+Shift+M", "F9", "Super+Shift+X"])
def test_nothing_is_said_about_a_free_combination(text: str) -> None:
    assert check_hotkey(parse_hotkey(text), "linux") is None
