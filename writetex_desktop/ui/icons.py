"""Our line icons, in the colour of the text they stand beside."""

from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.core.formula import INK
from writetex_desktop.ui.resources import resource_path

_SIZES_PX = (16, 20, 32, 48)
"""What tool bars, menus and trays ask for at scales from 1 to 3; Qt scales down from the next larger one."""


class IconName(StrEnum):
    """The icons of `resources/icons`; the values are the file names."""

    SNIP = "snip"
    SNIP_LATER = "snip-later"
    OPEN = "open"
    PASTE = "paste"
    COPY = "copy"
    COPY_IMAGE = "copy-image"
    RETRY = "retry"
    CANCEL = "cancel"
    CLOSE = "close"
    SETTINGS = "settings"
    QUIT = "quit"
    WINDOW = "window"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    ZOOM_RESET = "zoom-reset"
    SAMPLE = "sample"
    UNDO = "undo"
    EDIT = "edit"
    DROP = "drop"
    EYE = "eye"
    CHECK = "check"
    MODE_FORMULA = "mode-formula"
    MODE_TEXT = "mode-text"
    MODE_TABLE = "mode-table"
    MODE_TIKZ = "mode-tikz"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    TRAY = "tray"
    TRAY_WORKING = "tray-working"
    TRAY_FAILED = "tray-failed"


def icon(name: IconName, palette: QPalette | None = None) -> QIcon:
    """Draw an icon in the text colour of a palette.

    An icon does not follow the palette by itself: ask for it again on `QEvent.PaletteChange`.

    Args:
        name: Which one.
        palette: Whose text colour; the application's when None.
    """
    colours = palette or QGuiApplication.palette()
    svg = _source(name)
    drawn = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        tinted = _tinted(svg, colours.color(group, QPalette.ColorRole.ButtonText))
        for size in _SIZES_PX:
            drawn.addPixmap(_drawn(tinted, size), mode)
    return drawn


def pixmap(name: IconName, colour: QColor, size: int, scale: float) -> QPixmap:
    """Draw one icon once.

    Args:
        name: Which one.
        colour: The colour of its lines.
        size: Its side, in logical pixels.
        scale: Device pixels per logical pixel.
    """
    drawn = _drawn(_tinted(_source(name), colour), round(size * scale))
    drawn.setDevicePixelRatio(scale)
    return drawn


def tray_icon(name: IconName, colour: QColor) -> QIcon:
    """Draw an icon for a panel, whose colour is not the window's."""
    svg = _tinted(_source(name), colour)
    drawn = QIcon()
    for size in (22, *_SIZES_PX):
        drawn.addPixmap(_drawn(svg, size))
    return drawn


def app_icon() -> QIcon:
    """Draw the program's own icon, in its own colours."""
    svg = resource_path("icons", "writetex.svg").read_bytes()
    drawn = QIcon()
    for size in (*_SIZES_PX, 64, 128):
        drawn.addPixmap(_drawn(svg, size))
    return drawn


def _source(name: IconName) -> bytes:
    return resource_path("icons", f"{name.value}.svg").read_bytes()


def _tinted(svg: bytes, colour: QColor) -> bytes:
    return svg.replace(INK.encode(), colour.name(QColor.NameFormat.HexRgb).encode())


def _drawn(svg: bytes, size: int) -> QPixmap:
    drawn = QPixmap(QSize(size, size))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
