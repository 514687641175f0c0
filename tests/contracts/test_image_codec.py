"""What every `ImageCodec` keeps to."""

import pytest

from tests.fakes import FakeImageCodec
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits
from writetex_desktop.ports.pictures import ImageCodec

LIMITS = ImageLimits()
WHITE = b"\xff\xff\xff\xff"
RED = b"\x00\x00\xff\xff"


@pytest.fixture(params=[FakeImageCodec, PillowCodec])
def codec(request: pytest.FixtureRequest) -> ImageCodec:
    made: ImageCodec = request.param()
    return made


def square_on_paper() -> Bitmap:
    rows = [b"".join(RED if 40 <= x < 60 and 20 <= y < 40 else WHITE for x in range(120)) for y in range(60)]
    return Bitmap(120, 60, b"".join(rows))


def test_the_same_picture_is_prepared_the_same_way(codec: ImageCodec) -> None:
    assert codec.prepare(square_on_paper(), LIMITS) == codec.prepare(square_on_paper(), LIMITS)


def test_what_is_prepared_keeps_the_limits(codec: ImageCodec) -> None:
    encoded = codec.prepare(square_on_paper(), LIMITS)
    assert encoded.width * encoded.height <= LIMITS.max_area_px
    assert max(encoded.width, encoded.height) <= LIMITS.max_side_px


def test_blank_paper_is_refused_with_a_remedy(codec: ImageCodec) -> None:
    with pytest.raises(ImageError) as caught:
        codec.prepare(Bitmap(30, 20, WHITE * 600), LIMITS)
    assert caught.value.remedy.text


@pytest.mark.parametrize("data", [b"", b"no picture at all"])
def test_what_is_no_picture_is_refused_with_a_remedy(codec: ImageCodec, data: bytes) -> None:
    with pytest.raises(ImageError) as caught:
        codec.decode(data)
    assert caught.value.remedy.text


def test_what_is_written_is_read_back_pixel_for_pixel(codec: ImageCodec) -> None:
    bitmap = square_on_paper()
    again = codec.decode(codec.encode_png(bitmap))
    assert again.size == bitmap.size
    assert bytes(again.data)[0::4] == bytes(bitmap.data)[0::4]
    assert bytes(again.data)[1::4] == bytes(bitmap.data)[1::4]
    assert bytes(again.data)[2::4] == bytes(bitmap.data)[2::4]


def test_a_thumbnail_fits_into_its_room(codec: ImageCodec) -> None:
    small = codec.decode(codec.thumbnail(square_on_paper(), Size(60, 60)))
    assert small.width == 60
    assert small.height <= 60


def test_a_small_picture_is_its_own_thumbnail(codec: ImageCodec) -> None:
    bitmap = square_on_paper()
    assert codec.decode(codec.thumbnail(bitmap, Size(120, 60))).size == bitmap.size
