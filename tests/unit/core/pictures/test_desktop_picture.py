"""Cutting one picture of a desktop into its screens, and knowing a black one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.pictures.desktop_picture import logical_area, split_desktop, with_pixels
from writetex_desktop.core.pictures.geometry import PointF, Rect, Screen, device_region
from writetex_desktop.core.pictures.image import Bitmap, crop, is_black

SCALES = st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 3.0])


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Screen, ...]:
    """Screens side by side, at any height, also left of and above the origin; sides divide evenly."""
    x = draw(st.integers(-60, 60))
    screens = []
    for number in range(draw(st.integers(1, 4))):
        width, height = draw(st.integers(1, 8)) * 4, draw(st.integers(1, 8)) * 4
        scale = draw(SCALES)
        area = Rect(x, draw(st.integers(-40, 40)), round(width * scale), round(height * scale))
        screens.append(Screen(f"S{number}", area, scale))
        x += width
    return tuple(screens)


def _painted(screens: tuple[Screen, ...], scale: int) -> Bitmap:
    """Paint each pixel with its own place, the largest whole scale being the picture's."""
    places = [logical_area(screen) for screen in screens]
    left, top = min(each.x for each in places), min(each.y for each in places)
    width = (max(each.right for each in places) - left) * scale
    height = (max(each.bottom for each in places) - top) * scale
    return Bitmap(
        width,
        height,
        b"".join(bytes((x % 256, y % 256, 7, 0)) for y in range(height) for x in range(width)),
    )


@settings(max_examples=500)
@given(layouts(), st.integers(1, 2), st.data())
def test_a_drag_on_any_screen_of_any_layout_cuts_the_very_pixels_that_it_covers(
    screens: tuple[Screen, ...], scale: int, data: st.DataObject
) -> None:
    picture = _painted(screens, scale)
    frames = split_desktop(picture, screens)
    places = [logical_area(screen) for screen in screens]
    left, top = min(each.x for each in places), min(each.y for each in places)
    chosen = data.draw(st.integers(0, len(frames) - 1))
    frame, place = frames[chosen], places[chosen]
    x0, x1 = sorted(data.draw(st.tuples(*[st.integers(0, place.width)] * 2).filter(lambda t: t[0] != t[1])))
    y0, y1 = sorted(data.draw(st.tuples(*[st.integers(0, place.height)] * 2).filter(lambda t: t[0] != t[1])))
    region = device_region(PointF(x1, y0), PointF(x0, y1), frame.screen.scale, frame.bitmap.size)
    cut = crop(frame.bitmap, region)
    truth = Rect(
        (place.x - left + x0) * scale, (place.y - top + y0) * scale, (x1 - x0) * scale, (y1 - y0) * scale
    )
    assert cut == crop(picture, truth)


@given(layouts())
def test_every_frame_has_the_size_that_its_screen_says(screens: tuple[Screen, ...]) -> None:
    for frame in split_desktop(_painted(screens, 1), screens):
        assert (frame.screen.area.width, frame.screen.area.height) == (
            frame.bitmap.width,
            frame.bitmap.height,
        )


def test_a_picture_of_another_shape_is_refused() -> None:
    screens = (Screen("A", Rect(0, 0, 40, 30), 1.0), Screen("B", Rect(40, 0, 40, 30), 1.0))
    with pytest.raises(CaptureError):
        split_desktop(Bitmap(80, 60, bytes(80 * 60 * 4)), screens)


def test_the_picture_knows_the_scale_better_than_a_toolkit_that_rounds_it() -> None:
    rounded = Screen("A", Rect(5, 6, 2560, 1440), 2.0)
    frame = with_pixels(rounded, Bitmap(1920, 1080, bytes(1920 * 1080 * 4)))
    assert frame.screen == Screen("A", Rect(5, 6, 1920, 1080), 1.5)


@given(st.integers(1, 90), st.integers(1, 90), st.booleans())
def test_a_screen_is_black_when_no_pixel_has_a_colour(width: int, height: int, filled: bool) -> None:
    unused = 255 if filled else 0
    assert is_black(Bitmap(width, height, bytes((0, 0, 0, unused)) * (width * height)))


@given(st.integers(1, 90), st.integers(1, 90), st.data())
def test_one_dot_of_colour_is_enough_not_to_be_black(width: int, height: int, data: st.DataObject) -> None:
    pixels = bytearray(width * height * 4)
    pixels[data.draw(st.integers(0, width * height - 1)) * 4 + data.draw(st.integers(0, 2))] = 1
    assert not is_black(Bitmap(width, height, pixels))
