"""What can be chosen, in order of preference. To add a backend: one file that holds it, one line here.

Each system's backends are imported on that system alone: their libraries are not there on others.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from writetex_desktop.core.desktop.backend import Backend, Choice, Unsupported, choose
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.native.login.desktop_files import data_home
from writetex_desktop.native.nothing import NoHotkeys, NoPaster, NoScreens
from writetex_desktop.native.screens import mss as screen_mss
from writetex_desktop.native.screens.qt import qt_picture, qt_screens
from writetex_desktop.native.session import Session
from writetex_desktop.ports.clipboard import FocusPaster
from writetex_desktop.ports.hotkeys import DesktopShortcuts, HotkeySource
from writetex_desktop.ports.screens import ScreenGrabber
from writetex_desktop.services.tasks import Tasks


def screen_grabbers(
    session: Session, *, may_ask: bool = True, tell: Callable[[Notice], None] = lambda _notice: None
) -> Choice[Session, ScreenGrabber]:
    """Choose how the screen is read: by the kind of session, never by what fails.

    On Wayland mss succeeds and gives a black picture.

    Args:
        session: Where.
        may_ask: Whether a dialog of the desktop may come up.
        tell: Is told what the user should know of the way a screen was read.
    """
    backends: tuple[Backend[Session, ScreenGrabber], ...] = (
        Backend(
            "mss",
            screen_mss.unsupported,
            lambda: screen_mss.MssScreenGrabber(
                qt_screens, opens_on_thread=session.platform != "win32", picture=qt_picture, tell=tell
            ),
        ),
    )
    if session.platform == "darwin":
        from writetex_desktop.native.screens import macos as screen_macos  # noqa: PLC0415 - see the module
        from writetex_desktop.native.screens import macos_access  # noqa: PLC0415 - see the module

        backends = (
            Backend(
                "macos",
                screen_macos.unsupported,
                lambda: screen_macos.MacosScreenGrabber(
                    qt_screens,
                    macos_access.load_screen_access(),
                    (
                        screen_macos.by_mss(screen_mss.MssPointReader().read),
                        screen_macos.by_screencapture(),
                    ),
                    may_ask=may_ask,
                ),
            ),
        )
    if sys.platform != "win32" and session.platform == "linux":
        from writetex_desktop.native.screens import grim as screen_grim  # noqa: PLC0415 - see the module
        from writetex_desktop.native.screens import portal as screen_portal  # noqa: PLC0415 - see the module

        backends += (
            Backend("grim", screen_grim.unsupported, lambda: screen_grim.GrimScreenGrabber(qt_screens)),
            Backend(
                "portal",
                screen_portal.unsupported,
                lambda: screen_portal.PortalScreenGrabber(qt_screens, may_ask=may_ask),
            ),
        )
    return choose(backends, session)


def hotkey_sources(
    session: Session,
    on_lost: Callable[[HotkeyError], None] = lambda _error: None,
    tasks: Tasks | None = None,
) -> Choice[Session, HotkeySource]:
    """Choose how a global hotkey is had.

    Args:
        session: Where.
        on_lost: Is told when the source stops working by itself.
        tasks: Runs what listens; needed only where the choice is made.
    """
    match session.platform:
        case "win32":
            return choose(_windows_hotkeys(), session)
        case "darwin":
            return choose(_macos_hotkeys(), session)
        case _:
            return choose(_linux_hotkeys(session, on_lost, tasks), session)


def _linux_hotkeys(
    session: Session, on_lost: Callable[[HotkeyError], None], tasks: Tasks | None
) -> tuple[Backend[Session, HotkeySource], ...]:
    from writetex_desktop.native.hotkeys import portal as hotkey_portal  # noqa: PLC0415 - see the module
    from writetex_desktop.native.hotkeys import x11 as hotkey_x11  # noqa: PLC0415 - see the module

    def make_portal() -> HotkeySource:
        assert tasks is not None
        return hotkey_portal.PortalHotkeySource(
            session, on_lost, lambda listening: tasks.spawn(listening, name="hotkey of the portal")
        )

    return (
        Backend("x11", hotkey_x11.unsupported, lambda: hotkey_x11.X11HotkeySource(on_lost)),
        Backend("portal", hotkey_portal.unsupported, make_portal),
    )


def _windows_hotkeys() -> tuple[Backend[Session, HotkeySource], ...]:
    from writetex_desktop.native.hotkeys import windows  # noqa: PLC0415 - see the module

    make = Backend[Session, HotkeySource](
        "windows", windows.unsupported, lambda: windows.WindowsHotkeySource(windows.load_user32())
    )
    return (make,)


def _macos_hotkeys() -> tuple[Backend[Session, HotkeySource], ...]:
    from writetex_desktop.native.hotkeys import macos  # noqa: PLC0415 - see the module

    make = Backend[Session, HotkeySource](
        "macos", macos.unsupported, lambda: macos.MacosHotkeySource(macos.load_carbon())
    )
    return (make,)


def pasters(session: Session) -> Choice[Session, FocusPaster]:
    """Choose how a result is pasted into another program."""
    backends: tuple[Backend[Session, FocusPaster], ...]
    match session.platform:
        case "win32":
            from writetex_desktop.native.clipboard import paste_windows as windows  # noqa: PLC0415 - see the module

            user32 = windows.load_user32
            backends = (Backend("windows", windows.unsupported, lambda: windows.WindowsPaster(user32())),)
        case "darwin":
            from writetex_desktop.native.clipboard import paste_macos as macos  # noqa: PLC0415 - see the module

            services = macos.load_services
            backends = (Backend("macos", macos.unsupported, lambda: macos.MacosPaster(services())),)
        case _:
            from writetex_desktop.native.clipboard import paste_wayland, paste_x11  # noqa: PLC0415 - see the module

            backends = (
                Backend("xtest", paste_x11.unsupported, paste_x11.X11Paster),
                Backend("wtype", paste_wayland.unsupported, paste_wayland.WtypePaster),
            )
    return choose(backends, session)


def make_paster(session: Session) -> FocusPaster:
    """Make what pastes in a session, or what says why nothing does."""
    choice = pasters(session)
    return choice.taken.make() if choice.taken else NoPaster(_obstacle(choice))


def make_screen_grabber(session: Session, tell: Callable[[Notice], None]) -> ScreenGrabber:
    """Make the grabber for a session, or one that says why there is none; see `screen_grabbers`."""
    choice = screen_grabbers(session, tell=tell)
    return choice.taken.make() if choice.taken else NoScreens(_obstacle(choice))


def make_hotkey_source(choice: Choice[Session, HotkeySource]) -> HotkeySource:
    """Make the hotkey source that was chosen, or one that says why there is none."""
    return choice.taken.make() if choice.taken else NoHotkeys(_obstacle(choice))


def window_lifter(session: Session) -> Callable[[int], None]:
    """Make what puts a window of ours above everything, where Qt's "stays on top" does not."""
    if session.platform != "darwin":
        return lambda _window_id: None
    from writetex_desktop.native.windows.macos import WindowLifter  # noqa: PLC0415 - see the module

    return WindowLifter()


def make_desktop_shortcuts(session: Session) -> DesktopShortcuts | None:
    """Make what sets the desktop's own shortcuts, where the desktop has a tool for it."""
    from writetex_desktop.native.hotkeys import desktop_shortcuts as desktop  # noqa: PLC0415 - wanted on Linux alone

    tools = desktop.Tools()
    backends: tuple[Backend[Session, DesktopShortcuts], ...] = (
        Backend("gnome", desktop.gnome_unsupported, lambda: desktop.GnomeShortcuts(tools)),
        Backend("xfce", desktop.xfce_unsupported, lambda: desktop.XfceShortcuts(tools)),
        Backend(
            "kde",
            desktop.kde_unsupported,
            lambda: desktop.KdeShortcuts(tools, data_home(os.environ, Path.home())),
        ),
    )
    taken = choose(backends, session).taken
    return taken.make() if taken else None


def _obstacle(
    choice: Choice[Session, ScreenGrabber] | Choice[Session, HotkeySource] | Choice[Session, FocusPaster],
) -> Unsupported:
    """Find the obstacle worth telling: the first that the user can do something about."""
    obstacles = [verdict.obstacle for verdict in choice.verdicts if verdict.obstacle]
    none = Unsupported(tr("This desktop offers no way to do that."))
    return next((each for each in obstacles if each.remedy), obstacles[0] if obstacles else none)
