"""One screen's part of the overlay: a window that shows a frozen frame and hands its input on."""

import math
import string
from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect, Size
from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, ScreenFrame
from writetex_desktop.ui.overlay.kind import overlay_kind
from writetex_desktop.ui.overlay.layout import Label, Magnifier, OverlayView, damaged
from writetex_desktop.ui.overlay.paint import label_font, label_size, paint_overlay
from writetex_desktop.ui.toolkit.views.announcing import Announcer

_INPUT = frozenset(
    {
        QEvent.Type.Enter,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
    }
)


class OverlayWindow(QWidget):
    """Covers one screen while a region is chosen; made early, because making a window takes 45 ms.

    Where its kind (`overlay_kind`) gets no focus, `take_input` grabs keyboard and mouse.

    Args:
        screen: The screen it covers.
        lift: Is called with the window's `winId` before it is shown, to put it above what Qt cannot.
    """

    painted = Signal()
    """The first picture since `freeze` is on its way to the screen."""

    def __init__(self, screen: QScreen, lift: Callable[[int], None]) -> None:
        self._kind = overlay_kind(QGuiApplication.platformName())
        self._lift = lift
        super().__init__(None, self._kind.flags)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Choose a region of the screen"))
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.winId()
        self.windowHandle().screenChanged.connect(self._on_screen)
        # No QScreen is kept: PySide6 6.12 may take one back while the screen is still there.
        self._screen_name = screen.name()
        self._frame: ScreenFrame | None = None
        self._image = QImage()
        self._view = OverlayView()
        self._fresh = False
        self._announcer = Announcer(self)
        self._on_input: Callable[[QEvent], None] = _nothing
        self._on_fault: Callable[[Exception], None] = _nothing
        self._on_elsewhere: Callable[[str], None] = _nothing

    def rehearse(self) -> None:
        """Paint once, off the screen: loading the font and the like makes the first picture 70 ms later."""
        scale = self._scale
        scrap = QImage(320, 160, QImage.Format.Format_RGB32)
        scrap.fill(Qt.GlobalColor.black)
        text = string.ascii_letters + string.digits + ".,:()×"
        view = OverlayView(
            hint=Label(text, Rect(0, 0, 320, 40)),
            magnifier=Magnifier(Rect(0, 40, 120, 120), 8, Rect(9, 9, 1, 1)),
        )
        painter = QPainter(scrap)
        font = label_font(self.font(), scale)
        paint_overlay(painter, scrap.copy(), view, [Rect(0, 0, 320, 160)], font=font, scale=scale)
        painter.end()
        self.measure(text)

    def freeze(
        self,
        frame: ScreenFrame,
        on_input: Callable[[QEvent], None],
        on_fault: Callable[[Exception], None],
        on_elsewhere: Callable[[str], None],
    ) -> None:
        """Show a frame, dimmed.

        Args:
            frame: The frame of this screen; it is kept until `thaw`, its pixels are not copied.
            on_input: Is called with every event of mouse and keyboard.
            on_fault: Is called with what was raised while painting or handling input, which Qt would swallow.
            on_elsewhere: Is called with a screen's name when the compositor put the window onto that screen
                and not onto the frame's.
        """
        self._take(frame)
        self._fresh = True
        self._on_input, self._on_fault, self._on_elsewhere = on_input, on_fault, on_elsewhere
        for screen in QGuiApplication.screens():
            if screen.name() == self._screen_name:
                self.setGeometry(screen.geometry())
                self.windowHandle().setScreen(screen)
        self._lift(self.winId())
        if self._kind.full_screen:
            self.showFullScreen()
        else:
            self.show()
            self.raise_()
        if not self._kind.grabs:
            self.activateWindow()

    def take_input(self) -> bool:
        """Grab keyboard and mouse, where windows need that.

        Returns:
            Whether the keyboard is ours. It is not while another program holds it, as X11 does for the
            program whose hotkey is still down. Of the mouse Qt 6.12 says that it is ours whatever the server
            answered; where nobody holds it, it is ours anyway, being over the window.
        """
        if not self._kind.grabs:
            return True
        handle = self.windowHandle()
        return handle.setMouseGrabEnabled(True) and handle.setKeyboardGrabEnabled(True)

    def thaw(self) -> None:
        """Give keyboard and mouse back, hide, and forget the frame."""
        self._on_input, self._on_fault, self._on_elsewhere = _nothing, _nothing, _nothing
        if self._kind.grabs:
            self.windowHandle().setKeyboardGrabEnabled(False)
            self.windowHandle().setMouseGrabEnabled(False)
        self._announcer.say("")
        self.hide()
        self.unsetCursor()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._image = QImage()
        self._frame = None

    def measure(self, text: str) -> Size:
        """Measure a label in device pixels."""
        scale = self._scale
        return label_size(text, label_font(self.font(), scale), scale)

    def announce(self, words: str) -> None:
        """Have a screen reader say something, when nothing else follows at once."""
        self._announcer.say(words)

    def show_view(self, view: OverlayView) -> None:
        """Show something else on the frame; only what changed is painted."""
        region = QRegion()
        bounds = Size(self._image.width(), self._image.height())
        for part in damaged(self._view, view, bounds, self._scale):
            region += _logical(part, self._scale)
        self._view = view
        self.update(region)

    def event(self, event: QEvent) -> bool:
        """Paint, or hand input on; a fault must not leave the user without keyboard and mouse."""
        try:
            if isinstance(event, QPaintEvent) and self._frame is not None:
                self._paint(event)
                return True
            if event.type() in _INPUT:
                self._on_input(event)
                return True
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut of another window of ours may take the key
                return True
        except Exception as error:  # noqa: BLE001  # Qt would print it and go on without us
            self._on_fault(error)
            return True
        return super().event(event)

    @property
    def _scale(self) -> float:
        return self._frame.screen.scale if self._frame is not None else self.devicePixelRatioF()

    def _on_screen(self, screen: QScreen | None) -> None:
        if self._frame is not None and screen is not None and screen.name() != self._frame.screen.name:
            self._on_elsewhere(screen.name())

    def show_instead(self, frame: ScreenFrame, on_input: Callable[[QEvent], None]) -> None:
        """Show the frame of the screen that the window really is on."""
        self._take(frame)
        self._on_input = on_input
        self.update()

    def _take(self, frame: ScreenFrame) -> None:
        self._frame = frame
        bitmap = frame.bitmap
        self._image = QImage(
            bitmap.data,
            bitmap.width,
            bitmap.height,
            bitmap.width * BYTES_PER_PIXEL,
            QImage.Format.Format_RGB32,
        )
        self._view = OverlayView()

    def _paint(self, event: QPaintEvent) -> None:
        scale = self._scale
        painter = QPainter(self)
        try:
            painter.scale(1 / scale, 1 / scale)
            parts = cast("Iterable[QRect]", event.region())  # PySide6's stubs do not know that it is iterable
            exposed = [_device(part, scale) for part in parts]
            font = label_font(self.font(), scale)
            paint_overlay(painter, self._image, self._view, exposed, font=font, scale=scale)
        finally:
            painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit()


def _nothing(_: object) -> None:
    """Take what nobody waits for."""


def _device(rect: QRect, scale: float) -> Rect:
    """Give the device pixels that a rectangle of logical pixels touches."""
    x, y = math.floor(rect.x() * scale), math.floor(rect.y() * scale)
    right = math.ceil((rect.x() + rect.width()) * scale)
    bottom = math.ceil((rect.y() + rect.height()) * scale)
    return Rect(x, y, right - x, bottom - y)


def _logical(rect: Rect, scale: float) -> QRect:
    """Give the logical pixels that a rectangle of device pixels touches."""
    x, y = math.floor(rect.x / scale), math.floor(rect.y / scale)
    return QRect(x, y, math.ceil(rect.right / scale) - x, math.ceil(rect.bottom / scale) - y)
