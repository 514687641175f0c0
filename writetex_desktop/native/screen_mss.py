"""Pictures of the screens by mss: the X server writes into memory that it shares with us.

One `mss.MSS` stays open: the first grab of an object is an order of magnitude slower than the next. It
keeps the monitors and the size of its buffer as they were when it was made, so it is made anew when the
screens change (https://github.com/BoboTiG/python-mss/issues/432).

Making one takes 60 ms and more, so that is done on a thread. A grab with an open one takes 2 ms at
1920 x 1080 and 8 ms at 3840 x 2160, and is done on the event loop: on a busy machine handing it to a thread
and back took 17 ms more, between hotkey and overlay.
"""

import asyncio
import logging
import math
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

import mss
from mss.exception import ScreenShotError
from mss.models import Monitor

from writetex_desktop.core.backend import Unsupported
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.geometry import Rect, Screen
from writetex_desktop.core.image import Bitmap, ScreenFrame
from writetex_desktop.native.session import DisplayServer, Session

_MSS_FAILURES = (ScreenShotError, OSError, AssertionError)
"""A lost connection is a failed `assert` in mss 10.2 (mss/linux/xcbhelpers.py)."""

_log = logging.getLogger(__name__)


def unsupported(session: Session) -> Unsupported | None:
    """Say why mss cannot see the screens of a session."""
    if session.display_server is DisplayServer.X11 or session.platform == "win32":
        # On Windows the application comes first: it makes the process aware of each monitor's scale, and mss
        # would else make it aware of the first one's alone.
        return None
    if session.display_server is DisplayServer.WAYLAND:
        # It does not fail there: on Xwayland the picture is black.
        return Unsupported("mss sees nothing in a Wayland session.")
    return Unsupported("mss needs an X11 session.", "Start the program from your desktop.")


class MssScreenGrabber:
    """A `ScreenGrabber` over one open `mss.MSS`.

    Args:
        screens: Gives the screens as the window toolkit sees them.
        display_name: As in `DISPLAY`; None for the one of the environment.
    """

    def __init__(self, screens: Callable[[], tuple[Screen, ...]], display_name: str | None = None) -> None:
        self._screens = screens
        self._display_name = display_name
        self._lock = Lock()
        """Held to read and to change the two that follow, which the opening thread does too."""
        self._mss: mss.MSS | None = None
        self._generation = 0
        """Counts the changes of the screens."""

    async def warm(self) -> None:
        """Get ready, so that the next `grab` is quick: after the start and after a change of the screens.

        Raises:
            CaptureError: The X server refuses.
        """
        try:
            await asyncio.to_thread(self._open)
        except _MSS_FAILURES as failure:
            raise _refused() from failure

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`. The bitmaps are mss's own memory; nobody else writes to it.

        What fails, or does not match the toolkit's screens, is tried once more with a new mss object.

        Raises:
            CaptureError: The X server refused, or the toolkit's screens are not those of the X server.
        """
        if self._mss is not None:
            try:
                return _shoot(self._mss, self._screens())
            except (CaptureError, *_MSS_FAILURES):
                _log.info("mss is set up anew: the screens have changed or the X server refused")
                self.screens_changed()
        while self._mss is None:  # the screens may change again meanwhile
            await self.warm()
        try:
            return _shoot(self._mss, self._screens())
        except _MSS_FAILURES as failure:
            self.screens_changed()
            raise _refused() from failure

    def screens_changed(self) -> None:
        """See `ScreenGrabber.screens_changed`; `warm` afterwards, or the next grab is slow."""
        with self._lock:
            self._generation += 1
            opened, self._mss = self._mss, None
        if opened is not None:
            _close(opened)

    def close(self) -> None:
        """See `ScreenGrabber.close`."""
        self.screens_changed()

    def _open(self) -> None:
        """Open mss and fault its memory in; on a thread."""
        with self._lock:
            if self._mss is not None:
                return
            generation = self._generation
        opened = mss.MSS(display=self._display_name)
        try:
            opened.grab(opened.monitors[0])
        except _MSS_FAILURES:
            _close(opened)
            raise
        with self._lock:
            if self._generation == generation and self._mss is None:
                self._mss = opened
                return
        _close(opened)  # the screens have changed, or another thread was quicker


def _close(opened: mss.MSS) -> None:
    with suppress(*_MSS_FAILURES):  # its connection may be what broke
        opened.close()


def _shoot(opened: mss.MSS, screens: tuple[Screen, ...]) -> tuple[ScreenFrame, ...]:
    root, *monitors = (_rect(monitor) for monitor in opened.monitors)
    matched = match_screens(screens, tuple(monitors) or (root,), root)
    return tuple(_frame(opened, screen) for screen in matched)


def _frame(opened: mss.MSS, screen: Screen) -> ScreenFrame:
    area = screen.area
    shot = opened.grab({"left": area.x, "top": area.y, "width": area.width, "height": area.height})
    return ScreenFrame(screen, Bitmap(shot.size.width, shot.size.height, shot.raw))


def _refused() -> CaptureError:
    return CaptureError(
        "The screen could not be read.", "Check that the program runs in an X11 session, and try again."
    )


def match_screens(screens: tuple[Screen, ...], monitors: tuple[Rect, ...], root: Rect) -> tuple[Screen, ...]:
    """Find for each of the toolkit's screens the monitor that it is.

    The left top corners must be equal; the sizes may differ by less than a logical pixel, which is what the
    toolkit rounds off. There is no second guess: a frame of the wrong monitor would be a wrong crop.

    Args:
        screens: As the toolkit sees them.
        monitors: As the X server sees them, in device pixels.
        root: The whole desktop; the X server refuses to read beyond it.

    Returns:
        The screens with the X server's areas, clipped to the desktop.

    Raises:
        CaptureError: There are no screens, or one is no monitor.
    """
    matched = tuple(_match(screen, monitors, root) for screen in screens)
    if not matched:
        raise CaptureError("There is no screen to read.", "Turn a screen on and try again.")
    return matched


def _match(screen: Screen, monitors: tuple[Rect, ...], root: Rect) -> Screen:
    slack = math.ceil(screen.scale)
    for monitor in monitors:
        if (
            (monitor.x, monitor.y) == (screen.area.x, screen.area.y)
            and abs(monitor.width - screen.area.width) <= slack
            and abs(monitor.height - screen.area.height) <= slack
        ):
            visible = monitor.intersected(root)
            if not visible.is_empty:
                return Screen(screen.name, visible, screen.scale)
    raise CaptureError(
        f"The screen {screen.name} is not where the X server has it; the screens may be changing just now.",
        "Try again in a moment; if it stays so, start the program again.",
    )


def _rect(monitor: Monitor) -> Rect:
    return Rect(monitor["left"], monitor["top"], monitor["width"], monitor["height"])
