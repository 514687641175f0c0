"""Pictures of the screens by mss, on X11, Windows and macOS.

On X11 the server writes into memory that it shares with us.

One `mss.MSS` stays open: the first grab of an object is an order of magnitude slower than the next. It
keeps the monitors and the size of its buffer as they were when it was made, so it is made anew when the
screens change (https://github.com/BoboTiG/python-mss/issues/432).

Making one takes 60 ms and more, so that is done on a thread. A grab with an open one takes 2 ms at
1920 x 1080 and 8 ms at 3840 x 2160, and is done on the event loop: on a busy machine handing it to a thread
and back took 17 ms more, between hotkey and overlay.

On Windows mss makes the process aware of each monitor's scale (`SetProcessDpiAwareness`), and Windows takes
the first word only: Qt must have said its own, which is better (per-monitor v2), before mss is opened. An
application object is what says it (https://doc.qt.io/qt-6/highdpi.html), and there is one whenever there are
screens to match. What mss opens there (GetWindowDC) must be given back by the thread that opened it.
"""

import asyncio
import logging
import math
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

import mss
import mss.darwin
from mss.exception import ScreenShotError
from mss.models import Monitor

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import CaptureError, Remedy
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.native.session import DisplayServer, Session

_MSS_FAILURES = (ScreenShotError, OSError, AssertionError)
"""A lost connection is a failed `assert` in mss 10.2 (mss/linux/xcbhelpers.py)."""

_APART = mark("It was read in a slower way; if it stays so, start the program again.")

_log = logging.getLogger(__name__)


def unsupported(session: Session) -> Unsupported | None:
    """Say why mss cannot see the screens of a session."""
    if session.display_server is DisplayServer.X11 or session.platform == "win32":
        return None
    if session.display_server is DisplayServer.WAYLAND:
        # It does not fail there: on Xwayland the picture is black.
        return Unsupported(tr("mss sees nothing in a Wayland session."))
    return Unsupported(tr("mss needs an X11 session."), tr("Start the program from your desktop."))


class MssScreenGrabber:
    """A `ScreenGrabber` over one open `mss.MSS`.

    Args:
        screens: Gives the screens as the window toolkit sees them.
        display_name: As in `DISPLAY`; None for the one of the environment.
        opens_on_thread: Whether mss may be opened on one thread and used on another.
        picture: Gives the toolkit's own picture of one of its screens: for one whose place mss does not know.
        tell: Is told when that was needed.
    """

    def __init__(
        self,
        screens: Callable[[], tuple[Screen, ...]],
        display_name: str | None = None,
        *,
        opens_on_thread: bool = True,
        picture: Callable[[Screen], ScreenFrame | None] = lambda _screen: None,
        tell: Callable[[Notice], None] = lambda _notice: None,
    ) -> None:
        self._screens = screens
        self._display_name = display_name
        self._opens_on_thread = opens_on_thread
        self._picture = picture
        self._tell = tell
        self._told = False
        self._lock = Lock()
        """Held to read and to change the two that follow, which the opening thread does too."""
        self._mss: mss.MSS | None = None
        self._generation = 0
        """Counts the changes of the screens."""

    async def warm(self) -> None:
        """Get ready, so that the next `grab` is quick: after the start and after a change of the screens.

        Raises:
            CaptureError: The system refuses.
        """
        try:
            if self._opens_on_thread:
                await asyncio.to_thread(self._open)
            else:
                self._open()
        except _MSS_FAILURES as failure:
            raise _refused() from failure

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`. The bitmaps are mss's own memory; nobody else writes to it.

        What fails, or does not match the toolkit's screens, is tried once more with a new mss object. A
        screen that still is no monitor of the system is pictured by the toolkit, and so are all where mss
        cannot read them at all: it knows no screens of 16 or 30 bits a pixel.

        Raises:
            CaptureError: The system refused, or a screen is no monitor, and the toolkit has no picture of it.
        """
        if self._mss is not None:
            try:
                return _shoot(self._mss, self._screens())
            except (CaptureError, *_MSS_FAILURES):
                _log.info("mss is set up anew: the screens have changed or the system refused")
                self.screens_changed()
        try:
            while self._mss is None:  # the screens may change again meanwhile
                await self.warm()
            return self._shoot_apart(self._mss, self._screens())
        except (CaptureError, *_MSS_FAILURES) as failure:
            self.screens_changed()
            frames = tuple(map(self._picture, self._screens()))
            if not frames or None in frames:
                raise failure if isinstance(failure, CaptureError) else _refused() from failure
            _log.info("the screens were read by the toolkit")
            return tuple(frame for frame in frames if frame is not None)

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

    def _shoot_apart(self, opened: mss.MSS, screens: tuple[Screen, ...]) -> tuple[ScreenFrame, ...]:
        """Picture each screen in the way that knows where it is."""
        try:
            return _shoot(opened, screens)
        except CaptureError as mismatch:
            frames = [_known(opened, screen) or self._picture(screen) for screen in screens]
            if not frames or None in frames:
                raise
            if not self._told:
                self._told = True
                self._tell(Notice(Level.INFO, mismatch.message, Remedy(tr_marked(_APART))))
            return tuple(frame for frame in frames if frame is not None)

    def _open(self) -> None:
        """Open mss and fault its memory in; on a thread, where that may be."""
        with self._lock:
            if self._mss is not None:
                return
            generation = self._generation
        # Elsewhere than on X11 mss warns of the argument, whatever it is.
        opened = mss.MSS(display=self._display_name) if self._display_name else mss.MSS()
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


def _known(opened: mss.MSS, screen: Screen) -> ScreenFrame | None:
    try:
        return _shoot(opened, (screen,))[0]
    except CaptureError:
        return None


def _frame(opened: mss.MSS, screen: Screen) -> ScreenFrame:
    area = screen.area
    shot = opened.grab({"left": area.x, "top": area.y, "width": area.width, "height": area.height})
    return ScreenFrame(screen, Bitmap(shot.size.width, shot.size.height, shot.raw))


def _refused() -> CaptureError:
    return CaptureError(
        tr("The screen could not be read."),
        tr("Try again in a moment; if it stays so, start the program again."),
    )


def match_screens(screens: tuple[Screen, ...], monitors: tuple[Rect, ...], root: Rect) -> tuple[Screen, ...]:
    """Find for each of the toolkit's screens the monitor that it is.

    The left top corners must be equal; the sizes may differ by less than a logical pixel, which is what the
    toolkit rounds off. There is no second guess: a frame of the wrong monitor would be a wrong crop.

    Args:
        screens: As the toolkit sees them.
        monitors: As the system sees them, in device pixels; left of the first one or above it their corners
            are negative.
        root: The whole desktop; what lies beyond it cannot be read.

    Returns:
        The screens with the system's areas, clipped to the desktop.

    Raises:
        CaptureError: There are no screens, or one is no monitor.
    """
    matched = tuple(_match(screen, monitors, root) for screen in screens)
    if not matched:
        raise CaptureError(tr("There is no screen to read."), tr("Turn a screen on and try again."))
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
        tr(
            "The screen {name} is not where the system has it; the screens may be changing just now.",
            name=screen.name,
        ),
        tr("Try again in a moment; if it stays so, start the program again."),
    )


class MssPointReader:
    """Pictures of areas on macOS, where mss counts places in points and gives device pixels.

    mss asks for one pixel a point if it is left to itself (https://github.com/BoboTiG/python-mss/issues/257).
    """

    def __init__(self) -> None:
        self._mss: mss.MSS | None = None

    def read(self, area: Rect) -> Bitmap:
        """Picture an area, in points; callable from any thread, one call at a time.

        Raises:
            CaptureError: macOS refuses, or no longer has the function that mss calls.
        """
        mss.darwin.IMAGE_OPTIONS = 0
        try:
            self._mss = self._mss or mss.MSS()
            shot = self._mss.grab({"left": area.x, "top": area.y, "width": area.width, "height": area.height})
        except (*_MSS_FAILURES, AttributeError) as failure:
            raise _refused() from failure
        return Bitmap(shot.size.width, shot.size.height, shot.raw)


def _rect(monitor: Monitor) -> Rect:
    return Rect(monitor["left"], monitor["top"], monitor["width"], monitor["height"])
