"""By how much a page lies askew; Pillow, which turns the pages, is the judge."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from writetex_desktop.adapters.recogniser.pages.sheet import Sheet
from writetex_desktop.adapters.recogniser.pages.skew import skew_of
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.image import EncodedImage

LINE = "The quick brown fox jumps over the lazy dog and goes on for quite a while"


def page() -> Image.Image:
    """A page of text, and a square of ink whose place is known."""
    paper = Image.new("L", (900, 700), 255)
    draw = ImageDraw.Draw(paper)
    font = ImageFont.load_default(22)
    for row in range(16):
        draw.text((60, 60 + 34 * row), LINE[row:], 0, font)
    draw.rectangle((780, 600, 799, 619), 0)
    return paper


def turned(paper: Image.Image, degrees: float) -> Image.Image:
    """The page with its lines falling to the right by so much."""
    return paper.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)


def sheet_of(paper: Image.Image) -> Sheet:
    data = io.BytesIO()
    paper.save(data, "PNG")
    return Sheet(EncodedImage("image/png", data.getvalue(), *paper.size))


@pytest.mark.parametrize("degrees", [-4.0, -1.3, -0.4, 0.0, 0.6, 1.7, 3.5])
def test_the_angle_of_a_page_is_found(degrees: float) -> None:
    ink = 255 - np.asarray(turned(page(), degrees))
    assert skew_of(ink) == pytest.approx(degrees, abs=0.16)


def test_what_has_no_lines_is_left_as_it_is() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (500, 500), dtype=np.uint8)
    assert skew_of(noise) == 0.0
    assert skew_of(np.zeros((50, 50), np.uint8)) == 0.0
    paper = Image.new("L", (600, 600), 255)
    ImageDraw.Draw(paper).ellipse((50, 50, 550, 550), outline=0, width=3)
    assert skew_of(255 - np.asarray(paper)) == 0.0


@pytest.mark.parametrize("degrees", [-2.2, 1.7])
def test_a_place_of_the_straightened_page_is_found_in_the_picture(degrees: float) -> None:
    paper = turned(page(), degrees)
    sheet = sheet_of(paper)
    inside = sheet.cut(Box(784, 604, 796, 616))
    with Image.open(io.BytesIO(inside.data)) as cut:
        assert int(np.asarray(cut).max()) < 40
    where = sheet.on_picture(Box(786, 606, 794, 614))
    ink = paper.crop((round(where.left), round(where.top), round(where.right), round(where.bottom)))
    assert int(np.asarray(ink).max()) < 40


def test_a_straight_page_and_a_short_snip_are_not_touched() -> None:
    box = Box(1, 2, 3, 4)
    assert sheet_of(page()).on_picture(box) == box
    snip = turned(page(), 2.0).crop((100, 200, 500, 260))
    assert sheet_of(snip).on_picture(box) == box
