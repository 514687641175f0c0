"""What every `ScreenGrabber` keeps to. To hold another one to it, add a maker."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.fakes import FakeScreenGrabber
from tests.foreign_screens import CoreGraphics, mac_reader
from tests.portals import Answer, mock_portal, private_bus
from tests.wayland import Output, headless_sway
from tests.x11 import virtual_display
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.native.screens.grim import GrimScreenGrabber
from writetex_desktop.native.screens.macos import MacosScreenGrabber, by_mss
from writetex_desktop.native.screens.macos_access import load_screen_access
from writetex_desktop.native.screens.mss import MssScreenGrabber
from writetex_desktop.native.screens.portal import PortalScreenGrabber
from writetex_desktop.ports.screens import ScreenGrabber

Made = tuple[ScreenGrabber, tuple[Screen, ...]]
"""A grabber, and the screens that it sees."""

SCREENS = (Screen("M0", Rect(0, 0, 200, 150), 1.0), Screen("M1", Rect(200, 0, 120, 150), 1.5))


@contextmanager
def _fake() -> Iterator[Made]:
    sizes = ((screen, screen.area.width, screen.area.height) for screen in SCREENS)
    frames = tuple(
        ScreenFrame(screen, Bitmap(width, height, bytes(width * height * 4)))
        for screen, width, height in sizes
    )
    yield FakeScreenGrabber(frames), SCREENS


@contextmanager
def _mss() -> Iterator[Made]:
    with virtual_display(320, 150) as display:
        display.set_monitors(*(screen.area for screen in SCREENS))
        grabber = MssScreenGrabber(lambda: SCREENS, display.name)
        yield grabber, SCREENS
        grabber.close()


@contextmanager
def _grim() -> Iterator[Made]:
    seen = (
        Screen("HEADLESS-1", Rect(0, 0, 200, 150), 1.0),
        Screen("HEADLESS-2", Rect(200, 0, 120, 150), 1.5),
    )
    with headless_sway(Output(200, 150), Output(120, 150, 1.5, 200)) as sway:
        yield GrimScreenGrabber(lambda: seen, sway.environment()), seen


@contextmanager
def _portal() -> Iterator[Made]:
    seen = (Screen("L", Rect(0, 0, 60, 40), 1.0), Screen("R", Rect(60, 0, 20, 40), 1.0))
    with private_bus() as bus, mock_portal(bus) as portal, TemporaryDirectory() as folder:
        path = Path(folder, "screen.ppm")

        def shoot(_options: dict[str, object]) -> Answer:
            path.write_bytes(b"P6 80 40 255\n" + bytes(80 * 40 * 3))
            return Answer(0, {"uri": ("s", path.as_uri())})

        portal.screenshot = shoot
        yield PortalScreenGrabber(lambda: seen, bus.environment()), seen


@contextmanager
def _macos() -> Iterator[Made]:
    seen = (Screen("Built-in", Rect(0, 0, 120, 80), 2.0), Screen("Left of it", Rect(-30, 5, 60, 40), 2.0))
    core = CoreGraphics()
    access = load_screen_access(lambda _path: core)
    with pytest.MonkeyPatch.context() as patch:
        reader = mac_reader(core, patch)
        yield MacosScreenGrabber(lambda: seen, access, (by_mss(reader.read),)), seen


MAKERS: dict[str, Callable[[], AbstractContextManager[Made]]] = {
    "fake": _fake,
    "grim": _grim,
    "macos": _macos,
    "mss": _mss,
    "portal": _portal,
}


@pytest.fixture(params=sorted(MAKERS))
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    with MAKERS[request.param]() as grabber_and_screens:
        yield grabber_and_screens


async def test_there_is_one_frame_for_each_screen(made: Made) -> None:
    grabber, screens = made
    assert tuple(frame.screen for frame in await grabber.grab()) == screens


async def test_a_frame_has_the_size_of_its_screen_in_device_pixels(made: Made) -> None:
    grabber, _screens = made
    for frame in await grabber.grab():
        area = frame.screen.area
        assert (frame.bitmap.width, frame.bitmap.height) == (area.width, area.height)


async def test_an_unchanged_screen_looks_the_same_each_time(made: Made) -> None:
    grabber, _screens = made
    before = await grabber.grab()
    after = await grabber.grab()
    assert [bytes(frame.bitmap.data) for frame in before] == [bytes(frame.bitmap.data) for frame in after]


async def test_frames_can_be_taken_after_the_screens_have_changed(made: Made) -> None:
    grabber, screens = made
    await grabber.grab()
    grabber.screens_changed()
    assert tuple(frame.screen for frame in await grabber.grab()) == screens
