"""What to paste where programs can have no hotkey."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from writetex_desktop.core.desktop.binding import binding_for
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier

HOTKEY = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))


@pytest.mark.parametrize(
    ("desktop", "line"),
    [
        (("sway",), "bindsym Ctrl+Mod4+m exec writetex snip"),
        (("i3",), "bindsym Ctrl+Mod4+m exec writetex snip"),
        (("hyprland",), "bind = CTRL SUPER, m, exec, writetex snip"),
        (("kde",), "writetex snip"),
        (("lxqt",), "writetex snip"),
        ((), "writetex snip"),
        (
            ("xfce",),
            (
                "xfconf-query -c xfce4-keyboard-shortcuts -n -t string"
                " -p '/commands/custom/<Control><Super>m' -s 'writetex snip'"
            ),
        ),
    ],
)
def test_each_desktop_has_its_line(desktop: tuple[str, ...], line: str) -> None:
    binding = binding_for(desktop, HOTKEY, "m")
    assert binding.line == line
    assert binding.place.endswith(".")


def test_gnome_is_known_by_any_of_its_names_and_its_line_is_one_for_a_shell() -> None:
    binding = binding_for(("ubuntu", "gnome"), HOTKEY, "m")
    assert binding.desktop == "GNOME"
    assert "\n" not in binding.line
    words = shlex.split(binding.line)
    assert "<Control><Super>m" in words
    assert "writetex snip" in words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@as []", "['{own}']"),
        ("['/a/']", "['/a/', '{own}']"),
        ("['/a/', '/b/']", "['/a/', '/b/', '{own}']"),
        ("['/a/', '{own}']", "['/a/', '{own}']"),
        ("['{own}']", "['{own}']"),
    ],
)
def test_the_other_shortcuts_of_gnome_are_kept_when_the_line_is_run(
    tmp_path: Path, before: str, after: str
) -> None:
    own = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/writetex/"
    tool = tmp_path / "gsettings"
    written = tmp_path / "written"
    tool.write_text(
        f"""#!/bin/sh
case "$1 $3" in
    "get custom-keybindings") echo "{before.format(own=own)}" ;;
    "set custom-keybindings") echo "$4" > {written} ;;
esac
"""
    )
    tool.chmod(0o755)
    line = binding_for(("gnome",), HOTKEY, "m").line
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["/bin/sh", "-c", line], env=environment, check=True)
    assert written.read_text().strip() == after.format(own=own)
