"""Ink files on the command line and wherever pictures are read."""

from pathlib import Path

import pytest

from tests.unit.core.ink.inks import PLUS, line
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.ink_picture import draw_ink, is_inkml
from writetex_desktop.adapters.pictures.picture_files import find_pictures
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.ink.ink import Ink, scaled
from writetex_desktop.core.ink.inkml import format_inkml
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits


def blackness(bitmap: Bitmap, x: int, y: int) -> int:
    return 255 - bitmap.data[(y * bitmap.width + x) * 4]


def test_ink_is_drawn_black_on_white_where_it_was() -> None:
    bitmap = draw_ink(PLUS)
    middle_x, middle_y = bitmap.width // 2, bitmap.height // 2
    assert blackness(bitmap, middle_x, middle_y) > 200
    assert blackness(bitmap, 2, 2) == 0
    assert blackness(bitmap, middle_x, 2) == 0


def test_a_device_that_counts_in_other_units_gives_the_same_picture() -> None:
    tiny = draw_ink(scaled(PLUS, 1 / 100, (0, 0)))
    huge = draw_ink(scaled(PLUS, 1000, (0, 0)))
    assert tiny.size == huge.size == draw_ink(PLUS).size


def test_a_drawing_of_a_kilometre_fits_into_memory() -> None:
    bitmap = draw_ink(Ink((line((0, 0), (200, 0)), line((90_000, 0), (90_200, 40)))))
    assert bitmap.width * bitmap.height <= 2_100_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_codec_decodes_ink_like_any_picture(encoding: str) -> None:
    text = format_inkml(PLUS).replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    data = text.encode(encoding)
    assert is_inkml(data)
    bitmap = PillowCodec().decode(data)
    assert PillowCodec().prepare(bitmap, ImageLimits()).media_type == "image/png"


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"<ink"]
)
def test_what_is_no_ink_is_not_taken_for_it(data: bytes) -> None:
    with pytest.raises(ImageError):
        PillowCodec().decode(data)


def test_ink_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "formula.inkml").write_text(format_inkml(PLUS))
    assert [Path(found).name for found in find_pictures(str(tmp_path))] == ["formula.inkml"]
