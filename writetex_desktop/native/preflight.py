"""Whether Qt can come up here, asked before it is imported; standard library only.

Qt ends the process (SIGABRT) when it finds no display or lacks a system library, with a message that names
one library at a time or the wrong one. This module says it in one line with the command that mends it.

`find_obstacle` stands on every start: it loads only small libraries that Qt's platform plugin loads next
anyway, and shakes hands with the X server (1 to 5 ms). `find_missing_libraries` looks at everything and is
for the case that importing PySide6 has failed.

Names are from `readelf -d` over PySide6-Essentials 6.12 and from Debian 12 and 13; the wheel brings Qt and
ICU and takes the rest from the system (https://doc.qt.io/qt-6/linux-requirements.html).
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.language.words import mark, tr, tr_marked

CORE_LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
"""Soname to Debian package, for QtCore, QtGui, QtDBus and QtWidgets."""

PLATFORM_LIBRARIES: Mapping[str, Mapping[str, str]] = {
    "xcb": {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
}
"""Qt platform to soname to Debian package."""

_NO_DISPLAY_REMEDY = mark("Start the program from your desktop; `writetex recognize` needs none.")

Loads = Callable[[str], bool]
"""Says whether a library of that soname can be loaded."""


def find_obstacle(environment: Mapping[str, str], platform: str, *, frozen: bool) -> Unsupported | None:
    """Say what would end the process when Qt starts, or None when nothing would.

    Args:
        environment: Such as `os.environ`.
        platform: As in `sys.platform`; all but Linux bring what Qt needs.
        frozen: Whether this is a bundled program, which brings its own libraries; only whether there is a
            session is asked then.
    """
    if platform != "linux":
        return None
    obstacle: Unsupported | None = None
    for qt_platform in qt_platforms(environment):
        found = _no_session(qt_platform, environment)
        if found is None and not frozen:
            found = _missing_for(qt_platform) or _no_answer(qt_platform, environment)
        if found is None:
            return None
        obstacle = obstacle or found
    return obstacle


def find_missing_libraries(environment: Mapping[str, str], loads: Loads | None = None) -> Unsupported | None:
    """Say which system libraries PySide6 lacks, all at once; for Linux, after its import has failed.

    Args:
        environment: Such as `os.environ`.
        loads: How a library is tried.

    Returns:
        What is missing and the command that installs it, or None when all of them load: then something
        else is wrong with the installation.
    """
    wanted = dict(CORE_LIBRARIES)
    for qt_platform in qt_platforms(environment):
        wanted |= PLATFORM_LIBRARIES.get(qt_platform, {})
    return _missing(wanted, loads or _loads)


def qt_platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Give the platforms that Qt will try, in its order; such as `("wayland", "xcb")`.

    `QT_QPA_PLATFORM` is a list with options, as in `wayland;xcb` or `offscreen:size=800x600`
    (https://doc.qt.io/qt-6/qguiapplication.html#supported-command-line-options).
    """
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        return tuple(part.split(":")[0] for part in asked.split(";"))
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return ("wayland", "xcb") if wayland else ("xcb",)


def install_command(
    libraries: Iterable[str],
    packages: Iterable[str],
    *,
    has_program: Callable[[str], object] = shutil.which,
    is_root: bool | None = None,
) -> str:
    """Give the command line that installs libraries on this distribution.

    Args:
        libraries: Sonames; rpm distributions install by them.
        packages: The same as Debian packages.
        has_program: Says whether a program is installed.
        is_root: Whether no `sudo` is wanted; None for whether this process is root's.

    Returns:
        The command, or nothing when the distribution's package tool is not one that we know.
    """
    if is_root is None:
        is_root = sys.platform != "win32" and os.geteuid() == 0
    sudo = "" if is_root else "sudo "
    if has_program("apt-get"):
        return f"{sudo}apt-get install {' '.join(sorted(set(packages)))}"
    provided = " ".join(f"'{library}()(64bit)'" for library in sorted(set(libraries)))
    if has_program("dnf"):
        return f"{sudo}dnf install {provided}"
    if has_program("zypper"):
        return f"{sudo}zypper install {provided}"
    return ""


def _missing_for(qt_platform: str) -> Unsupported | None:
    libraries = PLATFORM_LIBRARIES.get(qt_platform, {})
    if _missing(libraries, _loads) is None:
        return None
    # Something is missing anyway: the slower look at everything gives one command for all of it.
    return _missing({**CORE_LIBRARIES, **libraries}, _loads)


def _missing(wanted: Mapping[str, str], loads: Loads) -> Unsupported | None:
    absent = [library for library in wanted if not loads(library)]
    if not absent:
        return None
    command = install_command(absent, [wanted[library] for library in absent])
    remedy = f"Run: {command}" if command else tr("Install the packages that hold them.")
    return Unsupported(tr("These system libraries are missing: {names}.", names=", ".join(absent)), remedy)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _no_session(qt_platform: str, environment: Mapping[str, str]) -> Unsupported | None:
    if qt_platform != "xcb" or environment.get("DISPLAY"):
        return None
    return Unsupported(
        tr("There is no graphical session: neither DISPLAY nor WAYLAND_DISPLAY is set."),
        tr_marked(_NO_DISPLAY_REMEDY),
    )


def _no_answer(qt_platform: str, environment: Mapping[str, str]) -> Unsupported | None:
    name = environment.get("DISPLAY", "")
    if qt_platform != "xcb" or _x_server_answers(name):
        return None
    return Unsupported(tr("The display {name} cannot be reached.", name=name), tr_marked(_NO_DISPLAY_REMEDY))


def _x_server_answers(name: str) -> bool:
    """Connect and leave again, as https://xcb.freedesktop.org/manual/group__XCB__Core__API.html says."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(name), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
