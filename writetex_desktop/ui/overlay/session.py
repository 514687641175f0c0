"""One time that the overlay is up: from the frozen frames to a selection."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, QSinglePointEvent

from writetex_desktop.core.desktop.hotkey import Hotkey
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures import selection as choosing
from writetex_desktop.core.pictures.geometry import PointF, Rect, Screen
from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap, ScreenFrame, Selection
from writetex_desktop.core.pictures.selection import (
    Adjusting,
    Cancelled,
    Canvas,
    Chosen,
    Idle,
    SelectionState,
)
from writetex_desktop.ui.overlay.by_keys import ByKeys, stepped, within
from writetex_desktop.ui.overlay.input import OverlayInput
from writetex_desktop.ui.overlay.layout import OverlayView, Texts, arrange
from writetex_desktop.ui.overlay.window import OverlayWindow
from writetex_desktop.ui.toolkit.keys import ARROWS, ENTER, HotkeyPresses

IDLE_LIMIT_MS: Final = 120_000
"""Without any input for this long the overlay goes away by itself: it holds keyboard and mouse."""

_LONG_STEP_PX: Final = 10
"""How far an arrow key goes while Shift is held, in device pixels."""

_CURSORS: Final = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}

_NO_FRAME: Final = ScreenFrame(Screen("", Rect(0, 0, 1, 1), 1.0), Bitmap(1, 1, bytes(BYTES_PER_PIXEL)))
"""What is shown when nothing is."""


@dataclass(frozen=True, slots=True)
class LastRegion:
    """The region chosen before this time.

    Attributes:
        screen_name: The screen it was chosen on.
        region: In device pixels of that screen.
    """

    screen_name: str
    region: Rect


@dataclass(frozen=True, slots=True)
class OverlayRules:
    """How the overlay behaves.

    Attributes:
        confirm: Whether a region is adjusted and confirmed after the drag.
        hotkeys: The global hotkeys that repeat the last region when they are pressed while the overlay is up.
    """

    confirm: bool = False
    hotkeys: tuple[Hotkey, ...] = ()


class OverlaySession(QObject):
    """Shows the frames and turns input into a selection.

    Args:
        windows: A window for each frame, by the name of its screen.
        frames: The frozen frames, at least one.
        rules: How it behaves.
        last: The region chosen the time before.
        finished: Takes the selection, None when the user chose nothing, or what was raised.
    """

    def __init__(
        self,
        windows: Mapping[str, OverlayWindow],
        frames: tuple[ScreenFrame, ...],
        rules: OverlayRules,
        last: LastRegion | None,
        finished: asyncio.Future[Selection | None],
    ) -> None:
        super().__init__()
        self._windows = windows
        self._frames = frames
        self._rules = rules
        self._finished: asyncio.Future[Selection | None] | None = finished
        self._last = still_there(last, frames)
        self._state: SelectionState = Idle()
        self._frame = frames[0]
        self._pointer = PointF(0.0, 0.0)
        self._by_keys = ByKeys()
        self._hotkey_presses = [HotkeyPresses(each) for each in rules.hotkeys]
        self._idle_limit = QTimer(self, singleShot=True, interval=IDLE_LIMIT_MS)
        self._idle_limit.timeout.connect(self.cancel)
        self._input = OverlayInput(lambda: self._window(self._frames[0]).take_input(), self._show, self.fail)

    def open(self) -> None:
        """Show the frames and take keyboard and mouse."""
        for frame in self._frames:
            self._window(frame).freeze(
                frame, partial(self._on_input, frame), self.fail, partial(self._move, frame)
            )
        self._idle_limit.start()
        self._input.start()
        self._find_pointer()
        self._show()

    def close(self) -> None:
        """Give keyboard and mouse back and hide; may be called twice."""
        self._idle_limit.stop()
        self._input.stop()
        windows, self._windows = self._windows, {}
        for window in windows.values():
            window.thaw()
        # Qt and Python hold this object in a circle, which is collected at leisure; a frame is 8 to 33 MB.
        self._frames, self._frame, self._last, self._finished = (), _NO_FRAME, None, None

    def _move(self, made_for: ScreenFrame, name: str) -> None:
        """Follow a compositor that put a window onto another screen: what is behind it is what it shows.

        A screen that already has its window needs no second one; one is left without then, and cannot be
        snipped this time.
        """
        window = self._windows.get(made_for.screen.name)
        real = next((frame for frame in self._frames if frame.screen.name == name), None)
        if window is None or real is None or made_for not in self._frames:
            return
        self._frames = tuple(frame for frame in self._frames if frame is not made_for)
        if self._window(real).screen().name() == name:
            window.hide()
        else:
            self._windows = {**self._windows, name: window, made_for.screen.name: self._window(real)}
            window.show_instead(real, partial(self._on_input, real))
        if self._frame is made_for:
            self._frame = real
        self._show()

    def cancel(self) -> None:
        """Choose nothing."""
        self._enter(Cancelled())

    def repeat_last(self) -> None:
        """Choose the last region again; does nothing where there is none, or a region is in hand."""
        if self._last is not None and isinstance(self._state, Idle):
            self._frame, region = self._last
            self._enter(Chosen(region))

    def _window(self, frame: ScreenFrame) -> OverlayWindow:
        return self._windows[frame.screen.name]

    def _canvas(self) -> Canvas:
        return Canvas(self._frame.bitmap.size, self._frame.screen.scale, self._rules.confirm)

    def _find_pointer(self) -> None:
        """Learn where the mouse is before it moves."""
        at = QCursor.pos()
        for frame in self._frames:
            window = self._window(frame)
            if window.geometry().contains(at):
                self._point_at(frame, window.mapFromGlobal(QPointF(at)))

    def _on_input(self, frame: ScreenFrame, event: QEvent) -> None:
        if not self._windows:
            return
        self._idle_limit.start()
        self._input.heard()
        if isinstance(event, QKeyEvent):
            self._on_key(event)
        elif isinstance(event, QSinglePointEvent):
            self._on_mouse(frame, event)

    def _on_mouse(self, frame: ScreenFrame, event: QSinglePointEvent) -> None:
        self._point_at(frame, event.position())
        canvas, at = self._canvas(), self._pointer
        match event.type(), event.button():
            case QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton:
                self._enter(choosing.press(self._state, at, canvas))
            case QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton:
                self._enter(choosing.double_press(self._state, at, canvas))
            case QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton:
                self._enter(choosing.release(self._state, at, canvas))
            case QEvent.Type.MouseButtonPress, Qt.MouseButton.RightButton:
                self._enter(choosing.back(self._state))
            case _:
                self._enter(choosing.move(self._state, at, canvas))

    def _point_at(self, frame: ScreenFrame, position: QPointF) -> None:
        """Note where the mouse is.

        The window that holds the mouse reports positions on all screens, in its own logical pixels. Device
        pixels of the desktop are the ground that screens of different scales share.

        Args:
            frame: The frame of the window that reports.
            position: In logical pixels of that window; may lie outside.
        """
        area, scale = frame.screen.area, frame.screen.scale
        x, y = area.x + position.x() * scale, area.y + position.y() * scale
        inside = 0 <= x - area.x < area.width and 0 <= y - area.y < area.height
        if isinstance(self._state, Idle) and inside:
            self._frame = frame  # on Wayland origins are logical pixels, and areas may seem to overlap
        elif isinstance(self._state, Idle):
            spot = Rect(round(x), round(y), 1, 1)
            self._frame = next(
                (each for each in self._frames if not each.screen.area.intersected(spot).is_empty),
                self._frame,
            )
        here = self._frame.screen
        self._pointer = PointF((x - here.area.x) / here.scale, (y - here.area.y) / here.scale)

    def _on_key(self, event: QKeyEvent) -> None:
        presses = [each.has(event) for each in self._hotkey_presses]  # each of them has to see every key
        if any(presses):
            self.repeat_last()
            return
        down = event.type() == QEvent.Type.KeyPress
        key = Qt.Key(event.key())
        canvas = self._canvas()
        if down and (
            step := stepped(
                self._state, self._pointer, key, event.modifiers(), canvas=canvas, by_keys=self._by_keys
            )
        ):
            self._point_at(self._frame, QPointF(step.pointer.x, step.pointer.y))
            self._pointer = within(self._pointer, self._canvas())
            self._by_keys = step.by_keys
            self._enter(step.state)
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._enter(choosing.hold_space(self._state, held=down))
        elif down and key == Qt.Key.Key_Escape:
            self.cancel()
        elif down and key in ENTER:
            self.repeat_last()
            self._enter(choosing.confirm(self._state))
        elif down and key in ARROWS:
            held = event.modifiers()
            long = _LONG_STEP_PX if held & Qt.KeyboardModifier.ShiftModifier else 1
            resize = bool(held & Qt.KeyboardModifier.ControlModifier)
            dx, dy = (long * each for each in ARROWS[key])
            self._enter(choosing.nudge(self._state, dx, dy, canvas, resize=resize))

    def _enter(self, state: SelectionState) -> None:
        """Take a new state; the last one settles the future."""
        self._state = state
        if self._finished is None or self._finished.done():
            return
        match state:
            case Chosen(region):
                self._finished.set_result(Selection(self._frame, region))
            case Cancelled():
                self._finished.set_result(None)
            case _:
                self._show()

    def fail(self, error: Exception) -> None:
        """End with an error; does nothing when it has ended already."""
        if self._finished is not None and not self._finished.done():
            self._finished.set_exception(error)

    def _show(self) -> None:
        canvas = self._canvas()
        for frame in self._frames:
            window = self._window(frame)
            if frame is not self._frame:
                window.show_view(OverlayView(last=self._last_on(frame)))
                continue
            region = choosing.region_of(self._state, canvas)
            texts = Texts(self._size_text(region), self._input.obstacle or self._hint())
            view = arrange(
                self._state,
                canvas,
                self._pointer,
                last=self._last_on(frame),
                texts=texts,
                measure=window.measure,
            )
            window.show_view(view)
            window.announce(self._spoken(texts))
            window.setCursor(self._cursor())

    def _last_on(self, frame: ScreenFrame) -> Rect | None:
        if self._last is None or self._last[0] is not frame or not isinstance(self._state, Idle):
            return None
        return self._last[1]

    def _size_text(self, region: Rect | None) -> str:
        return tr("{width} × {height} px", width=region.width, height=region.height) if region else ""

    def _spoken(self, texts: Texts) -> str:
        """Give what a screen reader says: the size as it grows, the place of the crosshair, or the hint."""
        region = choosing.region_of(self._state, self._canvas())
        if region is not None:
            return f"{texts.size}; {region.x}, {region.y}"
        if self._by_keys.leads:
            at = choosing.snapped(self._pointer, self._canvas())
            return f"{at.x:.0f}, {at.y:.0f}"
        return texts.hint

    def _hint(self) -> str:
        if hint := self._by_keys.hint(self._state):
            return hint
        match self._state:
            case Idle() if self._last is not None and self._rules.hotkeys:
                return tr(
                    "Drag a box round the formula. Press the hotkey again for the last region. Esc cancels."
                )
            case Idle() if self._last is not None:
                return tr("Drag a box round the formula. Enter takes the last region. Esc cancels.")
            case Idle():
                return tr("Drag a box round the formula. Esc cancels.")
            case Adjusting():
                return tr(
                    "Adjust with the mouse or the arrow keys (Shift: faster, Ctrl: resize). "
                    "Enter confirms, Esc cancels."
                )
            case _:
                return ""

    def _cursor(self) -> Qt.CursorShape:
        if not isinstance(self._state, Adjusting):
            return Qt.CursorShape.CrossCursor
        hold = self._state.hold
        grip = hold.grip if hold else choosing.grip_at(self._state.region, self._pointer, self._canvas())
        if grip is None:
            return Qt.CursorShape.CrossCursor
        sign = -1 if grip.horizontal < 0 or (grip.horizontal == 0 and grip.vertical < 0) else 1
        return _CURSORS[grip.horizontal * sign, grip.vertical * sign]


def still_there(last: LastRegion | None, frames: tuple[ScreenFrame, ...]) -> tuple[ScreenFrame, Rect] | None:
    """Find the screen of the last region, if it still holds the region."""
    if last is None:
        return None
    for frame in frames:
        whole = Rect(0, 0, frame.bitmap.width, frame.bitmap.height)
        if frame.screen.name == last.screen_name and last.region.intersected(whole) == last.region:
            return frame, last.region
    return None
