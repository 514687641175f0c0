"""What kind of session the program runs in, read once at the start and handed on as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


class DisplayServer(StrEnum):
    """Who shows windows."""

    X11 = "x11"
    WAYLAND = "wayland"
    NATIVE = "native"
    """The system's own, on Windows and macOS."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Session:
    """Where the program runs.

    Attributes:
        platform: As in `sys.platform`, such as `linux`.
        display_server: Who shows windows.
        desktop: Names of the desktop in lower case, the most special first, such as `("ubuntu", "gnome")`.
        runtime_dir: The user's private directory for sockets, or None when the session has none.
        has_bus: Whether there is a D-Bus session bus.
    """

    platform: str
    display_server: DisplayServer
    desktop: tuple[str, ...] = ()
    runtime_dir: PurePath | None = None
    has_bus: bool = False


def read_session(environment: Mapping[str, str], platform: str) -> Session:
    """Read the session from the environment; looks at nothing else.

    Args:
        environment: Such as `os.environ`.
        platform: As in `sys.platform`.
    """
    # https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is invalid and ignored.
    runtime_dir = PurePath(environment.get("XDG_RUNTIME_DIR", ""))
    return Session(
        platform=platform,
        display_server=_display_server(environment, platform),
        desktop=tuple(filter(None, environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":"))),
        runtime_dir=runtime_dir if runtime_dir.is_absolute() else None,
        has_bus=bool(environment.get("DBUS_SESSION_BUS_ADDRESS")),
    )


def _display_server(environment: Mapping[str, str], platform: str) -> DisplayServer:
    if platform in {"win32", "darwin"}:
        return DisplayServer.NATIVE
    # A Wayland session has an X server too (Xwayland), on which a screen grab succeeds and is black:
    # so Wayland is looked for first, and its marks count even where DISPLAY is set.
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        return DisplayServer.WAYLAND
    return DisplayServer.X11 if environment.get("DISPLAY") else DisplayServer.NONE
