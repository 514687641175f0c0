"""Marks beside a formula that are no signs of it: a pointer in text, a bullet, a wavy line under a word.

All lengths without a unit in their name are in pixels.
"""

from collections.abc import Sequence

from writetex_desktop.core.pictures.parting.blobs import Blob, union

BEAM_PX = 16
"""Rows of a pointer in text at least."""

SLACK_PX = 1.5
"""How far its stem may stand from its middle."""

SERIF = 0.3
"""Share of both serifs that reaches to either side at least; a bracket and a brace have a hook to one."""

BULLET_EM = (0.16, 0.6)
"""How large the mark of an item is."""

BULLET_GAP_EM = 0.5
"""Paper between it and the item at least; an operator at the beginning of a formula has less."""

BULLET_INK = 0.6
"""Share of its box that it fills: a disc has 0.79, a small one less."""

WAVES = 5
"""Turns of a wavy line at least."""


def beams(blobs: Sequence[Blob], _size: tuple[int, int], em_px: float) -> list[Blob]:
    """Pointers in text, beside everything else: a thin standing stroke with a serif at both ends."""
    found = []
    for blob in blobs:
        others = [other for other in blobs if other is not blob]
        if not others or not _is_beam(blob, em_px):
            continue
        whole = union(others)
        if (
            blob.left >= whole.right
            or blob.right <= whole.left
            or blob.top >= whole.bottom
            or blob.bottom <= whole.top
        ):
            found.append(blob)
    return found


def _is_beam(blob: Blob, em_px: float) -> bool:
    wide, tall = blob.width, blob.height
    if tall < max(BEAM_PX, 0.8 * em_px) or not 4 <= wide <= 0.55 * tall:  # noqa: PLR2004
        return False
    middle = (blob.left + blob.right) / 2
    stem_px = max(2.0, 0.06 * tall)
    stem = [
        (left, right)
        for y, left, right in blob.runs
        if blob.top + 0.25 * tall <= y < blob.bottom - 0.25 * tall
    ]
    thin = all(
        right - left <= stem_px + 0.5 and abs((left + right) / 2 - middle) <= SLACK_PX for left, right in stem
    )
    if not stem or not thin or sum(right - left for left, right in stem) > (stem_px + 0.5) * len(stem):
        return False
    for first, last in ((0, 0.15), (0.85, 1)):
        runs = [
            (left, right)
            for y, left, right in blob.runs
            if blob.top + first * tall <= y < blob.top + last * tall
        ]
        reach = min(left for left, _ in runs), max(right for _, right in runs)
        # From the stem, not from the middle: a bracket of a few pixels has its stem near the middle too.
        stands = min(left for left, _ in stem), max(right for _, right in stem)
        serifs = stands[0] - reach[0], reach[1] - stands[1]
        if min(serifs) < max(1, SERIF * sum(serifs)):
            return False
    return True


def bullets(blobs: Sequence[Blob], _size: tuple[int, int], em_px: float) -> list[Blob]:
    """The filled marks of items: alone in the columns at the left, with paper behind them."""
    first: list[Blob] = []
    end = None
    for blob in sorted(blobs, key=lambda blob: blob.left):
        if end is not None and blob.left >= end + BULLET_GAP_EM * em_px:
            return first
        if not _is_bullet(blob, em_px):
            return []
        first.append(blob)
        end = max(end or 0, blob.right)
    return []


def _is_bullet(blob: Blob, em_px: float) -> bool:
    least, most = BULLET_EM
    return (
        least * em_px <= min(blob.width, blob.height)
        and max(blob.width, blob.height) <= most * em_px
        and abs(blob.width - blob.height) <= max(1.0, 0.2 * blob.height)
        and blob.ink >= BULLET_INK * blob.width * blob.height
    )


def waves(blobs: Sequence[Blob], _size: tuple[int, int], em_px: float) -> list[Blob]:
    """Wavy lines under everything else, as editors draw them under words that they do not know."""
    flat = [
        blob
        for blob in blobs
        if blob.height <= max(5.0, 0.3 * em_px) and blob.width >= max(1.5 * em_px, 4 * blob.height)
    ]
    found = []
    for blob in flat:
        others = [other for other in blobs if other is not blob and not any(other is each for each in flat)]
        if others and blob.top >= union(others).bottom and _turns(blob) >= WAVES:
            found.append(blob)
    return found


def _turns(blob: Blob) -> int:
    """How often its middle line turns from falling to rising or back."""
    columns: dict[int, list[int]] = {}
    for y, left, right in blob.runs:
        for x in range(left, right):
            columns.setdefault(x, []).append(y)
    heights = [sum(rows) / len(rows) for _, rows in sorted(columns.items())]
    turns, way, before = 0, 0, heights[0]
    for height in heights[1:]:
        if abs(height - before) < 0.75:  # noqa: PLR2004 - pixels; a straight line's edge is rough
            continue
        new = 1 if height > before else -1
        turns += way not in {0, new}
        way, before = new, height
    return turns
