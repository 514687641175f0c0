"""Photographs of phones and drawings: written by other programs, read by ours."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageChops

from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.image import Bitmap

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


def _picture(bitmap: Bitmap) -> Image.Image:
    return Image.frombytes("RGB", (bitmap.width, bitmap.height), bytes(bitmap.data), "raw", "BGRX")


@pytest.mark.parametrize("name", ["01-quadratic.png", "03-gauss-dark.png"])
def test_a_photograph_of_a_phone_is_the_picture_that_was_taken(name: str) -> None:
    taken = Image.open(SAMPLES / name).convert("RGB")
    file = io.BytesIO()
    pillow_heif.from_pillow(taken).save(file, quality=90)
    read = _picture(PillowCodec().decode(file.getvalue()))
    assert read.size == taken.size
    difference = ImageChops.difference(read.convert("L"), taken.convert("L")).resize((40, 20))
    assert difference.point(lambda level: 255 if level > 40 else 0).getbbox() is None


def test_a_photograph_that_was_cut_off_is_refused_in_a_sentence() -> None:
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "white")).save(file, quality=90)
    with pytest.raises(ImageError, match="broken or cut off"):
        PillowCodec().decode(file.getvalue()[:200])


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 200 100">'
)


PACKED = pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "packed"])
Pack = Callable[[bytes], bytes]


@PACKED
def test_a_drawing_is_drawn_on_white_in_its_own_shape(packed: Pack) -> None:
    data = f'{SVG}<rect x="50" y="25" width="100" height="50"/></svg>'.encode()
    drawn = _picture(PillowCodec().decode(packed(data)))
    assert drawn.size == (1600, 800)
    assert drawn.getpixel((10, 10)) == (255, 255, 255)
    assert drawn.getpixel((800, 400)) == (0, 0, 0)
    assert ImageChops.invert(drawn).getbbox() == (400, 200, 1200, 600)


@PACKED
@pytest.mark.parametrize("attribute", ["href", "xlink:href", "xlink:href "])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("address", ["{path}", "file://{path}", " {path}", "./{name}"])
def test_a_drawing_cannot_take_a_picture_of_this_machine_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attribute: str, quote: str, address: str, *, packed: Pack
) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8), "black").save(secret)
    monkeypatch.chdir(tmp_path)
    place = address.format(path=secret, name=secret.name)
    data = f"{SVG}<image {attribute}={quote}{place}{quote} width='200' height='100'/></svg>"
    drawn = _picture(PillowCodec().decode(packed(data.encode())))
    assert ImageChops.invert(drawn).getbbox() is None


def test_a_picture_that_the_drawing_holds_itself_is_drawn() -> None:
    data = (
        f'{SVG}<image width="200" height="100" href="data:image/png;base64,'
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
        '"/></svg>'
    )
    assert ImageChops.invert(_picture(PillowCodec().decode(data.encode()))).getbbox() is not None


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><g>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + at, (b"&%c;" % (97 + at)) * 10) for at in range(9))
        + b"]><svg xmlns='http://www.w3.org/2000/svg'><text>&j;</text></svg>",
        gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>")[:30],
        gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'><!--" + b" " * 2**28 + b"--></svg>"),
    ],
)
def test_a_drawing_that_is_none_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ImageError) as caught:
        PillowCodec().decode(data)
    assert caught.value.remedy.text
