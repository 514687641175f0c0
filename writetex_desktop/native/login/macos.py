"""Starting with the session on macOS: a launch agent of the user.

See `man launchd.plist`, and "Creating Launch Daemons and Agents" in
https://developer.apple.com/library/archive/documentation/MacOSX/Conceptual/BPSystemStartup/.
"""

import plistlib
from pathlib import Path
from xml.parsers.expat import ExpatError

from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.native.login.desktop_files import remove, write_whole


class LaunchAgent:
    """An `Autostart` for macOS; in force from the next login on.

    Args:
        home: The user's folder.
        command: What starts the program in the menu bar.
    """

    def __init__(self, home: Path, command: tuple[str, ...]) -> None:
        self._path = home / "Library" / "LaunchAgents" / f"{APP_ID}.plist"
        self._command = command

    @property
    def is_on(self) -> bool:
        """See `Autostart.is_on`."""
        try:
            if not self._path.is_file():  # opening a pipe would wait for who writes to it
                return False
            agent = plistlib.loads(self._path.read_bytes())
        except (OSError, plistlib.InvalidFileException, ValueError, RecursionError, ExpatError):
            return False
        return isinstance(agent, dict) and agent.get("RunAtLoad") is True and not agent.get("Disabled")

    def switch(self, *, on: bool) -> None:
        """See `Autostart.switch`."""
        if not on:
            remove(self._path)
            return
        agent = {
            "Label": APP_ID,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        write_whole(self._path, plistlib.dumps(agent))
