"""What kind of window the overlay is, on each platform of Qt."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt

_EVERYWHERE: Final = (
    Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
)


@dataclass(frozen=True, slots=True)
class OverlayKind:
    """How a window covers a screen.

    Attributes:
        flags: What Qt makes of it.
        grabs: Whether keyboard and mouse must be grabbed, because the window gets no focus by itself.
        full_screen: Whether it is shown as a full screen, which covers every device pixel whatever the scale;
            else it is put where the screen is.
    """

    flags: Qt.WindowType = _EVERYWHERE
    grabs: bool = False
    full_screen: bool = True


def overlay_kind(platform_name: str) -> OverlayKind:
    """Choose the kind of window.

    * X11: past the window manager. A managed window would lie below menus, docks and tooltips.
    * macOS: no full screen, which would slide into a Space of its own. `Snipper` has it lifted above the menu
      bar, and it is shown although the program is not the active one.
    * Windows: a topmost full screen without a button in the task bar. Windows lets a program take the
      foreground that has received the last input, which the press of its hotkey is; a second start hands that
      right on.
    * Wayland: a full screen; the compositor decides the rest.

    Args:
        platform_name: As `QGuiApplication.platformName()` gives.
    """
    match platform_name:
        case "xcb":
            return OverlayKind(
                _EVERYWHERE | Qt.WindowType.BypassWindowManagerHint, grabs=True, full_screen=False
            )
        case "cocoa":
            return OverlayKind(full_screen=False)
        case _:
            return OverlayKind()
