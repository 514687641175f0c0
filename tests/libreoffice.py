"""LibreOffice as a judge of what we put on the clipboard and into files."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.x11 import VirtualDisplay
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent

HANDS = Path(__file__).parent / "libreoffice_hands.py"
SYSTEM_PYTHON = "/usr/bin/python3"

_SERVING = """
import json, sys
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.ui.toolkit.clipboard import _mime_data
application = QGuiApplication(sys.argv)
held = json.loads(sys.stdin.readline())
flavours = {name: bytes.fromhex(data) for name, data in held["flavours"].items()}
application.clipboard().setMimeData(_mime_data(ClipboardContent(held["text"], flavours)))
print("ready", flush=True)
application.exec()
"""
"""A program that holds something on the clipboard until it is ended."""


@dataclass(frozen=True, slots=True)
class Office:
    """A running LibreOffice.

    Attributes:
        hands: The program that does things in it.
        display: Where its windows are.
    """

    hands: "subprocess.Popen[str]"
    display: VirtualDisplay

    def pasted(self, content: ClipboardContent, kind: str) -> dict[str, Any]:
        """Paste into a new document of a kind; gives its `formulas`, its `text`, and what was `offered`."""
        assert self.hands.stdin is not None
        assert self.hands.stdout is not None
        with _held(content, self.display):
            self.hands.stdin.write(f"{kind}\n")
            self.hands.stdin.flush()
            told: dict[str, Any] = json.loads(self.hands.stdout.readline())
        return told


@contextmanager
def office(display: VirtualDisplay, profile: Path) -> Iterator[Office]:
    """Start LibreOffice with windows, and hands for it."""
    _need_it()
    bridge = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False, capture_output=True)
    if bridge.returncode:
        pytest.skip("LibreOffice's bridge to Python is not installed (python3-uno).")
    pipe = f"writetex-{os.getpid()}"
    words = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo"]
    environment = display.environment(SAL_USE_VCLPLUGIN="gen")
    program = subprocess.Popen(
        [*words, f"--accept=pipe,name={pipe};urp;"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    hands = subprocess.Popen(
        [SYSTEM_PYTHON, str(HANDS), pipe],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Office(hands, display)
    finally:
        hands.kill()
        hands.communicate()
        # `soffice` is a script that waits for the program.
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def converted(path: Path, to: str, folder: Path) -> Path:
    """Have LibreOffice open a file and write it in another form."""
    _need_it()
    words = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*words, "--convert-to", to, "--outdir", str(folder), str(path)], check=True, capture_output=True
    )
    made = folder / f"{path.stem}.{to}"
    assert made.exists(), "LibreOffice could not open it"
    return made


@contextmanager
def _held(content: ClipboardContent, display: VirtualDisplay) -> Iterator[None]:
    flavours = {name: data.hex() for name, data in content.flavours.items()}
    holder = _started([sys.executable, "-c", _SERVING], display)
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        holder.stdin.write(json.dumps({"text": content.text, "flavours": flavours}) + "\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "ready\n"
        yield
    finally:
        holder.kill()
        holder.communicate()


def _started(words: Sequence[str], display: VirtualDisplay) -> "subprocess.Popen[str]":
    environment = display.environment(QT_QPA_PLATFORM="xcb")
    return subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _need_it() -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed.")
