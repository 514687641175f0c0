"""The overlay in a program of its own on a real X server, with a user at mouse and keyboard (XTEST)."""

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

import pytest

from tests.x11 import Hands, VirtualDisplay, changeable_display, virtual_display
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap, crop

pytestmark = pytest.mark.gui

WHOLE = Rect(0, 0, 1280, 800)
LEFT, RIGHT = Rect(0, 0, 640, 800), Rect(640, 0, 640, 800)
HOTKEY = ("Control_L", "Shift_L", "F9")
TOO_SMALL = 30
"""Device pixels; at scale 3 a shorter drag is taken for a click."""


class Program:
    """The running harness (tests/gui/overlay/snip_harness.py)."""

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

    def wait_for_change(self, *areas: Rect) -> None:
        """Read on until the overlay has failed and the screens are these, in any order."""
        wanted = {"failed": False, "screens": False}
        while not all(wanted.values()):
            told = self.wait_for(*wanted)
            if told["event"] == "screens":
                wanted["screens"] = told["areas"] == [list(astuple(area)) for area in areas]
            else:
                wanted["failed"] = "screens changed" in told["message"]


@contextmanager
def running(server: VirtualDisplay, *arguments: str, **environment: str) -> Iterator[Program]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.overlay.snip_harness", *arguments],
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
    with virtual_display(WHOLE.width, WHOLE.height) as server, Hands(server.name) as hands:
        yield Desk(server, hands, show_noise(hands, WHOLE.width, WHOLE.height))


def show_noise(hands: Hands, width: int, height: int) -> Bitmap:
    noise = bytearray(random.Random(11).randbytes(width * height * 4))
    noise[3::4] = bytes(width * height)
    hands.show_picture(0, 0, width, height, bytes(noise))
    return Bitmap(width, height, noise)


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


@pytest.fixture(scope="module")
def other_desk() -> Iterator[Desk]:
    """A desk for programs that come and go, and whose screens change."""
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


@pytest.mark.parametrize(
    ("monitors", "scales"),
    [
        ((WHOLE,), "1.25"),
        ((WHOLE,), "1.75"),
        ((WHOLE,), "2"),
        ((LEFT, RIGHT), "1;2"),
        ((Rect(0, 300, 500, 500), Rect(500, 0, 780, 800)), "1.75;1.25"),
        ((Rect(640, 0, 640, 350), Rect(0, 400, 640, 400), Rect(640, 350, 640, 450)), "1.5;1;3"),
    ],
    ids=["125", "175", "2", "1-2", "175-125", "three-screens"],
)
def test_drags_anywhere_are_exact_to_the_pixel_in_every_layout_and_scale(
    other_desk: Desk, monitors: tuple[Rect, ...], scales: str
) -> None:
    wrong = wrong_drags(other_desk, monitors, scales, drags=10, seed=len(scales))
    assert wrong == []


def reached(at: tuple[int, int], on: Rect) -> tuple[int, int]:
    """Give the corner that a mouse there means on a screen.

    A region ends with the screen on which it was begun, whose last row and column stand for its edge: no
    mouse goes beyond them.
    """
    x, y = max(0, at[0] - on.x), max(0, at[1] - on.y)
    return (
        on.x + (on.width if x >= on.width - 1 else x),
        on.y + (on.height if y >= on.height - 1 else y),
    )


def wrong_drags(
    desk: Desk, monitors: tuple[Rect, ...], scales: str, *, drags: int, seed: int
) -> list[tuple[object, ...]]:
    """Drag at random and give the drags whose crop was not, to the pixel, what lay below them."""
    desk.server.set_monitors(*monitors)
    chance = random.Random(seed)
    wrong: list[tuple[object, ...]] = []
    with running(desk.server, QT_SCREEN_SCALE_FACTORS=scales) as program:
        while drags:
            on = chance.choice(monitors)
            start = on.x + chance.randrange(on.width), on.y + chance.randrange(on.height)
            end = chance.randrange(WHOLE.width), chance.randrange(WHOLE.height)
            region = between(reached(start, on), reached(end, on))
            if min(region.width, region.height) < TOO_SMALL:
                continue
            drags -= 1
            told = snip(program, desk.hands, start, end)
            if pixels(told) != crop(desk.picture, region).data:
                wrong.append((monitors, scales, start, end, told["region"]))
    return wrong


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
    hands.hold_keyboard()
    hands.release(*HOTKEY)
    program.wait_for("painted")
    hands.let_go()
    hands.wait_until(lambda: not hands.input_is_free())
    hands.tap("Escape")
    assert program.wait_for("nothing", "selected")["event"] == "nothing"


def test_a_change_of_screens_ends_the_overlay_and_the_next_one_knows_them(other_desk: Desk) -> None:
    hands = other_desk.hands
    other_desk.server.set_monitors(WHOLE)
    with running(other_desk.server) as program:
        for monitors in ((LEFT, RIGHT), (RIGHT, LEFT), (WHOLE,)):
            open_overlay(program, hands)
            other_desk.server.set_monitors(*monitors)
            program.wait_for_change(*monitors)
            hands.wait_until(hands.input_is_free)
            told = snip(program, hands, (1203, 607), (711, 309))
            assert pixels(told) == crop(other_desk.picture, Rect(711, 309, 492, 298)).data


def test_modes_and_outputs_of_a_real_server_may_change_under_the_overlay() -> None:
    with changeable_display() as server, Hands(server.name) as hands:
        picture = show_noise(hands, 2100, 800)
        server.change("DUMMY0", "--mode", "1280x800")
        server.add_mode("DUMMY1", "1024x768")
        one, other = Rect(0, 0, 1024, 768), Rect(1024, 0, 1024, 768)
        with running(server) as program:
            for output, change, areas, start, end in (
                ("DUMMY0", "--mode 1024x768", (one,), (903, 707), (11, 9)),
                ("DUMMY1", "--mode 1024x768 --right-of DUMMY0", (one, other), (1300, 101), (1999, 599)),
                ("DUMMY1", "--off", (one,), (77, 55), (555, 333)),
            ):
                open_overlay(program, hands)
                server.change(output, *change.split())
                program.wait_for_change(*areas)
                hands.wait_until(hands.input_is_free)
                told = snip(program, hands, start, end)
                assert pixels(told) == crop(picture, between(start, end)).data
