"""How large a crop is drawn and on how large a canvas, before it is sent to an engine.

The numbers come from what vision models do with pictures: they cut them into patches of 28 or 32 pixels,
refuse very small ones (DashScope below 10 pixels, Ark below 14), read worse below 200 pixels, and scale
large ones down by themselves.
"""

from dataclasses import dataclass

from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.pictures.image import ImageLimits

PATCH_PX = 32
"""Sides are multiples of it, so that no patch is paid for in part."""

MIN_PADDING_PX = 16
"""Paper round the content, at each side."""

MIN_LONG_SIDE_PX = 256
MIN_SHORT_SIDE_PX = 64

READABLE_HEIGHTS_PX = (24.0, 44.0)
"""Heights of signs that models read well; a picture within them is not resampled and stays crisp."""

TARGET_HEIGHT_PX = 32.0
"""Height of signs that other pictures are scaled to; an x-height of about 25 pixels."""

MAX_ENLARGEMENT = 3.0
"""Beyond it there is nothing to gain: the pixels are not there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the content goes.

    Attributes:
        content: Size to which the content is scaled, in pixels.
        canvas: Size of the picture that is sent, in pixels; the content stands in its middle.
    """

    content: Size
    canvas: Size


def lay_out(content: Size, text_height: float | None, limits: ImageLimits) -> Layout:
    """Choose the scale of a trimmed crop and the canvas round it.

    Args:
        content: Size of the crop without its margins, in pixels; at least 1 x 1.
        text_height: From `estimate_text_height`; None leaves the scale alone.
        limits: What the canvas must not exceed; each side at least `3 * PATCH_PX`.
    """
    scale = _text_scale(text_height)
    layout = _at_scale(content, scale, limits)
    while not _fits(layout.canvas, limits):
        excess = max(
            layout.canvas.width * layout.canvas.height / limits.max_area_px,
            layout.canvas.width / limits.max_side_px,
            layout.canvas.height / limits.max_side_px,
            1.0,
        )
        scale *= min(0.99, excess**-0.5)
        layout = _at_scale(content, scale, limits)
    return layout


def _text_scale(text_height: float | None) -> float:
    low, high = READABLE_HEIGHTS_PX
    if text_height is None or low <= text_height <= high:
        return 1.0
    return min(TARGET_HEIGHT_PX / text_height, MAX_ENLARGEMENT)


def _at_scale(content: Size, scale: float, limits: ImageLimits) -> Layout:
    scaled = Size(max(1, round(content.width * scale)), max(1, round(content.height * scale)))
    short = min(MIN_SHORT_SIDE_PX, limits.max_side_px)
    width = max(_snapped(scaled.width), short)
    height = max(_snapped(scaled.height), short)
    long = min(MIN_LONG_SIDE_PX, limits.max_side_px, limits.max_area_px // min(width, height))
    long -= long % PATCH_PX
    if width >= height:
        width = max(width, long)
    else:
        height = max(height, long)
    return Layout(scaled, Size(width, height))


def _snapped(side: int) -> int:
    """Add the padding and round up to whole patches."""
    return -(-(side + 2 * MIN_PADDING_PX) // PATCH_PX) * PATCH_PX


def _fits(canvas: Size, limits: ImageLimits) -> bool:
    return (
        max(canvas.width, canvas.height) <= limits.max_side_px
        and canvas.width * canvas.height <= limits.max_area_px
    )
