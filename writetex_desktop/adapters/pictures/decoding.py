"""Picture files into pixels, with Pillow: a closed list of forms, of limited size, whatever mode they have.

What is small is decoded at once, what is large in a process of its own (`apart`). Pillow is imported inside
the functions that use it, as in `codec`.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from writetex_desktop.adapters.pictures.apart import decode_apart
from writetex_desktop.adapters.pictures.svg_drawing import draw_svg
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.file_forms import HEAD_BYTES, FileForm, form_of, refusal
from writetex_desktop.core.pictures.image import Bitmap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_PIXELS = 64_000_000
"""Width times height of the largest file that is read; a bitmap of it takes 256 MB."""

APART_PIXELS = 4_000_000
"""What is larger is decoded in a process of its own: it takes long, and most attacks on decoders need it."""

KEPT_PIXELS = 12_000_000
"""What is larger is reduced by a whole factor while it is decoded: a page at 300 dots per inch is kept."""

_BAND_PIXELS = 1_000_000

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What is read. A closed list: Pillow knows forms that start other programs (EPS) or are hardly tested.
Photographs in HEIC come to it by pi-heif, drawings in SVG are drawn by QtSvg, in processes of their own."""

MIN_CONTRAST = 24
"""Grey levels between paper and ink below which a picture counts as blank."""


def decode(data: bytes) -> Bitmap:
    """Decode a picture file, wherever that is best done; see `ImageCodec.decode`.

    Raises:
        ImageError: It is no picture that can be read, or more than a picture may be.
    """
    if form_of(data) in {FileForm.HEIF, FileForm.SVG}:
        return decode_apart(data)
    with _refusing(data), _opened(data) as file:
        is_large = file.width * file.height > APART_PIXELS
    return decode_apart(data) if is_large else decode_here(data)


def decode_here(data: bytes) -> Bitmap:
    """Decode in this process; see `PillowCodec.decode`.

    Raises:
        ImageError: It is no picture that can be read.
    """
    from PIL.Image import Transpose  # noqa: PLC0415 - see the module's docstring

    form = form_of(data)
    if form is FileForm.SVG:
        return draw_svg(data)
    if form is FileForm.HEIF:
        import pi_heif  # noqa: PLC0415 - for photographs of phones alone

        pi_heif.register_heif_opener()
    with _refusing(data[:HEAD_BYTES]):
        with _opened(data, (*FORMATS, "HEIF") if form is FileForm.HEIF else FORMATS) as file:
            del data  # half of what there is for a large one
            turn = _TURNS.get(file.getexif().get(_ORIENTATION, 1))
            image = _whole(file)
        del file
        image = _opaque(image)
        if turn is not None:
            image = image.transpose(Transpose(turn))
        return Bitmap(image.width, image.height, image.tobytes("raw", "BGRX"))


_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""What sets a picture upright (`Image.Transpose`), by the orientation of its EXIF data."""


@contextmanager
def _opened(data: bytes, formats: tuple[str, ...] = FORMATS) -> Iterator[ImageFile]:
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    with Image.open(io.BytesIO(data), formats=formats) as file:
        _check_size(file.width, file.height)
        yield file


@contextmanager
def _refusing(data: bytes) -> Iterator[None]:
    """Turn what a decoder raises of a file, of which the head is enough, into a refusal.

    Raises:
        ImageError: In place of anything else but a lack of memory.
    """
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    try:
        yield
    except (ImageError, ImportError, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except Exception as error:
        # A decoder raises whatever a broken file makes of it: OSError, SyntaxError, struct.error, ...
        raise refusal(data) from error


def _whole(file: ImageFile) -> Image:
    """Read all pixels; reduce them, band by band, where there are too many."""
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    factor = reduction(file, KEPT_PIXELS)
    if factor > 1:  # a JPEG can be decoded smaller
        file.draft("RGB", (file.width // factor, file.height // factor))
        factor = reduction(file, KEPT_PIXELS)
    file.load()
    if factor == 1:
        return file
    levels = _levels(file)
    mode = "L" if levels else "RGBA" if file.has_transparency_data else "RGB"
    small = Image.new(mode, (-(-file.width // factor), -(-file.height // factor)))
    rows = max(1, _BAND_PIXELS // file.width // factor) * factor
    for top in range(0, file.height, rows):
        band = file.crop((0, top, file.width, min(file.height, top + rows)))
        band = _eight_bits(band, *levels) if levels else band.convert(mode)
        small.paste(band.reduce(factor), (0, top // factor))
    return small


def _opaque(image: Image) -> Image:
    """Give an RGB picture of whatever mode a file has."""
    levels = _levels(image)
    if levels:
        return _eight_bits(image, *levels).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    flat = _flattened(layer, "white")
    return flat if contrast(contrasting(flat)) >= MIN_CONTRAST else _flattened(layer, "black")


def _flattened(layer: Image, paper: str) -> Image:
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    flat = Image.new("RGBA", layer.size, paper)
    flat.alpha_composite(layer)
    return flat.convert("RGB")


def _levels(image: Image) -> tuple[float, float] | None:
    """Give black and white of a picture of 16 or 32 bits a pixel; None of any other."""
    if not image.mode.startswith("I") and image.mode != "F":
        return None
    low, high = cast("tuple[float, float]", image.getextrema())
    return (0, 65535) if image.mode != "F" and high > 255 else (min(0, low), max(255, high))  # noqa: PLR2004 - 8 bits


def _eight_bits(image: Image, low: float, high: float) -> Image:
    """Bring 16 and 32 bits a pixel down to 8; Pillow's own conversion cuts off what is above 255."""
    gain = 255 / (high - low)
    return image.convert("F").point(lambda level: level * gain - low * gain).convert("L")


def contrasting(image: Image) -> Image:
    """Give the grey picture, or the colour channel that shows most where all is equally bright."""
    grey = image.convert("L")
    if contrast(grey) >= MIN_CONTRAST:
        return grey
    return max(image.split(), key=contrast)


def contrast(image: Image) -> int:
    """Give the difference between the lightest and the darkest level."""
    low, high = cast("tuple[int, int]", image.getextrema())
    return high - low


def reduction(image: Image, most: int) -> int:
    """Give the smallest whole factor that brings a picture down to so many pixels."""
    factor = 1
    while image.width * image.height > most * factor * factor:
        factor += 1
    return factor


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise too_large()


def too_large() -> ImageError:
    """Give the refusal of what has too many pixels."""
    return ImageError(
        tr("The picture is too large to be read."),
        tr("Use a picture of at most {number} million pixels.", number=MAX_PIXELS // 1000000),
    )
