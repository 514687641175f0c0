"""The installed program as a process, in a desktop of its own, asked and watched as a user would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.x11 import Hands, VirtualDisplay, virtual_display

SCREEN = (1280, 800)
ARTIFACTS = Path(__file__).parent.parent.parent / "test-artifacts"


@dataclass
class Desktop:
    """A screen with a window manager and a panel, and a user before it.

    Attributes:
        display: The X server.
        hands: Keyboard, mouse and eyes.
        home: Where the program keeps its files.
        command: What starts the program.
        programs: What was started, the newest last.
        panel: The panel, if there is one.
    """

    display: VirtualDisplay
    hands: Hands
    home: Path
    command: tuple[str, ...] = field(default_factory=lambda: (writetex(),))
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)
    panel: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment of a program in this session."""
        folders = {
            f"XDG_{name.upper()}": str(self.home / name)
            for name in ("config_home", "data_home", "state_home", "cache_home", "runtime_dir")
        }
        return self.display.environment(PYTHONUNBUFFERED="1", **folders, **more)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `writetex` with arguments; it is ended with the test."""
        with (self.home / "stderr").open("ab") as said:
            program = subprocess.Popen(
                [*self.command, *arguments],
                env=self.environment(**environment),
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
        self.programs.append(program)
        return program

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `writetex` to its end."""
        return subprocess.run(
            [writetex(), *arguments],
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def said(self) -> str:
        """Give what the programs wrote to standard error."""
        return (self.home / "stderr").read_text("utf-8")

    def clipboard(self) -> str:
        """Give the text on the clipboard, as another program reads it; empty when there is none."""
        done = subprocess.run(
            ["xclip", "-selection", "clipboard", "-o", "-t", "UTF8_STRING"],
            env=self.environment(),
            capture_output=True,
            timeout=20,
            check=False,
        )
        return done.stdout.decode("utf-8", "replace")

    def window(self, name: str) -> Any | None:
        """Give the visible window of a name, or None."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        ids = found.stdout.split()
        return self.hands.display.create_resource_object("window", int(ids[0])) if ids else None


def writetex() -> str:
    """Give the path of the installed command."""
    return str(Path(sys.executable).with_name("writetex"))


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Leave word of a failure for the fixture that takes the screenshot."""
    outcome: Any = yield
    if call.when == "call" and outcome.get_result().failed:
        item.stash[FAILED] = True


FAILED = pytest.StashKey[bool]()


@contextmanager
def session(home: Path, window_manager: str, *, panel: bool) -> Iterator[Desktop]:
    """A fresh session; its programs end with it.

    Args:
        home: An empty folder.
        window_manager: As `virtual_display` takes it.
        panel: Whether there is a place for tray icons.
    """
    with virtual_display(*SCREEN, window_manager=window_manager) as display, Hands(display.name) as hands:
        made = Desktop(display, hands, home)
        for name in ("config_home", "data_home", "state_home", "cache_home", "runtime_dir"):
            (home / name).mkdir(mode=0o700)
        (home / "stderr").touch()
        try:
            if panel:
                _start_panel(made)
            yield made
        finally:
            for program in made.programs:
                program.terminate()
            for program in made.programs:
                try:
                    program.wait(20)
                except subprocess.TimeoutExpired:
                    program.kill()
                    program.wait()


def _start_panel(made: Desktop) -> None:
    made.panel = subprocess.Popen(
        ["trayer", "--edge", "bottom", "--align", "right", "--width", "10", "--height", "24"],
        env=made.display.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    made.programs.append(made.panel)
    tray = made.hands.display.intern_atom("_NET_SYSTEM_TRAY_S0")
    made.hands.wait_until(lambda: bool(made.hands.display.get_selection_owner(tray)))


@pytest.fixture
def desktop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A fresh session with openbox and a panel; a screenshot stays when the test fails."""
    with session(tmp_path, "openbox", panel=True) as made:
        yield made
        if request.node.stash.get(FAILED, False):
            _photograph(made, request.node.name)


def _photograph(session: Desktop, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    # ImageMagick takes brackets in a file's name for a choice of frames.
    picture = ARTIFACTS / f"{name.replace('[', '-').replace(']', '')}.png"
    if shutil.which("import"):
        subprocess.run(
            ["import", "-window", "root", os.fspath(picture)], env=session.environment(), check=False
        )
