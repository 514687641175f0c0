"""Pictures as values."""

import struct
from dataclasses import dataclass, field

from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect, Screen, Size
from writetex_desktop.core.pictures.printed import PrintedLetter

BYTES_PER_PIXEL = 4
"""A `Bitmap` has blue, green, red and one unused byte for each pixel."""

_PROBES = 1000
"""Pixels that `is_black` looks at first."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Pixels in memory.

    Attributes:
        width: Width in device pixels.
        height: Height in device pixels.
        data: Rows from top to bottom without padding, `width * 4` bytes a row; each pixel is blue, green,
            red and an unused byte (BGRX, what `QImage.Format.Format_RGB32` is on little-endian machines).
            May be a view into memory that somebody else owns; it stays valid while the bitmap lives.
        printed: The letters of a page of a document, where it says which they are; nothing that is cut out of
            the page has them.
    """

    width: int
    height: int
    data: bytes | bytearray | memoryview = field(repr=False)
    printed: tuple[PrintedLetter, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.data) != self.width * self.height * BYTES_PER_PIXEL:
            raise ValueError(f"{len(self.data)} bytes do not make {self.width} x {self.height} pixels")

    @property
    def size(self) -> Size:
        """Width and height in device pixels."""
        return Size(self.width, self.height)


@dataclass(frozen=True, slots=True)
class ScreenFrame:
    """What one screen showed at one moment; `bitmap` has the size of `screen.area`.

    Attributes:
        screen: The screen.
        bitmap: Its pixels.
        is_chosen: Whether the user has chosen this very picture already, in a dialog of the desktop: there is
            nothing left to select.
    """

    screen: Screen
    bitmap: Bitmap
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user chose: a region of one frame, in device pixels from its left top corner."""

    frame: ScreenFrame
    region: Rect


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the desktop a picture came from.

    Attributes:
        screen: The screen.
        region: The region, in device pixels from the screen's left top corner.
    """

    screen: Screen
    region: Rect


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """How large a picture may be that is sent.

    Attributes:
        max_side_px: Longest side. 1568 is where Anthropic starts to scale down.
        max_area_px: Width times height; 500,000 keeps ordinary crops within 300-1000 input tokens.
    """

    max_side_px: int = 1568
    max_area_px: int = 500_000


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture ready to be sent.

    Attributes:
        media_type: Such as `image/png`.
        data: The file's bytes.
        width: Width in pixels.
        height: Height in pixels.
    """

    media_type: str
    data: bytes = field(repr=False)
    width: int
    height: int


def is_black(bitmap: Bitmap) -> bool:
    """Say whether every pixel is black, as where the desktop keeps programs from seeing the screen."""
    data = bitmap.data
    step = max(1, len(data) // BYTES_PER_PIXEL // _PROBES) * BYTES_PER_PIXEL
    # A screen that shows something betrays itself at once; only a dark one is looked at in full.
    if any(any(data[at : at + 3]) for at in range(0, len(data), step)):
        return False
    whole = bytes(data)
    return all(
        whole[channel::BYTES_PER_PIXEL].count(0) == len(whole) // BYTES_PER_PIXEL for channel in range(3)
    )


def as_bmp(bitmap: Bitmap) -> EncodedImage:
    """Make a picture file of a bitmap, pixel for pixel: its own bytes behind a header, at no cost.

    https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader
    """
    data = bytes(bitmap.data)
    # A height below zero means rows from top to bottom.
    info = struct.pack("<IiiHHIIiiII", 40, bitmap.width, -bitmap.height, 1, 32, 0, len(data), 0, 0, 0, 0)
    head = struct.pack("<2sIHHI", b"BM", 14 + len(info) + len(data), 0, 0, 14 + len(info))
    return EncodedImage("image/bmp", head + info + data, bitmap.width, bitmap.height)


def crop(bitmap: Bitmap, region: Rect) -> Bitmap:
    """Cut a region out of a bitmap, pixel for pixel.

    Args:
        bitmap: The source.
        region: What to cut, in pixels of the source.

    Raises:
        ImageError: The region is empty or reaches outside the source.
    """
    if region.is_empty or region.intersected(Rect(0, 0, bitmap.width, bitmap.height)) != region:
        raise ImageError(tr("The selected region is empty."), tr("Drag a box round the formula."))
    source = memoryview(bitmap.data)
    row = bitmap.width * BYTES_PER_PIXEL
    start = region.y * row + region.x * BYTES_PER_PIXEL
    length = region.width * BYTES_PER_PIXEL
    rows = (source[at : at + length] for at in range(start, start + region.height * row, row))
    return Bitmap(region.width, region.height, b"".join(rows))
