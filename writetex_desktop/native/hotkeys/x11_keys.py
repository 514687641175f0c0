"""Key names of `core.desktop.hotkey` as X11 key symbols, and the modifier bits of a keyboard.

The names of the symbols are those of X11's keysymdef.h
(https://www.x.org/releases/current/doc/xproto/x11protocol.html#keysym_encoding), the bits are counted in
"Keyboards and Pointers" there: Shift 1, Lock 2, Control 4, Mod1 8 up to Mod5 128.
"""

from collections.abc import Mapping, Sequence

from writetex_desktop.core.desktop.hotkey import Modifier

SHIFT_MASK, LOCK_MASK, CONTROL_MASK = 1, 2, 4

_NAMED_KEYSYMS: Mapping[str, str] = {
    "Enter": "Return",
    "Backspace": "BackSpace",
    "Space": "space",
    "Esc": "Escape",
    "PageUp": "Prior",
    "PageDown": "Next",
    "ScrollLock": "Scroll_Lock",
    "PrintScreen": "Print",
    "Minus": "minus",
    "Equal": "equal",
    "Comma": "comma",
    "Period": "period",
    "Slash": "slash",
    "Backslash": "backslash",
    "Semicolon": "semicolon",
    "Apostrophe": "apostrophe",
    "Backquote": "grave",
    "BracketLeft": "bracketleft",
    "BracketRight": "bracketright",
}
"""Where X11 has another name than we; the others are the same (`F5`, `Home`, `Insert`, `Tab`, ...)."""

_MODIFIER_KEYSYMS: Mapping[Modifier, tuple[str, ...]] = {
    Modifier.ALT: ("Alt_L", "Alt_R"),
    Modifier.SUPER: ("Super_L", "Super_R"),
}


def keysym_name(key: str) -> str:
    """Give the key symbol's name for a `Hotkey.key`; a letter stands for its key, so it is lower case."""
    if len(key) == 1:
        return key.lower()
    return _NAMED_KEYSYMS.get(key, key)


def modifier_masks(
    modifier_map: Sequence[Sequence[int]], keycodes: Mapping[str, frozenset[int]]
) -> Mapping[Modifier, int]:
    """Find which bit each modifier has on this keyboard.

    Args:
        modifier_map: For each of the eight bits, Shift first, the key codes that set it.
        keycodes: The key codes that have a symbol, by the symbol's name.

    Returns:
        The mask of each modifier that the keyboard has.
    """
    found = {Modifier.CTRL: CONTROL_MASK, Modifier.SHIFT: SHIFT_MASK}
    for modifier, names in _MODIFIER_KEYSYMS.items():
        codes = frozenset(code for name in names for code in keycodes.get(name, ()))
        mask = mask_of(modifier_map, codes)
        if mask:
            found[modifier] = mask
    return found


def mask_of(modifier_map: Sequence[Sequence[int]], codes: frozenset[int]) -> int:
    """Give the first bit that one of these keys sets, as a mask; 0 when none does."""
    for bit, setters in enumerate(modifier_map):
        if codes.intersection(setters) - {0}:
            return 1 << bit
    return 0


def _places() -> dict[str, int]:
    rows = {10: "1234567890", 24: "qwertyuiop", 38: "asdfghjkl", 52: "zxcvbnm"}
    beside = {20: "minus equal", 34: "bracketleft bracketright", 47: "semicolon apostrophe grave"}
    last = {51: "backslash", 59: "comma period slash"}
    signs = {first: names.split() for first, names in {**beside, **last}.items()}
    keys = {**rows, **signs}
    return {name: first + at for first, row in keys.items() for at, name in enumerate(row)}


PLACES = _places()
"""Key codes of letters, digits and signs by their place on a keyboard of the United States: eight more than
the kernel's (https://github.com/torvalds/linux/blob/master/include/uapi/linux/input-event-codes.h)."""
