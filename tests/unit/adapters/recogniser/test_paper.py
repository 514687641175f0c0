"""Ink on paper of several colours."""

import pytest
from PIL import Image, ImageChops, ImageDraw

from writetex_desktop.adapters.recogniser.paper import local_ink

SIZE = (240, 80)


def strokes() -> Image.Image:
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    for x in range(20, 220, 15):
        draw.line((x, 25, x + 6, 55), 0, 2)
    return picture


def strongest(ink: Image.Image, box: tuple[int, int, int, int]) -> int:
    return max(ink.crop(box).tobytes())


def ink_of(picture: Image.Image, *, two_ways: bool = False) -> Image.Image:
    found = local_ink(picture.tobytes(), picture.width, 20)
    assert found is not None
    assert found.two_ways == two_ways
    return Image.frombytes("L", picture.size, found.levels)


def test_paper_of_one_colour_needs_no_more() -> None:
    assert local_ink(strokes().tobytes(), SIZE[0], 20) is None


@pytest.mark.parametrize("level", [226, 190, 120])
def test_a_marker_is_paper(level: int) -> None:
    marker = Image.new("L", SIZE, 255)
    ImageDraw.Draw(marker).rectangle((80, 10, 160, 70), level)
    ink = ink_of(ImageChops.multiply(strokes(), marker))
    for x in range(20, 220, 15):
        assert strongest(ink, (x, 40, x + 6, 42)) > 100, "every stroke is seen"
    assert strongest(ink, (70, 5, 170, 20)) < 60, "the marker's edge is none"


def test_a_selection_in_inverse_colours_is_paper() -> None:
    picture = strokes()
    part = ImageChops.invert(picture.crop((98, 0, 158, 80)))
    picture.paste(part.point([70 + level * 185 // 255 for level in range(256)]), (98, 0))
    ink = ink_of(picture, two_ways=True)
    for x in (20, 110, 125, 200):
        assert strongest(ink, (x, 35, x + 7, 45)) > 100
    assert strongest(ink, (100, 2, 156, 20)) < 60


def test_a_shadow_is_paper() -> None:
    shadow = (
        Image.linear_gradient("L").rotate(90).resize(SIZE).point([130 + level // 2 for level in range(256)])
    )
    ink = ink_of(ImageChops.multiply(strokes(), shadow))
    assert strongest(ink, (0, 0, 240, 20)) < 60
    assert strongest(ink, (20, 40, 26, 42)) > 100
