"""Our line icons, in the colour of the text they stand beside."""

from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from writetex_desktop.core.formats.drawing.formula import INK
from writetex_desktop.ui.toolkit.resources import resource_path

_SIZES = (16, 20)
"""What buttons, menus and our tool bar ask for, in logical pixels."""

_TRAY_SIZES_PX = (16, 22, 24, 32, 48)
"""What panels ask for, in device pixels."""

_APP_SIZES_PX = (16, 32, 48, 64, 128)


class IconName(StrEnum):
    """The icons of `resources/icons`; the values are the file names."""

    PIN = "pin"
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
    DROP = "drop"
    EYE = "eye"
    CHECK = "check"
    MODE_AUTO = "mode-auto"
    MODE_FORMULA = "mode-formula"
    MODE_TEXT = "mode-text"
    MODE_TABLE = "mode-table"
    MODE_TIKZ = "mode-tikz"
    MODE_CHEMISTRY = "mode-chemistry"
    MODE_HANDWRITING = "mode-handwriting"
    HINT = "hint"
    TIDY = "tidy"
    PREVIOUS = "previous"
    NEXT = "next"
    WRAP = "wrap"
    HISTORY = "history"
    STAR = "star"
    STAR_FULL = "star-full"
    TAG = "tag"
    DELETE = "delete"
    PRIVATE = "private"
    OFFLINE = "offline"
    MORE = "more"
    BATCH = "batch"
    START = "start"
    PAUSE = "pause"
    EXPORT = "export"
    WAITING = "waiting"
    WORKING = "working"
    UNDO = "undo"
    HELP = "help"
    DOCUMENT = "document"
    PAD = "pad"
    PEN = "pen"
    RUBBER = "rubber"
    LASSO = "lasso"
    REDO = "redo"
    RULES = "rules"
    DARK = "dark"
    SYMBOL = "symbol"
    SAVE = "save"
    INSERT = "insert"
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
    # Styles make the grey form for disabled actions by themselves.
    ink = colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
    scale = QGuiApplication.primaryScreen().devicePixelRatio()
    return _icon(_tinted(_source(name), ink), tuple(round(size * scale) for size in _SIZES))


def pixmap(name: IconName, colour: QColor, size: int, scale: float) -> QPixmap:
    """Draw one icon once.

    Args:
        name: Which one.
        colour: The colour of its lines.
        size: Its side, in logical pixels.
        scale: Device pixels per logical pixel.
    """
    drawn = _drawn(QSvgRenderer(_tinted(_source(name), colour)), round(size * scale))
    drawn.setDevicePixelRatio(scale)
    return drawn


def tray_icon(name: IconName, colour: QColor) -> QIcon:
    """Draw an icon for a panel, whose colour is not the window's."""
    return _icon(_tinted(_source(name), colour), _TRAY_SIZES_PX)


def app_icon() -> QIcon:
    """Draw the program's own icon, in its own colours."""
    return _icon(QByteArray(resource_path("icons", "writetex.svg").read_bytes()), _APP_SIZES_PX)


def _source(name: IconName) -> bytes:
    return resource_path("icons", f"{name.value}.svg").read_bytes()


def _tinted(svg: bytes, colour: QColor) -> QByteArray:
    return QByteArray(svg.replace(INK.encode(), colour.name(QColor.NameFormat.HexRgb).encode()))


def _icon(svg: QByteArray, sizes_px: tuple[int, ...]) -> QIcon:
    renderer = QSvgRenderer(svg)
    drawn = QIcon()
    for size in sizes_px:
        drawn.addPixmap(_drawn(renderer, size))
    return drawn


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    drawn = QPixmap(QSize(size, size))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
