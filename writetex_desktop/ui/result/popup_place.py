"""Where the popup of a snip stands."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen

from writetex_desktop.core.pictures.image import Place

GAP: Final = 8
"""Between the snip and the popup, in logical pixels."""


def place(region: QRect, room: QRect, size: QSize) -> QPoint:
    """Find the place of the popup: below the region, else above it, always on the screen.

    Args:
        region: What was snipped, in logical pixels of the desktop.
        room: The part of that screen that windows may cover.
        size: Of the popup.

    Returns:
        Its left top corner.
    """
    below, above = region.bottom() + GAP, region.top() - GAP - size.height()
    y = below if below + size.height() <= room.bottom() or above < room.top() else above
    return QPoint(
        max(room.left(), min(region.left(), room.right() - size.width())),
        max(room.top(), min(y, room.bottom() - size.height())),
    )


def screen_of(origin: Place) -> QScreen:
    """Find the screen of a snip; the first where it is no more."""
    name = origin.screen.name
    return next(
        (screen for screen in QGuiApplication.screens() if screen.name() == name),
        QGuiApplication.primaryScreen(),
    )


def region_of(origin: Place, screen: QScreen) -> QRect:
    """Map the device pixels of a place to logical pixels of the desktop."""
    scale, region = origin.screen.scale, origin.region
    corner = screen.geometry().topLeft()
    return QRect(
        corner.x() + round(region.x / scale),
        corner.y() + round(region.y / scale),
        round(region.width / scale),
        round(region.height / scale),
    )
