"""Whether the system has to be asked before a program may see the screen, and how."""

import sys

from writetex_desktop.composition.backends import make_screen_grabber, screen_grabbers
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.native.session import Session
from writetex_desktop.ports.screens import ScreenGrabber
from writetex_desktop.ui.shell.screen_access_presenter import ScreenAccess


def screen_access(session: Session, grabber: ScreenGrabber) -> ScreenAccess:
    """Say whether the system has to be asked before the screen can be read, and how.

    Args:
        session: Where.
        grabber: The one in use, which may have given the plain way up.
    """

    def missing_nowhere() -> bool:
        return False

    if session.platform == "darwin":
        from writetex_desktop.native.screens import macos_access  # noqa: PLC0415 - macOS alone has it

        access = macos_access.load_screen_access()

        def another() -> ScreenGrabber:
            return make_screen_grabber(session, lambda _notice: None)

        return ScreenAccess(lambda: not access.is_given(), another, _nothing)
    taken = screen_grabbers(session).taken
    if sys.platform != "win32" and taken is not None and taken.name == "portal":
        from writetex_desktop.native.screens import portal as screen_portal  # noqa: PLC0415 - Linux alone has it

        def patient() -> ScreenGrabber:
            wait_s = screen_portal.DIALOG_TIMEOUT_S
            return screen_portal.PortalScreenGrabber(qt_screens, plain_timeout_s=wait_s, may_ask=False)

        return ScreenAccess(lambda: True, patient, grabber.screens_changed)
    return ScreenAccess(missing_nowhere, lambda: grabber, _nothing)


def _nothing() -> None:
    """Nothing was given up."""
