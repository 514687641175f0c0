"""The overlay inside the test's own program; what needs a real mouse is in test_snipper_on_x11.py."""

import asyncio
import gc
import os
import random
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest
import qasync
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.keyboard import give_keyboard
from tests.x11 import Hands
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame, Selection
from writetex_desktop.core.pictures.selection import Adjusting, Idle
from writetex_desktop.native.screens.qt import qt_screens
from writetex_desktop.ui.overlay import input as overlay_input
from writetex_desktop.ui.overlay import session as overlay_session
from writetex_desktop.ui.overlay import window as overlay_window
from writetex_desktop.ui.overlay.kind import overlay_kind
from writetex_desktop.ui.overlay.session import OverlayRules, OverlaySession
from writetex_desktop.ui.overlay.snipper import Snipper
from writetex_desktop.ui.overlay.strays import StrayKeys
from writetex_desktop.ui.overlay.window import OverlayWindow
from writetex_desktop.ui.toolkit.keys import HotkeyPresses
from writetex_desktop.ui.toolkit.views import announcing

pytestmark = pytest.mark.gui

HOTKEY = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NOTHING, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)

Act = Callable[[], object]
Result = TypeVar("Result")


class Stage:
    """A snipper, the frames it is given, and a user in front of it."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.snipper = Snipper()
        self.frames = tuple(noise_frame(screen) for screen in qt_screens())

    @property
    def frame(self) -> ScreenFrame:
        return self.frames[0]

    @property
    def window(self) -> OverlayWindow:
        return self.snipper._windows[self.frame.screen.name]

    @property
    def session(self) -> OverlaySession:
        assert self.snipper._session is not None
        return self.snipper._session

    def run(self, main: Coroutine[Any, Any, Result]) -> Result:
        with qasync.QEventLoop(self._app) as loop:
            result: Result = loop.run_until_complete(asyncio.wait_for(main, 30))
            return result

    def snip(self, *acts: Act) -> Selection | None:
        """Open the overlay and do some things once it is painted."""

        async def main() -> Selection | None:
            task = asyncio.create_task(self.snipper.select(self.frames))
            painted = asyncio.create_task(self.painted())
            await asyncio.wait({task, painted}, return_when=asyncio.FIRST_COMPLETED)
            for act in acts:
                act()
            return await task

        return self.run(main())

    async def painted(self) -> None:
        painted = asyncio.Event()
        self.snipper.painted.connect(painted.set)
        await painted.wait()
        self.snipper.painted.disconnect(painted.set)

    async def hint_is(self, right: Callable[[str], bool]) -> None:
        """Wait until the overlay tells the user something; each time it is arranged anew it may."""
        told = asyncio.Event()

        class Listener(QObject):
            def eventFilter(self, _: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    told.set()
                return False

        listener = Listener()
        self.window.installEventFilter(listener)
        while self.window._view.hint is None or not right(self.window._view.hint.text):
            told.clear()
            await told.wait()
        self.window.removeEventFilter(listener)

    def press(self, x: int, y: int, button: Qt.MouseButton = LEFT) -> Act:
        return lambda: QTest.mousePress(self.window, button, NOTHING, QPoint(x, y))

    def move(self, x: int, y: int) -> Act:
        return lambda: QTest.mouseMove(self.window, QPoint(x, y))

    def release(self, x: int, y: int, button: Qt.MouseButton = LEFT) -> Act:
        return lambda: QTest.mouseRelease(self.window, button, NOTHING, QPoint(x, y))

    def drag(self, x0: int, y0: int, x1: int, y1: int) -> Act:
        def act() -> None:
            self.press(x0, y0)()
            self.move(x1, y1)()
            self.release(x1, y1)()

        return act

    def double_click(self, x: int, y: int) -> Act:
        return lambda: QTest.mouseDClick(self.window, LEFT, NOTHING, QPoint(x, y))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> Act:
        return lambda: QTest.keyClick(self.window, key, held)

    def key_down(self, key: Qt.Key) -> Act:
        return lambda: QTest.keyPress(self.window, key)

    def key_up(self, key: Qt.Key) -> Act:
        return lambda: QTest.keyRelease(self.window, key)

    def see(self, seen: list[object]) -> Act:
        """Note the state."""
        return lambda: seen.append(self.session._state)


def noise_frame(screen: Screen) -> ScreenFrame:
    width, height = screen.area.width, screen.area.height
    return ScreenFrame(screen, Bitmap(width, height, random.Random(3).randbytes(width * height * 4)))


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(qapp)
    yield made
    made.snipper.close()


@pytest.fixture
def confirming(stage: Stage) -> Stage:
    stage.snipper.configure(OverlayRules(confirm=True))
    return stage


def is_free() -> bool:
    """Whether another program can have keyboard and mouse."""
    with Hands(os.environ["DISPLAY"]) as hands:
        return hands.input_is_free()


def is_gone(stage: Stage) -> bool:
    return not stage.window.isVisible() and stage.window._image.isNull()


def test_a_drag_gives_the_frame_and_the_region(stage: Stage, qtbot: QtBot) -> None:
    assert stage.snip(stage.drag(300, 200, 100, 50)) == Selection(stage.frame, Rect(100, 50, 200, 150))
    assert is_gone(stage)
    qtbot.waitUntil(is_free)


def test_escape_ends_the_overlay_also_during_a_drag(stage: Stage) -> None:
    escape = stage.key(Qt.Key.Key_Escape)
    assert stage.snip(escape) is None
    assert stage.snip(stage.press(100, 100), stage.move(300, 300), escape) is None
    assert is_gone(stage)


def test_a_right_click_ends_the_drag_first_and_the_overlay_next(stage: Stage) -> None:
    seen: list[object] = []
    right = stage.press(300, 300, RIGHT)
    assert stage.snip(stage.press(100, 100), stage.move(300, 300), right, stage.see(seen), right) is None
    assert seen == [Idle()]


def test_a_click_and_a_tiny_drag_leave_the_overlay_open(stage: Stage) -> None:
    chosen = stage.snip(
        stage.drag(100, 100, 100, 100), stage.drag(100, 100, 103, 200), stage.drag(10, 20, 60, 80)
    )
    assert chosen == Selection(stage.frame, Rect(10, 20, 50, 60))


def test_space_moves_the_region_while_it_is_dragged(stage: Stage) -> None:
    chosen = stage.snip(
        stage.press(100, 100),
        stage.move(200, 150),
        stage.key_down(Qt.Key.Key_Space),
        stage.move(210, 170),
        stage.key_up(Qt.Key.Key_Space),
        stage.release(310, 270),
    )
    assert chosen == Selection(stage.frame, Rect(110, 120, 200, 150))


def test_a_region_to_confirm_follows_handles_and_arrow_keys(confirming: Stage) -> None:
    chosen = confirming.snip(
        confirming.drag(100, 100, 300, 200),
        confirming.drag(300, 200, 340, 260),
        confirming.key(Qt.Key.Key_Right),
        confirming.key(Qt.Key.Key_Up, SHIFT),
        confirming.key(Qt.Key.Key_Down, CTRL),
        confirming.key(Qt.Key.Key_Left, CTRL | SHIFT),
        confirming.key(Qt.Key.Key_Return),
    )
    assert chosen == Selection(confirming.frame, Rect(101, 90, 230, 161))


def test_a_double_click_confirms_and_escape_does_not(confirming: Stage) -> None:
    drag = confirming.drag(100, 100, 300, 200)
    assert confirming.snip(drag, confirming.double_click(200, 150)) == Selection(
        confirming.frame, Rect(100, 100, 200, 100)
    )
    assert confirming.snip(drag, confirming.key(Qt.Key.Key_Escape)) is None


def test_a_region_to_confirm_shows_handles_its_size_and_what_to_do(confirming: Stage) -> None:
    views = []
    confirming.snip(
        confirming.drag(100, 100, 740, 220),
        lambda: views.append(confirming.window._view),
        confirming.key(Qt.Key.Key_Escape),
    )
    (view,) = views
    assert view.handles
    assert view.size is not None
    assert view.size.text == "640 × 120 px"
    assert view.hint is not None
    assert "Enter" in view.hint.text


def key_event(kind: QEvent.Type, key: Qt.Key, at: int, scan_code: int = 0) -> QKeyEvent:
    event = QKeyEvent(kind, key, CTRL, scan_code, 0, 0)
    event.setTimestamp(at)
    return event


@pytest.mark.parametrize(
    ("name", "key", "scan_code"),
    [
        ("M", Qt.Key.Key_M, 58),
        ("F9", Qt.Key.Key_F9, 75),
        ("5", Qt.Key.Key_Percent, 14),
        ("0", Qt.Key.Key_ParenRight, 19),
        ("PageUp", Qt.Key.Key_PageUp, 112),
        ("PrintScreen", Qt.Key.Key_Print, 107),
        ("Enter", Qt.Key.Key_Return, 36),
        ("Minus", Qt.Key.Key_Minus, 20),
    ],
)
def test_a_press_of_the_hotkey_is_known_by_every_kind_of_key(
    qapp: QApplication, name: str, key: Qt.Key, scan_code: int
) -> None:
    presses = HotkeyPresses(Hotkey(name, frozenset({Modifier.CTRL})))
    assert presses.has(key_event(QEvent.Type.KeyPress, key, 100, scan_code))
    assert not presses.has(key_event(QEvent.Type.KeyPress, Qt.Key.Key_X, 101))


def test_a_press_with_the_time_of_the_release_before_is_a_repetition() -> None:
    presses = HotkeyPresses(Hotkey("M", frozenset({Modifier.CTRL})))
    assert not presses.has(key_event(QEvent.Type.KeyRelease, Qt.Key.Key_M, 500))
    assert not presses.has(key_event(QEvent.Type.KeyPress, Qt.Key.Key_M, 500))
    assert not presses.has(key_event(QEvent.Type.KeyRelease, Qt.Key.Key_M, 600))
    assert presses.has(key_event(QEvent.Type.KeyPress, Qt.Key.Key_M, 700))


@pytest.mark.parametrize("again", ["hotkey", "enter", "call"])
def test_the_last_region_can_be_taken_again(stage: Stage, again: str) -> None:
    stage.snipper.configure(OverlayRules(hotkeys=(HOTKEY,)))
    acts: dict[str, Act] = {
        "hotkey": stage.key(Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.MetaModifier),
        "enter": stage.key(Qt.Key.Key_Return),
        "call": stage.snipper.repeat_last,
    }
    first = stage.snip(stage.drag(100, 100, 300, 200))
    hints = []
    assert stage.snip(lambda: hints.append(stage.window._view.hint), acts[again]) == first
    assert hints[0] is not None
    assert "last region" in hints[0].text


def test_without_a_last_region_the_hotkey_changes_nothing(stage: Stage) -> None:
    stage.snipper.configure(OverlayRules(hotkeys=(HOTKEY,)))
    stage.snipper.repeat_last()
    seen: list[object] = []
    stage.snip(
        stage.key(Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.MetaModifier),
        stage.snipper.repeat_last,
        stage.see(seen),
        stage.key(Qt.Key.Key_Escape),
    )
    assert seen == [Idle()]


def test_a_last_region_that_is_no_longer_on_the_screen_is_forgotten(stage: Stage) -> None:
    stage.snip(stage.drag(100, 100, 300, 200))
    area = stage.frame.screen.area
    small = Screen(stage.frame.screen.name, Rect(area.x, area.y, 250, 250), 1.0)
    stage.frames = (noise_frame(small),)
    seen: list[object] = []
    stage.snip(stage.snipper.repeat_last, stage.see(seen), stage.key(Qt.Key.Key_Escape))
    assert seen == [Idle()]


def test_the_last_region_does_not_replace_one_in_hand(confirming: Stage) -> None:
    confirming.snip(confirming.drag(100, 100, 300, 200), confirming.key(Qt.Key.Key_Return))
    seen: list[object] = []
    confirming.snip(
        confirming.drag(10, 10, 60, 60),
        confirming.snipper.repeat_last,
        confirming.see(seen),
        confirming.key(Qt.Key.Key_Escape),
    )
    assert seen == [Adjusting(Rect(10, 10, 50, 50))]


def test_a_cancelled_snip_gives_everything_back(stage: Stage, qtbot: QtBot) -> None:
    async def main() -> None:
        task = asyncio.create_task(stage.snipper.select(stage.frames))
        await stage.painted()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    stage.run(main())
    assert is_gone(stage)
    qtbot.waitUntil(is_free)
    assert stage.snip(stage.drag(10, 10, 60, 60)) is not None


def test_a_fault_while_painting_gives_everything_back(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(overlay_window, "paint_overlay", faulty)
    with pytest.raises(ZeroDivisionError):
        stage.run(stage.snipper.select(stage.frames))
    assert is_gone(stage)
    qtbot.waitUntil(is_free)


def test_a_fault_while_handling_input_gives_everything_back(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def break_it() -> None:
        monkeypatch.setattr(overlay_session, "arrange", faulty)

    with pytest.raises(ZeroDivisionError):
        stage.snip(break_it, stage.move(50, 50))
    assert is_gone(stage)
    qtbot.waitUntil(is_free)


def test_a_fault_while_opening_gives_everything_back(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(overlay_session, "arrange", faulty)
    with pytest.raises(ZeroDivisionError):
        stage.run(stage.snipper.select(stage.frames))
    assert is_gone(stage)
    qtbot.waitUntil(is_free)


def test_an_overlay_that_nobody_touches_goes_away(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlay_session, "IDLE_LIMIT_MS", 1)
    assert stage.run(stage.snipper.select(stage.frames)) is None
    assert is_gone(stage)


def test_a_program_that_holds_the_keyboard_is_told_of_and_waited_for(stage: Stage) -> None:
    async def main(hands: Hands) -> None:
        assert hands.hold_keyboard()
        task = asyncio.create_task(stage.snipper.select(stage.frames))
        await stage.painted()
        await stage.hint_is(lambda text: "right click cancels" in text)
        hands.let_go()
        await stage.hint_is(lambda text: "Esc cancels" in text)
        hands.tap("Escape")
        assert await task is None

    with Hands(os.environ["DISPLAY"]) as hands:
        stage.run(main(hands))


def test_an_overlay_that_gets_neither_keyboard_nor_mouse_goes_away(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay_input, "_GIVE_UP_AFTER", 3)
    with Hands(os.environ["DISPLAY"]) as hands:
        assert hands.hold_keyboard()
        assert hands.hold_mouse()
        with pytest.raises(CaptureError) as failure:
            stage.run(stage.snipper.select(stage.frames))
    assert failure.value.remedy.text
    assert is_gone(stage)


def test_making_the_windows_anew_ends_an_open_overlay(stage: Stage, qtbot: QtBot) -> None:
    old = stage.window
    with pytest.raises(CaptureError, match="screens changed"):
        stage.snip(stage.snipper.rebuild)
    assert stage.window is not old
    assert not stage.window.isVisible()
    qtbot.waitUntil(is_free)
    assert stage.snip(stage.drag(10, 10, 60, 60)) is not None


def test_frames_of_other_screens_are_refused_with_a_remedy(stage: Stage) -> None:
    stage.frames = (noise_frame(Screen("gone", Rect(0, 0, 100, 100), 1.0)),)
    with pytest.raises(CaptureError) as failure:
        stage.run(stage.snipper.select(stage.frames))
    assert failure.value.remedy.text


def test_nothing_is_left_behind(qapp: QApplication, qtbot: QtBot) -> None:
    before = set(qapp.topLevelWidgets())
    stage = Stage(qapp)
    for _ in range(3):
        stage.snip(stage.drag(10, 10, 60, 60))
    stage.snipper.close()

    def is_clean() -> bool:
        gc.collect()
        sessions = [each for each in gc.get_objects() if isinstance(each, OverlaySession)]
        return not sessions and set(qapp.topLevelWidgets()) <= before

    qtbot.waitUntil(is_clean)


def test_the_window_has_a_name_for_screen_readers(stage: Stage) -> None:
    assert stage.window.accessibleName()


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("xcb", (True, True, False)), ("cocoa", (False, False, False)), ("windows", (False, False, True))],
)
def test_the_kind_of_window_is_that_of_the_platform(platform: str, kind: tuple[bool, bool, bool]) -> None:
    chosen = overlay_kind(platform)
    passes_by = bool(chosen.flags & Qt.WindowType.BypassWindowManagerHint)
    assert (passes_by, chosen.grabs, chosen.full_screen) == kind
    assert chosen.flags & Qt.WindowType.WindowStaysOnTopHint
    assert chosen.flags & Qt.WindowType.FramelessWindowHint


def test_every_window_is_lifted_each_time_before_it_is_shown(stage: Stage) -> None:
    seen: list[tuple[int, bool]] = []
    stage.snipper.close()
    stage.snipper = Snipper(lambda window: seen.append((window, stage.window.isVisible())))
    for _time in range(2):
        assert stage.snip(stage.key(Qt.Key.Key_Escape)) is None
    assert seen == [(stage.window.winId(), False)] * 2


class _Pixels(bytearray):
    """Pixels that tell when they go."""

    def __init__(self, size: int, gone: list[str]) -> None:
        super().__init__(b"\xff" * size)
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append("gone")


@pytest.mark.parametrize("is_chosen", [True, False])
def test_the_frames_go_with_the_overlay_without_waiting_for_a_collection(
    stage: Stage, is_chosen: bool
) -> None:
    gone: list[str] = []

    async def main() -> None:
        frames = tuple(
            ScreenFrame(frame.screen, Bitmap(*_size_of(frame), _Pixels(len(frame.bitmap.data), gone)))
            for frame in stage.frames
        )
        task = asyncio.create_task(stage.snipper.select(frames))
        del frames
        await stage.painted()
        if is_chosen:
            stage.drag(10, 10, 50, 40)()
        else:
            stage.session.cancel()
        selection = await task
        assert (selection is not None) == is_chosen

    gc.disable()
    stage.run(main())
    assert len(gone) == len(stage.frames)


def _size_of(frame: ScreenFrame) -> tuple[int, int]:
    return frame.bitmap.width, frame.bitmap.height


def test_a_region_is_chosen_by_arrow_keys_and_space_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(announcing.Announcer, "say", lambda _self, words: spoken.append(words))
    arrows = Qt.Key.Key_Right, Qt.Key.Key_Down
    chosen = stage.snip(
        stage.move(100, 100),
        *(stage.key(arrow, held) for arrow in arrows for held in (NOTHING, SHIFT, CTRL)),
        stage.key(Qt.Key.Key_Space),
        stage.key(Qt.Key.Key_Right, CTRL),
        stage.key(Qt.Key.Key_Down, SHIFT),
        stage.key(Qt.Key.Key_Escape),  # one step: the corner is given up, the overlay stays
        stage.key(Qt.Key.Key_Left, SHIFT),
        stage.key(Qt.Key.Key_Space),
        stage.key(Qt.Key.Key_Right, CTRL),
        stage.key(Qt.Key.Key_Down, SHIFT),
        stage.key(Qt.Key.Key_Space),
    )
    assert chosen == Selection(stage.frame, Rect(301, 221, 100, 10))
    assert any("Esc cancels" in words for words in spoken)
    assert "211, 100" in spoken
    assert "100 × 10 px; 301, 221" in spoken


def test_enter_takes_what_the_arrow_keys_chose_and_the_edge_of_the_screen_is_reached(stage: Stage) -> None:
    far = stage.frame.bitmap.width // 100 + 2
    chosen = stage.snip(
        stage.move(100, 100),
        stage.key(Qt.Key.Key_Space),
        *(stage.key(Qt.Key.Key_Right, CTRL) for _ in range(far)),
        stage.key(Qt.Key.Key_Down, CTRL),
        stage.key(Qt.Key.Key_Return),
    )
    assert chosen == Selection(stage.frame, Rect(100, 100, stage.frame.bitmap.width - 100, 100))


def test_escape_leaves_a_keyboard_selection_in_two_steps(stage: Stage) -> None:
    assert (
        stage.snip(stage.key(Qt.Key.Key_Space), stage.key(Qt.Key.Key_Escape), stage.key(Qt.Key.Key_Escape))
        is None
    )


def test_keys_that_another_window_of_ours_gets_are_the_overlays(stage: Stage, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    give_keyboard(qtbot, other)
    window = other.windowHandle()

    def press(key: Qt.Key, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(window, QKeyEvent(kind, key, NOTHING, text))

    strays = StrayKeys(stage.window)
    heard: list[int] = []
    stage.window._on_input = lambda event: heard.append(event.key()) if isinstance(event, QKeyEvent) else None
    strays.start()
    strays._follow(window)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Y, "y")
    strays.stop()
    press(Qt.Key.Key_X, "x")
    assert heard == [Qt.Key.Key_Escape] * 2 + [Qt.Key.Key_Y] * 2
    assert other.text() == "x"
