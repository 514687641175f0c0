"""Start-up, idleness and the way from a drag to the wire, on the real program in a private session."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from tests.x11 import Hands, VirtualDisplay, virtual_display
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"
HOTKEY = ("Control_L", "Super_L", "m")
RUNS = 7
ANSWER = (
    'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":'
    '[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)


class _Server(BaseHTTPRequestHandler):
    """Answers every request at once and notes when its first byte was there."""

    protocol_version = "HTTP/1.1"
    arrivals: ClassVar[list[float]] = []

    def parse_request(self) -> bool:
        self.arrivals.append(time.monotonic())
        return super().parse_request()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        body = ANSWER.encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
app = QApplication(sys.argv)
picture = QPixmap(22, 22)
picture.fill()
tray = QSystemTrayIcon(QIcon(picture))
tray.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
"""The least that a program with PySide6 and a tray icon can do; what a start costs is seen beside it."""


@contextmanager
def _program(display: VirtualDisplay, folder: Path, base_url: str) -> Iterator[subprocess.Popen[bytes]]:
    folders = {f"XDG_{name}": str(folder / name) for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME")}
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    settings = {"WRITETEX_BASE_URL": base_url, "WRITETEX_MODEL": "m", "WRITETEX_API_KEY": "k"}
    program = subprocess.Popen(
        [sys.executable, "-m", "writetex_desktop", "window", "--hidden"],
        env=_compiled(display.environment(XDG_RUNTIME_DIR=str(runtime), **folders, **settings)),
    )
    try:
        yield program
    finally:
        forward(Request(Verb.QUIT), socket_path(str(runtime), os.getuid()))
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()


@contextmanager
def _panel(display: VirtualDisplay) -> Iterator[None]:
    panel = subprocess.Popen(["trayer", "--edge", "bottom"], env=display.environment())
    try:
        yield
    finally:
        panel.kill()
        panel.wait()


def _wait_for_answer(folder: Path) -> None:
    path = socket_path(str(folder / "runtime"), os.getuid())
    end = time.monotonic() + 60
    while time.monotonic() < end:
        reply = forward(Request(Verb.PING), path)
        if reply is not None and reply.ok:
            return
        time.sleep(0.002)  # noqa: TID251 - a stopwatch polls
    raise TimeoutError("the program did not come up")


def _compiled(environment: dict[str, str]) -> dict[str, str]:
    """Let Python keep what it compiled, as it is kept where the program is installed."""
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**environment, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "writetex-bench")}


@dataclass(frozen=True, slots=True)
class _Costs:
    """What each of some starts took.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of a processor, which other programs on the machine change much less.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{_milliseconds(self.wall)}, CPU {_milliseconds(self.cpu)}"


def _start_times(display: VirtualDisplay, base_url: str) -> tuple[_Costs, _Costs]:
    """Start the program and the bare one in turn; gives what each took."""
    ours, bare = _Costs(), _Costs()
    for number in range(RUNS + 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            began = time.monotonic()
            with _program(display, folder, base_url) as program:
                _wait_for_answer(folder)
                wall, cpu = time.monotonic() - began, _cpu(program.pid)
        if number == 0:
            continue  # it compiles
        ours.wall.append(wall)
        ours.cpu.append(cpu)
        began = time.monotonic()
        qt = subprocess.Popen([sys.executable, "-c", BARE], env=_compiled(display.environment()))
        _pid, qt.returncode, used = os.wait4(qt.pid, 0)
        bare.wall.append(time.monotonic() - began)
        bare.cpu.append(used.ru_utime + used.ru_stime)
    return ours, bare


def _cpu(pid: int) -> float:
    """Give the seconds of a processor that a process has used, in steps of a hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1])


def _wakeups(pid: int) -> int:
    switches = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        text = (task / "status").read_text("ascii")
        found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE)
        switches += int(found[1]) if found else 0
    return switches


def _help_times() -> list[float]:
    times = []
    for _ in range(RUNS):
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "writetex_desktop", "--help"], check=True, capture_output=True)
        times.append(time.monotonic() - began)
    return times


def _drags(display: VirtualDisplay, folder: Path) -> list[float]:
    """Seconds from the release of the mouse to the first byte of the request at the server."""
    picture = PillowCodec().decode(SAMPLE.read_bytes())
    times = []
    with Hands(display.name) as hands:
        hands.show_picture(40, 60, picture.width, picture.height, bytes(picture.data))
        corner = Rect(41, 61, 1, 1)
        for _ in range(RUNS):
            hands.tap(*HOTKEY)
            hands.wait_until(lambda: hands.pixels(corner)[0] < 200)
            _Server.arrivals.clear()
            hands.move(44, 64)
            hands.button(down=True)
            hands.move(100, 100)
            hands.move(40 + picture.width - 4, 60 + picture.height - 4)
            hands.button(down=False)
            released = time.monotonic()
            hands.wait_until(lambda: bool(_Server.arrivals))
            times.append(_Server.arrivals[0] - released)
            hands.wait_until(lambda: hands.pixels(corner)[0] > 200)
    del folder
    return times


def main() -> None:
    """Print the figures."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base_url = f"http://127.0.0.1:{server.server_port}/v1"
    rows = [("writetex --help", _milliseconds(_help_times()), "80 ms")]
    with (
        virtual_display(1920, 1080, window_manager="openbox") as display,
        _panel(display),  # without one the program looks out for it during the first minute
        tempfile.TemporaryDirectory() as name,
    ):
        ours, bare = _start_times(display, base_url)
        rows.append(("start -> ready for the hotkey", str(ours), "600 ms"))
        rows.append(("  a bare PySide6 tray icon", str(bare), ""))
        folder = Path(name)
        with _program(display, folder, base_url) as program:
            _wait_for_answer(folder)
            time.sleep(8)  # noqa: TID251 - until everything is warm
            rows.append(("mouse release -> request", _milliseconds(_drags(display, folder)), "40 ms"))
            time.sleep(10)  # noqa: TID251 - until the popup has gone
            before = _wakeups(program.pid)
            time.sleep(10)  # noqa: TID251
            rows.append(("wake-ups a second, idle", f"{(_wakeups(program.pid) - before) / 10:.1f}", "0"))
            rows.append(("memory, idle", f"{_status(program.pid, 'VmRSS') / 1024:.0f} MB", "120 MB"))
    server.shutdown()
    sys.stdout.writelines(f"{what:34} {figure:>44}   bar {bar}\n" for what, figure, bar in rows)


def _milliseconds(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.0f} ms (best {min(times) * 1000:.0f})"


if __name__ == "__main__":
    main()
