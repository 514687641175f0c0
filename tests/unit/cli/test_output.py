"""What the command line writes, on systems whose streams are other ones."""

import subprocess
import sys

import pytest

from tests.foreign_hotkeys import Foreign
from writetex_desktop.cli import output
from writetex_desktop.native.windows.message import show_message


def test_results_are_utf8_whatever_the_encoding_of_the_region() -> None:
    program = "from writetex_desktop.cli.output import *; speak_utf8(); print_result('∑'); say('∫')"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", program],
        env={"PYTHONIOENCODING": "cp1252", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
    )
    assert (ran.stdout.decode(), ran.stderr.decode()) == ("∑\n", "∫\n")


def test_a_program_without_streams_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    output.speak_utf8()
    assert output.stop("It failed.", "Try again.") == output.FAILED


class MessageBoxes:
    """user32, as `ctypes` on Windows offers it."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, int]] = []
        self.MessageBoxW = Foreign(self._show)

    def WinDLL(self, name: str, *, use_last_error: bool) -> "MessageBoxes":  # noqa: N802 - ctypes' own name
        assert (name, use_last_error) == ("user32", True)
        return self

    def _show(self, owner: object, text: str, title: str, kind: int) -> int:
        assert owner is None
        self.shown.append((text, title, kind))
        return 1


def test_a_failure_without_a_terminal_is_said_in_a_box() -> None:
    windows = MessageBoxes()
    show_message("It failed.", windows)
    assert windows.shown == [("It failed.", "WriteTex", 0x10010)]
