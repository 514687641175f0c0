"""What every recipe needs to know of the project, and how commands are run."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
DIST = ROOT / "dist"
RESOURCES = ROOT / "resources"
APP_ID = "io.github.writetex.WriteTexDesktop"
NAME = "writetex-desktop"
EXTRAS = ("compute", "mcp", "pages", "serve")
"""What a bundle holds beside the program: all, for nobody can add to it what was left out."""
SUMMARY = "Snip a formula on the screen, get its LaTeX on the clipboard"
MAINTAINER = "WriteTex Desktop maintainers <maintainers@writetex.invalid>"
HOMEPAGE = "https://github.com/writetex/WriteTexDesktop"
"""What the name of the program for desktops (`APP_ID`) says, read backwards."""
DESCRIPTION = (
    "Press a hotkey, drag a box round a formula, and its LaTeX is on the clipboard, drawn beside the "
    "picture it was read from. Any endpoint that speaks the OpenAI protocol reads it, or the recogniser "
    "that is built in and needs no network."
)


def version() -> str:
    """Give the version, which stands in one place."""
    text = (ROOT / "writetex_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        stop("writetex_desktop/__init__.py names no version.")
    return found[1]


def run(
    command: Sequence[str | Path], *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> None:
    """Run a command and stop with its name when it fails."""
    words = [str(word) for word in command]
    print(f"[build] $ {' '.join(words)}", flush=True)
    status = subprocess.call(words, cwd=cwd, env=environment)
    if status != 0:
        stop(f"`{words[0]}` ended with status {status}.")


def needed(program: str, remedy: str) -> str:
    """Give the path of a program that a recipe cannot do without, or stop with what to do."""
    found = shutil.which(program)
    if found is None:
        stop(f"`{program}` is not installed here. {remedy}")
    return found


def fresh(folder: Path) -> Path:
    """Make a folder anew, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def size_mb(path: Path) -> float:
    """Give the size of a file or of all files of a folder, in MB of a million bytes; see `size_of`."""
    return round(size_of(path) / 1e6, 1)


def size_of(path: Path) -> int:
    """Give how many bytes a file or all files of a folder hold; one of two names counts once, a link not."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if not each.is_symlink()]
    found = [each.stat() for each in files if each.is_file()]
    return sum({(each.st_dev, each.st_ino): each.st_size for each in found}.values())


def say(sentence: str) -> None:
    """Tell what is being done."""
    print(f"[build] {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    """Say why it cannot go on, and end."""
    print(f"[build] {sentence}", file=sys.stderr)
    raise SystemExit(1)
