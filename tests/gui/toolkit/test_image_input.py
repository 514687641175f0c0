"""What a drop or a paste is taken for."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.toolkit.image_input import (
    NoPicture,
    PictureBitmap,
    PictureBytes,
    PictureFiles,
    PlainText,
    holds_picture,
    read_mime,
    read_text,
)
from writetex_desktop.ui.toolkit.pictures import bitmap_of, image_of

PNG = b"\x89PNG not looked at here"
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()


def _mime(
    *, text: str = "", flavours: dict[str, bytes] | None = None, urls: tuple[str, ...] = ()
) -> QMimeData:
    mime = QMimeData()
    if text:
        mime.setText(text)
    for name, data in (flavours or {}).items():
        mime.setData(name, QByteArray(data))
    if urls:
        mime.setUrls([QUrl(url) for url in urls])
    return mime


def test_files_come_in_their_order_and_before_the_names_that_are_offered_as_text() -> None:
    mime = _mime(text="b.png a.png", urls=("file:///tmp/b.png", "file:///tmp/%C3%A4%20a.png"))
    assert read_mime(mime) == PictureFiles((Path("/tmp/b.png"), Path("/tmp/ä a.png")))
    assert holds_picture(mime)


def test_the_bytes_of_a_picture_are_taken_as_they_are() -> None:
    mime = _mime(text="alt text", flavours={"image/bmp": b"BM", "image/png": PNG})
    assert read_mime(mime) == PictureBytes(PNG)
    assert holds_picture(mime)


def test_a_picture_dragged_out_of_a_browser_wins_over_its_address() -> None:
    mime = _mime(urls=("https://example.org/formula.png",), flavours={"image/png": PNG})
    assert read_mime(mime) == PictureBytes(PNG)


def test_pixels_without_bytes_become_a_bitmap_on_white(qtbot: QtBot) -> None:
    image = QImage(2, 1, QImage.Format.Format_ARGB32)
    image.setPixelColor(0, 0, QColor(10, 20, 30))
    image.setPixelColor(1, 0, QColor(0, 0, 0, 0))
    mime = QMimeData()
    mime.setImageData(image)
    given = read_mime(mime)
    assert isinstance(given, PictureBitmap)
    assert given.bitmap == Bitmap(2, 1, bytes((30, 20, 10, 255, 255, 255, 255, 255)))


@pytest.mark.parametrize(
    "text",
    [
        DATA_URL,
        f"  {DATA_URL}\n",
        DATA_URL[:40] + "\r\n" + DATA_URL[40:],
        DATA_URL.replace("data:", "DATA:").replace("+", "%2B"),
        "data:image/png;charset=utf-8;base64," + base64.b64encode(PNG).decode(),
    ],
)
def test_a_data_url_gives_its_bytes(text: str) -> None:
    assert read_text(text) == PictureBytes(PNG)


def test_a_data_url_without_base64_is_percent_encoded() -> None:
    assert read_text("data:image/svg+xml,%3Csvg/%3E") == PictureBytes(b"<svg/>")


def test_a_broken_data_url_is_no_picture() -> None:
    assert read_text("data:image/png;base64,§§§") == NoPicture()


def test_other_text_stays_text_and_does_not_count_as_a_picture() -> None:
    mime = _mime(text=r"\frac{a}{b} ")
    assert read_mime(mime) == PlainText(r"\frac{a}{b} ")
    assert not holds_picture(mime)


def test_an_address_on_the_net_is_not_fetched() -> None:
    mime = _mime(urls=("https://example.org/formula.png",))
    assert isinstance(read_mime(mime), PlainText)
    assert not holds_picture(mime)


def test_nothing_is_no_picture() -> None:
    assert read_mime(QMimeData()) == NoPicture()


def test_what_was_pasted_does_not_show_in_a_repr() -> None:
    assert "secret" not in repr(
        (PictureBytes(b"secret"), PlainText("secret"), PictureFiles((Path("secret"),)))
    )


def test_a_bitmap_survives_the_way_to_qt_and_back(qtbot: QtBot) -> None:
    bitmap = Bitmap(3, 2, bytes(byte if at % 4 != 3 else 255 for at, byte in enumerate(range(24))))
    assert bitmap_of(image_of(bitmap)) == bitmap
