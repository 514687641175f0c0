"""What every `ScreenGrabber` keeps to. To hold another one to it, add a maker."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.fakes import FakeScreenGrabber
from tests.x11 import virtual_display
from writetex_desktop.core.geometry import Rect, Screen
from writetex_desktop.core.image import Bitmap, ScreenFrame
from writetex_desktop.native.screen_mss import MssScreenGrabber
from writetex_desktop.ports import ScreenGrabber

SCREENS = (Screen("M0", Rect(0, 0, 200, 150), 1.0), Screen("M1", Rect(200, 0, 120, 150), 1.5))


@contextmanager
def _fake() -> Iterator[ScreenGrabber]:
    yield FakeScreenGrabber(
        tuple(
            ScreenFrame(
                screen,
                Bitmap(
                    screen.area.width, screen.area.height, bytes(screen.area.width * screen.area.height * 4)
                ),
            )
            for screen in SCREENS
        )
    )


@contextmanager
def _mss() -> Iterator[ScreenGrabber]:
    with virtual_display(320, 150) as display:
        display.set_monitors(*(screen.area for screen in SCREENS))
        grabber = MssScreenGrabber(lambda: SCREENS, display.name)
        yield grabber
        grabber.close()


MAKERS: dict[str, Callable[[], AbstractContextManager[ScreenGrabber]]] = {"fake": _fake, "mss": _mss}


@pytest.fixture(params=sorted(MAKERS))
def grabber(request: pytest.FixtureRequest) -> Iterator[ScreenGrabber]:
    with MAKERS[request.param]() as made:
        yield made


async def test_there_is_one_frame_for_each_screen(grabber: ScreenGrabber) -> None:
    assert tuple(frame.screen for frame in await grabber.grab()) == SCREENS


async def test_a_frame_has_the_size_of_its_screen_in_device_pixels(grabber: ScreenGrabber) -> None:
    for frame in await grabber.grab():
        assert (frame.bitmap.width, frame.bitmap.height) == (
            frame.screen.area.width,
            frame.screen.area.height,
        )


async def test_an_unchanged_screen_looks_the_same_each_time(grabber: ScreenGrabber) -> None:
    before = await grabber.grab()
    after = await grabber.grab()
    assert [bytes(frame.bitmap.data) for frame in before] == [bytes(frame.bitmap.data) for frame in after]


async def test_frames_can_be_taken_after_the_screens_have_changed(grabber: ScreenGrabber) -> None:
    await grabber.grab()
    grabber.screens_changed()
    assert tuple(frame.screen for frame in await grabber.grab()) == SCREENS
