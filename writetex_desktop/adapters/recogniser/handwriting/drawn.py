"""Draws strokes as the recogniser reads them: at any size, with a pen of the usual thickness.

Pillow is imported inside the functions, for the reason given in `image_codec`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.picture import (
    EM_PER_SIGN,
    INK_ABOVE,
    LARGEST_AREA_EM,
    LARGEST_EM,
    MARGIN_PX,
    STEP_PX,
    ModelPicture,
)
from writetex_desktop.core.errors import RecognitionError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.geometry import Box
from writetex_desktop.core.pictures.text_height import estimate_text_height

if TYPE_CHECKING:
    from PIL.Image import Image

    from writetex_desktop.core.ink.ink import Ink

PEN_EM = 0.08
"""Thickness of the line, in ems of the text."""

FINER = 3
"""Strokes are drawn so much larger and then shrunk, for smooth edges."""

LOOK_PX = (1600, 240)
"""Largest width and height of the picture in which the size of the text is judged."""

LEAST_SIDE = 1e-3


class InkPicture:
    """A drawing as a picture that can be drawn at any size.

    Args:
        ink: What was drawn; at least one stroke.

    Attributes:
        em_px: Units of the paper to the em of the text, estimated.
        blocks: Always 1: rows of ink overlap.
        two_ways: Always False.
    """

    def __init__(self, ink: Ink) -> None:
        box = ink.box
        if box is None:
            raise RecognitionError(tr("There is nothing on the paper."), tr("Write a formula first."))
        self._ink, self._box = ink, box
        self.blocks, self.two_ways = 1, False
        wide, tall = max(box.width, LEAST_SIDE), max(box.height, LEAST_SIDE)
        factor = min(LOOK_PX[0] / wide, LOOK_PX[1] / tall)
        small = self._drawn(factor, 2.0)
        mask = small.point([255 if level > INK_ABOVE else 0 for level in range(256)])
        height = estimate_text_height(mask.tobytes(), mask.width)
        self.em_px = EM_PER_SIGN * (height or 0.6 * mask.height) / factor

    def at_size(self, em_px: float) -> ModelPicture:
        """The drawing with its text at a size.

        Raises:
            RecognitionError: It is larger than any single formula.
        """
        from PIL import Image  # noqa: PLC0415 - see the module's docstring

        wide, tall = self._box.width / self.em_px, self._box.height / self.em_px
        if wide > LARGEST_EM[0] or tall > LARGEST_EM[1] or wide * tall > LARGEST_AREA_EM:
            raise RecognitionError(
                tr("This is more than the built-in recogniser reads at once."),
                tr("Write one formula at a time."),
            )
        small = self._drawn(em_px / self.em_px, PEN_EM * em_px)
        width, height = (self._padded(side) for side in small.size)
        canvas = Image.new("L", (width, height), 0)
        canvas.paste(small, ((width - small.width) // 2, (height - small.height) // 2))
        return ModelPicture(width, height, canvas.tobytes())

    def on_paper(self, box: tuple[float, float, float, float], em_px: float) -> Box:
        """Where a part of the picture is on the paper.

        Args:
            box: Left, top, right and bottom in pixels of `at_size`.
            em_px: The size that was drawn.
        """
        factor, rim = em_px / self.em_px, self._rim(PEN_EM * em_px)
        sides = []
        for side, (low, extent) in enumerate(
            ((self._box.left, self._box.width), (self._box.top, self._box.height))
        ):
            drawn = round(extent * factor) + 2 * rim
            first = (self._padded(drawn) - drawn) // 2 + rim
            sides.append([low + (box[end] - first) / factor for end in (side, side + 2)])
        return Box(sides[0][0], sides[1][0], sides[0][1], sides[1][1])

    @staticmethod
    def _padded(side: int) -> int:
        return (side + 2 * MARGIN_PX + STEP_PX - 1) // STEP_PX * STEP_PX

    @staticmethod
    def _rim(pen_px: float) -> int:
        return int(pen_px / 2) + 1

    def _drawn(self, factor: float, pen_px: float) -> Image:
        """The strokes cut close, pixels to the unit of the paper."""
        from PIL import Image, ImageDraw  # noqa: PLC0415 - see the module's docstring

        rim = self._rim(pen_px)
        size = [round(side * factor) + 2 * rim for side in (self._box.width, self._box.height)]
        large = Image.new("L", (size[0] * FINER, size[1] * FINER), 0)
        pen = ImageDraw.Draw(large)
        thick = max(1, round(pen_px * FINER))
        for stroke in self._ink.strokes:
            points = [
                (
                    ((point.x - self._box.left) * factor + rim) * FINER,
                    ((point.y - self._box.top) * factor + rim) * FINER,
                )
                for point in stroke.points
            ]
            if len(points) > 1:
                pen.line(points, 255, thick)
            radius = thick / 2 if len(points) > 1 else thick * 0.65
            for x, y in (points[0], points[-1]):
                pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
        return large.resize((size[0], size[1]), Image.Resampling.BOX)
