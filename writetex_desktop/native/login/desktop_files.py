"""The program's entry in the desktop's menu, with its icon and its description for app stores.

Portals know a program only by such an entry, and so does the desktop that shows a window's icon. Packages
bring these files themselves; this is for a program installed in any other way.
See https://specifications.freedesktop.org/basedir-spec/latest/ and
https://specifications.freedesktop.org/desktop-entry-spec/latest/.
"""

from collections.abc import Mapping
from pathlib import Path

from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.login.own_command import exec_line

_PACKAGED_COMMAND = "Exec=writetex-desktop"


def data_home(environment: Mapping[str, str], home: Path) -> Path:
    """Give the folder for a user's desktop files; a relative path in the environment is ignored."""
    named = Path(environment.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else home / ".local" / "share"


def desktop_files(data: Path) -> tuple[Path, Path, Path]:
    """Give the places of entry, icon and description below a data folder."""
    return (
        data / "applications" / f"{APP_ID}.desktop",
        data / "icons" / "hicolor" / "scalable" / "apps" / f"{APP_ID}.svg",
        data / "metainfo" / f"{APP_ID}.metainfo.xml",
    )


def install_desktop_files(resources: Path, data: Path, command: tuple[str, ...]) -> None:
    """Write them, or write them anew.

    Args:
        resources: The program's resources.
        data: Such as `~/.local/share`.
        command: What starts the window.

    Raises:
        StorageError: They cannot be written.
    """
    entry, icon, metainfo = desktop_files(data)
    text = (resources / "desktop" / f"{APP_ID}.desktop").read_text("utf-8")
    contents = {
        entry: text.replace(_PACKAGED_COMMAND, f"Exec={exec_line(command)}").encode(),
        icon: (resources / "icons" / "writetex.svg").read_bytes(),
        metainfo: (resources / "desktop" / f"{APP_ID}.metainfo.xml").read_bytes(),
    }
    for path, content in contents.items():
        write_whole(path, content)


def remove_desktop_files(data: Path) -> None:
    """Take them away; those that are not there are no matter.

    Raises:
        StorageError: They cannot be taken away.
    """
    for path in desktop_files(data):
        remove(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the desktop, all or nothing.

    Raises:
        StorageError: It cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise StorageError(
            tr("The files for the desktop could not be written."),
            tr("Check that you may write to your own configuration and data folders."),
        ) from error


def remove(path: Path) -> None:
    """Take a file of the desktop away; that there is none is no matter.

    Raises:
        StorageError: It cannot be taken away.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            tr("The files for the desktop could not be taken away."),
            tr("Check that you may write to your own configuration and data folders."),
        ) from error
