"""Key combinations: one value, its text and back, and the default of each platform."""

from dataclasses import dataclass
from enum import StrEnum


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


def default_hotkey(platform: str) -> Hotkey:
    """Give the hotkey that snips unless the user chose another (docs/adr/0002 has the reasons).

    Args:
        platform: As in `sys.platform`.
    """
    if platform == "win32":
        return Hotkey("M", frozenset({Modifier.ALT, Modifier.SHIFT}))
    return Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
