r"""What stands round a formula in a picture and is no sign: frames, rules, table borders, cut neighbours.

A `\boxed` is a frame too; one counts as part of the formula where it is closed and tight on all sides. All
lengths without a unit in their name are in pixels.
"""

from collections.abc import Sequence
from itertools import pairwise

from writetex_desktop.core.pictures.parting.blobs import Blob, is_inside
from writetex_desktop.core.pictures.parting.frames import frames
from writetex_desktop.core.pictures.parting.lines import dashed, outer_lines
from writetex_desktop.core.pictures.parting.marks import beams, bullets, waves

STRIP_EM = (0.4, 0.7)
"""How much of a neighbour may be seen at the picture's edge, and of a line of text; more is the formula's."""

STRIP_BLOBS = 4
"""Blobs of such a strip from which on less paper needs to lie between: a limit of a sum has one or two."""

SMALLEST = 4
"""Rows of a letter at least."""

EM_PER_LETTER = 1.65
"""Size of the em over the median height of letters."""

POINTER_PX = 11
"""Rows of a mouse pointer at least."""

STEP_PX = 2
"""How much wider one row of it is than the one above at most; a small `b` becomes wide at once."""


def furniture(blobs: Sequence[Blob], size: tuple[int, int]) -> list[Blob]:
    """Which blobs are no part of the formula.

    Args:
        blobs: All ink of the picture.
        size: Its width and height.
    """
    em_px = _em(blobs, size)
    taken: list[Blob] = []
    rest = list(blobs) if em_px else []
    for look in (_pointers, beams, frames, _strips, waves, dashed, outer_lines, bullets, _strips):
        found = look(rest, size, em_px)
        left_over = [blob for blob in rest if not any(blob is other for other in found)]
        if left_over:
            taken += found
            rest = left_over
    return taken


def _em(blobs: Sequence[Blob], size: tuple[int, int]) -> float:
    """The size of the text, from blobs that no edge cuts and that have no other inside; 0 for none."""
    heights = sorted(
        blob.height
        for blob in blobs
        if blob.height >= SMALLEST
        and blob.width <= 2.5 * blob.height
        and blob.height <= 4 * blob.width
        and blob.top > 0
        and blob.bottom < size[1]
        and not (
            blob.height > 3 * SMALLEST
            and any(blob is not other and is_inside(other, blob) for other in blobs)
        )
    )
    if not heights:
        return 0.0
    least = heights[len(heights) // 2] / 2
    letters = [height for height in heights if height >= least]
    return EM_PER_LETTER * letters[len(letters) // 2]


def _pointers(blobs: Sequence[Blob], _size: tuple[int, int], _em_px: float) -> list[Blob]:
    """Arrows of a mouse: an upright left edge, a slanting right one, a tail."""
    return [blob for blob in blobs if _is_pointer(blob)]


def _is_pointer(blob: Blob) -> bool:
    wide, tall = blob.width, blob.height
    if tall < POINTER_PX or not 0.5 * tall <= wide <= 0.8 * tall:
        return False
    lefts, rights = [blob.right] * tall, [blob.left] * tall
    for y, left, right in blob.runs:
        row = y - blob.top
        lefts[row], rights[row] = min(lefts[row], left), max(rights[row], right)
    slack = max(1.5, 0.1 * wide)
    upright = all(left - blob.left <= slack for left in lefts[: tall * 3 // 4])
    slope = tall * 6 // 10
    slanting = all(
        abs(right - blob.left - 1 - row * (wide - 1) / slope) <= 2 * slack
        for row, right in enumerate(rights[:slope])
    )
    steady = all(0 <= after - right <= STEP_PX for right, after in pairwise(rights[:slope]))
    tail = lefts[-1] - blob.left > 0.25 * wide and blob.right - rights[-1] > 0
    return upright and slanting and steady and tail


def _strips(blobs: Sequence[Blob], size: tuple[int, int], em_px: float) -> list[Blob]:
    """Neighbours that the picture's edge has cut: narrow strips at an edge, with paper between."""
    found: list[Blob] = []
    for side in range(4):
        rest = [blob for blob in blobs if not any(blob is other for other in found)]
        spans = sorted((_span(blob, side, size), number) for number, blob in enumerate(rest))
        if not spans or spans[0][0][0] > 0:
            continue
        members: list[Blob] = []
        end = 0
        gap = 0
        for (begin, after), number in spans:
            if members and begin > end:
                gap = begin - end
                break
            end = max(end, after)
            members.append(rest[number])
        lying = side < 2  # noqa: PLR2004 - above and below
        strip = STRIP_EM[not lying or len(members) >= STRIP_BLOBS]
        wanted = 0.25 if lying and len(members) >= STRIP_BLOBS else 0.5
        if gap >= wanted * em_px and end <= strip * em_px:
            found += members
    return found


def _span(blob: Blob, side: int, size: tuple[int, int]) -> tuple[int, int]:
    """Distance of a blob's near and far edge from an edge of the picture: above, below, left, right."""
    match side:
        case 0:
            return blob.top, blob.bottom
        case 1:
            return size[1] - blob.bottom, size[1] - blob.top
        case 2:
            return blob.left, blob.right
        case _:
            return size[0] - blob.right, size[0] - blob.left
