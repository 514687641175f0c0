"""Desktop entries, login items and run keys: what is written, and what the desktop's own tools say to it."""

import configparser
import os
import plistlib
import re
import subprocess
from pathlib import Path

import pytest

from tests.contracts.test_autostart import MemoryRegistry
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.errors import StorageError
from writetex_desktop.native.login.desktop_files import (
    data_home,
    desktop_files,
    install_desktop_files,
    remove_desktop_files,
)
from writetex_desktop.native.login.macos import LaunchAgent
from writetex_desktop.native.login.own_command import exec_line, own_command
from writetex_desktop.native.login.windows import RunKey
from writetex_desktop.native.login.xdg import XdgAutostart

ODD = ('/home/J. "J" Ö/100% $HOME/`x`\\bin/writetex', "--hidden")


def _entry(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are case sensitive there
    parser.read(path, "utf-8")
    return parser


def _words(value: str) -> list[str]:
    """Read `Exec` as the specification says: first the string, then the quotes, then the per cent signs."""
    quoted_or_plain = re.findall(r'"((?:\\.|[^"\\])*)"|([^\s"]+)', value.replace("\\\\", "\\"))
    return [re.sub(r"\\(.)", r"\1", quoted or plain).replace("%%", "%") for quoted, plain in quoted_or_plain]


@pytest.mark.parametrize("command", [("/usr/bin/writetex-desktop",), ODD], ids=["plain", "odd"])
def test_the_tools_of_the_desktop_accept_what_is_installed(tmp_path: Path, command: tuple[str, ...]) -> None:
    install_desktop_files(resource_dir(), tmp_path, command)
    entry, icon, metainfo = desktop_files(tmp_path)
    subprocess.run(["desktop-file-validate", str(entry)], check=True)
    subprocess.run(["appstreamcli", "validate", "--no-net", str(metainfo)], check=True)
    assert icon.read_bytes().lstrip().startswith(b"<svg")
    assert entry.name == f"{APP_ID}.desktop"
    written = _entry(entry)
    assert _words(written["Desktop Entry"]["Exec"]) == [*command, "%F"]
    assert _words(written["Desktop Action snip"]["Exec"]) == [*command, "--snip"]


def test_uninstalling_leaves_nothing_and_may_be_done_twice(tmp_path: Path) -> None:
    install_desktop_files(resource_dir(), tmp_path, ("/usr/bin/writetex-desktop",))
    for _ in range(2):
        remove_desktop_files(tmp_path)
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "applications").write_text("a file")
    with pytest.raises(StorageError, match="could not be written"):
        install_desktop_files(resource_dir(), tmp_path, ("/usr/bin/writetex-desktop",))


def test_the_data_folder_is_the_one_of_the_environment_or_the_usual_one() -> None:
    home = Path("/home/u")
    assert data_home({"XDG_DATA_HOME": "/data"}, home) == Path("/data")
    assert data_home({"XDG_DATA_HOME": "relative"}, home) == home / ".local/share"
    assert data_home({}, home) == home / ".local/share"


def test_an_autostart_entry_is_valid_and_starts_what_it_should(tmp_path: Path) -> None:
    XdgAutostart({"XDG_CONFIG_HOME": str(tmp_path)}, Path("/nowhere"), ODD).switch(on=True)
    path = tmp_path / "autostart" / f"{APP_ID}.desktop"
    subprocess.run(["desktop-file-validate", str(path)], check=True)
    assert _words(_entry(path)["Desktop Entry"]["Exec"]) == list(ODD)


@pytest.mark.parametrize("mark", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, mark: str) -> None:
    autostart = XdgAutostart({}, tmp_path, ("/usr/bin/writetex-desktop",))
    autostart.switch(on=True)
    (path,) = (tmp_path / ".config" / "autostart").iterdir()
    path.write_text(path.read_text().replace("X-GNOME-Autostart-enabled=true", mark))
    assert not autostart.is_on


def test_a_launch_agent_holds_each_word_by_itself(tmp_path: Path) -> None:
    LaunchAgent(tmp_path, ODD).switch(on=True)
    (path,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(path.read_bytes())
    assert (agent["Label"], agent["ProgramArguments"], agent["RunAtLoad"]) == (APP_ID, list(ODD), True)


def test_a_broken_launch_agent_is_off(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path, ODD)
    agent.switch(on=True)
    (path,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    path.write_bytes(b"<plist>")
    assert not agent.is_on


def test_the_run_key_quotes_blanks_and_leaves_the_others_alone() -> None:
    registry = MemoryRegistry()
    run_key = RunKey(registry, (r"C:\Program Files\WriteTex\writetex-desktop.exe", "--hidden"))
    run_key.switch(on=True)
    assert registry.values["WriteTex"] == r'"C:\Program Files\WriteTex\writetex-desktop.exe" --hidden'
    run_key.switch(on=False)
    assert list(registry.values) == ["OneDrive"]


def test_a_path_too_long_for_the_run_key_is_told() -> None:
    with pytest.raises(StorageError, match="too long"):
        RunKey(MemoryRegistry(), ("C:\\" + "x" * 300,)).switch(on=True)


def test_a_registry_that_refuses_is_told() -> None:
    class Refusing(MemoryRegistry):
        def write(self, name: str, value: str) -> None:
            raise PermissionError(name, value)

    with pytest.raises(StorageError, match="did not take"):
        RunKey(Refusing(), ("x",)).switch(on=True)


def test_what_starts_the_program_exists() -> None:
    assert os.access(own_command()[0], os.X_OK)
    assert exec_line(("/usr/bin/a-b_c",)) == "/usr/bin/a-b_c"
