"""The desktop's own keyboard shortcuts, set by the tool that the desktop has for it.

* GNOME: `gsettings`, custom keyboard shortcuts
  (https://help.gnome.org/admin/system-admin-guide/stable/keyboard-custom-shortcuts.html.en).
* Xfce: `xfconf-query`, channel `xfce4-keyboard-shortcuts` (https://docs.xfce.org/xfce/xfce4-settings/keyboard).
* KDE: `kwriteconfig6` or `kwriteconfig5`, file `kglobalshortcutsrc`, and a desktop entry with the command
  (https://develop.kde.org/docs/features/configuration/). KDE reads the file when the session begins.

Shortcuts of the user are never touched: ours have names of their own, and lists are added to.
"""

import ast
import os
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.binding import (
    GNOME_SCHEMA,
    DesktopShortcut,
    gnome_path,
    gtk_accelerator,
    xfce_property,
)
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier, format_hotkey
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.hotkeys.x11_keys import keysym_name
from writetex_desktop.native.login.own_command import exec_line
from writetex_desktop.native.session import Session
from writetex_desktop.services.programs import run_program

TIMEOUT_S: Final = 10.0
"""Such a tool answers in some ten milliseconds; the first time it may have to start a service."""

XFCE_CHANNEL: Final = "xfce4-keyboard-shortcuts"

_KDE_MODIFIERS: Final = {
    Modifier.CTRL: "Ctrl",
    Modifier.SUPER: "Meta",
    Modifier.ALT: "Alt",
    Modifier.SHIFT: "Shift",
}
_KDE_KEYS: Final = {
    "Enter": "Return",
    "PrintScreen": "Print",
    "PageUp": "PgUp",
    "PageDown": "PgDown",
    "Insert": "Ins",
    "Delete": "Del",
    "Minus": "-",
    "Equal": "=",
    "Comma": ",",
    "Period": ".",
    "Slash": "/",
    "Backslash": "\\",
    "Semicolon": ";",
    "Apostrophe": "'",
    "Backquote": "`",
    "BracketLeft": "[",
    "BracketRight": "]",
}
"""Where QKeySequence's portable text has another name than we."""

HasProgram = Callable[[str], object]


class Tools:
    """Runs the desktop's tools.

    Args:
        environment: Their environment.
        has_program: Says whether one is installed.
    """

    def __init__(
        self, environment: Mapping[str, str] = os.environ, has_program: HasProgram = shutil.which
    ) -> None:
        self.environment = environment
        self.has_program = has_program

    async def run(self, *command: str) -> str:
        """Run a tool and give what it writes.

        Raises:
            HotkeyError: It could not be run, failed, or does not answer.
        """
        try:
            ended = await run_program(*command, environment=self.environment, time_s=TIMEOUT_S)
        except (OSError, TimeoutError) as failure:
            raise _failed(command[0]) from failure
        if ended.status:
            raise _failed(command[0])
        return ended.written.decode("utf-8", "replace")


class GnomeShortcuts:
    """`DesktopShortcuts` for GNOME and those that share its settings."""

    works_at_once = True

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        """See `DesktopShortcuts.set`."""
        path = gnome_path(shortcut.action.id)
        values = {
            "name": f"WriteTex: {shortcut.action.description}",
            "command": shlex.join(shortcut.command),
            "binding": gtk_accelerator(hotkey, keysym_name(hotkey.key)),
        }
        for key, value in values.items():
            own = f"{GNOME_SCHEMA}.custom-keybinding:{path}"
            await self._tools.run("gsettings", "set", own, key, _gvariant(value))
        paths = await self._paths()
        if path not in paths:
            await self._set_paths([*paths, path])

    async def remove(self, shortcut: DesktopShortcut) -> None:
        """See `DesktopShortcuts.remove`."""
        path = gnome_path(shortcut.action.id)
        paths = await self._paths()
        if path in paths:
            await self._set_paths([each for each in paths if each != path])
            own = f"{GNOME_SCHEMA}.custom-keybinding:{path}"
            await self._tools.run("gsettings", "reset-recursively", own)

    async def _paths(self) -> list[str]:
        written = await self._tools.run("gsettings", "get", GNOME_SCHEMA, "custom-keybindings")
        try:
            paths = ast.literal_eval(written.strip().removeprefix("@as "))
        except (ValueError, SyntaxError) as failure:
            raise _failed("gsettings") from failure
        return [str(each) for each in paths]

    async def _set_paths(self, paths: Sequence[str]) -> None:
        text = f"[{', '.join(map(_gvariant, paths))}]" if paths else "@as []"
        await self._tools.run("gsettings", "set", GNOME_SCHEMA, "custom-keybindings", text)


class XfceShortcuts:
    """`DesktopShortcuts` for Xfce, whose shortcuts have no names: ours are known by their commands."""

    works_at_once = True

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        """See `DesktopShortcuts.set`."""
        wanted, command = xfce_property(hotkey, keysym_name(hotkey.key)), shlex.join(shortcut.command)
        rival = (await self._all()).get(wanted, command)
        if rival != command:
            raise HotkeyError(
                tr("Xfce has a shortcut on {hotkey} already.", hotkey=format_hotkey(hotkey)),
                tr("Choose another combination."),
            )
        await self.remove(shortcut)
        await self._query("-n", "-t", "string", "-p", wanted, "-s", command)

    async def remove(self, shortcut: DesktopShortcut) -> None:
        """See `DesktopShortcuts.remove`."""
        for place, command in (await self._all()).items():
            if command == shlex.join(shortcut.command):
                await self._query("-p", place, "-r")

    async def _all(self) -> dict[str, str]:
        """Give the commands by their properties, whose names hold no blanks."""
        pairs = (line.split(maxsplit=1) for line in (await self._query("-lv")).splitlines())
        return {pair[0]: pair[1] for pair in pairs if len(pair) > 1}

    async def _query(self, *arguments: str) -> str:
        return await self._tools.run("xfconf-query", "-c", XFCE_CHANNEL, *arguments)


class KdeShortcuts:
    """`DesktopShortcuts` for KDE Plasma 5 and 6.

    Args:
        tools: Runs `kwriteconfig`.
        data_home: The user's `XDG_DATA_HOME`, where the entries with the commands go.
    """

    works_at_once = False

    def __init__(self, tools: Tools, data_home: Path) -> None:
        self._tools = tools
        self._entries = data_home / "applications"

    async def set(self, shortcut: DesktopShortcut, hotkey: Hotkey) -> None:
        """See `DesktopShortcuts.set`."""
        name = shortcut.action.description
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={name}",
            f"Exec={exec_line(shortcut.command)}",
            "NoDisplay=true",
            "X-KDE-GlobalAccel-CommandShortcut=true",
        )
        entry = self._entry(shortcut)
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            entry.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        except OSError as failure:
            raise HotkeyError(
                tr("The entry of the shortcut could not be written."),
                tr("Check the folder for applications."),
            ) from failure
        keys = "+".join(
            [
                *(_KDE_MODIFIERS[each] for each in Modifier if each in hotkey.modifiers),
                _KDE_KEYS.get(hotkey.key, hotkey.key),
            ]
        )
        await self._write(entry.name, keys, name)

    async def remove(self, shortcut: DesktopShortcut) -> None:
        """See `DesktopShortcuts.remove`."""
        entry = self._entry(shortcut)
        await self._write(entry.name, "", "")
        with suppress(OSError):
            entry.unlink(missing_ok=True)

    async def _write(self, entry: str, keys: str, name: str) -> None:
        """Write the keys of an entry, or without keys take them away; each version of KDE has its form."""
        file = ("--file", "kglobalshortcutsrc")
        if self._tools.has_program("kwriteconfig6"):
            where = ("kwriteconfig6", *file, "--group", "services", "--group", entry, "--key", "_launch")
            await self._tools.run(*where, *([keys] if keys else ["--delete"]))
            return
        for key, value in (("_launch", f"{keys},none,{name}"), ("_k_friendly_name", name)):
            what = ("--group", entry, "--key", key, value if keys else "--delete")
            await self._tools.run("kwriteconfig5", *file, *what)

    def _entry(self, shortcut: DesktopShortcut) -> Path:
        return self._entries / f"{APP_ID}.{shortcut.action.id}.desktop"


def gnome_unsupported(session: Session, has_program: HasProgram = shutil.which) -> Unsupported | None:
    """Say why `gsettings` cannot set shortcuts in a session."""
    return _unsupported(session, {"gnome", "unity", "budgie"}, ("gsettings",), has_program)


def xfce_unsupported(session: Session, has_program: HasProgram = shutil.which) -> Unsupported | None:
    """Say why `xfconf-query` cannot set shortcuts in a session."""
    return _unsupported(session, {"xfce"}, ("xfconf-query",), has_program)


def kde_unsupported(session: Session, has_program: HasProgram = shutil.which) -> Unsupported | None:
    """Say why `kwriteconfig` cannot set shortcuts in a session."""
    return _unsupported(session, {"kde"}, ("kwriteconfig6", "kwriteconfig5"), has_program)


def _unsupported(
    session: Session, desktops: set[str], programs: tuple[str, ...], has_program: HasProgram
) -> Unsupported | None:
    if desktops.isdisjoint(session.desktop):
        return Unsupported(tr("{programs} is the tool of another desktop.", programs=programs[0]))
    if not any(has_program(each) for each in programs):
        return Unsupported(
            tr("{programs} is not installed.", programs=programs[0]), tr("Paste the line by hand.")
        )
    return None


def _gvariant(text: str) -> str:
    """Write a string as https://docs.gtk.org/glib/gvariant-text-format.html says."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _failed(program: str) -> HotkeyError:
    return HotkeyError(
        tr("The desktop's tool {program} could not set the shortcut.", program=program),
        tr("Paste the line by hand instead."),
    )
