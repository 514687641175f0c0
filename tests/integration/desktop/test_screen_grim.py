"""grim on a real sway with virtual outputs."""

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.wayland import Output, headless_sway
from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.native.screens.grim import GrimScreenGrabber, unsupported
from writetex_desktop.native.session import read_session

ONE = Screen("HEADLESS-1", Rect(0, 0, 320, 200), 1.0)
TWO = Screen("HEADLESS-2", Rect(320, 0, 800, 600), 2.0)
"""600 x 450 device pixels at a scale of 1.5, which Qt rounds up to 2."""


async def test_each_output_comes_with_its_own_pixels_and_true_scale(tmp_path: Path) -> None:
    noise = random.Random(5).randbytes(320 * 200 * 4)
    path = tmp_path / "noise.png"
    QImage(noise, 320, 200, 320 * 4, QImage.Format.Format_RGB32).copy().save(str(path))
    with headless_sway(Output(320, 200), Output(600, 450, 1.5, 320)) as sway:
        with sway.showing("HEADLESS-1", path):
            grabber = GrimScreenGrabber(lambda: (ONE, TWO), sway.environment())
            for _ in range(100):  # the compositor shows the picture with one of its next frames
                one, two = await grabber.grab()
                pixels = bytes(one.bitmap.data)
                if all(pixels[channel::4] == noise[channel::4] for channel in range(3)):
                    break
            else:
                pytest.fail("what grim gave never was what is shown")
        assert (two.bitmap.width, two.bitmap.height, two.screen.scale) == (600, 450, 1.5)


async def test_an_output_that_has_gone_is_an_error_with_a_remedy() -> None:
    with headless_sway(Output(320, 200)) as sway:
        with pytest.raises(CaptureError) as failure:
            await GrimScreenGrabber(lambda: (ONE, TWO), sway.environment()).grab()
        assert failure.value.remedy.text


async def test_a_compositor_that_has_died_is_an_error() -> None:
    with headless_sway(Output(320, 200)) as sway:
        sway.server.kill()
        sway.server.wait()
        with pytest.raises(CaptureError):
            await GrimScreenGrabber(lambda: (ONE,), sway.environment()).grab()


@pytest.mark.parametrize(
    ("desktop", "installed", "works"),
    [("sway", True, True), ("sway", False, False), ("ubuntu:GNOME", True, False), ("Hyprland", True, True)],
)
def test_grim_is_for_its_compositors_where_it_is_installed(
    desktop: str, installed: bool, works: bool
) -> None:
    session = read_session({"WAYLAND_DISPLAY": "wayland-1", "XDG_CURRENT_DESKTOP": desktop}, "linux")
    assert (unsupported(session, lambda _name: installed) is None) == works
