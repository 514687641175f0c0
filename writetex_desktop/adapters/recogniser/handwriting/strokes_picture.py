"""Draws strokes for the symbol finder: a small picture with a channel for each direction of the pen.

`packaging/model/ink` trains on the same pictures. numpy is imported inside the functions: it takes a while to
load, and only a worker thread may wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float32]

SIDE_PX = 36
"""Width and height of the picture."""

MARGIN_PX = 3
"""Paper round the drawing."""

PIECES = 256
"""A drawing is cut into so many pieces of about one length."""

DIRECTIONS = 4
"""Channels: lines that go right, down to the right, down, and down to the left; either way."""

CHANNELS = DIRECTIONS + 1
"""The last holds where the pen was put down and lifted."""


def cut(strokes: Sequence[Points], count: int = PIECES) -> tuple[Points, NDArray[np.int16]]:
    """Cut strokes into pieces of about one length.

    Args:
        strokes: Points (n, 2) of each, x to the right, y downwards; at least one stroke with a point.
        count: How many pieces.

    Returns:
        Both ends of each piece (count, 4), and the number of its stroke (count,); the largest side of the
        drawing is 1, its middle at 0. Pieces that are left over have the stroke -1.
    """
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    every = np.concatenate([np.asarray(stroke, np.float32) for stroke in strokes])
    low, high = every.min(0), every.max(0)
    scale = max(float((high - low).max()), 1e-3)
    placed = [(np.asarray(stroke, np.float32) - (low + high) / 2) / scale for stroke in strokes]
    lengths = [float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in placed]
    whole = max(sum(lengths), 1e-6)
    ends = np.zeros((count, 4), np.float32)
    owners = np.full(count, -1, np.int16)
    spare = count - len(placed)
    place = 0
    for number, (stroke, length) in enumerate(zip(placed, lengths, strict=True)):
        share = max(1, 1 + int(spare * length / whole)) if spare > 0 else 1
        share = min(share, count - place)
        if share <= 0:
            break
        if len(stroke) > 1 and length > 0:
            along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
            at = np.linspace(0, along[-1], share + 1)
            x, y = np.interp(at, along, stroke[:, 0]), np.interp(at, along, stroke[:, 1])
            ends[place : place + share] = np.stack([x[:-1], y[:-1], x[1:], y[1:]], 1)
        else:
            ends[place : place + share] = np.tile(stroke[0], 2)
        owners[place : place + share] = number
        place += share
    return ends, owners


def picture(ends: Points, owners: NDArray[np.int16]) -> Points:
    """Draw pieces as `cut` gives them: (CHANNELS, SIDE_PX, SIDE_PX), 0 for paper, 1 for ink."""
    import numpy as np  # noqa: PLC0415 - see the module's docstring

    known = owners >= 0
    ends, owners = ends[known], owners[known]
    middle = (ends[:, :2] + ends[:, 2:]) / 2 * (SIDE_PX - 2 * MARGIN_PX) + SIDE_PX / 2 - 0.5
    along = (ends[:, 2:] - ends[:, :2]) * (SIDE_PX - 2 * MARGIN_PX)
    length = np.hypot(along[:, 0], along[:, 1])
    turn = np.arctan2(along[:, 1], along[:, 0]) / np.pi * DIRECTIONS % DIRECTIONS
    first = turn.astype(np.int64) % DIRECTIONS
    share = turn - np.floor(turn)
    edge = np.ones(len(owners), bool)
    edge[1:-1] = (owners[1:-1] != owners[:-2]) | (owners[1:-1] != owners[2:])
    canvas = np.zeros((CHANNELS, SIDE_PX, SIDE_PX), np.float32)
    weight = np.where(length > 0, length, 1.0)
    for channel, part in (
        (first, weight * (1 - share)),
        ((first + 1) % DIRECTIONS, weight * share),
        (np.full(len(first), DIRECTIONS), edge.astype(np.float32)),
    ):
        corner = np.floor(middle).astype(np.int64)
        rest = middle - corner
        for dy in (0, 1):
            for dx in (0, 1):
                near = (rest[:, 0] if dx else 1 - rest[:, 0]) * (rest[:, 1] if dy else 1 - rest[:, 1])
                row, column = (
                    (corner[:, 1] + dy).clip(0, SIDE_PX - 1),
                    (corner[:, 0] + dx).clip(0, SIDE_PX - 1),
                )
                np.add.at(canvas, (channel, row, column), part * near)
    return np.minimum(canvas, 1.0)
