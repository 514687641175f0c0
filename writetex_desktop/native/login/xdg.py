"""Starting with the session on Linux: an entry in the user's autostart folder.

See https://specifications.freedesktop.org/autostart-spec/latest/.
"""

from collections.abc import Mapping
from pathlib import Path

from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.native.login.desktop_files import remove, write_whole
from writetex_desktop.native.login.own_command import exec_line


class XdgAutostart:
    """An `Autostart` for the desktops of freedesktop.org.

    Args:
        environment: Holds `XDG_CONFIG_HOME`, perhaps.
        home: The user's folder.
        command: What starts the program in the tray.
    """

    def __init__(self, environment: Mapping[str, str], home: Path, command: tuple[str, ...]) -> None:
        named = Path(environment.get("XDG_CONFIG_HOME", ""))
        folder = named if named.is_absolute() else home / ".config"
        self._path = folder / "autostart" / f"{APP_ID}.desktop"
        self._command = command

    @property
    def is_on(self) -> bool:
        """See `Autostart.is_on`; desktops switch an entry off by marking it as hidden."""
        try:
            if not self._path.is_file():  # opening a pipe would wait for who writes to it
                return False
            lines = self._path.read_text("utf-8", "replace").splitlines()
        except OSError:
            return False
        off = {"Hidden=true", "X-GNOME-Autostart-enabled=false"}
        return not off.intersection(line.replace(" ", "") for line in lines)

    def switch(self, *, on: bool) -> None:
        """See `Autostart.switch`."""
        if not on:
            remove(self._path)
            return
        entry = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=WriteTex",
            f"Exec={exec_line(self._command)}",
            f"Icon={APP_ID}",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
        write_whole(self._path, "\n".join(entry).encode())
