"""Screens of other colour depths than mss knows are read all the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.x11 import virtual_display


@pytest.mark.parametrize("depth", [16, 30])
def test_the_doctor_reads_screens_of_every_colour_depth(tmp_path: Path, depth: int) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    with virtual_display(800, 600, depth=depth) as display:
        subprocess.run(["xsetroot", "-solid", "#4080c0"], env=display.environment(), check=True)
        done = subprocess.run(
            [sys.executable, "-m", "writetex_desktop", "doctor", "--json"],
            env=display.environment(**homes),
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    (capture,) = json.loads(done.stdout)["capture"]
    assert capture["state"] == "taken", capture
