"""Brings a picture to what the embedded recogniser reads: ink on paper, text of one size.

Pillow is imported inside the functions, for the reason given in `image_codec`.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from writetex_desktop.adapters.recogniser.handwriting.photograph import written_ink
from writetex_desktop.adapters.recogniser.paper import local_ink
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.pictures.geometry import Box, Rect
from writetex_desktop.core.pictures.parting.blobs import blobs_of
from writetex_desktop.core.pictures.parting.furniture import furniture
from writetex_desktop.core.pictures.text_height import estimate_text_height

if TYPE_CHECKING:
    from PIL.Image import Image

    from writetex_desktop.core.pictures.image import EncodedImage

STEP_PX = 8
"""The model's pictures have sides that are multiples of it."""

MARGIN_PX = 6
"""Paper round the formula, at the model's size."""

EM_PER_SIGN = 1.65
"""Size of the text's em over the median height of its signs, as `estimate_text_height` gives it: the median
over the formulas that `packaging/model` draws at known sizes."""

INK_ABOVE = 79
"""Ink levels that count as a stroke and not as the blur at its edge."""

MIN_CONTRAST = 24
"""Grey levels between paper and ink below which a picture counts as blank."""

LARGEST_EM = (96.0, 48.0)
"""Width and height, in ems of the text, beyond which a picture is no display of formulas."""

LARGEST_AREA_EM = 1800.0
"""Width times height, in square ems, beyond which it is a page."""

FAINT_INK = 24
"""Ink levels that count as a stroke when frames are looked for: they are often pale."""

MOST_INK = 0.34
"""Share of strokes in the picture above which it is no text; the densest formulas have 0.3."""

MOST_INK_ALONE = 0.6
"""The same for one sign or two, which fill their picture."""

LARGEST_ALONE_PX = 60
"""How large the picture of one sign may be for that."""

FEW_BLOBS = 3
"""Blobs that one sign or two have at most."""

MOST_GREY = 0.3
"""Share of pixels that are neither paper nor full ink above which it is a photograph; small text has 0.2."""

LARGEST_PHOTOGRAPH_PX = 1800
"""Longer side to which a photograph of handwriting is reduced."""

_ONE_FORMULA = mark("Drag a box round one printed formula, or use an endpoint for this picture.")


@dataclass(frozen=True, slots=True)
class ModelPicture:
    """What the model reads.

    Attributes:
        width: In pixels, a multiple of `STEP_PX`.
        height: In pixels, a multiple of `STEP_PX`.
        ink: Rows from the top, one byte a pixel: 0 is paper, 255 is ink.
    """

    width: int
    height: int
    ink: bytes = field(repr=False)


class FormulaPicture:
    """A picture cut close to its ink, and how large its text is.

    Args:
        image: Any picture that Pillow reads; dark or light paper.
        is_written: Whether it shows handwriting, perhaps photographed.

    Attributes:
        em_px: Size of the text, estimated: pixels to the em.
        blocks: How many pieces stand under one another with blank rows between, each as tall as a letter: the
            lines of aligned equations, or the halves of a fraction that stands alone.
        two_ways: Whether a part of it is selected in inverse colours.

    Raises:
        RecognitionError: There is no ink, or it is no formula.
    """

    def __init__(self, image: EncodedImage, *, is_written: bool = False) -> None:
        if is_written:
            ink, self.two_ways = _written(image), False
        else:
            ink, self.two_ways = _ink(image)
            ink = _bare(ink)
        box = ink.point(_above(INK_ABOVE)).getbbox()
        if box is None:
            raise RecognitionError(tr("There is no formula in the picture."), tr_marked(_ONE_FORMULA))
        left, top, right, bottom = box
        self._corner = max(0, left - 2), max(0, top - 2)
        self._ink = ink.crop((*self._corner, min(ink.width, right + 2), min(ink.height, bottom + 2)))
        mask = self._ink.point(_above(INK_ABOVE))
        self._check(mask)
        height = estimate_text_height(mask.tobytes(), mask.width)
        self.em_px = EM_PER_SIGN * (height or 0.6 * mask.height)
        self.blocks = _blocks(mask, at_least_px=0.45 * self.em_px)

    def at_size(self, em_px: float) -> ModelPicture:
        """The picture with its text at a size.

        Raises:
            RecognitionError: The picture is larger than any single formula.
        """
        from PIL import Image  # noqa: PLC0415 - see the module's docstring

        width, height = self._size(em_px)
        wide, tall = width / em_px, height / em_px
        if wide > LARGEST_EM[0] or tall > LARGEST_EM[1] or wide * tall > LARGEST_AREA_EM:
            raise RecognitionError(
                tr("This is more than the built-in recogniser reads at once."), tr_marked(_ONE_FORMULA)
            )
        small = self._ink.resize((width, height), Image.Resampling.BICUBIC)
        strongest = max(40, cast("tuple[int, int]", small.getextrema())[1])
        small = small.point([min(255, level * 255 // strongest) for level in range(256)])
        canvas = Image.new("L", (_padded(width), _padded(height)), 0)
        canvas.paste(small, ((canvas.width - width) // 2, (canvas.height - height) // 2))
        return ModelPicture(canvas.width, canvas.height, canvas.tobytes())

    def place(self, extent: Box, em_px: float, model_em_px: float) -> Rect:
        """Where something that the model saw stands in the picture as it was given, in its pixels.

        Args:
            extent: In ems of the size at which the model reads.
            em_px: The size that `at_size` was asked for.
            model_em_px: Pixels to the em at which the model reads.
        """
        width, height = self._size(em_px)
        factor = em_px / self.em_px
        right_by, down_by = (_padded(width) - width) // 2, (_padded(height) - height) // 2
        left, right = ((side * model_em_px - right_by) / factor for side in (extent.left, extent.right))
        top, bottom = ((side * model_em_px - down_by) / factor for side in (extent.top, extent.bottom))
        x, y = math.floor(left) + self._corner[0], math.floor(top) + self._corner[1]
        return Rect(x, y, math.ceil(right - left) + 1, math.ceil(bottom - top) + 1)

    def _size(self, em_px: float) -> tuple[int, int]:
        """Width and height of the ink with its text at a size."""
        factor = em_px / self.em_px
        return max(1, round(self._ink.width * factor)), max(1, round(self._ink.height * factor))

    def _check(self, mask: Image) -> None:
        """See that it can be text at all.

        Raises:
            RecognitionError: It cannot.
        """
        area = mask.width * mask.height
        dark = mask.histogram()[255]
        levels = self._ink.histogram()
        grey = sum(levels[40:200])
        if min(mask.size) <= 2 * STEP_PX:
            return
        alone = max(mask.size) <= LARGEST_ALONE_PX and len(blobs_of(mask.tobytes(), mask.width)) <= FEW_BLOBS
        if dark > (MOST_INK_ALONE if alone else MOST_INK) * area or (not alone and grey > MOST_GREY * area):
            raise RecognitionError(tr("This does not look like a printed formula."), tr_marked(_ONE_FORMULA))


def _padded(side_px: int) -> int:
    """A side with its margins, as the model wants it."""
    return (side_px + 2 * MARGIN_PX + STEP_PX - 1) // STEP_PX * STEP_PX


def _ink(image: EncodedImage) -> tuple[Image, bool]:
    """What differs from the paper, the strongest at 255; and whether it is dark here and light there."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - see the module's docstring

    try:
        with Image.open(io.BytesIO(image.data)) as file:
            grey = file.convert("L")
    except OSError as error:
        raise RecognitionError(
            tr("This is no picture that can be read."), tr("Snip the formula again.")
        ) from error
    levels = grey.histogram()
    if _middle(levels) < 128:  # noqa: PLR2004 - half of the grey levels
        grey = ImageOps.invert(grey)
        levels = grey.histogram()
    paper = _middle(levels)
    darkest = next(level for level, count in enumerate(levels) if count)
    if paper - darkest < MIN_CONTRAST:
        raise RecognitionError(tr("There is no formula in the picture."), tr_marked(_ONE_FORMULA))
    span = paper - darkest
    ink = grey.point([max(0, min(255, (paper - level) * 255 // span)) for level in range(256)])
    height = estimate_text_height(ink.point(_above(INK_ABOVE)).tobytes(), ink.width)
    local = local_ink(grey.tobytes(), grey.width, height) if height else None
    if local is None:
        return ink, False
    return Image.frombytes("L", grey.size, local.levels), local.two_ways


def _written(image: EncodedImage) -> Image:
    """What a pen left on paper, the strongest at 255; of a large photograph as much as is needed."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - see the module's docstring

    try:
        with Image.open(io.BytesIO(image.data)) as file:
            grey = file.convert("L")
    except OSError as error:
        raise RecognitionError(
            tr("This is no picture that can be read."), tr("Snip the formula again.")
        ) from error
    factor = LARGEST_PHOTOGRAPH_PX / max(grey.size)
    if factor < 1:
        size = [max(1, round(side * factor)) for side in grey.size]
        grey = grey.resize((size[0], size[1]), Image.Resampling.BOX)
    if _middle(grey.histogram()) < 128:  # noqa: PLR2004 - half of the grey levels
        grey = ImageOps.invert(grey)
    levels = written_ink(grey.tobytes(), grey.width)
    if levels is None:
        raise RecognitionError(tr("There is no formula in the picture."), tr_marked(_ONE_FORMULA))
    return Image.frombytes("L", grey.size, levels)


def _bare(ink: Image) -> Image:
    """The ink without what stands round the formula and is no sign."""
    from PIL import Image  # noqa: PLC0415 - see the module's docstring

    mask = ink.point(_above(FAINT_INK)).tobytes()
    taken = furniture(blobs_of(mask, ink.width), ink.size)
    if not taken:
        return ink
    levels = bytearray(ink.tobytes())
    for row, left, right in (run for blob in taken for run in blob.runs):
        first, after = max(0, left - 1), min(ink.width, right + 1)
        for y in range(max(0, row - 1), min(ink.height, row + 2)):
            levels[y * ink.width + first : y * ink.width + after] = bytes(after - first)
    return Image.frombytes("L", ink.size, bytes(levels))


def _middle(levels: list[int]) -> int:
    """The median grey level."""
    half = sum(levels) / 2
    for level, count in enumerate(levels):
        half -= count
        if half <= 0:
            return level
    return 255


def _blocks(mask: Image, at_least_px: float) -> int:
    """Count the runs of rows with ink that are not lower than a height."""
    count = height = 0
    for row in (*range(mask.height), None):
        if row is not None and mask.crop((0, row, mask.width, row + 1)).getbbox():
            height += 1
            continue
        count += height >= at_least_px
        height = 0
    return count


def _above(threshold: int) -> list[int]:
    return [255 if level > threshold else 0 for level in range(256)]
