import pytest

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.native.screens.mss import match_screens, unsupported
from writetex_desktop.native.session import read_session

LEFT, RIGHT = Rect(0, 0, 1920, 1080), Rect(1920, 0, 1366, 768)
ROOT = Rect(0, 0, 3286, 1080)


def test_screens_are_matched_whatever_their_order() -> None:
    screens = (Screen("R", RIGHT, 1.0), Screen("L", LEFT, 1.0))
    assert match_screens(screens, (LEFT, RIGHT), ROOT) == screens


@pytest.mark.parametrize("scale", [1.25, 1.5, 1.75, 2.0, 3.0])
def test_a_size_rounded_by_the_toolkit_is_set_right(scale: float) -> None:
    rounded = Rect(1920, 0, round(round(1366 / scale) * scale), round(round(768 / scale) * scale))
    assert match_screens((Screen("R", rounded, scale),), (LEFT, RIGHT), ROOT) == (Screen("R", RIGHT, scale),)


@pytest.mark.parametrize(
    "area", [Rect(1900, 0, 1366, 768), Rect(1920, 0, 1280, 720), Rect(1920, 1, 1366, 768)]
)
def test_a_screen_that_is_no_monitor_is_refused_with_a_remedy(area: Rect) -> None:
    with pytest.raises(CaptureError, match="screen R") as failure:
        match_screens((Screen("R", area, 1.0),), (LEFT, RIGHT), ROOT)
    assert failure.value.remedy.text


def test_a_monitor_that_reaches_beyond_the_desktop_is_clipped() -> None:
    (screen,) = match_screens((Screen("R", RIGHT, 1.0),), (RIGHT,), Rect(0, 0, 3000, 700))
    assert screen.area == Rect(1920, 0, 1080, 700)


def test_mirrored_screens_are_both_the_same_monitor() -> None:
    screens = (Screen("A", LEFT, 1.0), Screen("B", LEFT, 2.0))
    assert match_screens(screens, (LEFT,), LEFT) == screens


def test_no_screen_at_all_is_an_error() -> None:
    with pytest.raises(CaptureError, match="no screen"):
        match_screens((), (LEFT,), LEFT)


def test_mss_is_for_x11_only() -> None:
    assert unsupported(read_session({"DISPLAY": ":0"}, "linux")) is None
    assert unsupported(read_session({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, "linux")) is not None
    assert unsupported(read_session({}, "linux")) is not None
