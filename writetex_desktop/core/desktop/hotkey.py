"""Key combinations: one value, its text and back, what speaks against one, and each platform's default."""

import re
from dataclasses import dataclass
from enum import StrEnum

from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr


class Modifier(StrEnum):
    """A modifier key, in the order in which people write them."""

    CTRL = "Ctrl"
    SUPER = "Super"
    """The Windows key on Windows, Command on macOS."""
    ALT = "Alt"
    SHIFT = "Shift"


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key with its modifiers.

    Attributes:
        key: `A` to `Z`, `0` to `9`, `F1` to `F24`, or a name of the table in this module such as `Space`.
        modifiers: The modifiers held.
    """

    key: str
    modifiers: frozenset[Modifier]


@dataclass(frozen=True, slots=True)
class HotkeyAction:
    """What a hotkey is for.

    Attributes:
        id: A stable name, by which desktops remember the combination.
        description: What the desktop and the user call it.
    """

    id: str
    description: str


NAMED_KEYS: tuple[str, ...] = (
    "Space", "Enter", "Tab", "Backspace", "Esc", "Insert", "Delete", "Home", "End", "PageUp",
    "PageDown", "Up", "Down", "Left", "Right", "PrintScreen", "ScrollLock", "Pause", "Minus", "Equal",
    "Comma", "Period", "Slash", "Backslash", "Semicolon", "Apostrophe", "Backquote", "BracketLeft",
    "BracketRight",
)  # fmt: skip
"""Keys with a name of their own; backends have the table to their system's codes."""

_MODIFIER_NAMES: dict[str, Modifier] = {
    **dict.fromkeys(("ctrl", "control", "ctl", "strg", "⌃"), Modifier.CTRL),
    **dict.fromkeys(("super", "win", "windows", "meta", "cmd", "command", "⌘"), Modifier.SUPER),
    **dict.fromkeys(("alt", "option", "opt", "⌥"), Modifier.ALT),
    **dict.fromkeys(("shift", "⇧", "umschalt"), Modifier.SHIFT),
}

_KEY_NAMES: dict[str, str] = {
    **{name.lower(): name for name in NAMED_KEYS},
    **dict.fromkeys(("return",), "Enter"),
    **dict.fromkeys(("escape",), "Esc"),
    **dict.fromkeys(("ins",), "Insert"),
    **dict.fromkeys(("del",), "Delete"),
    **dict.fromkeys(("pgup", "prior"), "PageUp"),
    **dict.fromkeys(("pgdn", "pgdown", "next"), "PageDown"),
    **dict.fromkeys(("print", "prtsc", "prtscr", "prntscrn", "sysreq"), "PrintScreen"),
    **dict.fromkeys(("break",), "Pause"),
    **dict.fromkeys(("quote", "'"), "Apostrophe"),
    **dict.fromkeys(("grave", "backtick", "`"), "Backquote"),
    **dict.fromkeys(("-",), "Minus"),
    **dict.fromkeys(("=",), "Equal"),
    **dict.fromkeys((",",), "Comma"),
    **dict.fromkeys((".",), "Period"),
    **dict.fromkeys(("/",), "Slash"),
    **dict.fromkeys(("\\",), "Backslash"),
    **dict.fromkeys((";",), "Semicolon"),
    **dict.fromkeys(("[",), "BracketLeft"),
    **dict.fromkeys(("]",), "BracketRight"),
}
_PLAIN_KEY = re.compile(r"[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])")
_SYMBOLS = re.compile("[⌃⌘⌥⇧]")

_CTRL_ALT = frozenset((Modifier.CTRL, Modifier.ALT))
_CTRL = frozenset((Modifier.CTRL,))
_SUPER = frozenset((Modifier.SUPER,))
_ALT = frozenset((Modifier.ALT,))
_SHIFT = frozenset((Modifier.SHIFT,))


def default_hotkey(platform: str) -> Hotkey:
    """Give the hotkey that snips unless the user chose another (docs/adr/0002 has the reasons).

    Args:
        platform: As in `sys.platform`.
    """
    if platform == "win32":
        return Hotkey("M", _ALT | _SHIFT)
    return Hotkey("M", _CTRL | _SUPER)


def parse_hotkey(text: str) -> Hotkey:
    """Read a hotkey from text, in any order and case, under any of its modifiers' names.

    Args:
        text: Names joined by `+`, `-` or blanks, such as `Ctrl+Alt+M`, `cmd shift 5` or `⌘⇧5`.

    Raises:
        HotkeyError: It names no key, more than one, or one that we have no name for.
    """
    spread = _SYMBOLS.sub(lambda found: f"{found[0]}+", text.strip())
    # The last sign may be the key itself, as in `Ctrl+-`.
    body, last = (
        (spread[:-1], [spread[-1]]) if spread[-1:] in {"-", "+"} and len(spread) > 1 else (spread, [])
    )
    names = [name for name in re.split(r"\s*\+\s*|\s+|(?<=\w)-", body) if name] + last
    modifiers = frozenset(_MODIFIER_NAMES[name.lower()] for name in names if name.lower() in _MODIFIER_NAMES)
    keys = [name for name in names if name.lower() not in _MODIFIER_NAMES]
    match keys:
        case []:
            raise _unreadable(tr("The hotkey has no key beside its modifiers."))
        case [name]:
            return Hotkey(_key(name), modifiers)
        case _:
            raise _unreadable(tr("The hotkey names more than one key."))


def format_hotkey(hotkey: Hotkey) -> str:
    """Write a hotkey as `Ctrl+Super+M`; `parse_hotkey` reads it back."""
    return "+".join([*(each.value for each in Modifier if each in hotkey.modifiers), hotkey.key])


def check_hotkey(hotkey: Hotkey, platform: str) -> str | None:
    """Say what may go wrong with a hotkey: who else uses it, or what can no longer be typed.

    Args:
        hotkey: The hotkey.
        platform: As in `sys.platform`.

    Returns:
        One sentence, or None if nothing speaks against it. The system itself still has the last word.
    """
    modifiers = hotkey.modifiers
    printable = len(hotkey.key) == 1 or hotkey.key in NAMED_KEYS[:5] + NAMED_KEYS[18:]
    everywhere = (
        (
            printable and modifiers <= _SHIFT,
            tr("Without Ctrl, Alt or Super this key can no longer be typed."),
        ),
        (hotkey.key == "PrintScreen", tr("The desktop's own screenshots use PrintScreen.")),
        (hotkey.key == "Esc", tr("Esc cancels things in every program.")),
        (
            modifiers == _CTRL and printable,
            tr("Programs use Ctrl with a single key, for copying and the like."),
        ),
        (
            modifiers == _CTRL | _SHIFT and hotkey.key in set("CVZTNPSI"),
            tr("Browsers, terminals and editors use this combination."),
        ),
        (modifiers == _ALT and (printable or hotkey.key == "F4"), tr("Programs use Alt for their menus.")),
    )
    if warning := next((sentence for holds, sentence in everywhere if holds), None):
        return warning
    match platform:
        case "win32":
            return _check_windows(hotkey)
        case "darwin":
            return _check_macos(hotkey, printable=printable)
        case _:
            return _check_linux(hotkey)


def _check_windows(hotkey: Hotkey) -> str | None:
    if hotkey.modifiers >= _CTRL_ALT:
        return tr("Ctrl+Alt is AltGr on Windows: some keyboards type a character with this combination.")
    if hotkey.key == "F12":
        return tr("Windows keeps F12 for debuggers.")
    if hotkey.modifiers == _SUPER or hotkey.modifiers == _SUPER | _SHIFT:
        return tr("Windows keeps most combinations with the Windows key for itself.")
    return None


def _check_macos(hotkey: Hotkey, *, printable: bool) -> str | None:
    if not hotkey.modifiers & (_CTRL | _SUPER) and printable:
        return tr("Without Command or Control this combination types a character, and macOS may refuse it.")
    if hotkey.modifiers == _SUPER and printable:
        return tr("Programs use Command with a single key for their own commands.")
    if hotkey.modifiers == _SUPER | _SHIFT and hotkey.key in {"3", "4", "5", "6"}:
        return tr("The screenshots of macOS use this combination.")
    if hotkey.modifiers == _SUPER | _CTRL and hotkey.key in {"Q", "F", "D", "Space"}:
        return tr("macOS uses this combination for locking, full screen, the dictionary or emoji.")
    return None


def _check_linux(hotkey: Hotkey) -> str | None:
    if hotkey.modifiers == _CTRL_ALT and hotkey.key in {"L", "T", "D", "Delete", "Backspace", "Tab"}:
        return tr("Desktops use this combination for locking the screen, a terminal or leaving the session.")
    if hotkey.modifiers == _CTRL_ALT and (
        re.fullmatch(r"F\d+", hotkey.key) or hotkey.key in NAMED_KEYS[11:15]
    ):
        return tr("Ctrl+Alt with this key changes the console or the workspace.")
    if hotkey.modifiers == _SUPER:
        return tr("Desktops use Super with a single key for windows and workspaces.")
    if hotkey.modifiers == frozenset((Modifier.SUPER, Modifier.CTRL)) and hotkey.key in NAMED_KEYS[11:15]:
        return tr("Desktops use this combination for windows and workspaces.")
    return None


def _key(name: str) -> str:
    key = _KEY_NAMES.get(name.lower(), name.upper())
    if key not in NAMED_KEYS and not _PLAIN_KEY.fullmatch(key):
        raise _unreadable(tr("The hotkey names a key that is not known."))
    return key


def _unreadable(message: str) -> HotkeyError:
    return HotkeyError(
        message,
        Remedy(
            tr("Press a combination in the hotkey field, such as Ctrl+Super+M."),
            RemedyAction.OPEN_SNIPPING_SETTINGS,
        ),
    )
