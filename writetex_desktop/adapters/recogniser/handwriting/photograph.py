"""Tells a pen from its paper in a photograph: uneven light, ruled or squared paper, pencil, coloured ink.

numpy is imported inside the functions: it takes a while to load, and only a worker thread may wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shares = NDArray[np.float32]

BLOCKS = 14
"""The paper's light is told for about so many blocks along the longer side."""

SMALLEST_BLOCK_PX = 12

PAPER_SHARE = 85.0
"""Percentile of a block's light that is paper."""

NOISE = 4.0
"""How many times the usual deviation from the paper a stroke is away from it."""

FAINTEST = 0.05
"""Share of the light that a stroke takes away at least."""

FULL_INK = 0.75
"""What counts as full ink, as a share of the strongest."""

LINE_COVER = 0.72
"""Share of the picture's width that a printed line has ink on; a bar of a fraction ends before the edge."""

SLOPES = 25
STEEPEST = 0.06
"""Lines are looked for at so many slopes, up to the steepest: rows to a column."""

CROSSING = 1.35
"""How much darker than the line a pixel is that belongs to a stroke."""

THICKEST_PX = 5
"""Printed lines are not thicker, in rows."""


def written_ink(levels: bytes, width: int) -> bytes | None:
    """Ink levels of a picture of handwriting; None where there is nothing on the paper.

    Args:
        levels: Grey levels, one byte a pixel, row after row; the paper is lighter than the ink.
        width: Pixels a row.

    Returns:
        One byte a pixel: 0 is paper, 255 the strongest ink.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    grey = np.frombuffer(levels, np.uint8).reshape(-1, width).astype(np.float32)
    share: Shares = (1 - grey / np.maximum(_paper(grey), 1)).astype(np.float32)
    usual = float(np.median(np.abs(share - np.median(share))))
    least = max(FAINTEST, NOISE * 1.5 * usual)
    strongest = float(np.percentile(share, 99.7)) if share.size else 0.0
    if strongest < 1.5 * least:
        strongest = float(share.max())
        if strongest < 1.5 * least:
            return None
    for turned in (False, True):
        part = share.T if turned else share
        share = _without_lines(part, least, strongest)
        share = share.T if turned else share
    ink = np.clip((share - least) / max(FULL_INK * strongest - least, 1e-3), 0, 1)
    told: bytes = np.ascontiguousarray((ink * 255).astype(np.uint8)).tobytes()
    return told


def _paper(grey: Shares) -> Shares:
    """The light of the paper at each pixel, from blocks that are mostly paper."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    rows, columns = grey.shape
    side = max(SMALLEST_BLOCK_PX, max(rows, columns) // BLOCKS)
    down, across = max(1, rows // side), max(1, columns // side)
    edges_y, edges_x = (
        np.linspace(0, rows, down + 1).astype(int),
        np.linspace(0, columns, across + 1).astype(int),
    )
    blocks = np.array(
        [
            [
                np.percentile(grey[edges_y[y] : edges_y[y + 1], edges_x[x] : edges_x[x + 1]], PAPER_SHARE)
                for x in range(across)
            ]
            for y in range(down)
        ],
        np.float32,
    )
    padded = np.pad(blocks, 1, mode="edge")
    near = np.stack([padded[dy : dy + down, dx : dx + across] for dy in range(3) for dx in range(3)])
    blocks = np.median(near, 0)
    middle_y, middle_x = (edges_y[:-1] + edges_y[1:]) / 2, (edges_x[:-1] + edges_x[1:]) / 2
    along = np.stack([np.interp(np.arange(columns), middle_x, row) for row in blocks])
    paper = np.stack([np.interp(np.arange(rows), middle_y, column) for column in along.T], 1)
    return paper.astype(np.float32)


def _without_lines(share: Shares, least: float, strongest: float) -> Shares:
    """Without the lines that go from edge to edge, nearly level, and are paler than the strongest ink."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    rows, columns = share.shape
    dark = share > 0.7 * least
    at = np.arange(columns)
    best: tuple[float, float, NDArray[np.float32]] | None = None
    for slope in np.linspace(-STEEPEST, STEEPEST, SLOPES):
        shift = np.round(slope * (at - columns / 2)).astype(int)
        place = np.clip(np.arange(rows)[:, None] + shift, 0, rows - 1)
        cover = dark[place, at].mean(1)
        peak = float(np.sort(cover)[-3:].mean()) if rows > THICKEST_PX else 0.0
        if best is None or peak > best[0]:
            best = (peak, float(slope), cover)
    if best is None or best[0] < LINE_COVER * 0.8:
        return share
    _, slope, cover = best
    shift = np.round(slope * (at - columns / 2)).astype(int)
    cleaned = share.copy()
    row = 0
    while row < rows:
        if cover[row] < LINE_COVER:
            row += 1
            continue
        first = row
        while row < rows and cover[row] >= LINE_COVER * 0.6:
            row += 1
        if row - first <= THICKEST_PX:
            _take_out(cleaned, (first - 1, row + 1), shift, (least, strongest))
    return cleaned


def _take_out(
    share: Shares, rows_of_it: tuple[int, int], shift: NDArray[np.int64], limits: tuple[float, float]
) -> None:
    """Take one line out of the picture; what crosses it stays."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    (first, after), (least, strongest) = rows_of_it, limits
    rows, columns = share.shape
    at = np.arange(columns)
    band = np.arange(first, after)[:, None] + shift
    inside = np.clip(band, 0, rows - 1)
    values = share[inside, at]
    level = float(np.median(values.max(0)))
    if level > 0.85 * strongest:
        return
    above = share[np.clip(first - 1 + shift, 0, rows - 1), at] > least
    below = share[np.clip(after + shift, 0, rows - 1), at] > least
    kept = (values > min(CROSSING * level, 0.9 * strongest)) | (above & below)
    share[inside, at] = np.where(kept, values, 0)
