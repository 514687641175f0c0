"""A page as ink on paper, from which lines are cut at the sizes that the networks want.

numpy and Pillow are imported inside the functions, for the reason given in `model`.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.pages.networks import LINE_PX, SIDE_PX
from writetex_desktop.adapters.recogniser.pages.skew import skew_of
from writetex_desktop.adapters.recogniser.picture import EM_PER_SIGN, MARGIN_PX, STEP_PX, ModelPicture
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.pictures.text_height import estimate_text_height

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

MIN_CONTRAST = 24
"""Grey levels between paper and ink below which there is no text."""

INK_ABOVE = 90
"""Ink levels that count as a stroke."""

MOST_PIXELS = 40_000_000
"""Width times height above which a picture is no page."""

FINDING_EM_PX = 15.0
"""Size of the text at which lines are found."""

SKEWED_ROWS = 12
"""Height and width of what may be straightened over the size of its text at least."""

SKEW_PX = 1000
"""Width at which the skew is measured."""

NARROWEST = 0.5
"""Width of a picture of a line over its height at least."""


class Sheet:
    """A page.

    Args:
        image: Any picture that Pillow reads; dark or light paper.

    Attributes:
        width: In pixels.
        height: In pixels.

    Raises:
        RecognitionError: It is no picture, blank, or too large.
    """

    def __init__(self, image: EncodedImage) -> None:
        from PIL import Image  # noqa: PLC0415 - see the module's docstring

        try:
            with Image.open(io.BytesIO(image.data)) as file:
                if file.width * file.height > MOST_PIXELS:
                    raise RecognitionError(
                        tr("The picture is larger than a page."),
                        tr("Use a resolution of at most 300 dots per inch."),
                    )
                grey = file.convert("L")
        except OSError as error:
            raise RecognitionError(
                tr("This is no picture that can be read."), tr("Snip the page again.")
            ) from error
        self._grey = _dark_on_light(grey)
        self.width, self.height = grey.size
        self._skew = self._skewed_by()
        if self._skew:
            self._grey = self._grey.rotate(self._skew, Image.Resampling.BICUBIC, fillcolor=255)

    @property
    def ink(self) -> NDArray[np.uint8]:
        """Rows by columns: 0 is paper, 255 is ink."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring

        return 255 - np.asarray(self._grey)

    @property
    def is_straight(self) -> bool:
        """Whether it lies in the picture as it is."""
        return not self._skew

    def on_picture(self, box: Box) -> Box:
        """Where a place of the page stands in the picture, which may lie askew."""
        if not self._skew:
            return box
        across, down = box.centre - self.width / 2, box.middle - self.height / 2
        sine, cosine = math.sin(math.radians(self._skew)), math.cos(math.radians(self._skew))
        x = self.width / 2 + across * cosine - down * sine - box.width / 2
        y = self.height / 2 + across * sine + down * cosine - box.height / 2
        return Box(x, y, x + box.width, y + box.height)

    def _skewed_by(self) -> float:
        """The angle by which it lies askew; a few lines do not tell it, and need it less."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring
        from PIL import Image  # noqa: PLC0415 - as above

        em_px = self.guessed_em_px()
        if self.height < SKEWED_ROWS * em_px or self.width < SKEWED_ROWS * em_px:
            return 0.0
        factor = min(1.0, SKEW_PX / self.width)
        size = (max(1, round(self.width * factor)), max(1, round(self.height * factor)))
        return skew_of(255 - np.asarray(self._grey.resize(size, Image.Resampling.BOX)))

    def guessed_em_px(self) -> float:
        """The size of the text by the height of its signs; lines that are found tell it better."""
        mask = self._grey.point([255 if 255 - level > INK_ABOVE else 0 for level in range(256)])
        height = estimate_text_height(mask.tobytes(), mask.width)
        return EM_PER_SIGN * height if height else max(8.0, self.height / 60)

    def for_finding(self, factor: float) -> NDArray[np.uint8]:
        """The page for the network that finds lines, scaled and on sides that it takes."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring
        from PIL import Image  # noqa: PLC0415 - as above

        size = [max(1, round(side * factor)) for side in (self.width, self.height)]
        small = self._grey.resize(
            (size[0], size[1]), Image.Resampling.BILINEAR if factor > 1 else Image.Resampling.BOX
        )
        width, height = ((side + SIDE_PX - 1) // SIDE_PX * SIDE_PX for side in size)
        canvas = Image.new("L", (width, height), 255)
        canvas.paste(small, (0, 0))
        return np.asarray(canvas)

    def for_letters(self, box: Box) -> NDArray[np.uint8]:
        """A line for the network that reads letters."""
        import numpy as np  # noqa: PLC0415 - see the module's docstring
        from PIL import Image  # noqa: PLC0415 - as above

        part = self._part(box)
        width = max(round(NARROWEST * LINE_PX), round(part.width * LINE_PX / part.height))
        return np.asarray(part.resize((width, LINE_PX), Image.Resampling.BICUBIC))

    def for_signs(self, box: Box, em_px: float, model_em_px: float) -> tuple[ModelPicture, float, float]:
        """A line for the recogniser, and what to add to its ems for those of the page."""
        from PIL import Image, ImageOps  # noqa: PLC0415 - see the module's docstring

        part = self._part(box)
        factor = model_em_px / em_px
        width, height = (max(1, round(side * factor)) for side in part.size)
        small = ImageOps.invert(part.resize((width, height), Image.Resampling.BICUBIC))
        padded = [(side + 2 * MARGIN_PX + STEP_PX - 1) // STEP_PX * STEP_PX for side in (width, height)]
        canvas = Image.new("L", (padded[0], padded[1]), 0)
        at = (padded[0] - width) // 2, (padded[1] - height) // 2
        canvas.paste(small, at)
        left, top = max(0, round(box.left)), max(0, round(box.top))
        picture = ModelPicture(canvas.width, canvas.height, canvas.tobytes())
        return picture, left / em_px - at[0] / model_em_px, top / em_px - at[1] / model_em_px

    def erase(self, boxes: Iterable[Box]) -> None:
        """Leave paper where something stands."""
        for box in boxes:
            edges = (round(box.left), round(box.top), round(box.right), round(box.bottom))
            self._grey.paste(255, (max(0, edges[0]), max(0, edges[1]), max(0, edges[2]), max(0, edges[3])))

    def cut(self, box: Box) -> EncodedImage:
        """A part of the page as a picture of its own, as PNG."""
        part = self._part(box)
        data = io.BytesIO()
        part.save(data, "PNG", compress_level=1)
        return EncodedImage("image/png", data.getvalue(), part.width, part.height)

    def _part(self, box: Box) -> Image:
        left, top = max(0, round(box.left)), max(0, round(box.top))
        right, bottom = min(self.width, round(box.right)), min(self.height, round(box.bottom))
        return self._grey.crop((left, top, max(left + 1, right), max(top + 1, bottom)))


def _dark_on_light(grey: Image) -> Image:
    """The page with white paper and black ink."""
    from PIL import ImageOps  # noqa: PLC0415 - see the module's docstring

    levels = grey.histogram()
    if _level(levels, 0.5) < 128:  # noqa: PLR2004 - half of the grey levels
        grey = ImageOps.invert(grey)
        levels = grey.histogram()
    paper, darkest = _level(levels, 0.5), _level(levels, 0.002)
    if paper - darkest < MIN_CONTRAST:
        darkest = next(level for level, count in enumerate(levels) if count)
    if paper - darkest < MIN_CONTRAST:
        raise RecognitionError(
            tr("There is nothing to read in the picture."), tr("Snip a part with text in it.")
        )
    span = paper - darkest
    return grey.point([max(0, min(255, (level - darkest) * 255 // span)) for level in range(256)])


def _level(levels: list[int], share: float) -> int:
    """The grey level below which a share of the pixels are."""
    left = sum(levels) * share
    for level, count in enumerate(levels):
        left -= count
        if left < 0:
            return level
    return 255
