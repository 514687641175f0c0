"""What a thousand mixed actions leave in memory, and what comes back when nobody uses the program.

The program runs as installed, on a screen of its own, against an endpoint on this machine that answers at
once: snips, snips that are given up, files, pastes, and answers that fail. `SOAK_ACTIONS` and `SOAK_SCREENS`
(such as `1920x1080,3840x2160`) make it shorter.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from tests.x11 import Hands, virtual_display
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.native.instance.socket import socket_path

SAMPLE = Path(__file__).parent.parent.parent / "resources" / "samples" / "01-quadratic.png"
ACTIONS = int(os.environ.get("SOAK_ACTIONS", "1000"))
SCREENS = os.environ.get("SOAK_SCREENS", "1920x1080,3840x2160")
FIRST = 10
IDLE_S = 120
REST_S = 330
"""A little more than `services.disuse.DISUSE_S`, after which the engines are let go."""

PATIENCE_S = 2.0
AT = (40, 60)
HOTKEY = ("Control_L", "Super_L", "m")
ANSWER = (
    'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":'
    '[{"index":0,"delta":{"content":"x^2"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)


class _Server(BaseHTTPRequestHandler):
    """Answers at once, or refuses while it is told to."""

    protocol_version = "HTTP/1.1"
    refuses: ClassVar[bool] = False
    asked: ClassVar[int] = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        refused = b'{"error": {"message": "no", "type": "invalid_request_error"}}'
        body = refused if self.refuses else ANSWER.encode()
        self.send_response(400 if self.refuses else 200)
        self.send_header("content-type", "application/json" if self.refuses else "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


class _User:
    """The program, and somebody who uses it without a pause."""

    def __init__(self, hands: Hands, display: str, home: Path, process: subprocess.Popen[bytes]) -> None:
        self._hands = hands
        self._environment = {**os.environ, "DISPLAY": display}
        self._path = socket_path(str(home / "runtime"), os.getuid())
        self.process = process
        picture = PillowCodec().decode(SAMPLE.read_bytes())
        self._size = picture.width, picture.height
        hands.show_picture(*AT, *self._size, bytes(picture.data))

    def tell(self, verb: Verb, *files: str) -> bool:
        reply = forward(Request(verb, files=files), self._path)
        return reply is not None and reply.ok

    def act(self, number: int) -> None:
        """Do one of ten things and wait until it is done."""
        actions: tuple[Callable[[], None], ...] = (
            *(self._give_up, self._snip, self._open, self._give_up, self._paste),
            *(self._snip, self._give_up, self._snip, self._fail, self._give_up),
        )
        actions[number % len(actions)]()

    def memory_mb(self) -> float:
        text = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(text.partition("VmRSS:")[2].split()[0]) / 1024

    def _overlay(self) -> None:
        self._hands.tap(*HOTKEY)
        self._wait(lambda: self._brightness() < 200)

    def _brightness(self) -> int:
        return self._hands.pixels(Rect(AT[0] + 1, AT[1] + 1, 1, 1))[0]

    def _give_up(self) -> None:
        self._overlay()
        self._hands.tap("Escape")
        self._wait(lambda: self._brightness() > 200)

    def _snip(self) -> None:
        def drag() -> None:
            self._overlay()
            start = AT[0] + 4, AT[1] + 4
            self._hands.drag(start, (AT[0] + self._size[0] - 4, AT[1] + self._size[1] - 4))

        self._until_asked(drag)
        self._wait(lambda: self._brightness() > 200)

    def _open(self) -> None:
        self._until_asked(lambda: self.tell(Verb.OPEN, str(SAMPLE)))

    def _paste(self) -> None:
        copy = ["xclip", "-selection", "clipboard", "-target", "image/png", "-i", str(SAMPLE)]
        before, end = _Server.asked, time.monotonic() + 60
        while _Server.asked == before and time.monotonic() < end:
            # The program copies its last result just now, and may be the later one.
            subprocess.run(copy, env=self._environment, check=True)
            self.tell(Verb.PASTE)
            with suppress(TimeoutError):
                self._wait(lambda: _Server.asked > before, PATIENCE_S)

    def _fail(self) -> None:
        _Server.refuses = True
        try:
            self._open()
            self._wait(lambda: self.tell(Verb.PING))
        finally:
            _Server.refuses = False

    def _until_asked(self, action: Callable[[], object]) -> None:
        before = _Server.asked
        action()
        self._wait(lambda: _Server.asked > before)

    def _wait(self, condition: Callable[[], bool], limit_s: float = 60.0) -> None:
        end = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the program did not do what was expected of it")
            time.sleep(0.01)  # noqa: TID251 - a stopwatch polls


def _soak(screen: str, port: int) -> list[tuple[str, str, str]]:
    width, _, height = screen.partition("x")
    with (
        virtual_display(int(width), int(height), window_manager="openbox") as display,
        Hands(display.name) as hands,
        tempfile.TemporaryDirectory() as name,
    ):
        home = Path(name)
        folders = {f"XDG_{each}": str(home / each) for each in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME")}
        (home / "runtime").mkdir(mode=0o700)
        settings = home / "CONFIG_HOME" / "writetex-desktop" / "settings.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"version": 1, "show_draft": True}), "utf-8")
        endpoint = {"WRITETEX_BASE_URL": f"http://127.0.0.1:{port}/v1", "WRITETEX_MODEL": "m"}
        environment = display.environment(XDG_RUNTIME_DIR=str(home / "runtime"), **folders, **endpoint)
        process = subprocess.Popen(
            [sys.executable, "-m", "writetex_desktop", "window", "--hidden"],
            env={**environment, "WRITETEX_API_KEY": "k"},
        )
        user = _User(hands, display.name, home, process)
        try:
            return _figures(user, screen)
        finally:
            user.tell(Verb.QUIT)
            process.wait(30)


def _figures(user: _User, screen: str) -> list[tuple[str, str, str]]:
    while not user.tell(Verb.PING):
        time.sleep(0.1)  # noqa: TID251 - a stopwatch polls
    began = time.monotonic()
    first = 0.0
    for number in range(ACTIONS):
        user.act(number)
        if number == FIRST - 1:
            first = user.memory_mb()
        if number % 100 == FIRST - 1:
            sys.stderr.write(f"{screen}: {number + 1} actions, {user.memory_mb():.0f} MB\n")
    after = user.memory_mb()
    took = time.monotonic() - began
    time.sleep(IDLE_S)  # noqa: TID251 - what it holds while nobody uses it
    idle = user.memory_mb()
    time.sleep(REST_S - IDLE_S)  # noqa: TID251 - as above
    rested = user.memory_mb()
    return [
        (f"{screen}: after the first {FIRST} actions", f"{first:.0f} MB", ""),
        (f"{screen}: more after {ACTIONS} actions", f"{after - first:.0f} MB", "60 MB"),
        (f"{screen}: idle for {IDLE_S} s", f"{idle:.0f} MB", "150 MB"),
        (f"{screen}: idle for {REST_S} s, engines let go", f"{rested:.0f} MB", "110 MB"),
        (f"{screen}: seconds for an action", f"{took / ACTIONS:.2f}", ""),
    ]


def main() -> None:
    """Print the figures."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = [row for screen in SCREENS.split(",") for row in _soak(screen, server.server_port)]
    server.shutdown()
    sys.stdout.writelines(
        f"{what:46} {figure:>12}   {f'bar {bar}' if bar else ''}\n" for what, figure, bar in rows
    )


if __name__ == "__main__":
    main()
