"""The whole loop on other X11 desktops, and what the program does when a part of the desktop dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from tests.e2e.conftest import SCREEN, Desktop, session
from tests.e2e.test_snip import AT, Program
from tests.portals import Bus, private_bus
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.native.instance.protocol import Request, Verb
from writetex_desktop.ui.toolkit.application import DISPLAY_GONE

pytestmark = [pytest.mark.gui, pytest.mark.timeout(120)]

WHOLE = Rect(0, 0, *SCREEN)


@pytest.mark.parametrize("window_manager", ["", "i3"], ids=["no-window-manager", "i3"])
def test_the_overlay_covers_the_screen_and_gives_it_back(
    tmp_path: Path, llmock: LLMock, window_manager: str
) -> None:
    llmock.reply("y = x")
    with session(tmp_path, window_manager, panel=False) as desktop:
        program, hands = Program(desktop, llmock), desktop.hands
        program.press_hotkey()
        for corner in ((0, 0), (SCREEN[0] - 1, 0), (0, SCREEN[1] - 1), (SCREEN[0] - 1, SCREEN[1] - 1)):
            assert hands.window_below(*corner) == WHOLE
        assert not hands.hold_keyboard()
        assert not hands.hold_mouse()
        program.drag()
        hands.wait_until(hands.input_is_free)
        program.copied("y = x")
        assert "Traceback" not in desktop.said()


@pytest.fixture
def bus() -> Iterator[Bus]:
    with private_bus() as made:
        yield made


def test_what_dies_under_the_program_does_not_take_it_along(
    desktop: Desktop, llmock: LLMock, bus: Bus
) -> None:
    program, hands = Program(desktop, llmock, DBUS_SESSION_BUS_ADDRESS=bus.address), desktop.hands

    def snip(latex: str) -> None:
        hands.wait_until(program.overlay_is_up)
        program.drag()
        hands.wait_until(hands.input_is_free)
        program.copied(latex)

    llmock.reply("b = 1")
    program.press_hotkey()
    bus.server.kill()
    snip("b = 1")

    llmock.reply("p = 2")
    program.press_hotkey()
    assert desktop.panel is not None
    desktop.panel.kill()
    snip("p = 2")
    program.focus_window()

    assert hands.hold_keyboard()  # no hotkey comes through now
    program.tell(Request(Verb.SNIP))
    hands.wait_until(program.overlay_is_up)
    hands.click(AT[0], AT[1], button=3)
    hands.wait_until(lambda: not program.overlay_is_up())
    llmock.reply("k = 3")
    program.tell(Request(Verb.SNIP))
    hands.wait_until(program.overlay_is_up)
    program.drag()
    program.copied("k = 3")
    hands.let_go()

    program.press_hotkey()
    desktop.display.server.kill()
    assert program.process.wait(20) == DISPLAY_GONE
    assert "Traceback" not in desktop.said()
    (log,) = desktop.home.rglob("*.log")
    assert "The display server has gone" in log.read_text("utf-8")
