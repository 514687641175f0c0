"""What is tried with windows on a screen: the window, a snip of a drawn sample, the clipboard."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent, QPixmap, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.backends import make_screen_grabber, window_lifter
from writetex_desktop.composition.clipboard import make_clipboard
from writetex_desktop.composition.selftest.reading import SAMPLE, read_offline, sample_truth
from writetex_desktop.composition.selftest.report import AbsentError
from writetex_desktop.core.desktop.clipboard_content import ClipboardContent
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.image import Selection, crop, is_black
from writetex_desktop.native.session import Session
from writetex_desktop.ui.overlay.snipper import Snipper
from writetex_desktop.ui.overlay.window import OverlayWindow
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions

PATIENCE_S: Final = 20.0
"""How long a window may take to appear, or the overlay to be painted, on a machine that is busy."""

_MARGIN: Final = 12
"""Logical pixels of white round the drawn sample."""

_SETTLED_S: Final = 0.3
"""After its first picture a window may still be moved or faded in by the desktop."""


async def window() -> str:
    """Show the window of the program."""
    app = QApplication.instance()
    shown = MainWindow(Actions(app))
    try:
        await _show(shown)
        picture = shown.grab()
        colours = {picture.toImage().pixel(x, 20) for x in range(0, picture.width(), 3)}
        if len(colours) == 1:
            raise AssertionError("the window is empty")
        return f"{shown.width()} x {shown.height()} on {QGuiApplication.platformName()}"
    finally:
        shown.hide()
        shown.deleteLater()


async def snip(session: Session) -> str:
    """Draw the sample on the screen, freeze, drag a box round it, and read what was cut out."""
    sample = _drawn_sample()
    grabber = make_screen_grabber(session, _unheard)
    snipper = Snipper(window_lifter(session))
    try:
        await _show(sample)
        await asyncio.sleep(_SETTLED_S)
        await grabber.warm()
        frames = await grabber.grab()
        if all(is_black(frame.bitmap) for frame in frames):
            raise AssertionError("the picture of the screen is black")
        corner, size = sample.mapToGlobal(sample.rect().topLeft()), sample.size()
        chosen = asyncio.create_task(snipper.select(frames))
        painted = asyncio.Event()
        snipper.painted.connect(painted.set)
        await asyncio.wait_for(painted.wait(), PATIENCE_S)
        _drag(QPointF(corner), QPointF(corner.x() + size.width() - 1, corner.y() + size.height() - 1))
        selection = await asyncio.wait_for(chosen, PATIENCE_S)
    finally:
        snipper.close()
        grabber.close()
        sample.close()
        sample.deleteLater()
    return await _read(selection)


async def clipboard(session: Session) -> str:
    """Copy a formula and a picture of it, and read both back; then leave the clipboard as it was."""
    kept = make_clipboard(session).kept
    before = await _before(kept.read)
    text = sample_truth()
    content = ClipboardContent(text, {"image/png": (resource_dir() / "samples" / SAMPLE).read_bytes()})
    await kept.copy(content)
    read = await kept.read()
    if before is not None:
        await kept.copy(before)
    if read.text != text:
        raise AssertionError("the clipboard does not hold what was copied")
    return f"text and {len(read.flavours)} other forms"


async def _read(selection: Selection | None) -> str:
    if selection is None:
        raise AssertionError("the overlay was left without a selection")
    picture = crop(selection.frame.bitmap, selection.region)
    where = f"{picture.width} x {picture.height} pixels"
    try:
        read = await read_offline(picture)
    except AbsentError:
        return where
    if canonicalize(read) != canonicalize(sample_truth()):
        raise AssertionError(f"{where} were read as {read}")
    return f"{where}, read as {read}"


async def _before(read: Callable[[], Awaitable[ClipboardContent]]) -> ClipboardContent | None:
    try:
        found = await read()
    except ClipboardError:
        return None
    return found if found.text or found.flavours else None


def _drawn_sample() -> QLabel:
    """Make a window that shows the sample as a program would: its own size in the dots of the screen."""
    picture = QPixmap.fromImage(QImage(str(resource_dir() / "samples" / SAMPLE)))
    scale = QGuiApplication.primaryScreen().devicePixelRatio()
    picture.setDevicePixelRatio(scale)
    flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
    label = QLabel(None, flags)
    label.setPixmap(picture)
    label.setStyleSheet("background: white")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    wide, high = picture.width() / scale, picture.height() / scale
    label.setFixedSize(math.ceil(wide) + 2 * _MARGIN, math.ceil(high) + 2 * _MARGIN)
    room = QGuiApplication.primaryScreen().availableGeometry()
    label.move(room.center() - label.rect().center())
    return label


def _drag(start: QPointF, end: QPointF) -> None:
    """Give the overlay the mouse's events, as Qt would; nothing of the system's pointer is moved."""
    overlay = next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, OverlayWindow) and each.isVisible() and each.geometry().contains(start.toPoint())
    )
    origin = QPointF(overlay.geometry().topLeft())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, (start + end) / 2, none, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    )
    for kind, place, button, held in steps:
        event = QMouseEvent(kind, place - origin, place, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(overlay, event)


class _Exposure(QObject):
    """Tells when a window is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.happened = asyncio.Event()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See `QObject.eventFilter`."""
        if event.type() == QEvent.Type.Expose and isinstance(watched, QWindow) and watched.isExposed():
            self.happened.set()
        return False


async def _show(widget: QWidget) -> None:
    """Show a window and wait until it is on the screen; raises `TimeoutError` with a sentence."""
    widget.winId()
    exposure = _Exposure()
    widget.windowHandle().installEventFilter(exposure)
    widget.show()
    try:
        await asyncio.wait_for(exposure.happened.wait(), PATIENCE_S)
    except TimeoutError as error:
        raise TimeoutError("A window did not appear on the screen.") from error


def _unheard(_notice: Notice) -> None:
    """What the choice of a way to the screen has to say is in the doctor's report."""
