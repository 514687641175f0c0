"""What every `DesktopShortcuts` keeps to: gsettings for real, others as small programs."""

import ast
import asyncio
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Protocol

import pytest

from tests.fakes import FakeDesktopShortcuts
from writetex_desktop.core.desktop.binding import GNOME_SCHEMA, DesktopShortcut
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native.hotkeys.desktop_shortcuts import (
    GnomeShortcuts,
    KdeShortcuts,
    Tools,
    XfceShortcuts,
)
from writetex_desktop.ports.hotkeys import DesktopShortcuts

FIRST = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
SECOND = Hotkey("PrintScreen", frozenset({Modifier.ALT, Modifier.SHIFT}))
SNIP = DesktopShortcut(HotkeyAction("snip", "Snip a formula"), ("/opt/it's here/writetex", "snip"))
AGAIN = DesktopShortcut(
    HotkeyAction("snip-again", "Last region"), ("/opt/it's here/writetex", "snip", "--repeat")
)

SCHEMA = f"""<schemalist>
<schema id="{GNOME_SCHEMA}" path="/org/gnome/settings-daemon/plugins/media-keys/">
<key name="custom-keybindings" type="as"><default>[]</default></key></schema>
<schema id="{GNOME_SCHEMA}.custom-keybinding">
<key name="name" type="s"><default>''</default></key>
<key name="binding" type="s"><default>''</default></key>
<key name="command" type="s"><default>''</default></key></schema></schemalist>"""

XFCONF = """
import json, sys
from pathlib import Path
store = Path(sys.argv[0] + ".json")
values = json.loads(store.read_text()) if store.exists() else {}
words = sys.argv[1:]
assert words[:2] == ["-c", "xfce4-keyboard-shortcuts"]
if "-lv" in words:
    print("\\n".join(f"{name}      {value}" for name, value in values.items()))
else:
    name = words[words.index("-p") + 1]
    if "-r" in words:
        del values[name]
    else:
        assert words[2:5] == ["-n", "-t", "string"]
        values[name] = words[words.index("-s") + 1]
store.write_text(json.dumps(values))
"""

KWRITECONFIG = """
import json, sys
from pathlib import Path
store = Path(sys.argv[0] + ".json")
values = json.loads(store.read_text()) if store.exists() else {}
words = sys.argv[1:]
groups = [words[at + 1] for at, word in enumerate(words) if word == "--group"]
assert words[:2] == ["--file", "kglobalshortcutsrc"] and words[-3] == "--key"
if words[-1] == "--delete":
    values.pop(f"{groups} {words[-2]}", None)
else:
    values[f"{groups} {words[-2]}"] = words[-1]
store.write_text(json.dumps(values))
"""


class Rig(Protocol):
    """Shortcuts, and the desktop that has them."""

    @property
    def shortcuts(self) -> DesktopShortcuts: ...

    def bound(self) -> dict[str, str]:
        """Give the command line of each combination, as the desktop writes both."""
        ...


class FakeRig:
    FIRST, SECOND = "M", "PrintScreen"

    def __init__(self, _folder: Path) -> None:
        self.shortcuts = FakeDesktopShortcuts()

    def bound(self) -> dict[str, str]:
        return {key.key: shlex.join(each.command) for key, each in self.shortcuts.bound.items()}


class GnomeRig:
    FIRST, SECOND = "<Control><Super>m", "<Alt><Shift>Print"

    def __init__(self, folder: Path) -> None:
        (folder / "keys.gschema.xml").write_text(SCHEMA)
        subprocess.run(["glib-compile-schemas", folder], check=True)
        self._environment = os.environ | {
            "GSETTINGS_BACKEND": "keyfile",
            "GSETTINGS_SCHEMA_DIR": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }
        self._gsettings("set", GNOME_SCHEMA, "custom-keybindings", "['/somebody/else/']")
        self.shortcuts = GnomeShortcuts(Tools(self._environment))

    def bound(self) -> dict[str, str]:
        paths = json.loads(self._gsettings("get", GNOME_SCHEMA, "custom-keybindings").replace("'", '"'))
        assert paths.pop(0) == "/somebody/else/"
        own = [f"{GNOME_SCHEMA}.custom-keybinding:{path}" for path in paths]
        return {self._value(each, "binding"): self._value(each, "command") for each in own}

    def _value(self, schema: str, key: str) -> str:
        return str(ast.literal_eval(self._gsettings("get", schema, key)))

    def _gsettings(self, *words: str) -> str:
        done = subprocess.run(
            ["gsettings", *words], env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout


class ToolRig:
    """A desktop whose tool is a small program that keeps what it is told."""

    def __init__(self, folder: Path, name: str, program: str) -> None:
        tool = folder / name
        tool.write_text(f"#!{sys.executable} -I\n{program}")
        tool.chmod(0o755)
        self.store = folder / f"{name}.json"
        path = str(folder)
        self.tools = Tools({"PATH": path}, lambda program: shutil.which(program, path=path))

    def values(self) -> dict[str, str]:
        values: dict[str, str] = json.loads(self.store.read_text()) if self.store.exists() else {}
        return values


class XfceRig(ToolRig):
    FIRST, SECOND = "<Control><Super>m", "<Alt><Shift>Print"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "xfconf-query", XFCONF)
        self.store.write_text(json.dumps({"/commands/custom/<Alt>F2": "xfce4-appfinder", "/x": ""}))
        self.shortcuts = XfceShortcuts(self.tools)

    def bound(self) -> dict[str, str]:
        values = self.values()
        assert values.pop("/commands/custom/<Alt>F2") == "xfce4-appfinder"
        return {name.removeprefix("/commands/custom/"): value for name, value in values.items() if value}


class KdeRig(ToolRig):
    FIRST, SECOND = "Ctrl+Meta+M", "Alt+Shift+Print"
    PROGRAM = "kwriteconfig6"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, self.PROGRAM, KWRITECONFIG)
        self._entries = folder / "applications"
        self.shortcuts = KdeShortcuts(self.tools, folder)

    def bound(self) -> dict[str, str]:
        found = {}
        for name, value in self.values().items():
            if name.endswith("_launch"):
                entry = name.split("'")[-2]
                (exec_line,) = [
                    line
                    for line in (self._entries / entry).read_text().splitlines()
                    if line.startswith("Exec=")
                ]
                found[value.split(",")[0]] = shlex.join(shlex.split(exec_line.removeprefix("Exec=")))
        if not found:
            assert list(self._entries.glob("*")) == []
        return found


class Kde5Rig(KdeRig):
    PROGRAM = "kwriteconfig5"


@pytest.fixture(params=[FakeRig, GnomeRig, XfceRig, KdeRig, Kde5Rig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    made: Rig = request.param(tmp_path)
    return made


def now(doing: Coroutine[object, object, None]) -> None:
    asyncio.run(doing)


def test_a_shortcut_runs_its_command_follows_its_combination_and_goes(rig: Rig) -> None:
    first, second = rig.FIRST, rig.SECOND  # type: ignore[attr-defined]  # how this desktop writes them
    now(rig.shortcuts.set(SNIP, FIRST))
    now(rig.shortcuts.set(AGAIN, SECOND))
    assert rig.bound() == {first: shlex.join(SNIP.command), second: shlex.join(AGAIN.command)}
    now(rig.shortcuts.remove(AGAIN))
    now(rig.shortcuts.set(SNIP, SECOND))
    assert rig.bound() == {second: shlex.join(SNIP.command)}
    now(rig.shortcuts.remove(SNIP))
    now(rig.shortcuts.remove(SNIP))
    assert rig.bound() == {}


def test_a_shortcut_of_the_user_in_xfce_is_left_alone(tmp_path: Path) -> None:
    rig = XfceRig(tmp_path)
    with pytest.raises(HotkeyError, match=r"on Alt\+F2 already"):
        now(rig.shortcuts.set(SNIP, Hotkey("F2", frozenset({Modifier.ALT}))))
    assert rig.bound() == {}


@pytest.mark.parametrize("make", [GnomeShortcuts, XfceShortcuts])
def test_a_tool_that_fails_is_said_with_what_to_do(make: Callable[[Tools], DesktopShortcuts]) -> None:
    with pytest.raises(HotkeyError, match="could not set") as failure:
        now(make(Tools({"PATH": "/nowhere"})).set(SNIP, FIRST))
    assert "by hand" in failure.value.remedy.text
