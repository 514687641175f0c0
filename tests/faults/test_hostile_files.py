"""Documents and pictures made to break a decoder break a process that is nobody's loss."""

import asyncio
import base64
import gzip
import io
import os
import resource
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from tests.hostile_files import form_bomb, png, stream_bomb, stroke_bomb
from writetex_desktop.adapters.pictures import apart
from writetex_desktop.adapters.pictures.apart import PagesApart
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.decoding import KEPT_PIXELS
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.image import Bitmap, ImageLimits
from writetex_desktop.services.interruption import in_thread

LIMITS = ImageLimits(1568, 1_800_000)
MOST_MB = 400


def _most_mb(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _started_with() -> float:
    """What Linux counts for a child before it runs its own program: all that this process holds."""
    return _most_mb(resource.RUSAGE_SELF) + 1


@pytest.mark.parametrize("make", [form_bomb, stroke_bomb, stream_bomb])
def test_a_page_that_asks_for_too_much_fails_alone(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(make())
    pages = PagesApart()
    assert pages.page_count(str(path)) == 2
    with pytest.raises(ImageError, match="more memory or time") as caught:
        pages.page(str(path), 2, LIMITS)
    assert caught.value.remedy.text
    assert pages.page(str(path), 1, LIMITS).height == LIMITS.max_side_px
    assert _most_mb(resource.RUSAGE_CHILDREN) < max(MOST_MB, _started_with())


@pytest.mark.parametrize(
    ("width", "height", "depth", "kind"),
    [(8000, 7999, 8, 2), (8000, 7999, 16, 6), (8000, 7999, 16, 0), (65500, 900, 8, 2)],
)
def test_the_largest_pictures_are_reduced_while_they_are_decoded(
    width: int, height: int, depth: int, kind: int
) -> None:
    before = _most_mb(resource.RUSAGE_SELF)
    bitmap = PillowCodec().decode(png(width, height, depth=depth, kind=kind))
    assert KEPT_PIXELS / 9 < bitmap.width * bitmap.height <= KEPT_PIXELS * 1.01
    assert abs(bitmap.width / bitmap.height - width / height) < 0.01 * width / height
    assert _most_mb(resource.RUSAGE_CHILDREN) < max(MOST_MB, _started_with())
    assert _most_mb(resource.RUSAGE_SELF) - before < MOST_MB / 2


def test_a_large_jpeg_is_reduced_and_turned_as_a_small_one() -> None:
    upright = Image.new("RGB", (7000, 5000), "white")
    upright.paste("black", (0, 0, 3500, 2500))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: what was left is above
    file = io.BytesIO()
    upright.save(file, "JPEG", exif=exif)
    bitmap = PillowCodec().decode(file.getvalue())
    assert bitmap.height > bitmap.width

    def blue(x: int, y: int) -> int:
        """Look into the middle of a quarter."""
        left, top = (2 * x + 1) * bitmap.width // 4, (2 * y + 1) * bitmap.height // 4
        return bitmap.data[(top * bitmap.width + left) * 4]

    assert [blue(x, y) < 128 for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))] == [False, True, False, False]


def test_what_is_transparent_is_white_in_a_large_picture_too() -> None:
    layer = Image.new("RGBA", (4100, 4100), (0, 0, 0, 0))
    layer.paste((0, 0, 0, 255), (0, 0, 2000, 2000))
    file = io.BytesIO()
    layer.save(file, "PNG", compress_level=1)
    bitmap = PillowCodec().decode(file.getvalue())
    assert set(bytes(bitmap.data[-40:-36])[:3]) == {255}
    assert set(bytes(bitmap.data[:3])) == {0}


@pytest.mark.parametrize(
    "written",
    [
        *(
            b"",
            b"x",
            b"[1]",
            b"[" * 100_000,
            b'{"width": -1, "height": -4}',
            b'{"width": 1e999, "height": 1}',
        ),
        *(
            b'{"width": 1, "height": 1}\n12345',
            b'{"message": 5}',
            b'{"count": -1}',
            b'{"count": 1e9, "width": []}',
        ),
    ],
)
def test_a_decoder_that_a_file_took_over_is_believed_nothing(
    written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "taken"
    script.write_bytes(b"#!/bin/sh\ncat >/dev/null\ncat <<'END'\n" + written + b"\nEND\n")
    script.chmod(0o700)
    monkeypatch.setattr(apart, "own_words", lambda *_words, **_more: (str(script),))
    for ask in (
        lambda: apart.decode_apart(b"x"),
        lambda: PagesApart().page("x.pdf", 1, LIMITS),
        lambda: PagesApart().page_count("x.pdf"),
    ):
        with pytest.raises(ImageError, match="more memory or time"):
            ask()


def drawing(content: bytes, declared: bytes = b"") -> bytes:
    names = b'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    begin = b"<!DOCTYPE svg [" + declared + b"]>" if declared else b""
    return begin + b"<svg " + names + b' width="40" height="40">' + content + b"</svg>"


SIZE = b'width="40" height="40"'
SHOWN = b"<image " + SIZE + b' xlink:href="%s"/>'
SPELT = b"image width='40' height='40' xlink:href&#61;'%s'/>"


def held(data: bytes, kind: bytes) -> bytes:
    return drawing(SHOWN % (b"data:image/" + kind + b";base64," + base64.b64encode(data)))


OUTSIDE: dict[str, Callable[[bytes], bytes]] = {
    "a reference": lambda there: drawing(SHOWN % there),
    "below a part": lambda there: drawing(SHOWN % (b"#/../.." + there)),
    "in a drawing": lambda there: held(drawing(SHOWN % there), b"svg+xml"),
    "in a drawing by another name": lambda there: held(drawing(SHOWN % there), b"png"),
    "in a packed drawing": lambda there: held(gzip.compress(drawing(SHOWN % there)), b"png"),
    "by default": lambda there: drawing(
        b"<image " + SIZE + b"/>", b'<!ATTLIST image xlink:href CDATA "%s">' % there
    ),
    "spelt": lambda there: drawing(b"&e;", b'<!ENTITY e "&#60;' + SPELT % there + b'">'),
    "spelt in part": lambda there: drawing(b"&e;", b'<!ENTITY e "<' + SPELT % there + b'">'),
    "by name": lambda there: drawing(SHOWN % b"&e;", b'<!ENTITY e "%s">' % there),
    "in a style": lambda there: drawing(
        b'<style>rect{fill:url("%s")}</style><rect fill="white" ' % there + SIZE + b"/>"
    ),
}


def is_black(bitmap: Bitmap) -> bool:
    return bytes(bitmap.data[:: len(bitmap.data) // 400]).count(0) > 200


@pytest.mark.parametrize("way", OUTSIDE)
def test_a_drawing_shows_nothing_of_this_machine(way: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (40, 40), "black").save(secret)
    with suppress(ImageError):
        assert not is_black(PillowCodec().decode(OUTSIDE[way](bytes(secret))))


def test_a_drawing_shows_the_pixels_that_it_holds() -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "black").save(file, "PNG")
    assert is_black(PillowCodec().decode(held(file.getvalue(), b"png")))


def test_a_drawing_may_name_what_it_says_often() -> None:
    named = b'<!ENTITY ns "http://www.w3.org/2000/svg">'
    assert is_black(PillowCodec().decode(drawing(b'<rect xmlns="&ns;" ' + SIZE + b"/>", named)))


def test_a_decoder_that_writes_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "taken"
    script.write_text("#!/bin/sh\nexec cat /dev/zero\n")
    script.chmod(0o700)
    monkeypatch.setattr(apart, "own_words", lambda *_words, **_more: (str(script),))
    monkeypatch.setattr(apart, "MOST_BYTES", 1_000_000)
    with pytest.raises(ImageError, match="more memory or time"):
        apart.decode_apart(b"x")


async def test_nobody_waits_for_a_page_that_nobody_wants_any_more(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(stroke_bomb())
    begun, ended = threading.Event(), threading.Event()

    def draw() -> None:
        begun.set()
        try:
            PagesApart().page(str(path), 2, LIMITS)
        finally:
            ended.set()

    task = asyncio.create_task(in_thread(draw))
    await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 20)
    with pytest.raises(ChildProcessError):  # nothing of it is left
        os.waitpid(-1, os.WNOHANG)  # noqa: ASYNC222 - it does not wait
