"""A private X server for a test, and hands for it: keys, mouse, monitors, windows with known pixels.

`virtual_display` starts an Xvfb of its own (the server picks a free display number), so that tests neither
see each other nor the desktop of the person who runs them. `Hands` speaks XTEST, as a user's devices would.
"""

import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest
from Xlib import XK, X, display
from Xlib.error import ConnectionClosedError
from Xlib.ext import xtest

from writetex_desktop.core.pictures.geometry import Rect

WINDOW_MANAGERS = {"openbox": ("openbox", "--sm-disable"), "i3": ("i3", "-c", os.devnull)}

SETUP_TIMEOUT_S = 20.0
"""How long a server or window manager may take to come up on a busy machine."""


DUMMY = """
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1280x800" "1024x768"
    Virtual 2560 1600
  EndSubSection
EndSection
"""
"""An Xorg without hardware, one that changes its modes."""


class ServerError(Exception):
    """A server did not come up."""


@dataclass(frozen=True, slots=True)
class VirtualDisplay:
    """A running X server.

    Attributes:
        name: What `DISPLAY` holds, such as `:101`.
        server: The Xvfb process; kill it to see what clients do.
    """

    name: str
    server: subprocess.Popen[bytes]

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment for a program that shall run on this server, as in an X11 session."""
        hidden = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
        kept = {key: value for key, value in os.environ.items() if key not in hidden}
        return {**kept, "DISPLAY": self.name, **more}

    def set_monitors(self, *areas: Rect) -> None:
        """Divide the screen into monitors `M1`, `M2`, ...; replaces the ones set before.

        Only the first can hold the screen's one output, the others have none; Qt and mss count them all.
        (Xvfb cannot change its resolution: it offers one mode.) No name is used twice in a row: Qt takes one
        that goes and comes within a millisecond for the monitor that it knew, and keeps the old area.
        """
        listed = subprocess.run(
            ["xrandr", "--listmonitors"], env=self.environment(), check=True, capture_output=True, text=True
        )
        names = [line.split()[1].lstrip("+*") for line in listed.stdout.splitlines()[1:]]
        numbers = sorted(int(name[1:]) for name in names if re.fullmatch(r"M\d+", name))
        for number in numbers:
            self._xrandr("--delmonitor", f"M{number}")
        first = max(numbers, default=0) + 1
        for number, area in enumerate(areas, first):
            geometry = f"{area.width}/508x{area.height}/286+{area.x}+{area.y}"
            self._xrandr("--setmonitor", f"M{number}", geometry, "screen" if number == first else "none")

    def change(self, output: str, *change: str) -> None:
        """Change an output of `changeable_display`, as in `change("DUMMY0", "--mode", "1024x768")`."""
        self._xrandr("--output", output, *change)

    def add_mode(self, output: str, mode: str) -> None:
        """Let an output of `changeable_display` have a mode."""
        self._xrandr("--addmode", output, mode)

    def _xrandr(self, *arguments: str) -> None:
        subprocess.run(["xrandr", *arguments], env=self.environment(), check=True, capture_output=True)


@contextmanager
def virtual_display(
    width: int = 1280, height: int = 800, *, window_manager: str = "", depth: int = 24
) -> Iterator[VirtualDisplay]:
    """Run an X server of one's own until the block ends.

    Args:
        width: Width of the screen in device pixels.
        height: Height of the screen in device pixels.
        window_manager: What manages the windows: `openbox`, `i3` or nothing.
        depth: Bits of colour of a pixel.
    """
    with _server(["Xvfb", "-screen", "0", f"{width}x{height}x{depth}"]) as virtual:
        if window_manager:
            with _managing(virtual, WINDOW_MANAGERS[window_manager]):
                yield virtual
        else:
            yield virtual


@contextmanager
def changeable_display() -> Iterator[VirtualDisplay]:
    """Run an X server whose outputs `DUMMY0`, `DUMMY1`, ... change their modes; skips where it cannot run."""
    if shutil.which("Xorg") is None or os.geteuid() != 0:
        pytest.skip("Xorg with its dummy driver is not installed, or must not be started without a console")
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "xorg.conf"
        config.write_text(DUMMY)
        words = ["Xorg", "-config", str(config), "-logfile", f"{folder}/log", "-novtswitch", "-sharevts"]
        try:
            with _server(words) as virtual:
                yield virtual
        except ServerError as error:
            pytest.skip(str(error))


@contextmanager
def _server(words: Sequence[str]) -> Iterator[VirtualDisplay]:
    read, write = os.pipe()
    server = subprocess.Popen(
        [*words, "-displayfd", str(write), "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            if not select.select([answer], [], [], SETUP_TIMEOUT_S)[0]:
                raise ServerError(f"{words[0]} did not come up")
            number = answer.readline().strip()
        if not number:
            raise ServerError(f"{words[0]} ended at once")
        yield VirtualDisplay(f":{number}", server)
    finally:
        server.kill()
        server.wait()


@contextmanager
def _managing(virtual: VirtualDisplay, command: Sequence[str]) -> Iterator[None]:
    with Hands(virtual.name) as hands:
        manager = subprocess.Popen(
            command,
            env=virtual.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            mark = hands.display.intern_atom("_NET_SUPPORTING_WM_CHECK")
            hands.wait_until(lambda: hands.root.get_full_property(mark, X.AnyPropertyType) is not None)
            yield
        finally:
            manager.kill()
            manager.wait()


class Hands:
    """A user at keyboard and mouse, and an eye on the pixels. Everything is done when a call returns."""

    def __init__(self, display_name: str) -> None:
        self.display: Any = display.Display(display_name)
        self.root: Any = self.display.screen().root
        self._windows: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with suppress(OSError, ConnectionClosedError):  # some tests take the server away
            self.display.close()

    def press(self, *keysyms: str) -> None:
        """Press keys in order and hold them; names as in X11's keysymdef.h, such as `Control_L` or `m`."""
        for keysym in keysyms:
            xtest.fake_input(self.display, X.KeyPress, self._keycode(keysym))
        self.display.sync()

    def release(self, *keysyms: str) -> None:
        """Let keys go, the last one first."""
        for keysym in reversed(keysyms):
            xtest.fake_input(self.display, X.KeyRelease, self._keycode(keysym))
        self.display.sync()

    def tap(self, *keysyms: str) -> None:
        """Press a combination and let it go, as in `tap("Control_L", "Super_L", "m")`."""
        self.press(*keysyms)
        self.release(*keysyms)

    def tap_place(self, keycode: int) -> None:
        """Press a key by its place and let it go."""
        xtest.fake_input(self.display, X.KeyPress, keycode)
        xtest.fake_input(self.display, X.KeyRelease, keycode)
        self.display.sync()

    def move(self, x: int, y: int) -> None:
        """Move the mouse to device pixels of the root window."""
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self.display.sync()

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click there."""
        self.move(x, y)
        self.button(down=True, button=button)
        self.button(down=False, button=button)

    def button(self, *, down: bool, button: int = 1) -> None:
        """Press a mouse button or let it go."""
        xtest.fake_input(self.display, X.ButtonPress if down else X.ButtonRelease, button)
        self.display.sync()

    def drag(self, start: tuple[int, int], end: tuple[int, int], button: int = 1) -> None:
        """Drag from one point to another, with a stop midway (without one no drag is seen)."""
        self.move(*start)
        self.button(down=True, button=button)
        self.move((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.move(*end)
        self.button(down=False, button=button)

    def window_below(self, x: int, y: int) -> Rect:
        """Move the mouse there and give the place of the window that has it."""
        self.move(x, y)
        found = self.root.query_pointer().child
        shape = (found or self.root).get_geometry()
        return Rect(shape.x, shape.y, shape.width, shape.height)

    def hold_keyboard(self) -> bool:
        """Take the keyboard, as a program does that hangs; gives whether nobody else has it."""
        taken = self.root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        return bool(taken == X.GrabSuccess)

    def hold_mouse(self) -> bool:
        """Take the mouse; gives whether nobody else has it."""
        taken = self.root.grab_pointer(
            False, X.ButtonPressMask, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, X.CurrentTime
        )
        return bool(taken == X.GrabSuccess)

    def let_go(self) -> None:
        """Give back what `hold_keyboard` and `hold_mouse` took."""
        self.display.ungrab_keyboard(X.CurrentTime)
        self.display.ungrab_pointer(X.CurrentTime)
        self.display.sync()

    def input_is_free(self) -> bool:
        """Say whether another program can have keyboard and mouse."""
        free = self.hold_keyboard(), self.hold_mouse()
        self.let_go()
        return all(free)

    def pixels(self, area: Rect) -> bytes:
        """Give what the screen shows there: blue, green, red and a zero byte for each pixel, row by row."""
        # One request a strip: python-xlib reads slowly, and a reply has an upper length.
        image = self.root.get_image(area.x, area.y, area.width, area.height, X.ZPixmap, 0xFFFFFFFF).data
        data = bytearray(image)
        data[3::4] = bytes(len(data) // 4)
        return bytes(data)

    def show_picture(self, x: int, y: int, width: int, height: int, bgrx: bytes) -> Any:
        """Show a picture in an unmanaged window above all others and give the window.

        The server itself repaints it, so no loop has to run.
        """
        screen = self.display.screen()
        pixmap = self.root.create_pixmap(width, height, screen.root_depth)
        context = pixmap.create_gc()
        row = width * 4
        rows = max(1, 200_000 // row)  # a request holds at most 256 KiB
        for top in range(0, height, rows):
            strip = bgrx[top * row : (top + rows) * row]
            pixmap.put_image(
                context, 0, top, width, len(strip) // row, X.ZPixmap, screen.root_depth, 0, strip
            )
        window = self.root.create_window(
            x, y, width, height, 0, screen.root_depth, background_pixmap=pixmap, override_redirect=True
        )
        context.free()
        pixmap.free()
        window.map()
        window.configure(stack_mode=X.Above)
        self.display.sync()
        self._windows.append(window)
        return window

    def wait_until(self, condition: Callable[[], bool], timeout_s: float = SETUP_TIMEOUT_S) -> None:
        """Ask the server again until a condition holds; for states that X tells nobody of.

        Raises:
            TimeoutError: It never held.
        """
        end = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the X server never came into the state that the test waits for")
            select.select([], [], [], 0.01)

    def _keycode(self, keysym: str) -> int:
        code = int(self.display.keysym_to_keycode(XK.string_to_keysym(keysym)))
        if not code:
            raise ValueError(f"the keyboard has no {keysym}")
        return code
