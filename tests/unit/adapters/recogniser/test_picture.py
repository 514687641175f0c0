"""Bringing a picture to what the embedded recogniser reads."""

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageOps

from writetex_desktop.adapters.recogniser.picture import LARGEST_EM, STEP_PX, FormulaPicture
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.pictures.image import EncodedImage


def encoded(picture: Image.Image) -> EncodedImage:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return EncodedImage("image/png", stream.getvalue(), picture.width, picture.height)


def letters(count: int = 6, height: int = 20, paper: int = 255, ink: int = 0) -> Image.Image:
    """Signs like the letter O, side by side."""
    picture = Image.new("L", (count * height + 40, height + 40), paper)
    draw = ImageDraw.Draw(picture)
    for place in range(count):
        left = 20 + place * height
        draw.ellipse((left, 20, left + 0.7 * height, 20 + height), outline=ink, width=max(1, height // 8))
    return picture


@pytest.mark.parametrize("height", [10, 20, 60])
def test_signs_have_the_same_height_whatever_the_zoom(height: int) -> None:
    picture = FormulaPicture(encoded(letters(height=height))).at_size(18)
    rows = Image.frombytes("L", (picture.width, picture.height), picture.ink).getbbox()
    assert rows is not None
    assert rows[3] - rows[1] == pytest.approx(12, abs=3)


def test_sides_are_multiples_that_the_model_asks_for() -> None:
    picture = FormulaPicture(encoded(letters(5, 31))).at_size(18)
    assert picture.width % STEP_PX == picture.height % STEP_PX == 0
    assert len(picture.ink) == picture.width * picture.height


def test_a_dark_theme_gives_the_picture_of_the_light_one() -> None:
    light = letters()
    assert FormulaPicture(encoded(light)).at_size(18) == FormulaPicture(
        encoded(ImageOps.invert(light))
    ).at_size(18)


def test_faint_ink_on_tinted_paper_is_full_ink() -> None:
    picture = FormulaPicture(encoded(letters(paper=235, ink=150))).at_size(18)
    assert max(picture.ink) == 255
    assert picture.ink[0] == 0


def test_lines_under_one_another_are_counted() -> None:
    page = Image.new("L", (260, 160), 255)
    page.paste(letters(), (10, 10))
    page.paste(letters(), (10, 80))
    assert FormulaPicture(encoded(letters())).blocks == 1
    assert FormulaPicture(encoded(page)).blocks == 2


def test_blank_paper_is_refused() -> None:
    with pytest.raises(RecognitionError, match="no formula"):
        FormulaPicture(encoded(Image.new("L", (200, 80), 240)))


def test_noise_is_refused() -> None:
    noise = Image.frombytes("L", (200, 120), random.Random(1).randbytes(24000))
    with pytest.raises(RecognitionError):
        FormulaPicture(encoded(noise))


def test_a_page_of_text_is_refused() -> None:
    page = Image.new("L", (1200, 1500), 255)
    for line in range(25):
        page.paste(letters(55, 14), (40, 40 + 56 * line))
    with pytest.raises(RecognitionError, match="at once"):
        FormulaPicture(encoded(page)).at_size(18)
    assert LARGEST_EM[1] * 18 < page.height


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RecognitionError, match="no picture"):
        FormulaPicture(EncodedImage("image/png", b"nothing", 1, 1))
