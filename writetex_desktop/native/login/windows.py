"""Starting with the session on Windows: a value of the user's Run key.

See https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys; a value holds at most
260 signs.
"""

import subprocess
from typing import Any, Final, Protocol

from writetex_desktop.core.errors import StorageError
from writetex_desktop.core.language.words import tr

KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME: Final = "WriteTex"
MAX_LENGTH: Final = 260


class Registry(Protocol):
    """The values of one key of the current user; `UserKey` has the real ones."""

    def read(self, name: str) -> str | None:
        """Give a value, or None."""
        ...

    def write(self, name: str, value: str) -> None:
        """Set a value."""
        ...

    def delete(self, name: str) -> None:
        """Take a value away; that there is none is no matter."""
        ...


class UserKey:
    """One key below HKEY_CURRENT_USER.

    Args:
        path: The key.
        winreg: The module of that name, which only Python on Windows has.
    """

    def __init__(self, path: str, winreg: Any) -> None:
        self._path = path
        self._winreg = winreg

    def read(self, name: str) -> str | None:
        """See `Registry.read`."""
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, self._path) as key:
                return str(self._winreg.QueryValueEx(key, name)[0])
        except FileNotFoundError:
            return None

    def write(self, name: str, value: str) -> None:
        """See `Registry.write`."""
        with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, self._path) as key:
            self._winreg.SetValueEx(key, name, 0, self._winreg.REG_SZ, value)

    def delete(self, name: str) -> None:
        """See `Registry.delete`."""
        try:
            with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, self._path) as key:
                self._winreg.DeleteValue(key, name)
        except FileNotFoundError:
            return


class RunKey:
    """An `Autostart` for Windows.

    Args:
        registry: The Run key.
        command: What starts the program in the tray.
    """

    def __init__(self, registry: Registry, command: tuple[str, ...]) -> None:
        self._registry = registry
        self._command = command

    @property
    def is_on(self) -> bool:
        """See `Autostart.is_on`."""
        try:
            return bool(self._registry.read(NAME))
        except OSError:
            return False

    def switch(self, *, on: bool) -> None:
        """See `Autostart.switch`."""
        line = subprocess.list2cmdline(self._command)
        try:
            if on and len(line) > MAX_LENGTH:
                raise StorageError(
                    tr("Windows cannot start the program at login: its path is too long."),
                    tr("Install it in a folder with a shorter path."),
                )
            if on:
                self._registry.write(NAME, line)
            else:
                self._registry.delete(NAME)
        except OSError as error:
            raise StorageError(
                tr("Windows did not take the wish to start with the session."),
                tr("Your administrator may forbid it; start the program from the Start menu."),
            ) from error
