"""Tells ink from paper of several colours: a marker, a selection, a table's stripe, a shadow.

numpy is imported inside the functions, for the reason given in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.int16]

OTHER_LEVELS = 14
"""By how many grey levels a part of the paper differs that is another colour."""

INVERSE_SHARE = 0.12
"""Share of the strokes' surroundings from which on some of the ink is light and some dark."""

OTHER_SHARE = 0.03
"""Share of the picture that such a part has at least; a smaller one is a blot."""

STROKE_SHARE = 0.4
"""Thickest stroke over the height of a letter, within `STROKE_PX`."""

STROKE_PX = (5, 41)
"""Least and most pixels that the thickest stroke is thought to have."""

AREA_STROKES = 3
"""How many strokes wide the surroundings are that tell whether ink is dark or light there."""

MIN_CONTRAST = 24
"""Grey levels between paper and ink below which there is no ink."""


@dataclass(frozen=True, slots=True)
class LocalInk:
    """Ink on paper of several colours.

    Attributes:
        levels: One byte a pixel: 0 is paper, 255 the strongest ink.
        two_ways: Whether it is dark on light in one part and light on dark in another: a selection in inverse
            colours, whose edge may cut a sign.
    """

    levels: bytes
    two_ways: bool


def local_ink(levels: bytes, width: int, letter_px: float) -> LocalInk | None:
    """Ink levels of a picture whose paper has several colours; None where it has one.

    The paper is the picture without its strokes: what a window larger than any stroke sees when it looks for
    the lightest level, or for the darkest where the ink is light; of the two that which is flatter.

    Args:
        levels: Grey levels, one byte a pixel, row after row.
        width: Pixels a row.
        letter_px: How tall a letter is, about.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    grey = np.frombuffer(levels, np.uint8).reshape(-1, width).astype(np.int16)
    least, most = STROKE_PX
    stroke = int(min(most, max(least, STROKE_SHARE * letter_px))) | 1
    light, dark = _closed(grey, stroke), -_closed(-grey, stroke)
    window = stroke * AREA_STROKES
    paper = np.where(_roughness(light, window) <= _roughness(dark, window), light, dark)
    common = int(np.bincount(paper.ravel().clip(0, 255)).argmax())
    if np.mean(np.abs(paper - common) >= OTHER_LEVELS) < OTHER_SHARE:
        return None
    ink = np.abs(paper - grey)
    strongest = int(np.percentile(ink, 99.5)) if ink.size else 0
    if strongest < MIN_CONTRAST:
        return None
    told = np.abs(light - dark) >= OTHER_LEVELS
    ways = float(np.mean(told & (paper == light))), float(np.mean(told & (paper == dark)))
    scaled = np.minimum(ink, strongest).astype(np.int32) * 255 // strongest
    return LocalInk(scaled.astype(np.uint8).tobytes(), min(ways) > INVERSE_SHARE * sum(ways))


def _closed(levels: Levels, window: int) -> Levels:
    """Without dark strokes thinner than a window; edges of larger parts stay where they are."""
    return -_widest(-_widest(levels, window), window)


def _widest(levels: Levels, window: int) -> Levels:
    """The largest level in a square window round each pixel."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    half = window // 2
    for axis in (0, 1):
        edges = [(half, half) if side == axis else (0, 0) for side in (0, 1)]
        padded = np.pad(levels, edges, mode="edge")
        reach = 1
        while reach * 2 <= window:
            padded = np.maximum(
                padded.take(range(padded.shape[axis] - reach), axis),
                padded.take(range(reach, padded.shape[axis]), axis),
            )
            reach *= 2
        more = window - reach
        if more:
            padded = np.maximum(
                padded.take(range(padded.shape[axis] - more), axis),
                padded.take(range(more, padded.shape[axis]), axis),
            )
        levels = padded
    return levels


def _roughness(levels: Levels, window: int) -> NDArray[np.float32]:
    """How much neighbouring levels differ round each pixel: paper is flat, the spaces in words are not."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    steps = np.zeros(levels.shape, np.float32)
    steps[:, 1:] += np.abs(np.diff(levels, axis=1))
    steps[1:] += np.abs(np.diff(levels, axis=0))
    half = window // 2
    for axis in (0, 1):
        sums = np.cumsum(
            np.pad(steps, [(half + 1, half) if side == axis else (0, 0) for side in (0, 1)]), axis
        )
        length: int = steps.shape[axis]
        steps = sums.take(range(2 * half + 1, 2 * half + 1 + length), axis) - sums.take(range(length), axis)
    return steps
