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

from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier, format_hotkey
from writetex_desktop.core.desktop.snip_wish import SNIP, SnipWish
from writetex_desktop.core.language.words import tr


@dataclass(frozen=True, slots=True)
class DesktopShortcut:
    """A shortcut of the desktop itself, which runs a command.

    Attributes:
        action: What it is for.
        command: The words of the command.
    """

    action: HotkeyAction
    command: tuple[str, ...]


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
_GNOME_PATHS: Final = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings"
GNOME_SCHEMA: Final = "org.gnome.settings-daemon.plugins.media-keys"


def snip_command(wish: SnipWish) -> tuple[str, ...]:
    """Give the words of the command that a hotkey stands for; none of them needs quotes."""
    if wish.writes:
        return ("writetex", "write")
    words = ["writetex", "snip"]
    words += ["--repeat"] if wish.repeat else []
    words += ["--profile", wish.profile] if wish.profile else []
    words += ["--mode", wish.mode] if wish.mode else []
    return tuple(words)


def gnome_path(action: str) -> str:
    """Give the place of a custom shortcut of ours in GNOME's settings."""
    return f"{_GNOME_PATHS}/{'writetex' if action == SNIP.id else f'writetex-{action}'}/"


def gtk_accelerator(hotkey: Hotkey, keysym: str) -> str:
    """Write a combination as GTK does, such as `<Control><Super>m`."""
    return "".join(_names(hotkey, _GTK_MODIFIERS)) + keysym


def xfce_property(hotkey: Hotkey, keysym: str) -> str:
    """Give the property in which Xfce keeps the command of a combination."""
    return f"/commands/custom/{gtk_accelerator(hotkey, keysym)}"


def binding_for(desktop: tuple[str, ...], hotkey: Hotkey, keysym: str, wish: SnipWish = SNIP) -> Binding:
    """Give what to paste for a desktop.

    Args:
        desktop: Its names in lower case, as in `XDG_CURRENT_DESKTOP`, the most special first.
        hotkey: The hotkey.
        keysym: X11's name of its key, such as `m` or `Print`.
        wish: What it asks for.
    """
    command = " ".join(snip_command(wish))
    for name in desktop:
        match name:
            case "sway" | "i3":
                keys = "+".join([*_names(hotkey, _WLROOTS_MODIFIERS), keysym])
                place = tr(
                    "Add this line to ~/.config/{name}/config and reload with `{name}msg reload`.", name=name
                )
                return Binding(name, place, f"bindsym {keys} exec {command}")
            case "hyprland":
                keys = " ".join(_names(hotkey, _HYPRLAND_MODIFIERS))
                return Binding(
                    "Hyprland",
                    tr("Add this line to ~/.config/hypr/hyprland.conf."),
                    f"bind = {keys}, {keysym}, exec, {command}",
                )
            case "gnome" | "unity" | "budgie":
                return Binding("GNOME", tr("Run this in a terminal."), _gnome(hotkey, keysym, wish))
            case "kde":
                return Binding(
                    "KDE",
                    tr(
                        "Open System Settings, Shortcuts, Add New, Command; paste this and press {hotkey}.",
                        hotkey=format_hotkey(hotkey),
                    ),
                    command,
                )
            case "xfce":
                path = xfce_property(hotkey, keysym)
                line = f"xfconf-query -c xfce4-keyboard-shortcuts -n -t string -p '{path}' -s '{command}'"
                return Binding("Xfce", tr("Run this in a terminal."), line)
            case _:
                continue
    place = tr(
        "In the keyboard settings of the desktop, bind this command to {hotkey}.",
        hotkey=format_hotkey(hotkey),
    )
    return Binding(tr("this desktop"), place, command)


def _names(hotkey: Hotkey, names: Mapping[Modifier, str]) -> list[str]:
    return [names[each] for each in Modifier if each in hotkey.modifiers]


def _gnome(hotkey: Hotkey, keysym: str, wish: SnipWish) -> str:
    """Write the commands that add a custom shortcut and keep those that are there."""
    keys = gtk_accelerator(hotkey, keysym)
    path = gnome_path(wish.id)
    own = f"{GNOME_SCHEMA}.custom-keybinding:{path}"
    listed = f"gsettings get {GNOME_SCHEMA} custom-keybindings"
    added = (
        f'gsettings set {GNOME_SCHEMA} custom-keybindings "$({listed} | '
        f'sed -e "s|^@as ||" -e "s|\'{path}\'||" -e "s|, *]|]|" '
        f'-e "s|]$|, \'{path}\']|" -e "s|\\[, |[|")"'
    )
    return " && ".join(
        [
            f"gsettings set {own} name 'WriteTex: {wish.id}'",
            f"gsettings set {own} command '{' '.join(snip_command(wish))}'",
            f"gsettings set {own} binding '{keys}'",
            added,
        ]
    )
