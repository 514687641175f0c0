"""`--selftest`, as those run it who build packages: a process, and the JSON that it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from writetex_desktop import __version__

pytestmark = [pytest.mark.gui, pytest.mark.timeout(200)]

WINDOWS = ("window", "snip", "clipboard")


def report(folder: Path, *words: str, **environment: str) -> tuple[int, dict[str, Any]]:
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    told = folder / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "writetex_desktop", "--selftest", str(told), *words],
        env={**os.environ, **homes, **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, json.loads(told.read_text("utf-8"))


def is_ours(path: Path, folder: Path) -> bool:
    """Say whether a file is of the program's making: lists of fonts are fontconfig's, for every program.

    It keeps them in the user's cache where it may not write the system's (fonts-conf(5), "cachedir").
    """
    return path.is_file() and path.relative_to(folder).parts[:2] != ("CACHE", "fontconfig")


def test_every_part_passes_where_all_is_there_and_nothing_of_the_user_is_written(tmp_path: Path) -> None:
    status, told = report(tmp_path)
    failed = {name: each["detail"] for name, each in told["checks"].items() if each["outcome"] == "failed"}
    assert (failed, status, told["passed"], told["version"]) == ({}, 0, True, __version__)
    assert {"offline", "page", "ink", "render", "keys", "history", *WINDOWS} <= told["checks"].keys()
    assert "e^{i" in told["checks"]["snip"]["detail"]
    assert "formulas" in told["checks"]["page"]["detail"]
    assert "x^2 + x^2" in told["checks"]["ink"]["detail"]
    assert [path.name for path in tmp_path.rglob("*") if is_ours(path, tmp_path)] == ["report.json"]


def test_without_a_display_the_rest_is_tried_all_the_same(tmp_path: Path) -> None:
    status, told = report(tmp_path, DISPLAY="", WAYLAND_DISPLAY="", XDG_SESSION_TYPE="")
    outcomes = {name: each["outcome"] for name, each in told["checks"].items()}
    assert (status, told["passed"]) == (1, False)
    assert [outcomes[name] for name in WINDOWS] == ["failed"] * 3
    assert outcomes["offline"] == outcomes["history"] == outcomes["render"] == "passed"
    assert "no graphical session" in told["checks"]["window"]["detail"]


def test_a_library_that_was_left_out_is_one_line_of_the_report(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "onnxruntime.py").write_text("raise ImportError('left out')", "utf-8")
    status, told = report(tmp_path, PYTHONPATH=str(broken))
    failed = {name for name, each in told["checks"].items() if each["outcome"] == "failed"}
    assert (status, failed) == (1, {"offline", "page", "ink", "snip"})
