"""The overlay in a program of its own on a real X server, with a user at mouse and keyboard (XTEST)."""

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.x11 import Hands, VirtualDisplay, virtual_display
from writetex_desktop.core.geometry import Rect
from writetex_desktop.core.image import Bitmap, crop

pytestmark = pytest.mark.gui

WHOLE = Rect(0, 0, 1280, 800)
LEFT, RIGHT = Rect(0, 0, 640, 800), Rect(640, 0, 640, 800)
HOTKEY = ("Control_L", "Shift_L", "F9")


class Program:
    """The running harness (tests/gui/snip_harness.py)."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_for(self, *events: str, **details: object) -> dict[str, Any]:
        """Read on until one of some things is told, with these details."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told: dict[str, Any] = json.loads(line)
            if told["event"] in events and details.items() <= told.items():
                return told
        raise EOFError(f"the program ended before it told any of {events}")


@contextmanager
def running(server: VirtualDisplay, *arguments: str, **environment: str) -> Iterator[Program]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.snip_harness", *arguments],
        env=server.environment(**environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        try:
            program = Program(process)
            program.wait_for("ready")
            yield program
            process.stdin.close()
            assert process.wait(20) == 0
        finally:
            process.kill()
            process.wait()


@dataclass(frozen=True, slots=True)
class Desk:
    """A server whose whole root shows noise: no shifted copy of any part of it is equal."""

    server: VirtualDisplay
    hands: Hands
    picture: Bitmap


@contextmanager
def noisy_desk() -> Iterator[Desk]:
    noise = bytearray(random.Random(11).randbytes(WHOLE.width * WHOLE.height * 4))
    noise[3::4] = bytes(WHOLE.width * WHOLE.height)
    with virtual_display(WHOLE.width, WHOLE.height) as server, Hands(server.name) as hands:
        hands.show_picture(0, 0, WHOLE.width, WHOLE.height, bytes(noise))
        yield Desk(server, hands, Bitmap(WHOLE.width, WHOLE.height, noise))


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with noisy_desk() as made:
        yield made


@pytest.fixture(scope="module")
def hands(desk: Desk) -> Hands:
    return desk.hands


@pytest.fixture(scope="module")
def program(desk: Desk) -> Iterator[Program]:
    """One program for all tests that leave the screens as they are: starting one is slow."""
    with running(desk.server) as started:
        yield started


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    """A desk of one's own, where another program may take the hotkey and the screens may change."""
    with noisy_desk() as made:
        yield made


def open_overlay(program: Program, hands: Hands) -> None:
    hands.tap(*HOTKEY)
    program.wait_for("painted")


def between(start: tuple[int, int], end: tuple[int, int]) -> Rect:
    """The device pixels of the desktop that a drag covers."""
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Rect(x0, y0, x1 - x0, y1 - y0)


def pixels(told: dict[str, Any]) -> bytes:
    data = bytearray(base64.b64decode(told["pixels"]))
    data[3::4] = bytes(len(data) // 4)
    return bytes(data)


DRAGS = [((101, 103), (420, 251)), ((811, 600), (333, 222)), ((700, 99), (650, 444)), ((37, 707), (299, 611))]


def snip(program: Program, hands: Hands, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    open_overlay(program, hands)
    hands.drag(start, end)
    return program.wait_for("selected")


def test_a_crop_is_exact_to_the_pixel(desk: Desk, program: Program) -> None:
    for start, end in DRAGS:
        assert pixels(snip(program, desk.hands, start, end)) == crop(desk.picture, between(start, end)).data


@pytest.mark.parametrize("scale", ["1.25", "1.5", "1.75", "2"])
def test_a_crop_is_exact_to_the_pixel_at_every_scale(own_desk: Desk, scale: str) -> None:
    with running(own_desk.server, QT_SCALE_FACTOR=scale) as scaled:
        for start, end in DRAGS:
            assert (
                pixels(snip(scaled, own_desk.hands, start, end))
                == crop(own_desk.picture, between(start, end)).data
            )


@pytest.mark.parametrize("scales", ["1;2", "1.75;1.25"])
def test_a_crop_is_exact_to_the_pixel_on_screens_of_different_scales(own_desk: Desk, scales: str) -> None:
    own_desk.server.set_monitors(LEFT, RIGHT)
    with running(own_desk.server, QT_SCREEN_SCALE_FACTORS=scales) as mixed:
        for screen, start, end, expected in (
            ("M0", (101, 103), (420, 251), Rect(101, 103, 319, 148)),
            ("M1", (1203, 607), (711, 309), Rect(711, 309, 492, 298)),
            # A region ends with the screen on which it was begun.
            ("M0", (511, 222), (900, 555), Rect(511, 222, 129, 333)),
            ("M1", (777, 111), (222, 401), Rect(640, 111, 137, 290)),
        ):
            told = snip(mixed, own_desk.hands, start, end)
            assert told["screen"] == screen
            assert pixels(told) == crop(own_desk.picture, expected).data


def test_the_hotkey_pressed_again_takes_the_last_region(program: Program, hands: Hands) -> None:
    first = snip(program, hands, (100, 100), (300, 250))
    open_overlay(program, hands)
    hands.tap(*HOTKEY)
    assert program.wait_for("selected") == first


def test_a_hotkey_held_down_neither_repeats_the_last_region_nor_keeps_escape_away(
    desk: Desk, program: Program, hands: Hands
) -> None:
    subprocess.run(["xset", "r", "rate", "120", "40"], env=desk.server.environment(), check=True)
    snip(program, hands, (100, 100), (300, 250))
    hands.press(*HOTKEY)
    program.wait_for("painted")
    for _ in range(3):
        program.wait_for("key", key="F9")
    hands.release(*HOTKEY)
    hands.tap("Escape")
    assert program.wait_for("nothing", "selected")["event"] == "nothing"


def test_keyboard_and_mouse_are_held_while_the_overlay_is_up_and_given_back(
    program: Program, hands: Hands
) -> None:
    open_overlay(program, hands)
    hands.wait_until(lambda: not hands.input_is_free())
    hands.tap("Escape")
    program.wait_for("nothing")
    hands.wait_until(hands.input_is_free)
    snip(program, hands, (100, 100), (300, 250))
    hands.wait_until(hands.input_is_free)


def test_a_program_that_holds_the_keyboard_only_delays_escape(program: Program, hands: Hands) -> None:
    hands.press(*HOTKEY)
    assert hands.hold_keyboard()
    hands.release(*HOTKEY)
    program.wait_for("painted")
    hands.let_go()
    hands.wait_until(lambda: not hands.input_is_free())
    hands.tap("Escape")
    assert program.wait_for("nothing", "selected")["event"] == "nothing"


def test_a_change_of_screens_ends_the_overlay_and_the_next_one_knows_them(own_desk: Desk) -> None:
    hands = own_desk.hands
    with running(own_desk.server) as program:
        open_overlay(program, hands)
        own_desk.server.set_monitors(LEFT, RIGHT)
        program.wait_for("nothing")
        hands.wait_until(hands.input_is_free)
        told = snip(program, hands, (1203, 607), (711, 309))
        assert told["screen"] == "M1"
        assert pixels(told) == crop(own_desk.picture, Rect(711, 309, 492, 298)).data
