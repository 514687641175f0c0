"""A private sway on virtual outputs, for tests of what only a Wayland session shows.

sway refuses to run as root. There it gets another name for root, in a user namespace, so that the programs
that it starts on a key are still ours; where that is forbidden it runs as `nobody`.
"""

import json
import os
import re
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

SETUP_TIMEOUT_S = 20.0

_NOBODY = 65534

_RENAMED = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
"""Root under another name."""

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
screen = next(screen for screen in app.screens() if screen.name() == sys.argv[1])
image.setDevicePixelRatio(screen.devicePixelRatio())
window.setGeometry(screen.geometry())
window.show() if sys.argv[3:] else window.showFullScreen()
app.exec()
"""
"""Shows a picture file on all of one output."""

POINTS_BELOW = (1, 10)
"""From this sway on (Debian 13) the pointer does not reach a full screen that came above another one: there
the picture is a plain window, which gets all of its output as well."""


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
        is_ours: Whether what it starts runs as the user who runs the tests.
    """

    runtime_dir: Path
    display: str
    ipc: str
    server: subprocess.Popen[bytes]
    is_ours: bool

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

    def wait_for_windows(self, app_id: str, number: int, *, full_screen: bool = False) -> None:
        """Wait until so many windows of a program are seen, each at a place of its own.

        sway 1.7 moves windows in steps, tells nobody of the last one (it waits 200 ms for slow clients), and
        counts the pointer from a wrong corner before it: so that time is given to it.
        """
        self.wait_until(lambda: self._visible(app_id, full_screen=full_screen) == number)
        select.select([], [], [], 0.6)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Ask again until a condition holds; for states that sway tells nobody of.

        Raises:
            TimeoutError: It never held.
        """
        end = time.monotonic() + SETUP_TIMEOUT_S
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("sway never came into the state that the test waits for")
            select.select([], [], [], 0.02)

    def _visible(self, app_id: str, *, full_screen: bool) -> int:
        listed = subprocess.run(
            ["swaymsg", "-s", self.ipc, "-t", "get_tree", "-r"], check=True, capture_output=True
        )
        waiting = [json.loads(listed.stdout)]
        places = set()
        while waiting:
            node = waiting.pop()
            waiting += node["nodes"] + node["floating_nodes"]
            if (
                node.get("app_id") == app_id
                and node.get("visible")
                and (node["fullscreen_mode"] or not full_screen)
                and node["geometry"]["width"] == node["rect"]["width"]
            ):
                places.add(tuple(node["rect"].values()))
        return len(places)

    @contextmanager
    def showing(self, output: str, picture: Path) -> Iterator[None]:
        """Show a picture, a pixel for a pixel, on all of an output while the block lasts."""
        self.command("focus", "output", output)
        plain = ["plain"] if _version() >= POINTS_BELOW else []
        client = subprocess.Popen(
            [sys.executable, "-c", PICTURE, output, str(picture), *plain],
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


class Pointer:
    """A mouse for a sway that has no devices, by the protocol wlr-virtual-pointer-unstable-v1.

    Args:
        sway: Where.
        width: Width of the whole layout in logical pixels.
        height: Height of the whole layout in logical pixels.
    """

    LEFT, RIGHT = 0x110, 0x111

    def __init__(self, sway: Sway, width: int, height: int) -> None:
        self._extent = width, height
        self._time_ms = 0
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(sway.display)
        self._send(1, 1, struct.pack("=I", 2))  # wl_display.get_registry
        self._send(1, 0, struct.pack("=I", 3))  # wl_display.sync: the globals come before its answer
        manager = self._find(b"zwlr_virtual_pointer_manager_v1")
        name = b"zwlr_virtual_pointer_manager_v1\0"
        bound = struct.pack(f"=II{len(name)}sII", manager, len(name), name, 1, 4)
        self._send(2, 0, bound)  # wl_registry.bind
        self._send(4, 0, struct.pack("=II", 0, 5))  # create_virtual_pointer, of any seat

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._socket.close()

    def move(self, x: int, y: int) -> None:
        """Go to logical pixels of the whole layout."""
        self._send(5, 1, struct.pack("=IIIII", self._now(), x, y, *self._extent))
        self._send(5, 4, b"")

    def button(self, *, down: bool, button: int = LEFT) -> None:
        """Press a button or let it go."""
        self._send(5, 2, struct.pack("=III", self._now(), button, int(down)))
        self._send(5, 4, b"")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag, with a stop midway."""
        self.move(*start)
        self.button(down=True)
        self.move((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.move(*end)
        self.button(down=False)

    def _now(self) -> int:
        self._time_ms += 10
        return self._time_ms

    def _send(self, target: int, opcode: int, body: bytes) -> None:
        self._socket.sendall(struct.pack("=II", target, (len(body) + 8) << 16 | opcode) + body)

    def _find(self, interface: bytes) -> int:
        """Read the globals until the answer to `sync` and give the name of one."""
        found, received = 0, b""
        while True:
            received += self._socket.recv(4096)
            while len(received) >= 8 and len(received) >= (
                size := struct.unpack_from("=I", received, 4)[0] >> 16
            ):
                target = struct.unpack_from("=I", received)[0]
                if target == 2 and received[16:].startswith(interface + b"\0"):
                    found = struct.unpack_from("=I", received, 8)[0]
                received = received[size:]
                if target == 3:
                    return int(found)


@contextmanager
def headless_sway(*outputs: Output, config: Sequence[str] = ()) -> Iterator[Sway]:
    """Run a sway of one's own until the block ends; skips the test where there is none.

    Args:
        outputs: They are called HEADLESS-1, HEADLESS-2, ...
        config: More lines of its configuration, such as a key that runs a program.
    """
    if shutil.which("sway") is None:
        pytest.skip("sway is not installed")
    prefix = _other_name()
    with tempfile.TemporaryDirectory(prefix="writetex-sway-") as folder:
        runtime_dir = Path(folder)
        config_file = runtime_dir / "config"
        lines = [
            f"output HEADLESS-{number} mode {each.width}x{each.height} scale {each.scale}"
            f" pos {each.x} {each.y}"
            for number, each in enumerate(outputs, 1)
        ]
        config_file.write_text("\n".join(["xwayland disable", "default_border none", *lines, *config, ""]))
        is_ours = not prefix or prefix == _RENAMED
        if not is_ours:
            for path in (runtime_dir, config_file):
                os.chown(path, _NOBODY, _NOBODY)
        server = subprocess.Popen(
            [*prefix, "sway", "--config", str(config_file)],
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
            yield Sway(runtime_dir, str(display), str(ipc), server, is_ours)
        finally:
            server.kill()
            server.wait()


def _version() -> tuple[int, ...]:
    """Give sway's version, which it writes as in `sway version 1.10.1`."""
    told = subprocess.run(["sway", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(each) for each in re.findall(r"\d+", told)[:2])


def _other_name() -> tuple[str, ...]:
    """Give the words before a command that take the name of root away from it; none for anybody else."""
    if os.geteuid() != 0:
        return ()
    with suppress(OSError):
        if subprocess.run([*_RENAMED, "true"], check=False, capture_output=True).returncode == 0:
            return _RENAMED
    if shutil.which("setpriv") is None:
        pytest.skip("sway refuses to run as root, and setpriv is not installed")
    return ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")


def _appears(folder: Path, pattern: str, server: subprocess.Popen[bytes]) -> Path:
    end = time.monotonic() + SETUP_TIMEOUT_S
    while not (found := list(folder.glob(pattern))):
        if server.poll() is not None or time.monotonic() > end:
            pytest.skip("sway does not run here")
        select.select([], [], [], 0.02)
    return found[0]
