"""What was read is found again, by keyboard, also after a new start; and the clipboard is given back."""

import stat
import subprocess

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import Desktop
from tests.e2e.test_snip import Program
from writetex_desktop.native.instance.protocol import Request, Verb

pytestmark = [pytest.mark.gui, pytest.mark.timeout(180)]


def read(program: Program, llmock: LLMock, *markups: str) -> None:
    for markup in markups:
        llmock.reply(markup)
        program.press_hotkey()
        program.drag()
        program.copied(markup)


def end(program: Program) -> None:
    program.tell(Request(Verb.QUIT))
    assert program.process.wait(30) == 0


def put_on_clipboard(desktop: Desktop, text: str) -> None:
    subprocess.run(
        ["xclip", "-selection", "clipboard"],
        input=text.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=desktop.environment(),
        check=True,
        timeout=20,
    )


def test_results_are_found_again_by_keyboard_also_after_a_new_start(desktop: Desktop, llmock: LLMock) -> None:
    program = Program(desktop, llmock)
    read(program, llmock, "alpha", "beta")
    program.focus_window()
    program.hands.tap("Control_L", "h")
    for key in "alp":
        program.hands.tap(key)
    program.hands.tap("Return")
    program.copied("alpha")
    end(program)
    folder = desktop.home / "data_home" / "writetex-desktop" / "history"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    again = Program(desktop, llmock)
    again.focus_window()
    again.hands.tap("Control_L", "h")

    def newest_is_copied() -> bool:
        # The list is filled a moment after the page is there; until then the key means nothing.
        again.hands.tap("Return")
        return desktop.clipboard() == "beta"

    again.hands.wait_until(newest_is_copied)
    again.hands.tap("Down")
    again.hands.tap("Return")
    again.copied("alpha")
    assert len(llmock.requests) == 2
    end(again)
    said = desktop.said() + "".join(path.read_text("utf-8") for path in desktop.home.rglob("*.log"))
    assert "Traceback" not in said
    assert "alpha" not in said


def test_in_private_mode_nothing_reaches_the_disk(desktop: Desktop, llmock: LLMock) -> None:
    program = Program(desktop, llmock)
    program.focus_window()
    program.hands.tap("Control_L", "Shift_L", "h")
    program.hands.wait_until(lambda: desktop.window("private") is not None)
    read(program, llmock, "qzjxvkw")
    end(program)
    files = [path for path in desktop.home.rglob("*") if path.is_file()]
    assert not [path for path in files if b"qzjxvkw" in path.read_bytes()]


def test_what_was_on_the_clipboard_comes_back_with_one_keystroke(desktop: Desktop, llmock: LLMock) -> None:
    program = Program(desktop, llmock)
    put_on_clipboard(desktop, "the user's own")
    read(program, llmock, "alpha", "beta")
    program.focus_window()
    program.hands.tap("Control_L", "Shift_L", "r")
    program.copied("the user's own")
    end(program)
    assert desktop.clipboard() == "the user's own"
