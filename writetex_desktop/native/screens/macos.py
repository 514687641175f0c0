"""Pictures of the screens on macOS: by CoreGraphics through mss, else by the command `screencapture`.

macOS counts places in points and shows several pixels in one. Qt's screens have the same points and the same
origin (the left top corner of the main screen; screens left of it or above it have negative places), so that
nothing needs to be matched: an area is asked for in points, and the picture's own size says how many pixels
there are in one.

The function behind mss, CGWindowListCreateImage, is deprecated since macOS 14
(https://developer.apple.com/documentation/coregraphics/cgwindowlistcreateimage(_:_:_:_:)); where it is gone
or gives no full picture, `/usr/sbin/screencapture` is run (`man screencapture`). It can only write files:
they go to a folder that no other user can enter, and are deleted at once.

Not run on macOS yet; the tests drive it with a fake of the functions and of the command.
"""

import asyncio
import logging
import math
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.desktop_picture import logical_area, with_pixels
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.native.screens.macos_access import ScreenAccess, not_allowed
from writetex_desktop.native.screens.picture import load_readers, read_screen_picture
from writetex_desktop.native.session import Session
from writetex_desktop.services.programs import run_program

SCREENCAPTURE: Final = "/usr/sbin/screencapture"
TIMEOUT_S: Final = 10.0

ReadArea = Callable[[Rect], Awaitable[Bitmap]]
"""Gives the picture of an area, which is in points; raises `CaptureError`."""

_log = logging.getLogger(__name__)


def unsupported(session: Session) -> Unsupported | None:
    """Say why this way cannot see the screens of a session."""
    return None if session.platform == "darwin" else Unsupported(tr("CoreGraphics is a part of macOS."))


class MacosScreenGrabber:
    """A `ScreenGrabber` for macOS.

    Args:
        screens: Gives the screens as the window toolkit sees them.
        access: The permission to see them.
        ways: How an area is read, the best way first.
        may_ask: Whether the system's question for the permission may come up.
    """

    def __init__(
        self,
        screens: Callable[[], tuple[Screen, ...]],
        access: ScreenAccess,
        ways: Sequence[ReadArea],
        *,
        may_ask: bool = True,
    ) -> None:
        self._screens = screens
        self._access = access
        self._ways = ways
        self._may_ask = may_ask

    async def warm(self) -> None:
        """See `ScreenGrabber.warm`; asks for the permission where it is missing.

        Raises:
            CaptureError: As for `grab`.
        """
        load_readers()
        self._check_access()

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`.

        Raises:
            CaptureError: The permission is missing, there is no screen, or no way worked.
        """
        self._check_access()
        screens = self._screens()
        if not screens:
            raise CaptureError(tr("There is no screen to read."), tr("Turn a screen on and try again."))
        return tuple([await self._shoot(screen) for screen in screens])

    def screens_changed(self) -> None:
        """See `ScreenGrabber.screens_changed`; nothing is kept."""

    def close(self) -> None:
        """See `ScreenGrabber.close`; nothing is kept."""

    def _check_access(self) -> None:
        if not self._access.is_given():
            if self._may_ask:
                self._access.ask()
            raise not_allowed()

    async def _shoot(self, screen: Screen) -> ScreenFrame:
        area = logical_area(screen)
        coarse: Bitmap | None = None
        failure = CaptureError(tr("The screen could not be read."), tr("Try again in a moment."))
        for way in self._ways:
            try:
                bitmap = await way(area)
            except CaptureError as error:
                _log.info("a way to read the screen failed: %s", error.message)
                failure = error
                continue
            if not _has_shape(bitmap, area):
                _log.info("a picture of the screen has another shape than the screen")
                continue
            if bitmap.width + math.ceil(screen.scale) >= screen.area.width:
                return with_pixels(screen, bitmap)
            coarse = coarse or bitmap
        if coarse is None:
            raise failure
        return with_pixels(screen, coarse)


def _has_shape(bitmap: Bitmap, area: Rect) -> bool:
    """Say whether a picture can be of an area: pixels in a point are the same in both directions."""
    scale = bitmap.width / area.width
    return abs(bitmap.height - area.height * scale) <= max(1.0, scale)


def by_mss(read: Callable[[Rect], Bitmap]) -> ReadArea:
    """Read areas by mss, on a thread.

    Args:
        read: As `MssPointReader.read`.
    """

    async def read_area(area: Rect) -> Bitmap:
        return await asyncio.to_thread(read, area)

    return read_area


def by_screencapture(program: str = SCREENCAPTURE) -> ReadArea:
    """Read areas by macOS's own command.

    Args:
        program: The command, or what a test puts in its place.
    """

    async def read_area(area: Rect) -> Bitmap:
        with TemporaryDirectory(prefix="writetex-") as folder:
            picture = Path(folder, "screen.png")
            place = f"-R{area.x},{area.y},{area.width},{area.height}"
            await _run(program, "-x", "-t", "png", place, str(picture))
            try:
                data = await asyncio.to_thread(picture.read_bytes)
            except OSError as failure:  # it gives status 0 without a picture when it may not see the screen
                raise CaptureError(
                    tr("macOS wrote no picture of the screen."), tr("Snip again.")
                ) from failure
        return await asyncio.to_thread(read_screen_picture, data)

    return read_area


async def _run(*command: str) -> None:
    try:
        ended = await run_program(*command, environment=os.environ, time_s=TIMEOUT_S, is_read=False)
    except TimeoutError as late:
        raise CaptureError(tr("The command screencapture does not answer."), tr("Snip again.")) from late
    except OSError as failure:
        raise CaptureError(tr("The command screencapture could not be run."), tr("Snip again.")) from failure
    if ended.status:
        raise CaptureError(tr("The command screencapture could not read the screen."), tr("Snip again."))
