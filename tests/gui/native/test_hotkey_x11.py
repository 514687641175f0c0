"""The hotkey on a real X server of the test's own, pressed through XTEST."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from Xlib import X, display

from tests.x11 import Hands, VirtualDisplay, virtual_display
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native.hotkeys.x11 import X11HotkeySource

pytestmark = pytest.mark.gui

ACTION = HotkeyAction("snip", "Snip a formula")
CTRL_SUPER_M = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
ALT_F9 = Hotkey("F9", frozenset({Modifier.ALT}))
PLAIN_PRINT = Hotkey("PrintScreen", frozenset())


class Counter:
    """Counts presses and keeps what was said of a lost hotkey."""

    def __init__(self) -> None:
        self.presses = 0
        self.losses: list[HotkeyError] = []

    def press(self) -> None:
        self.presses += 1


def count_events(source: X11HotkeySource) -> list[object]:
    """Keep in a list what the source reads from now on."""
    events: list[object] = []
    read = source._display.next_event

    def read_and_keep() -> object:
        events.append(read())
        return events[-1]

    source._display.next_event = read_and_keep
    return events


@pytest.fixture
def server() -> Iterator[VirtualDisplay]:
    with virtual_display(640, 480) as virtual:
        yield virtual


@pytest.fixture
def hands(server: VirtualDisplay) -> Iterator[Hands]:
    with Hands(server.name) as at_work:
        yield at_work


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def source(qapp: object, server: VirtualDisplay, counter: Counter) -> Iterator[X11HotkeySource]:
    made = X11HotkeySource(counter.losses.append, server.name)
    yield made
    made.close()


@pytest.fixture
def settled(qtbot: QtBot, source: X11HotkeySource) -> Callable[[], None]:
    """Waits until the source has handled all that the server has sent it."""

    def wait() -> None:
        source._display.sync()
        source._drain()
        qtbot.wait(1)

    return wait


def test_a_press_is_heard(qtbot: QtBot, source: X11HotkeySource, hands: Hands, counter: Counter) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    hands.tap("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: counter.presses == 1)


@pytest.mark.parametrize("locks", [("Caps_Lock",), ("Num_Lock",), ("Caps_Lock", "Num_Lock")])
def test_a_press_is_heard_with_locks_on(
    qtbot: QtBot, source: X11HotkeySource, hands: Hands, counter: Counter, locks: tuple[str, ...]
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    for lock in locks:
        hands.tap(lock)
    hands.tap("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: counter.presses == 1)


def test_other_modifiers_are_another_combination(
    source: X11HotkeySource, hands: Hands, counter: Counter, settled: Callable[[], None]
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    hands.tap("Control_L", "Super_L", "Shift_L", "m")
    hands.tap("Control_L", "m")
    hands.tap("m")
    settled()
    assert counter.presses == 0


def test_a_key_without_modifiers_can_be_had(
    qtbot: QtBot, source: X11HotkeySource, hands: Hands, counter: Counter
) -> None:
    source.register(ACTION, PLAIN_PRINT, counter.press)
    hands.tap("Print")
    qtbot.waitUntil(lambda: counter.presses == 1)


def test_a_held_key_is_one_press_and_a_second_press_is_a_second(
    qtbot: QtBot, source: X11HotkeySource, hands: Hands, counter: Counter, settled: Callable[[], None]
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    events = count_events(source)
    hands.press("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: len(events) >= 8)  # the server repeats a held key by itself
    hands.release("Control_L", "Super_L", "m")
    settled()
    assert counter.presses == 1
    hands.tap("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: counter.presses == 2)


def test_the_overlay_can_grab_the_keyboard_while_the_key_is_still_down(
    qtbot: QtBot, source: X11HotkeySource, server: VirtualDisplay, hands: Hands
) -> None:
    overlay = display.Display(server.name)
    answers: list[int] = []

    def grab() -> None:
        root = overlay.screen().root
        answers.append(root.grab_keyboard(True, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime))

    source.register(ACTION, CTRL_SUPER_M, grab)
    hands.press("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: bool(answers))
    hands.release("Control_L", "Super_L", "m")
    overlay.close()
    assert answers == [X.GrabSuccess]


def test_the_focused_window_never_sees_the_key_pressed(
    qtbot: QtBot, source: X11HotkeySource, server: VirtualDisplay, hands: Hands, counter: Counter
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    reader = display.Display(server.name)
    window = reader.screen().root.create_window(
        0, 0, 300, 300, 0, X.CopyFromParent, event_mask=X.KeyPressMask
    )
    window.map()
    window.set_input_focus(X.RevertToParent, X.CurrentTime)
    reader.sync()
    events = count_events(source)
    hands.press("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: len(events) >= 8)
    hands.release("Control_L", "Super_L", "m")
    assert counter.presses == 1
    hands.tap("z")
    reader.sync()
    arrived = [reader.next_event() for _ in range(reader.pending_events())]
    seen = [event.detail for event in arrived if event.type == X.KeyPress]
    assert hands._keycode("z") in seen
    assert hands._keycode("m") not in seen
    reader.close()


def test_a_combination_that_another_program_has_is_refused_and_the_old_one_kept(
    qtbot: QtBot, source: X11HotkeySource, server: VirtualDisplay, hands: Hands, counter: Counter
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    other = X11HotkeySource(lambda _loss: None, server.name)
    other.register(ACTION, ALT_F9, lambda: None)
    try:
        with pytest.raises(HotkeyError, match=r"Another program uses Alt\+F9 already\."):
            source.register(ACTION, ALT_F9, counter.press)
    finally:
        other.close()
    hands.tap("Alt_L", "F9")
    hands.tap("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: counter.presses == 1)


def test_nothing_is_left_half_grabbed_when_one_lock_state_is_taken(
    source: X11HotkeySource, server: VirtualDisplay, counter: Counter
) -> None:
    other = display.Display(server.name)
    root = other.screen().root
    code = other.keysym_to_keycode(0xFFC6)  # F9
    root.grab_key(code, X.Mod1Mask | X.LockMask, False, X.GrabModeAsync, X.GrabModeAsync)
    other.sync()
    with pytest.raises(HotkeyError):
        source.register(ACTION, ALT_F9, counter.press)
    errors: list[object] = []
    root.grab_key(
        code, X.Mod1Mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=lambda *seen: errors.append(seen)
    )
    other.sync()
    other.close()
    assert errors == []


def test_a_key_that_the_keyboard_lacks_is_named(source: X11HotkeySource, counter: Counter) -> None:
    with pytest.raises(HotkeyError, match="no key NoSuchKey"):
        source.register(ACTION, Hotkey("NoSuchKey", frozenset({Modifier.CTRL})), counter.press)


def test_the_hotkey_follows_its_letter_when_the_keyboard_layout_changes(
    qtbot: QtBot, source: X11HotkeySource, server: VirtualDisplay, hands: Hands, counter: Counter
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    before = hands._keycode("m")
    subprocess.run(["setxkbmap", "-display", server.name, "fr"], check=True, capture_output=True)
    with Hands(server.name) as french:
        assert french._keycode("m") != before
        qtbot.waitUntil(lambda: source._registrations[ACTION.id].grab.keycode == french._keycode("m"))
        french.tap("Control_L", "Super_L", "m")
        qtbot.waitUntil(lambda: counter.presses == 1)
    assert counter.losses == []


# python-xlib leaves its sockets to the garbage collector when it cannot connect.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_lost_server_is_said_once_and_nothing_spins(
    qtbot: QtBot, source: X11HotkeySource, server: VirtualDisplay, counter: Counter
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    server.server.kill()
    qtbot.waitUntil(lambda: bool(counter.losses))
    assert source._notifier is None
    source.unregister(ACTION)
    assert [loss.message for loss in counter.losses] == [
        "The hotkey no longer works: the X server closed its connection."
    ]
    with pytest.raises(HotkeyError, match="cannot be reached"):
        source.register(ACTION, CTRL_SUPER_M, counter.press)


def test_a_new_connection_is_made_after_the_old_one_was_cut(
    qtbot: QtBot, source: X11HotkeySource, hands: Hands, counter: Counter
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    ours = source._display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    source._display.sync()
    hands.display.create_resource_object("window", ours.id).kill_client()
    hands.display.sync()
    qtbot.waitUntil(lambda: bool(counter.losses))
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    hands.tap("Control_L", "Super_L", "m")
    qtbot.waitUntil(lambda: counter.presses == 1)


def _lay_out(server: VirtualDisplay, layout: str) -> None:
    subprocess.run(["setxkbmap", "-display", server.name, layout], check=True, capture_output=True)


@pytest.mark.parametrize("layouts", [("ru",), ("ru", "us"), ("gr", "us", "ru"), ("us", "il", "us")])
def test_the_hotkey_works_by_the_place_of_its_key_where_no_key_has_the_letter_and_with_the_next_layout(
    source: X11HotkeySource,
    server: VirtualDisplay,
    counter: Counter,
    qtbot: QtBot,
    layouts: tuple[str, ...],
) -> None:
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    for number, layout in enumerate(layouts, 1):
        seen = count_events(source)
        _lay_out(server, layout)
        qtbot.waitUntil(lambda seen=seen: bool(seen))  # type: ignore[misc]  # bound at once
        with Hands(server.name) as hands:
            _tap_place_of_m(hands)
        qtbot.waitUntil(lambda number=number: counter.presses == number)  # type: ignore[misc]  # as above
    assert not counter.losses


def test_the_hotkey_can_be_taken_on_a_keyboard_that_lacks_the_letter(
    source: X11HotkeySource, server: VirtualDisplay, hands: Hands, counter: Counter, qtbot: QtBot
) -> None:
    _lay_out(server, "ru")
    source.register(ACTION, CTRL_SUPER_M, counter.press)
    _tap_place_of_m(hands)
    qtbot.waitUntil(lambda: counter.presses == 1)


def test_a_hotkey_whose_key_went_comes_back_with_the_next_keyboard_that_has_it(
    source: X11HotkeySource, server: VirtualDisplay, hands: Hands, counter: Counter, qtbot: QtBot
) -> None:
    source.register(ACTION, ALT_F9, counter.press)
    _map(server, "keycode 75 = NoSymbol")
    qtbot.waitUntil(lambda: len(counter.losses) == 1)
    _map(server, "keycode 75 = F9")
    qtbot.waitUntil(lambda: not source._waiting)
    hands.tap("Alt_L", "F9")
    qtbot.waitUntil(lambda: counter.presses == 1)
    assert len(counter.losses) == 1


def _map(server: VirtualDisplay, change: str) -> None:
    subprocess.run(["xmodmap", "-display", server.name, "-e", change], check=True, capture_output=True)


def _tap_place_of_m(hands: Hands) -> None:
    """Press the key right of N, whatever it writes."""
    hands.press("Control_L", "Super_L")
    hands.tap_place(58)
    hands.release("Control_L", "Super_L")
