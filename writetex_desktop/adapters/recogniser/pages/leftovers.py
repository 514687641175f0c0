"""The ink of a page that no line of text accounts for.

numpy is imported inside the functions, for the reason given in `model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writetex_desktop.adapters.recogniser.pages.networks import boxes_of
from writetex_desktop.adapters.recogniser.pages.sheet import INK_ABOVE
from writetex_desktop.core.pictures.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

GRAIN_EM = 0.12
"""Ink nearer than this hangs together."""

SPECK_EM = 0.12
"""What is smaller both ways is dirt."""


def leftovers(ink: NDArray[np.uint8], texts: Sequence[Box], em_px: float) -> list[Box]:
    """Give the boxes of ink outside lines of text.

    Args:
        ink: Rows by columns.
        texts: The lines of text, as high as their letters.
        em_px: The size of the text.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    grain = max(1, round(GRAIN_EM * em_px))
    mask = ink > INK_ABOVE
    height, width = (side // grain * grain for side in mask.shape)
    if not height or not width:
        return []
    coarse: NDArray[np.bool_] = (
        mask[:height, :width].reshape(height // grain, grain, width // grain, grain).max((1, 3))
    )
    # One cell more to the right and below, so that what almost touches does.
    wide = coarse.copy()
    wide[:, 1:] |= coarse[:, :-1]
    wide[1:] |= wide[:-1]
    boxes = [
        Box(box.left * grain, box.top * grain, box.right * grain, box.bottom * grain)
        for box in boxes_of(np.asarray(wide))
    ]
    return [
        box
        for box in boxes
        if max(box.width, box.height) >= SPECK_EM * em_px + 2 * grain
        and not any(_is_of(box, text) for text in texts)
    ]


def _is_of(box: Box, text: Box) -> bool:
    """Whether ink belongs to a line: its middle lies in it, or it hangs out of it above or below."""
    if not text.left - text.height / 4 <= box.centre <= text.right + text.height / 4:
        return False
    if text.top <= box.middle <= text.bottom:
        return True
    reach = 0.35 * text.height
    return box.height < text.height and text.top - reach <= box.middle <= text.bottom + reach
