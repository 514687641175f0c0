"""What a drop or a paste holds."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from writetex_desktop.core.desktop.clipboard_forms import PICTURES
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.pictures.data_url import is_data_url, parse_data_url
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.toolkit.pictures import bitmap_of


@dataclass(frozen=True, slots=True)
class PictureBytes:
    """A picture file as bytes, of any common form."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PictureBitmap:
    """A picture that came as pixels."""

    bitmap: Bitmap


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """Files on this machine, in the order given; whether they are pictures is not known yet."""

    paths: tuple[Path, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlainText:
    """Text that is no picture, such as LaTeX to be edited."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Nothing that we can use."""


ImageInput = PictureBytes | PictureBitmap | PictureFiles | PlainText | NoPicture


def read_mime(mime: QMimeData) -> ImageInput:
    """Take the best of what a drop or a paste offers.

    Files come first (a file manager also offers their names as text), then the bytes of a picture, then its
    pixels, then a data URL, then other text.
    """
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return PictureFiles(paths)
    for media_type in PICTURES:
        data = mime.data(media_type).data() if mime.hasFormat(media_type) else b""
        if data:
            return PictureBytes(bytes(data))
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return PictureBitmap(bitmap_of(image))
    return read_text(mime.text())


def read_text(text: str) -> ImageInput:
    """Tell a data URL from other text."""
    if not text.strip():
        return NoPicture()
    if not is_data_url(text):
        return PlainText(text)
    try:
        return PictureBytes(parse_data_url(text))
    except ImageError:
        return NoPicture()


def holds_picture(mime: QMimeData) -> bool:
    """Say whether a drop or a paste holds a picture or files; cheap enough for every mouse move."""
    return (
        mime.hasImage()
        or any(mime.hasFormat(media_type) for media_type in PICTURES)
        or any(url.isLocalFile() for url in mime.urls())
        or mime.text().lstrip()[:11].lower() == "data:image/"
    )
