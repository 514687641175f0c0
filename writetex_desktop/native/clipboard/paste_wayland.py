"""Pasting into the focused window on Wayland, by wtype (https://github.com/atx/wtype).

No program may learn which window has the focus there, nor give it to another: when our overlay is gone, the
compositor gives the focus back by itself. wtype needs the protocol for virtual keyboards, which sway and its
kin have, and GNOME and KDE have not.
"""

import os
import shutil
from typing import Final

from PySide6.QtGui import QGuiApplication

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.services.programs import Ended, run_program

COMMAND: Final = ("wtype", "-M", "ctrl", "v", "-m", "ctrl")
TIMEOUT_S: Final = 5.0

_SOMEBODY: Final = PasteTarget(0)


def unsupported(session: Session) -> Unsupported | None:
    """Say why it cannot work in a session."""
    if session.display_server is not DisplayServer.WAYLAND:
        return Unsupported(tr("wtype is for Wayland."))
    if shutil.which(COMMAND[0]) is None:
        return Unsupported(
            tr("On Wayland a program cannot press keys by itself."),
            tr("Install the package wtype; it works on sway and its kin, not on GNOME and KDE."),
        )
    return None


class WtypePaster:
    """A `FocusPaster` for Wayland."""

    def focused(self) -> PasteTarget | None:
        """See `FocusPaster.focused`; which window it is, nobody may know."""
        return None if QGuiApplication.focusWindow() is not None else _SOMEBODY

    async def paste(self, target: PasteTarget) -> None:  # noqa: ARG002 - the port's
        """See `FocusPaster.paste`.

        Raises:
            ClipboardError: Our own window has the focus, or the compositor lets nobody press keys.
        """
        if QGuiApplication.focusWindow() is not None:
            raise ClipboardError(
                tr("The formula was not pasted, for WriteTex has the focus."),
                tr("It is on the clipboard; press Ctrl+V where you want it."),
            )
        try:
            ended = await run_program(*COMMAND, environment=os.environ, time_s=TIMEOUT_S, is_read=False)
        except (OSError, TimeoutError):
            ended = Ended(-1)
        if ended.status:
            raise ClipboardError(
                tr("The formula was not pasted: this desktop lets no program press keys."),
                tr("It is on the clipboard; press Ctrl+V. The settings under Result switch pasting off."),
            )
