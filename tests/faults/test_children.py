"""No program that we start is told what the environment says to us alone."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "writetex_desktop"
STARTS = {"create_subprocess_exec", "create_subprocess_shell", "Popen", "run", "check_output", "check_call"}
OURSELVES = "cli/window.py"
"""Starts this very program, which is to be told everything."""


def starts(source: str) -> list[ast.Call]:
    """Give the calls that start a program."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in STARTS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"asyncio", "subprocess"}
        and not (call.func.attr == "run" and call.func.value.id == "asyncio")
    ]


def test_every_program_that_is_started_inherits_by_the_one_function() -> None:
    found = 0
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).as_posix() == OURSELVES:
            continue
        for call in starts(path.read_text("utf-8")):
            found += 1
            environment = next((each.value for each in call.keywords if each.arg == "env"), None)
            assert environment is not None, path
            assert ast.unparse(environment).startswith("inherited("), path
    assert found > 1, "`services/programs.py` and the decoders apart at least"


@pytest.mark.skipif(sys.platform == "win32", reason="the tool is a shell script")
def test_a_clipboard_tool_is_given_no_key(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncat >/dev/null\nenv > {seen}\n", "ascii")
    tool.chmod(0o755)
    picture = ROOT / "resources" / "samples" / "01-quadratic.png"
    environment = {
        **os.environ,
        **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
        "PATH": f"{tool.parent}:/usr/bin:/bin",
        "DISPLAY": ":7",
        "WRITETEX_API_KEY": "sk-LEAK",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    command = [sys.executable, "-m", "writetex_desktop", "recognize", str(picture), "--engine", "offline"]
    subprocess.run([*command, "--copy"], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert "DISPLAY=:7" in seen.read_text()
    assert "sk-LEAK" not in seen.read_text()
