"""Strokes bent, brought into boxes, and drawn with a pen."""

import math
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from model.ink.skeleton import Stroke

FINER = 3
"""Ink is drawn so much larger and then shrunk."""

Box = tuple[float, float, float, float]


def union(one: Box, other: Box) -> Box:
    """The box round two."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def dense(line: Stroke, step: float = 0.08) -> Stroke:
    """A polyline with points between its corners."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, along[-1], max(3, min(60, int(along[-1] / step))))
    at = np.unique(np.concatenate([at, along]))
    return np.stack([np.interp(at, along, line[:, side]) for side in (0, 1)], 1).astype(np.float32)


def into(points: Stroke, before: Box, box: Box) -> Stroke:
    """Points moved and stretched from one box into another."""
    low, high = np.array(before[:2]), np.array(before[2:])
    to_low, to_high = np.array(box[:2]), np.array(box[2:])
    return ((points - low) / np.maximum(high - low, 1e-6) * (to_high - to_low) + to_low).astype(np.float32)


def bent(points: Stroke, slant: float, chance: random.Random) -> Stroke:
    """A stroke a little bent and slanted, in place; in ems."""
    middle = points.mean(0)
    size = max(float(np.ptp(points, axis=0).max()), 0.1)
    moved = points - middle
    for axis in (0, 1):
        rate, phase = chance.uniform(1, 4) / size, chance.uniform(0, math.tau)
        moved[:, axis] += chance.gauss(0, 0.02) * min(size, 1.0) * np.sin(rate * moved[:, 1 - axis] + phase)
    moved[:, 0] -= slant * moved[:, 1]
    return (moved + middle).astype(np.float32)


def fitted(
    strokes: Sequence[Stroke], box: Box, slant: float, chance: random.Random, firm: float = 0.62
) -> list[Stroke]:
    """A drawing brought into a box, keeping some of its own proportions, bent as a whole.

    Args:
        strokes: The drawing.
        box: Where it is to stand.
        slant: Shear of the letters.
        chance: What decides.
        firm: How much of the box's proportions it takes, 0 to 1.
    """
    every = np.concatenate(strokes)
    low, high = every.min(0), every.max(0)
    own = np.maximum(high - low, 0.04 * max(float((high - low).max()), 1e-3))
    want = np.maximum(np.array([box[2] - box[0], box[3] - box[1]]), 0.03)
    ratio = want / own
    even = math.sqrt(ratio[0] * ratio[1])
    scale = ratio**firm * even ** (1 - firm)
    turn = chance.gauss(0, 0.05)
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    centre, target = (low + high) / 2, np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    size = max(float(want.max()), 0.1)
    waves = [
        (chance.uniform(1, 4) / size, chance.uniform(0, math.tau), chance.gauss(0, 0.03) * min(size, 1.2))
        for _ in range(2)
    ]
    result = []
    for stroke in strokes:
        moved = ((stroke - centre) * scale) @ spin.T
        for axis, (rate, phase, height) in enumerate(waves):
            moved[:, axis] += height * np.sin(rate * moved[:, 1 - axis] + phase)
        moved[:, 0] -= slant * moved[:, 1]
        result.append((moved + target).astype(np.float32))
    return result


def draw(
    strokes: Sequence[Stroke], em_px: float, pen_px: float, chance: random.Random
) -> tuple[NDArray[np.uint8], float, float]:
    """Ink of strokes in ems, cut close, and the pixels at which its corner lies from the origin."""
    every = np.concatenate(strokes) * em_px
    margin = pen_px / 2 + 1
    left, top = np.floor(every.min(0) - margin).tolist()
    width, height = np.ceil(every.max(0) + margin - (left, top)).astype(int).tolist()
    canvas = Image.new("L", (width * FINER, height * FINER))
    pen = ImageDraw.Draw(canvas)
    pale = 255 if chance.random() < 0.6 else chance.randint(130, 255)
    for stroke in strokes:
        points = ((stroke * em_px - (left, top)) * FINER).ravel().tolist()
        thick = pen_px * FINER * math.exp(chance.gauss(0, 0.1))
        level = max(90, min(255, round(pale + chance.gauss(0, 12))))
        if len(points) > 2:
            pen.line(points, level, max(1, round(thick)))
        radius = thick / 2 * (1.25 if len(points) == 2 else 1.0)
        for x, y in (points[:2], points[-2:]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), level)
    ink = np.asarray(canvas.resize((width, height), Image.Resampling.BOX))
    if chance.random() < 0.12:  # pencil, or a pen that skips
        grain = np.random.default_rng(chance.getrandbits(32)).uniform(0.55, 1.0, ink.shape)
        ink = (ink * grain).astype(np.uint8)
    return ink, left, top
