"""How large a window comes up."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME: Final = QSize(16, 48)
"""Room for the frame and the title that a window manager puts round a window; nobody tells them before."""


def resize_within_screen(window: QWidget, wanted: QSize) -> None:
    """Give a window the size it would like, or what its screen has room for.

    A laptop of 1366x768 pixels at 125 % has 1093x614 logical ones; what stands at the lower edge of a window,
    such as its buttons, would be out of reach.

    Args:
        window: The window; it was not shown yet.
        wanted: In logical pixels, without frame.
    """
    window.resize(wanted.boundedTo(window.screen().availableSize() - _FRAME))
