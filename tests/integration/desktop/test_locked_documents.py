"""The password of a document, asked for on a real terminal."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

LOCKED = Path(__file__).parents[2] / "data" / "locked.pdf"
ASKED = b"leaves it out): "


def talk(folder: Path, *answers: bytes, words: Sequence[str] = ()) -> tuple[str, int]:
    """Give an answer to each question; gives all that was written and the exit status."""
    ours, theirs = pty.openpty()
    program = (sys.executable, "-m", "writetex_desktop")
    process = subprocess.Popen(
        ["setsid", "--ctty", *program, "recognize", str(LOCKED), "--engine", "offline", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
    )
    os.close(theirs)
    said, asked = b"", 0
    with suppress(OSError):  # EIO: the program has ended
        while piece := os.read(ours, 4096):
            said += piece
            if said.count(ASKED) > asked:
                os.write(ours, answers[asked])
                asked += 1
    os.close(ours)
    return said.decode(), process.wait()


def test_a_terminal_is_asked_until_the_password_fits_and_shows_none_of_them(tmp_path: Path) -> None:
    said, _ = talk(tmp_path, b"open\n", b"open sesame\n")
    assert said.count("not the password") == 1
    assert "2 pictures" in said
    assert "sesame" not in said


@pytest.mark.parametrize(("answer", "status"), [(b"\n", 1), (b"\x03", 130)])
def test_enter_leaves_the_document_out_and_ctrl_c_ends(tmp_path: Path, answer: bytes, status: int) -> None:
    said, ended = talk(tmp_path, answer)
    assert ended == status
    assert ("locked with a password" in said) is (status == 1)


def test_a_file_of_passwords_is_tried_without_a_question(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("open\nopen sesame\n", "utf-8-sig")
    said, _ = talk(tmp_path, words=["--pdf-passwords", str(passwords)])
    assert "2 pictures" in said
    assert "locked" not in said.replace(str(LOCKED), "")
