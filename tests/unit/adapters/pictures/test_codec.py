"""What Pillow makes of our pictures and of files."""

import io
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from writetex_desktop.adapters.pictures import decoding
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits

CODEC = PillowCodec()
LIMITS = ImageLimits()


def bitmap_of(image: Image.Image) -> Bitmap:
    return Bitmap(image.width, image.height, image.convert("RGB").tobytes("raw", "BGRX"))


def text_image(
    size: tuple[int, int] = (600, 120),
    *,
    points: float = 28,
    ink: str = "black",
    paper: str = "white",
    text: str = "f(x) = ax + b",
) -> Image.Image:
    image = Image.new("RGB", size, paper)
    ImageDraw.Draw(image).text((40, 30), text, fill=ink, font=ImageFont.load_default(points))
    return image


def opened(encoded: EncodedImage) -> Image.Image:
    image = Image.open(io.BytesIO(encoded.data))
    image.load()
    return image


def prepared(image: Image.Image) -> Image.Image:
    return opened(CODEC.prepare(bitmap_of(image), LIMITS))


def content_box(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.point(lambda level: 255 if level < 160 else 0).getbbox()
    assert box is not None
    return box


def file_of(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def pixel(bitmap: Bitmap, x: int, y: int) -> tuple[int, int, int]:
    blue, green, red, _ = bytes(bitmap.data[(y * bitmap.width + x) * 4 :][:4])
    return red, green, blue


def test_importing_the_module_does_not_load_pillow() -> None:
    code = "import sys, writetex_desktop.adapters.pictures.codec; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_sent_is_a_grey_png_of_the_stated_size() -> None:
    encoded = CODEC.prepare(bitmap_of(text_image()), LIMITS)
    image = opened(encoded)
    assert encoded.media_type == "image/png"
    assert (image.format, image.mode, image.size) == ("PNG", "L", (encoded.width, encoded.height))


def test_margins_are_trimmed_and_the_content_stands_in_the_middle() -> None:
    image = prepared(text_image((1200, 700)))
    left, top, right, bottom = content_box(image)
    assert abs(left - (image.width - right)) <= 4
    assert abs(top - (image.height - bottom)) <= 4
    assert image.width < 600
    assert image.height < 200


def test_light_text_on_dark_paper_becomes_dark_on_light() -> None:
    light = prepared(text_image())
    dark = prepared(text_image(ink="#d4d4d4", paper="#1e1e1e"))
    assert dark.getpixel((0, 0)) == 255
    assert dark.size == light.size


def test_light_text_on_middling_paper_becomes_dark_on_light() -> None:
    image = prepared(text_image(ink="white", paper="#9090a0"))
    assert image.getpixel((0, 0)) == 255
    assert image.getextrema() == (0, 255)


def test_pale_text_is_made_black() -> None:
    assert prepared(text_image(ink="#b0b0b0")).getextrema() == (0, 255)


def test_red_on_green_of_the_same_brightness_is_still_seen() -> None:
    image = prepared(text_image(ink="#ff0000", paper="#008200"))
    assert image.getextrema() == (0, 255)
    assert image.size == prepared(text_image()).size


@pytest.mark.parametrize("points", [9, 12, 20, 40, 90])
def test_text_of_any_size_comes_out_readable(points: float) -> None:
    image = prepared(text_image((1600, 300), points=points, text="xnaexo"))
    _, top, _, bottom = content_box(image)
    assert 14 <= bottom - top <= 48


def test_several_lines_are_scaled_by_their_signs_and_not_by_their_block() -> None:
    one = prepared(text_image((900, 600), points=14, text="xnaexo xnaexo"))
    four = prepared(text_image((900, 600), points=14, text="\n".join(["xnaexo xnaexo"] * 4)))
    assert four.width == one.width
    assert four.height > 2 * (one.height - 64)


@pytest.mark.parametrize("size", [(3840, 2160), (5120, 700)])
def test_a_formula_alone_on_a_large_screen_keeps_its_pixels(size: tuple[int, int]) -> None:
    small = prepared(text_image((600, 120)))
    large = prepared(text_image(size))
    assert large.size == small.size
    assert content_box(large) == content_box(small)


def test_a_full_screen_of_text_keeps_the_limits() -> None:
    lines = "\n".join(["the quick brown fox jumps over the lazy dog " * 4] * 50)
    encoded = CODEC.prepare(bitmap_of(text_image((3840, 2160), text=lines)), LIMITS)
    assert encoded.width * encoded.height <= LIMITS.max_area_px
    assert encoded.width * encoded.height >= LIMITS.max_area_px * 0.8


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_buffer_will_do(kind: Callable[[bytes], bytes | bytearray | memoryview]) -> None:
    source = bitmap_of(text_image())
    data = bytes(source.data)
    same = Bitmap(source.width, source.height, kind(data))
    assert CODEC.prepare(same, LIMITS) == CODEC.prepare(source, LIMITS)


@pytest.mark.parametrize("paper", ["white", "black", "#7f7f7f", "#fafafa"])
def test_a_blank_picture_is_refused_with_a_remedy(paper: str) -> None:
    with pytest.raises(ImageError, match="nothing but background") as caught:
        CODEC.prepare(bitmap_of(Image.new("RGB", (300, 100), paper)), LIMITS)
    assert caught.value.remedy.text


def test_a_single_pixel_is_refused() -> None:
    with pytest.raises(ImageError):
        CODEC.prepare(Bitmap(1, 1, bytes(4)), LIMITS)


def test_faint_noise_on_paper_is_background() -> None:
    noise = Image.effect_noise((300, 100), 2)
    with pytest.raises(ImageError):
        CODEC.prepare(bitmap_of(noise), LIMITS)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_common_files_are_read(form: str) -> None:
    image = Image.new("RGB", (40, 30), "#ff8000")
    bitmap = CODEC.decode(file_of(image, form))
    assert (bitmap.width, bitmap.height) == (40, 30)
    assert pixel(bitmap, 5, 5) == pytest.approx((255, 128, 0), abs=6)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_of_a_file_gives_black_on_white(mode: str) -> None:
    grey = Image.new("L", (40, 30), 255)
    grey.paste(0, (10, 10, 20, 20))
    image = grey.convert("I").point(lambda level: level * 257) if mode.startswith("I") else grey
    image = image.convert("RGB").convert(mode) if mode in {"CMYK", "P"} else image.convert(mode)
    form = "TIFF" if mode in {"CMYK", "F", "I"} else "PNG"
    bitmap = CODEC.decode(file_of(image, form))
    assert pixel(bitmap, 15, 15) == (0, 0, 0)
    assert pixel(bitmap, 1, 1) == (255, 255, 255)


def test_a_photograph_is_turned_as_the_camera_was_held() -> None:
    image = Image.new("RGB", (40, 20), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    bitmap = CODEC.decode(file_of(image, "JPEG", exif=exif.tobytes()))
    assert (bitmap.width, bitmap.height) == (20, 40)


def test_transparent_paper_is_white() -> None:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (10, 10, 20, 20))
    bitmap = CODEC.decode(file_of(image, "PNG"))
    assert (pixel(bitmap, 0, 0), pixel(bitmap, 15, 15)) == ((255, 255, 255), (0, 0, 0))


def test_white_ink_on_transparent_paper_is_not_lost() -> None:
    image = Image.new("RGBA", (40, 30), (255, 255, 255, 0))
    image.paste((255, 255, 255, 255), (10, 10, 20, 20))
    bitmap = CODEC.decode(file_of(image, "PNG"))
    assert (pixel(bitmap, 0, 0), pixel(bitmap, 15, 15)) == ((0, 0, 0), (255, 255, 255))


def test_a_palette_with_a_transparent_colour_is_flattened() -> None:
    image = Image.new("P", (40, 30), 0)
    image.putpalette([255, 0, 0, 0, 0, 0])
    image.paste(1, (10, 10, 20, 20))
    bitmap = CODEC.decode(file_of(image, "PNG", transparency=0))
    assert pixel(bitmap, 0, 0) == (255, 255, 255)


def test_the_first_frame_of_an_animation_is_read() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    bitmap = CODEC.decode(file_of(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert pixel(bitmap, 3, 3) == (255, 0, 0)


def test_the_first_page_of_a_document_is_read() -> None:
    pages = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    bitmap = CODEC.decode(file_of(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert pixel(bitmap, 3, 3) == (255, 0, 0)


def nonsense() -> dict[str, bytes]:
    whole = file_of(text_image(), "PNG")
    return {
        "empty": b"",
        "text": b"hello, this is no picture",
        "html": b"<!doctype html><html></html>",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        "truncated png": whole[: len(whole) // 2],
        "damaged png": whole[:60] + b"\0" * 40 + whole[100:],
        "truncated jpeg": file_of(text_image(), "JPEG")[:900],
        "header only": whole[:20],
        "truncated tiff": file_of(text_image(), "TIFF")[:3000],
        "truncated webp": file_of(text_image(), "WEBP")[:200],
    }


@pytest.mark.parametrize("name", sorted(nonsense()))
def test_what_is_no_picture_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(ImageError) as caught:
        CODEC.decode(nonsense()[name])
    assert caught.value.remedy.text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]), st.data())
def test_a_damaged_file_gives_a_picture_or_an_image_error(form: str, data: st.DataObject) -> None:
    whole = bytearray(file_of(text_image((90, 40), points=12), form))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(ImageError):
        assert CODEC.decode(cut).width > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.binary(min_size=1, max_size=64))
def test_any_pixels_give_a_picture_within_the_limits_or_an_image_error(
    width: int, height: int, pattern: bytes
) -> None:
    size = width * height * 4
    bitmap = Bitmap(width, height, (pattern * (size // len(pattern) + 1))[:size])
    with suppress(ImageError):
        encoded = CODEC.prepare(bitmap, LIMITS)
        assert encoded.width * encoded.height <= LIMITS.max_area_px
        assert opened(encoded).size == (encoded.width, encoded.height)


def test_a_picture_that_would_fill_the_memory_is_refused_unread() -> None:
    data = file_of(Image.new("1", (9000, 8000)), "PNG")
    with pytest.raises(ImageError, match="too large") as caught:
        CODEC.decode(data)
    assert "64 million" in caught.value.remedy.text


@pytest.mark.parametrize("side", [10_000, 20_000])
def test_a_decompression_bomb_is_refused(side: int) -> None:
    data = file_of(Image.new("1", (side, side)), "PNG")
    assert len(data) < 100_000
    with pytest.raises(ImageError, match="too large"):
        CODEC.decode(data)


def test_the_limit_of_files_lies_below_the_one_of_pillow_so_that_it_does_not_warn() -> None:
    assert Image.MAX_IMAGE_PIXELS is not None
    assert decoding.MAX_PIXELS < Image.MAX_IMAGE_PIXELS


def test_a_png_is_written_pixel_for_pixel_in_colour() -> None:
    image = Image.new("RGB", (3, 2))
    image.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (1, 2, 3), (250, 251, 252), (9, 8, 7)])
    again = Image.open(io.BytesIO(CODEC.encode_png(bitmap_of(image))))
    assert again.mode == "RGB"
    assert again.tobytes() == image.tobytes()
