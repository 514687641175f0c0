"""A private sway on virtual outputs, for tests of what only a Wayland session shows.

sway refuses to run as root, so that it is started as `nobody` there; its clients may be anybody who can open
the socket, which root can.
"""

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SETUP_TIMEOUT_S = 20.0

_NOBODY = 65534

PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QRasterWindow

class Picture(QRasterWindow):
    def paintEvent(self, event):
        painter = QPainter(self)
        painter.drawImage(0, 0, image)
        painter.end()
        print("painted", flush=True)

app = QGuiApplication([])
image = QImage(sys.argv[2])
window = Picture()
window.setScreen(next(screen for screen in app.screens() if screen.name() == sys.argv[1]))
window.showFullScreen()
app.exec()
"""
"""Shows a picture file on all of one output."""


@dataclass(frozen=True, slots=True)
class Output:
    """A virtual output: its mode in device pixels, its scale, and its place in logical pixels."""

    width: int
    height: int
    scale: float = 1.0
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Sway:
    """A running sway.

    Attributes:
        runtime_dir: Its `XDG_RUNTIME_DIR`.
        display: The path of its Wayland socket.
        ipc: The path of its own socket.
        server: The process.
    """

    runtime_dir: Path
    display: str
    ipc: str
    server: subprocess.Popen[bytes]

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment of a program in this session."""
        hidden = ("DISPLAY", "QT_QPA_PLATFORM", "DBUS_SESSION_BUS_ADDRESS")
        kept = {key: value for key, value in os.environ.items() if key not in hidden}
        return {
            **kept,
            "XDG_RUNTIME_DIR": str(self.runtime_dir),
            "XDG_SESSION_TYPE": "wayland",
            "XDG_CURRENT_DESKTOP": "sway",
            "WAYLAND_DISPLAY": self.display,
            "SWAYSOCK": self.ipc,
            **more,
        }

    def command(self, *words: str) -> None:
        """Give sway a command, such as `seat - cursor set 10 10`."""
        subprocess.run(["swaymsg", "-s", self.ipc, *words], check=True, capture_output=True)

    @contextmanager
    def showing(self, output: str, picture: Path) -> Iterator[None]:
        """Show a picture on all of an output while the block lasts."""
        client = subprocess.Popen(
            [sys.executable, "-c", PICTURE, output, str(picture)],
            env=self.environment(),
            stdout=subprocess.PIPE,
        )
        try:
            assert client.stdout is not None
            assert client.stdout.readline() == b"painted\n"
            yield
        finally:
            client.kill()
            client.communicate()


@contextmanager
def headless_sway(*outputs: Output) -> Iterator[Sway]:
    """Run a sway of one's own until the block ends; skips the test where there is none.

    Args:
        outputs: They are called HEADLESS-1, HEADLESS-2, ...
    """
    if shutil.which("sway") is None:
        pytest.skip("sway is not installed")
    as_root = os.geteuid() == 0
    if as_root and shutil.which("setpriv") is None:
        pytest.skip("sway refuses to run as root, and setpriv is not installed")
    with tempfile.TemporaryDirectory(prefix="writetex-sway-") as folder:
        runtime_dir = Path(folder)
        config = runtime_dir / "config"
        lines = [
            f"output HEADLESS-{number} mode {each.width}x{each.height} scale {each.scale}"
            f" pos {each.x} {each.y}"
            for number, each in enumerate(outputs, 1)
        ]
        config.write_text("\n".join(["xwayland disable", "default_border none", *lines, ""]))
        if as_root:
            for path in (runtime_dir, config):
                os.chown(path, _NOBODY, _NOBODY)
        drop = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if as_root else []
        server = subprocess.Popen(
            [*drop, "sway", "--config", str(config)],
            env={
                "PATH": os.environ["PATH"],
                "HOME": folder,
                "XDG_RUNTIME_DIR": folder,
                "WLR_BACKENDS": "headless",
                "WLR_RENDERER": "pixman",
                "WLR_LIBINPUT_NO_DEVICES": "1",
                "WLR_HEADLESS_OUTPUTS": str(len(outputs)),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            ipc = _appears(runtime_dir, "sway-ipc.*.sock", server)
            display = _appears(runtime_dir, "wayland-?", server)
            sway = Sway(runtime_dir, str(display), str(ipc), server)
            sway.command("seat - hide_cursor 0")
            yield sway
        finally:
            server.kill()
            server.wait()


def _appears(folder: Path, pattern: str, server: subprocess.Popen[bytes]) -> Path:
    end = time.monotonic() + SETUP_TIMEOUT_S
    while not (found := list(folder.glob(pattern))):
        if server.poll() is not None or time.monotonic() > end:
            pytest.skip("sway does not run here")
        select.select([], [], [], 0.02)
    return found[0]
