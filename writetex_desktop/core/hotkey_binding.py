"""How to bind `writetex snip` to a key in the desktop itself, where programs can have no global hotkey.

Each desktop has one line to paste, or one command to run:

* sway and i3: https://man.archlinux.org/man/sway.5, https://i3wm.org/docs/userguide.html#keybindings
* Hyprland: https://wiki.hypr.land/Configuring/Binds/
* GNOME: https://help.gnome.org/admin/system-admin-guide/stable/keyboard-custom-shortcuts.html.en
* KDE: System Settings, Shortcuts, Add New, Command (there is no stable command for it)
* Xfce: https://docs.xfce.org/xfce/xfce4-settings/keyboard
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.hotkey import Hotkey, Modifier, format_hotkey

COMMAND: Final = "writetex snip"


@dataclass(frozen=True, slots=True)
class Binding:
    """What to paste, and where.

    Attributes:
        desktop: The desktop's name, as people write it.
        place: Where it belongs: a sentence.
        line: What to paste or run; the command alone where the desktop has only a dialog.
    """

    desktop: str
    place: str
    line: str


_WLROOTS_MODIFIERS: Final[Mapping[Modifier, str]] = {
    Modifier.CTRL: "Ctrl",
    Modifier.SUPER: "Mod4",
    Modifier.ALT: "Mod1",
    Modifier.SHIFT: "Shift",
}
_HYPRLAND_MODIFIERS: Final[Mapping[Modifier, str]] = {
    Modifier.CTRL: "CTRL",
    Modifier.SUPER: "SUPER",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
}
_GTK_MODIFIERS: Final[Mapping[Modifier, str]] = {
    Modifier.CTRL: "<Control>",
    Modifier.SUPER: "<Super>",
    Modifier.ALT: "<Alt>",
    Modifier.SHIFT: "<Shift>",
}
_GNOME_PATH: Final = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/writetex/"
_GNOME_SCHEMA: Final = "org.gnome.settings-daemon.plugins.media-keys"


def binding_for(desktop: tuple[str, ...], hotkey: Hotkey, keysym: str) -> Binding:
    """Give what to paste for a desktop.

    Args:
        desktop: Its names in lower case, as in `XDG_CURRENT_DESKTOP`, the most special first.
        hotkey: The hotkey.
        keysym: X11's name of its key, such as `m` or `Print`.
    """
    for name in desktop:
        match name:
            case "sway" | "i3":
                keys = "+".join([*_names(hotkey, _WLROOTS_MODIFIERS), keysym])
                place = f"Add this line to ~/.config/{name}/config and reload with `{name}msg reload`."
                return Binding(name, place, f"bindsym {keys} exec {COMMAND}")
            case "hyprland":
                keys = " ".join(_names(hotkey, _HYPRLAND_MODIFIERS))
                return Binding(
                    "Hyprland",
                    "Add this line to ~/.config/hypr/hyprland.conf.",
                    f"bind = {keys}, {keysym}, exec, {COMMAND}",
                )
            case "gnome" | "unity" | "budgie":
                return Binding("GNOME", "Run this in a terminal.", _gnome(hotkey, keysym))
            case "kde":
                return Binding(
                    "KDE",
                    "Open System Settings, Shortcuts, Add New, Command; paste this and press "
                    f"{format_hotkey(hotkey)}.",
                    COMMAND,
                )
            case "xfce":
                path = f"/commands/custom/{''.join(_names(hotkey, _GTK_MODIFIERS))}{keysym}"
                line = f"xfconf-query -c xfce4-keyboard-shortcuts -n -t string -p '{path}' -s '{COMMAND}'"
                return Binding("Xfce", "Run this in a terminal.", line)
            case _:
                continue
    place = f"In the keyboard settings of the desktop, bind this command to {format_hotkey(hotkey)}."
    return Binding("this desktop", place, COMMAND)


def _names(hotkey: Hotkey, names: Mapping[Modifier, str]) -> list[str]:
    return [names[each] for each in Modifier if each in hotkey.modifiers]


def _gnome(hotkey: Hotkey, keysym: str) -> str:
    """Write the commands that add a custom shortcut and keep those that are there."""
    keys = "".join(_names(hotkey, _GTK_MODIFIERS)) + keysym
    own = f"{_GNOME_SCHEMA}.custom-keybinding:{_GNOME_PATH}"
    listed = f"gsettings get {_GNOME_SCHEMA} custom-keybindings"
    added = (
        f'gsettings set {_GNOME_SCHEMA} custom-keybindings "$({listed} | '
        f'sed -e "s|^@as ||" -e "s|\'{_GNOME_PATH}\'||" -e "s|, *]|]|" '
        f'-e "s|]$|, \'{_GNOME_PATH}\']|" -e "s|\\[, |[|")"'
    )
    return " && ".join(
        [
            f"gsettings set {own} name 'WriteTex: snip'",
            f"gsettings set {own} command '{COMMAND}'",
            f"gsettings set {own} binding '{keys}'",
            added,
        ]
    )
