"""Pixels from a real X server of the test's own, against a window whose pixels are known."""

import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from Xlib.ext import res

from tests.x11 import Hands, VirtualDisplay, virtual_display
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame, crop
from writetex_desktop.native.screens.mss import MssScreenGrabber

pytestmark = pytest.mark.gui

WHOLE = Rect(0, 0, 1280, 800)
LEFT, RIGHT = Rect(0, 0, 800, 800), Rect(800, 0, 480, 800)


def noise(width: int, height: int) -> bytes:
    """Pixels of which no shifted copy is equal."""
    data = bytearray(random.Random(7).randbytes(width * height * 4))
    data[3::4] = bytes(width * height)
    return bytes(data)


def opaque(bitmap: Bitmap) -> bytes:
    """The pixels with the unused byte set to zero."""
    data = bytearray(bitmap.data)
    data[3::4] = bytes(bitmap.width * bitmap.height)
    return bytes(data)


@pytest.fixture
def server() -> Iterator[VirtualDisplay]:
    with virtual_display(WHOLE.width, WHOLE.height) as virtual:
        yield virtual


@pytest.fixture
def hands(server: VirtualDisplay) -> Iterator[Hands]:
    with Hands(server.name) as at_work:
        yield at_work


class Desk:
    """The screens as the toolkit would tell them."""

    def __init__(self, *areas: Rect) -> None:
        self.areas = areas

    def screens(self) -> tuple[Screen, ...]:
        return tuple(Screen(f"M{number}", area, 1.0) for number, area in enumerate(self.areas))


@pytest.fixture
def desk() -> Desk:
    return Desk(WHOLE)


@pytest.fixture
def grabber(server: VirtualDisplay, desk: Desk) -> Iterator[MssScreenGrabber]:
    made = MssScreenGrabber(desk.screens, server.name)
    yield made
    made.close()


async def test_a_frame_holds_the_pixels_of_the_screen(grabber: MssScreenGrabber, hands: Hands) -> None:
    picture = noise(300, 200)
    hands.show_picture(111, 53, 300, 200, picture)
    (frame,) = await grabber.grab()
    assert frame.screen.area == WHOLE
    assert opaque(crop(frame.bitmap, Rect(111, 53, 300, 200))) == picture


async def test_a_frame_does_not_change_when_the_screen_does(grabber: MssScreenGrabber, hands: Hands) -> None:
    (before,) = await grabber.grab()
    kept = bytes(before.bitmap.data)
    hands.show_picture(0, 0, 300, 200, noise(300, 200))
    (after,) = await grabber.grab()
    assert before.bitmap.data == kept
    assert after.bitmap.data != kept


async def test_each_screen_has_its_own_frame(
    grabber: MssScreenGrabber, desk: Desk, server: VirtualDisplay, hands: Hands
) -> None:
    server.set_monitors(LEFT, RIGHT)
    desk.areas = (LEFT, RIGHT)
    picture = noise(200, 100)
    hands.show_picture(RIGHT.x + 17, 31, 200, 100, picture)
    left, right = await grabber.grab()
    assert (left.bitmap.size.width, right.bitmap.size.width) == (LEFT.width, RIGHT.width)
    assert opaque(crop(right.bitmap, Rect(17, 31, 200, 100))) == picture


async def test_a_change_of_monitors_is_followed_when_told(
    grabber: MssScreenGrabber, desk: Desk, server: VirtualDisplay
) -> None:
    assert len(await grabber.grab()) == 1
    server.set_monitors(LEFT, RIGHT)
    desk.areas = (LEFT, RIGHT)
    grabber.screens_changed()
    assert [frame.screen.area for frame in await grabber.grab()] == [LEFT, RIGHT]


async def test_a_change_of_monitors_is_followed_when_nobody_told(
    grabber: MssScreenGrabber, desk: Desk, server: VirtualDisplay
) -> None:
    assert len(await grabber.grab()) == 1
    server.set_monitors(LEFT, RIGHT)
    desk.areas = (RIGHT, LEFT)
    assert [frame.screen.area for frame in await grabber.grab()] == [RIGHT, LEFT]


async def test_a_change_while_mss_is_being_opened_is_not_lost(
    grabber: MssScreenGrabber, desk: Desk, server: VirtualDisplay
) -> None:
    grabbing = asyncio.create_task(grabber.grab())
    await asyncio.sleep(0)  # it has begun and waits for the opening thread
    server.set_monitors(LEFT, RIGHT)
    desk.areas = (LEFT, RIGHT)
    grabber.screens_changed()
    assert [frame.screen.area for frame in await grabbing] == [LEFT, RIGHT]


async def test_warming_leaves_nothing_to_be_opened_by_a_grab(
    grabber: MssScreenGrabber, monkeypatch: pytest.MonkeyPatch
) -> None:
    await grabber.warm()
    monkeypatch.setattr(grabber, "warm", None)
    assert len(await grabber.grab()) == 1


async def test_a_cancelled_grab_leaves_a_grabber_that_works(grabber: MssScreenGrabber) -> None:
    grabbing = asyncio.create_task(grabber.grab())
    await asyncio.sleep(0)
    grabbing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await grabbing
    assert len(await grabber.grab()) == 1


async def test_a_monitor_beyond_the_desktop_gives_what_there_is(
    grabber: MssScreenGrabber, desk: Desk, server: VirtualDisplay
) -> None:
    wide = Rect(800, 0, 900, 800)
    server.set_monitors(LEFT, wide)
    desk.areas = (wide,)
    (frame,) = await grabber.grab()
    assert frame.screen.area == RIGHT
    assert frame.bitmap.size.width == RIGHT.width


async def test_screens_that_do_not_match_are_refused(grabber: MssScreenGrabber, desk: Desk) -> None:
    desk.areas = (Rect(40, 0, 640, 480),)
    with pytest.raises(CaptureError, match="not where the system has it"):
        await grabber.grab()


async def test_a_screen_that_does_not_match_is_pictured_by_the_toolkit_and_said_once(
    server: VirtualDisplay,
) -> None:
    server.set_monitors(LEFT, RIGHT)
    astray = Screen("astray", Rect(RIGHT.x + 7, 0, 30, 20), 1.0)
    own = ScreenFrame(astray, Bitmap(30, 20, bytes(30 * 20 * 4)))
    told: list[Notice] = []
    grabber = MssScreenGrabber(
        lambda: (Screen("left", LEFT, 1.0), astray),
        server.name,
        opens_on_thread=False,
        picture=lambda screen: own if screen == astray else None,
        tell=told.append,
    )
    for _time in range(2):
        left, other = await grabber.grab()
        assert left.screen.area == LEFT
        assert other is own
    grabber.close()
    assert ["astray" in notice.message for notice in told] == [True]


async def test_a_cut_connection_is_made_anew(grabber: MssScreenGrabber, hands: Hands) -> None:
    await grabber.grab()
    others = [
        client.resource_base
        for client in res.query_clients(hands.display).clients
        if client.resource_base != hands.display.display.info.resource_id_base
    ]
    for base in others:
        # The first resource of mss's connection is its shared segment.
        hands.display.create_resource_object("window", base).kill_client()
    hands.display.sync()
    (frame,) = await grabber.grab()
    assert frame.screen.area == WHOLE


async def test_a_server_that_is_gone_is_said_with_a_remedy(
    grabber: MssScreenGrabber, server: VirtualDisplay
) -> None:
    await grabber.grab()
    server.server.kill()
    server.server.wait()
    with pytest.raises(CaptureError, match="could not be read") as failure:
        await grabber.grab()
    assert failure.value.remedy.text


QT_PROGRAM = """
import asyncio, json, sys
from PySide6.QtGui import QGuiApplication
from writetex_desktop.native.screens.qt import qt_picture, qt_screens
from writetex_desktop.native.screens.mss import MssScreenGrabber

async def main():
    grabber = MssScreenGrabber(qt_screens)
    frames = await grabber.grab()
    grabber.close()
    for frame in frames:
        own = qt_picture(frame.screen)
        assert abs(own.bitmap.width - frame.bitmap.width) <= 2, (own.screen, frame.screen)
    sizes = [(frame.bitmap.width, frame.bitmap.height) for frame in frames]
    places = [(frame.screen.area.x, frame.screen.scale) for frame in frames]
    return [size + place for size, place in zip(sizes, places, strict=True)]

application = QGuiApplication(sys.argv)
print(json.dumps(asyncio.run(main())))
"""


@pytest.mark.parametrize("scales", [(1.0, 1.0), (1.0, 2.0), (1.25, 1.5), (1.75, 2.0)])
def test_the_screens_of_qt_are_matched_at_every_scale(
    server: VirtualDisplay, scales: tuple[float, float]
) -> None:
    left, right = Rect(0, 0, 683, 799), Rect(683, 0, 597, 801)
    server.set_monitors(left, right)
    environment = server.environment(QT_SCREEN_SCALE_FACTORS=";".join(map(str, scales)))
    ran = subprocess.run(
        [sys.executable, "-c", QT_PROGRAM], env=environment, check=True, capture_output=True, text=True
    )
    found = {tuple(frame) for frame in json.loads(ran.stdout)}
    assert found == {(683, 799, 0, scales[0]), (597, 800, 683, scales[1])}
