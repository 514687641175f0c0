r"""Frames in a picture: closed and open, rounded, grids of lines; and which of them are a `\boxed` or a root.

All lengths without a unit in their name are in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from writetex_desktop.core.pictures.parting.blobs import Blob, Box, Run, is_inside, union

THICKEST_EM = 0.22
"""How thick a line may be."""

LONG_EM = 1.6
"""How long a stroke is at least that counts as a line of a frame."""

STANDING_EM = 0.9
"""The same for a standing side of a frame, which may hold one line of text."""

TIGHT_EM = 0.55
r"""Paper between a frame and what is in it up to which it is a `\boxed`; LaTeX's own has 0.3."""

AWAY_EM = 0.34
"""Paper between a rule of the page and the formula: an overline or an underline is nearer."""

STRAIGHT = 0.8
"""Share of a blob's ink that long straight strokes make up in a frame, rounded corners included."""

HOOK_EM = 0.12
"""Width of a root's hook at least."""

SHORTEST_BAR = 0.3
"""Share of a root's width that its bar has at least."""

DRAWN = 0.8
"""Share of a side of a frame that is drawn at least; corners may be rounded."""


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The straight strokes of a blob: how much of its ink lies in long ones, and which ways they run."""

    lying: int
    standing: int


def frames(blobs: Sequence[Blob], _size: tuple[int, int], em_px: float) -> list[Blob]:
    """Frames and grids of lines, with whatever hangs on them."""
    found = []
    for blob in blobs:
        if max(blob.width, blob.height) < LONG_EM * em_px:
            continue
        inside = [other for other in blobs if other is not blob and is_inside(other, blob)]
        if inside and _surrounds(blob, union(inside), em_px):
            found.append(blob)
            continue
        strokes = _strokes(blob, em_px)
        if not inside or not strokes.lying or not strokes.standing:
            continue
        if strokes.lying + strokes.standing < STRAIGHT * blob.ink:
            continue
        if not _is_root(blob, em_px) and not _belongs(blob, union(inside), em_px):
            found.append(blob)
    return found


def _surrounds(blob: Blob, inner: Box, em_px: float) -> bool:
    """Whether a blob goes round all that is in it, away from it: a frame with handles, an ellipse."""
    gap = TIGHT_EM * em_px
    left, top, right, bottom = inner.left - gap, inner.top - gap, inner.right + gap, inner.bottom + gap
    if not (blob.left < left and blob.top < top and blob.right > right and blob.bottom > bottom):
        return False
    if any(top <= y < bottom and first < right and after > left for y, first, after in blob.runs):
        return False
    rows = {y for y, _, _ in blob.runs}
    beside = {y for y, first, _ in blob.runs if first < left and top <= y < bottom}
    after = {y for y, _, end in blob.runs if end > right and top <= y < bottom}
    return all(len(each) >= DRAWN * (bottom - top) for each in (beside, after)) and len(rows) > bottom - top


def _is_root(blob: Blob, em_px: float) -> bool:
    """Whether a blob has the shape of a root, however much paper it has above what is in it.

    Its bar begins over the stroke that comes up from its lowest point and ends at its right edge; the hook
    before it stands away from bar and lowest point; right of the stroke hangs nothing.
    """
    edge = max(2, round(THICKEST_EM * em_px))
    bar = max((run for run in blob.runs if run[0] < blob.top + edge), key=lambda run: run[2] - run[1])
    start = bar[1]
    if bar[2] < blob.right - edge or bar[2] - start < SHORTEST_BAR * blob.width:
        return False
    if start - blob.left < HOOK_EM * em_px:
        return False
    below = [run for run in blob.runs if run[0] >= blob.top + edge]
    lowest = [run for run in below if run[0] == blob.bottom - 1]
    return (
        bool(below)
        and all(right <= start + 2 * edge for _, _, right in below)
        and min(left for _, left, _ in lowest) > blob.left + 1
    )


def _belongs(frame: Blob, inner: Box, em_px: float) -> bool:
    """Whether a frame is the formula's: closed and near on all sides, a box; open and near, a root."""
    gaps = (
        inner.left - frame.left,
        inner.top - frame.top,
        frame.right - inner.right,
        frame.bottom - inner.bottom,
    )
    drawn = _sides(frame, em_px)
    if all(drawn):
        return max(gaps) <= TIGHT_EM * em_px
    if not any(drawn):  # lines that cross: a table's
        return False
    return min((gap for gap, side in zip(gaps, drawn, strict=True) if side), default=0) < AWAY_EM * em_px


def _sides(frame: Blob, em_px: float) -> tuple[bool, bool, bool, bool]:
    """Which sides of a blob's box are drawn but for rounded corners: left, above, right, below."""
    edge = max(2, round(THICKEST_EM * em_px))
    above = {x for y, left, right in frame.runs if y < frame.top + edge for x in range(left, right)}
    below = {x for y, left, right in frame.runs if y >= frame.bottom - edge for x in range(left, right)}
    beside = {y for y, left, _ in frame.runs if left < frame.left + edge}
    after = {y for y, _, right in frame.runs if right > frame.right - edge}
    tall, wide = DRAWN * frame.height, DRAWN * frame.width
    return len(beside) > tall, len(above) > wide, len(after) > tall, len(below) > wide


def _strokes(blob: Blob, em_px: float) -> _Strokes:
    """How much ink lies in long straight strokes."""
    thick = max(3.0, THICKEST_EM * em_px)
    long_run = LONG_EM * em_px
    lying = sum(right - left for _, left, right in blob.runs if right - left >= long_run)
    short = sorted((left, y, right) for y, left, right in blob.runs if right - left <= thick)
    standing = 0
    chains: dict[int, list[Run]] = {}
    for left, y, right in short:
        chains.setdefault(left // 2, []).append((y, left, right))
    for place in list(chains):
        rows = sorted(chains[place] + chains.get(place + 1, []))
        length, before = 0, None
        for y, _left, _right in rows:
            if before is not None and y > before + 2:
                break
            length, before = length + 1, y
        if before is not None and before - rows[0][0] >= STANDING_EM * em_px:
            standing += sum(right - left for _, left, right in chains[place])
    return _Strokes(lying, standing)
