"""The words that lead to the pad."""

import sys

import pytest

from writetex_desktop import cli
from writetex_desktop.cli import arguments, window
from writetex_desktop.core.desktop.binding import snip_command
from writetex_desktop.core.desktop.hotkey import parse_hotkey
from writetex_desktop.core.desktop.snip_wish import SNIP, WRITE
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.native.instance.protocol import Request, Verb


def test_write_is_a_command_of_its_own() -> None:
    assert arguments.parse(["write"]).command == "write"


@pytest.mark.parametrize("words", [["writetex", "write"], ["writetex-desktop", "write"]])
def test_the_command_asks_the_running_program_for_the_pad(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Request] = []

    def ask(request: Request) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr(window, "_ask_running", ask)
    monkeypatch.setattr(sys, "argv", words)
    run = cli.main_gui if words[0] == "writetex-desktop" else cli.main
    assert run() == 0
    assert asked == [Request(Verb.WRITE)]


def test_a_hotkey_of_the_desktop_runs_the_command() -> None:
    assert snip_command(WRITE) == ("writetex", "write")
    assert snip_command(SNIP) == ("writetex", "snip")


def test_the_hotkey_of_the_pad_is_a_setting_like_the_others() -> None:
    hotkey = parse_hotkey("Ctrl+Super+I")
    settings = Settings().with_hotkey(WRITE, hotkey)
    assert settings.hotkeys[WRITE] == hotkey
    assert WRITE not in settings.with_hotkey(WRITE, None).hotkeys
