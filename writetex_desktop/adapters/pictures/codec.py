"""Picture files and the preparation of what is sent, with Pillow.

Pillow takes a tenth of a second to load, so it is imported inside the functions that use it: nothing here is
called before a picture is there, and then in a worker thread.

What is sent is grey, black on white, PNG: measured on 300 formulas it is half the size of a coloured one and
an eighth of a JPEG, without rings round the strokes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from writetex_desktop.adapters.pictures.decoding import (
    MIN_CONTRAST,
    contrasting,
    decode,
    reduction,
    too_large,
)
from writetex_desktop.adapters.pictures.ink_picture import decode_inkml, is_inkml
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Rect, Size
from writetex_desktop.core.pictures.image import Bitmap, EncodedImage, ImageLimits
from writetex_desktop.core.pictures.ink import Ink
from writetex_desktop.core.pictures.layout import lay_out
from writetex_desktop.core.pictures.text_height import estimate_text_height

if TYPE_CHECKING:
    from PIL.Image import Image

DARK_MEDIAN = 110
"""A picture whose median grey is below is light on dark and is inverted."""

CONTENT_BELOW = 208
"""What is darker, with the paper at 255, is content that a trim must not cut off."""

INK_BELOW = 176
"""What is darker, with the paper at 255, is a stroke and not the blur at its edge."""

STROKE_BELOW = 208
"""What is darker, with the paper at 255, is a stroke when pictures are compared; hairlines hold together."""

INK_LIMITS = ImageLimits(max_side_px=4096, max_area_px=1_000_000)
"""How large pictures are compared."""

SAMPLE_WIDTH = 480
"""How much of a wide crop, from its left, is enough to tell how tall its signs are, in pixels."""

WORKING_PIXELS = 2_000_000
"""A crop with more pixels is reduced by a whole factor before anything else is done with it."""

GREY_STEP = 16
"""Grey levels are rounded to multiples of it, which no eye and no model sees and PNG thanks for."""


class PillowCodec:
    """The `ImageCodec` of the program; it has no state."""

    def prepare(self, bitmap: Bitmap, limits: ImageLimits) -> EncodedImage:
        """See `ImageCodec.prepare`. The same bitmap gives the same bytes."""
        page = _black_on_white(_grey(bitmap))
        box = _content_box(page)
        content = page.crop(box)
        sample = content.crop((0, 0, min(content.width, SAMPLE_WIDTH), content.height))
        height = estimate_text_height(_mask(sample, INK_BELOW).tobytes(), sample.width)
        layout = lay_out(Size(content.width, content.height), height, limits)
        canvas = _drawn(content, layout.content, layout.canvas)
        return EncodedImage("image/png", _png(canvas, level=2), canvas.width, canvas.height)

    def read_ink(self, bitmap: Bitmap, scale: float | None = None) -> Ink:
        """Give the strokes of a picture.

        Args:
            bitmap: The picture.
            scale: How much it is enlarged; None for a size at which its signs can be compared.

        Raises:
            ImageError: The picture holds nothing but background, or is too large for one formula.
        """
        if bitmap.width * bitmap.height > WORKING_PIXELS:
            raise too_large()
        page = _black_on_white(contrasting(_coloured(bitmap)))
        box = _content_box(page)
        content = page.crop(box)
        if scale is None:
            height = estimate_text_height(_mask(content, INK_BELOW).tobytes(), content.width)
            size = lay_out(Size(content.width, content.height), height, INK_LIMITS).content
        else:
            size = Size(max(1, round(content.width * scale)), max(1, round(content.height * scale)))
        mask = _mask(_resized(content, size), STROKE_BELOW)
        return Ink(size.width, mask.tobytes(), Rect(box[0], box[1], content.width, content.height))

    def decode(self, data: bytes) -> Bitmap:
        """See `ImageCodec.decode`. Transparent parts become white, or black where all the rest is white.

        A picture of more than `KEPT_PIXELS` comes back smaller. Ink (InkML) is drawn.
        """
        return decode_inkml(data) if is_inkml(data) else decode(data)

    def encode_png(self, bitmap: Bitmap) -> bytes:
        """See `ImageCodec.encode_png`."""
        return _png(_coloured(bitmap), level=6)

    def thumbnail(self, bitmap: Bitmap, room: Size) -> bytes:
        """See `ImageCodec.thumbnail`."""
        from PIL import Image  # noqa: PLC0415 - see the module's docstring

        image = _coloured(bitmap)
        image.thumbnail((room.width, room.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _png(image, level=6)


def _grey(bitmap: Bitmap) -> Image:
    """Give the crop in grey, reduced if it is very large, and then without its blank margins."""
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    if bitmap.width * bitmap.height <= WORKING_PIXELS:
        return contrasting(_coloured(bitmap))
    # No copy: blue and red change places until `_unswapped` puts them right on what is left.
    whole = Image.frombuffer("RGBX", (bitmap.width, bitmap.height), _pixels(bitmap), "raw", "RGBX", 0, 1)
    factor = reduction(whole, WORKING_PIXELS)
    overview = contrasting(_unswapped(whole.reduce(factor)))
    left, top, right, bottom = _content_box(_black_on_white(overview))
    crop = whole.crop(
        (
            max(0, (left - 1) * factor),
            max(0, (top - 1) * factor),
            min(whole.width, (right + 1) * factor),
            min(whole.height, (bottom + 1) * factor),
        ),
    )
    factor = reduction(crop, WORKING_PIXELS)
    return contrasting(_unswapped(crop.reduce(factor) if factor > 1 else crop))


def _coloured(bitmap: Bitmap) -> Image:
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    return Image.frombuffer("RGB", (bitmap.width, bitmap.height), _pixels(bitmap), "raw", "BGRX", 0, 1)


def _pixels(bitmap: Bitmap) -> bytes:
    """Give the data under the only name that Pillow's annotations know; it takes any buffer."""
    return cast("bytes", bitmap.data)


def _unswapped(image: Image) -> Image:
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    blue, green, red, _unused = image.split()
    return Image.merge("RGB", (red, green, blue))


def _black_on_white(image: Image) -> Image:
    """Stretch the grey levels so that the paper is 255 and the darkest ink 0, whichever was lighter.

    Raises:
        ImageError: There is no ink.
    """
    histogram = image.histogram()
    paper = _median(histogram)
    darkest, lightest = cast("tuple[int, int]", image.getextrema())
    dark_paper = paper < DARK_MEDIAN
    if lightest - paper < MIN_CONTRAST:
        dark_paper = False
    elif paper - darkest < MIN_CONTRAST:
        dark_paper = True
    ink = lightest if dark_paper else darkest
    if abs(paper - ink) < MIN_CONTRAST:
        raise ImageError(
            tr("The picture shows nothing but background."), tr("Select a region that holds a formula.")
        )
    gain = 255 / (paper - ink)
    return image.point([min(255, max(0, round((level - ink) * gain))) for level in range(256)])


def _median(histogram: list[int]) -> int:
    half = sum(histogram) / 2
    seen = 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= half:
            return level
    return len(histogram) - 1


def _mask(page: Image, below: int) -> Image:
    return page.point([255] * below + [0] * (256 - below))


def _content_box(page: Image) -> tuple[int, int, int, int]:
    """Give left, top, right, bottom of the content, with one pixel for the blur at its edges."""
    left, top, right, bottom = _mask(page, CONTENT_BELOW).getbbox() or (0, 0, page.width, page.height)
    return max(0, left - 1), max(0, top - 1), min(page.width, right + 1), min(page.height, bottom + 1)


def _drawn(content: Image, size: Size, canvas: Size) -> Image:
    """Scale the content and put it in the middle of white paper."""
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    content = _resized(content, size)
    paper = Image.new("L", (canvas.width, canvas.height), 255)
    paper.paste(content, ((canvas.width - size.width) // 2, (canvas.height - size.height) // 2))
    return paper.point([min(255, (level + GREY_STEP // 2) // GREY_STEP * GREY_STEP) for level in range(256)])


def _resized(image: Image, size: Size) -> Image:
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    if size == Size(image.width, image.height):
        return image
    return image.resize((size.width, size.height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _png(image: Image, *, level: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=level)
    return file.getvalue()
