"""Pictures of the screens by grim, on compositors that speak wlr-screencopy (sway, Hyprland, river, ...).

One grim for each output, all at once: its picture of several outputs is scaled to the largest scale among
them, which would make new pixels up. PPM costs nothing to write: 40 ms in place of 190 for a PNG.
See https://gitlab.freedesktop.org/emersion/grim.
"""

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.desktop_picture import with_pixels
from writetex_desktop.core.pictures.geometry import Screen
from writetex_desktop.core.pictures.image import ScreenFrame
from writetex_desktop.native.screens.picture import load_readers, read_screen_picture
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.services.programs import run_program

WLROOTS_DESKTOPS = frozenset(
    {"sway", "hyprland", "river", "wayfire", "labwc", "niri", "wlroots", "dwl", "miracle-wm", "phosh", "cage"}
)
"""Names in XDG_CURRENT_DESKTOP of compositors that have wlr-screencopy or ext-image-copy-capture."""

TIMEOUT_S = 5.0

HasProgram = Callable[[str], object]
"""Says whether a program is installed; `shutil.which` does."""


def unsupported(session: Session, has_program: HasProgram = shutil.which) -> Unsupported | None:
    """Say why grim cannot see the screens of a session."""
    if session.display_server is not DisplayServer.WAYLAND:
        return Unsupported(tr("grim needs a Wayland session."))
    if not WLROOTS_DESKTOPS.intersection(session.desktop):
        return Unsupported(tr("grim needs a compositor such as sway, Hyprland or river."))
    if not has_program("grim"):
        return Unsupported(
            tr("grim is not installed."), tr("Install the package grim for the quickest snips.")
        )
    return None


class GrimScreenGrabber:
    """A `ScreenGrabber` over one grim a screen.

    Args:
        screens: Gives the screens as the window toolkit sees them, with the compositor's names.
        environment: The environment of the tool; None for the program's own.
    """

    def __init__(
        self, screens: Callable[[], tuple[Screen, ...]], environment: Mapping[str, str] | None = None
    ) -> None:
        self._screens = screens
        self._environment = environment

    async def warm(self) -> None:
        """See `ScreenGrabber.warm`."""
        load_readers()

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`.

        Raises:
            CaptureError: grim failed, or there is no screen.
        """
        screens = self._screens()
        if not screens:
            raise CaptureError(tr("There is no screen to read."), tr("Turn a screen on and try again."))
        load_readers()
        shots = [asyncio.ensure_future(self._shoot(screen)) for screen in screens]
        try:
            return tuple(await asyncio.gather(*shots))
        finally:
            for shot in shots:
                shot.cancel()
            await asyncio.gather(*shots, return_exceptions=True)

    def screens_changed(self) -> None:
        """See `ScreenGrabber.screens_changed`; nothing is kept."""

    def close(self) -> None:
        """See `ScreenGrabber.close`; nothing is kept."""

    async def _shoot(self, screen: Screen) -> ScreenFrame:
        try:
            ended = await run_program(
                *("grim", "-t", "ppm", "-o", screen.name, "-"),
                environment=os.environ if self._environment is None else self._environment,
                time_s=TIMEOUT_S,
            )
        except TimeoutError as late:
            raise CaptureError(tr("grim does not answer."), tr("Snip again.")) from late
        except OSError as failure:
            raise CaptureError(
                tr("grim could not be run."), tr("Install the package grim again.")
            ) from failure
        if ended.status:
            raise CaptureError(
                tr("grim could not read the screen."),
                tr("The screens may be changing just now; snip again in a moment."),
            )
        return with_pixels(screen, await asyncio.to_thread(read_screen_picture, ended.written))
