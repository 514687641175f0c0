"""What is written where nobody expects UTF-8, and what the program of the window says of itself."""

import os
import subprocess
import sys

import pytest

from writetex_desktop import __version__


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_signs_of_mathematics_go_into_a_pipe_of_any_encoding(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "writetex_desktop", "convert", "--to", "unicode"],
        input=rb"\alpha \leq \infty",
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
        timeout=50,
    )
    assert done.stdout.decode().strip() == "α ≤ ∞"


def test_the_program_of_the_window_tells_its_version() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; from writetex_desktop.cli import main_gui; main_gui()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    assert done.stdout.strip() == f"writetex {__version__}"
