"""What the desktop knows of the program: its entry in the menu, and whether it starts with the session."""

import os
from pathlib import Path

from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.native.login.desktop_files import data_home, install_desktop_files, remove_desktop_files
from writetex_desktop.native.login.macos import LaunchAgent
from writetex_desktop.native.login.own_command import own_command
from writetex_desktop.native.login.windows import KEY, RunKey, UserKey
from writetex_desktop.native.login.xdg import XdgAutostart
from writetex_desktop.ports.session import Autostart


def install() -> None:
    """Put entry, icon and description where the user's desktop finds them.

    Raises:
        StorageError: They cannot be written.
    """
    install_desktop_files(resource_dir(), data_home(os.environ, Path.home()), own_command())


def uninstall() -> None:
    """Take them away again.

    Raises:
        StorageError: They cannot be taken away.
    """
    remove_desktop_files(data_home(os.environ, Path.home()))


def make_autostart(platform: str) -> Autostart:
    """Make what switches starting with the session on and off.

    Args:
        platform: As in `sys.platform`.
    """
    command = (*own_command(), "--hidden")
    match platform:
        case "win32":
            import winreg  # noqa: PLC0415 - only Python on Windows has it

            return RunKey(UserKey(KEY, winreg), command)
        case "darwin":
            return LaunchAgent(Path.home(), command)
        case _:
            return XdgAutostart(os.environ, Path.home(), command)
