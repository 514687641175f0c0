"""What can be chosen, in order of preference. To add a backend: one file that holds it, one line here."""

from collections.abc import Callable

from writetex_desktop.core.backend import Backend, Choice, Unsupported, choose
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native import hotkey_x11, screen_grim, screen_mss, screen_portal
from writetex_desktop.native.hotkey_x11 import X11HotkeySource
from writetex_desktop.native.nothing import NoHotkeys, NoScreens
from writetex_desktop.native.qt_screens import qt_screens
from writetex_desktop.native.screen_grim import GrimScreenGrabber
from writetex_desktop.native.screen_mss import MssScreenGrabber
from writetex_desktop.native.screen_portal import PortalScreenGrabber
from writetex_desktop.native.session import Session
from writetex_desktop.ports import HotkeySource, ScreenGrabber

NO_WAY = Unsupported("This desktop offers no way to do that.")


def screen_grabbers(session: Session) -> Choice[Session, ScreenGrabber]:
    """Choose how the screen is read."""
    backends: tuple[Backend[Session, ScreenGrabber], ...] = (
        Backend("mss", screen_mss.unsupported, lambda: MssScreenGrabber(qt_screens)),
        Backend("grim", screen_grim.unsupported, lambda: GrimScreenGrabber(qt_screens)),
        Backend("portal", screen_portal.unsupported, lambda: PortalScreenGrabber(qt_screens)),
    )
    return choose(backends, session)


def hotkey_sources(
    session: Session, on_lost: Callable[[HotkeyError], None] = lambda _error: None
) -> Choice[Session, HotkeySource]:
    """Choose how a global hotkey is had.

    Args:
        session: Where.
        on_lost: Is told when the source stops working by itself.
    """
    backends: tuple[Backend[Session, HotkeySource], ...] = (
        Backend("x11", hotkey_x11.unsupported, lambda: X11HotkeySource(on_lost)),
    )
    return choose(backends, session)


def make_screen_grabber(session: Session) -> ScreenGrabber:
    """Make the grabber for a session, or one that says why there is none."""
    choice = screen_grabbers(session)
    return choice.taken.make() if choice.taken else NoScreens(_obstacle(choice))


def make_hotkey_source(session: Session, on_lost: Callable[[HotkeyError], None]) -> HotkeySource:
    """Make the hotkey source for a session, or one that says why there is none."""
    choice = hotkey_sources(session, on_lost)
    return choice.taken.make() if choice.taken else NoHotkeys(_obstacle(choice))


def _obstacle(choice: Choice[Session, ScreenGrabber] | Choice[Session, HotkeySource]) -> Unsupported:
    """Find the obstacle worth telling: the first that the user can do something about."""
    obstacles = [verdict.obstacle for verdict in choice.verdicts if verdict.obstacle]
    return next((each for each in obstacles if each.remedy), obstacles[0] if obstacles else NO_WAY)
