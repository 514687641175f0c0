"""Pictures of the screens by the Screenshot portal, on GNOME, KDE and every desktop that has portals.

See https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Screenshot.html. The portal
writes one picture of all screens into a file that is the caller's to delete. Desktops differ:

* GNOME asks for permission once, and only a program that has the focus can ask: from a hotkey the first call
  is refused or never answered. Then, and wherever the plain way fails, the desktop's own dialog is asked
  for (`interactive`); what the user chooses in it is the crop.
* Debian's wlroots backend writes to one place that everybody can read, so the file is deleted at once.
"""

import asyncio
import os
import stat
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pictures.desktop_picture import split_desktop
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.native.portal import PortalError, Why, open_portal
from writetex_desktop.native.screens.picture import load_readers, read_screen_picture
from writetex_desktop.native.session import DisplayServer, Session

assert sys.platform != "win32"

INTERFACE: Final = "org.freedesktop.portal.Screenshot"

PLAIN_TIMEOUT_S = 10.0
"""How long a picture without a dialog may take; GNOME never answers a program without the focus."""

DIALOG_TIMEOUT_S = 120.0
"""How long the user may take in the desktop's own dialog."""

MAX_FILE_BYTES = 256 * 1024 * 1024
"""A picture of six screens of 3840 x 2160 has 200 MB of pixels; as a file it is smaller."""

INTERACTIVE_VERSION = 2
"""The version of the portal that brought its own dialog."""

_CLOCK_SLACK_S = 2.0
"""Time stamps of files are coarser than the clock."""

_SENTENCES: Final = {
    Why.NO_BUS: (
        mark("There is no session bus, over which desktops hand out pictures."),
        mark("Log in to a desktop."),
    ),
    Why.NO_PORTAL: (
        mark("This desktop has no portal for screenshots."),
        mark(
            "Install xdg-desktop-portal and its part for your desktop (-gnome, "
            "-kde or -wlr), and log in again."
        ),
    ),
    Why.NO_ANSWER: (mark("The desktop did not answer the wish for a screenshot."), mark("Snip again.")),
    Why.REFUSED: (
        mark("The desktop refused a screenshot."),
        mark("Allow screenshots for WriteTex in the privacy settings of the desktop."),
    ),
    Why.NONSENSE: (
        mark("The desktop's answer makes no sense."),
        mark("Update xdg-desktop-portal, and snip again."),
    ),
}


def unsupported(session: Session) -> Unsupported | None:
    """Say why the portal cannot be asked in a session."""
    if session.display_server not in {DisplayServer.WAYLAND, DisplayServer.X11}:
        return Unsupported(tr("The Screenshot portal needs a graphical session."), tr("Log in to a desktop."))
    if not session.has_bus:
        return Unsupported(*map(tr_marked, _SENTENCES[Why.NO_BUS]))
    return None


class PortalScreenGrabber:
    """A `ScreenGrabber` over the Screenshot portal.

    Args:
        screens: Gives the screens as the window toolkit sees them.
        environment: Holds the address of the session bus.
        plain_timeout_s: How long the picture without a dialog may take.
        dialog_timeout_s: How long the user may take in the dialog.
        may_ask: Whether the dialog may come up; without it the plain way's failure is told.
    """

    def __init__(
        self,
        screens: Callable[[], tuple[Screen, ...]],
        environment: Mapping[str, str] = os.environ,
        *,
        plain_timeout_s: float = PLAIN_TIMEOUT_S,
        dialog_timeout_s: float = DIALOG_TIMEOUT_S,
        may_ask: bool = True,
    ) -> None:
        self._screens = screens
        self._environment = environment
        self._plain_timeout_s = plain_timeout_s
        self._dialog_timeout_s = dialog_timeout_s
        self._may_ask = may_ask
        self._plain_fails = False
        """Whether the plain way has failed in this run; the user is not made to wait for it twice."""

    async def warm(self) -> None:
        """See `ScreenGrabber.warm`; asking the portal ahead of time could bring a dialog up."""
        load_readers()

    async def grab(self) -> tuple[ScreenFrame, ...]:
        """See `ScreenGrabber.grab`; falls back on the desktop's own dialog, whose picture is chosen already.

        Raises:
            CaptureError: There is no portal, or both ways failed.
        """
        screens = self._screens()
        if not screens:
            raise CaptureError(tr("There is no screen to read."), tr("Turn a screen on and try again."))
        load_readers()
        if not self._plain_fails:
            try:
                return await self._whole_desktop(screens)
            except PortalError as error:
                if not self._may_ask or error.why in {Why.NO_BUS, Why.NO_PORTAL}:
                    raise _explained(error) from error
            except CaptureError:
                # A picture that is not ours, is none, or does not fit the screens: the dialog needs no fit.
                if not self._may_ask:
                    raise
            self._plain_fails = True
        return await self._chosen_by_user(screens)

    def screens_changed(self) -> None:
        """See `ScreenGrabber.screens_changed`: the picture may fit the screens again."""
        self._plain_fails = False

    def close(self) -> None:
        """See `ScreenGrabber.close`; no connection is kept."""

    async def _whole_desktop(self, screens: tuple[Screen, ...]) -> tuple[ScreenFrame, ...]:
        picture = await self._ask(interactive=False, timeout_s=self._plain_timeout_s)
        return await asyncio.to_thread(split_desktop, picture, screens)

    async def _chosen_by_user(self, screens: tuple[Screen, ...]) -> tuple[ScreenFrame, ...]:
        try:
            picture = await self._ask(interactive=True, timeout_s=self._dialog_timeout_s)
        except PortalError as error:
            if error.why is Why.CANCELLED:
                return ()
            raise _explained(error) from error
        somewhere = screens[0]
        unplaced = Screen(
            somewhere.name,
            Rect(somewhere.area.x, somewhere.area.y, picture.width, picture.height),
            somewhere.scale,
        )
        return (ScreenFrame(unplaced, picture, is_chosen=True),)

    async def _ask(self, *, interactive: bool, timeout_s: float) -> Bitmap:
        asked_at = time.time()
        async with open_portal(self._environment) as portal:
            if interactive and await portal.version(INTERFACE) < INTERACTIVE_VERSION:
                raise CaptureError(
                    tr("The desktop refused a screenshot, and its portal is too old to let you choose one."),
                    tr(
                        "Update xdg-desktop-portal, or allow screenshots for "
                        "WriteTex in the privacy settings."
                    ),
                )
            results = await portal.request(
                INTERFACE,
                "Screenshot",
                "sa{sv}",
                ("",),
                {"interactive": ("b", interactive), "modal": ("b", False)},
                timeout_s=timeout_s,
            )
        uri = results.get("uri")
        if not isinstance(uri, str):
            raise PortalError(Why.NONSENSE, "uri")
        data = await asyncio.to_thread(take_file, uri, asked_at)
        return await asyncio.to_thread(read_screen_picture, data)


def take_file(uri: str, asked_at: float) -> bytes:
    """Read the file of a picture and delete it, if it was made for us.

    Args:
        uri: As the portal gave it; must name a local file.
        asked_at: When the picture was asked for, as in `time.time()`. An older file was not made for us: it
            is read, and stays.

    Raises:
        CaptureError: It is not a regular file of this user, or too large, or cannot be read.
    """
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        raise _not_ours()
    path = Path(unquote(parts.path))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as failure:
        raise _not_ours() from failure
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, which only `open` takes
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_uid != os.geteuid() or about.st_size > MAX_FILE_BYTES:
            raise _not_ours()
        data = file.read()
    if about.st_mtime >= asked_at - _CLOCK_SLACK_S:
        with suppress(OSError):  # in a sandbox the folder may be read-only; the picture is what counts
            path.unlink()
    return data


def _not_ours() -> CaptureError:
    return CaptureError(tr("The desktop handed over a picture that is not this user's."), tr("Snip again."))


def _explained(error: PortalError) -> CaptureError:
    said = _SENTENCES.get(error.why, _SENTENCES[Why.REFUSED])
    return CaptureError(*map(tr_marked, said))
