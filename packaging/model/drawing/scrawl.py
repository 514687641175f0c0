"""Ink that is no formula: scribbles, icons, stains. The detector learns from it to see nothing there."""

import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

FINER = 4
"""Strokes are drawn so much larger and then shrunk, for smooth edges."""

SHAPES = (4, 7)
"""How many shapes an icon has; fewer could be a sign of mathematics."""


def scrawl(chance: random.Random) -> NDArray[np.uint8]:
    """A picture of 20 to 110 pixels a side, 0 for paper, 255 for full ink."""
    width, height = chance.randint(20, 110), chance.randint(20, 110)
    kind = chance.choices((_scribble, _icon, _stain), (4, 4, 2))[0]
    return kind(width, height, chance)


def _scribble(width: int, height: int, chance: random.Random) -> NDArray[np.uint8]:
    """Lines of a pen that turns without aim."""
    picture = Image.new("L", (width * FINER, height * FINER))
    draw = ImageDraw.Draw(picture)
    thickness = round(FINER * chance.uniform(0.8, 3.5))
    for _ in range(chance.randint(1, 4)):
        x, y = chance.uniform(0, picture.width), chance.uniform(0, picture.height)
        angle, turn = chance.uniform(0, math.tau), 0.0
        points = [(x, y)]
        for _ in range(chance.randint(40, 160)):
            turn = 0.85 * turn + chance.gauss(0, 0.12)
            angle += turn
            x, y = x + 2 * FINER * math.cos(angle), y + 2 * FINER * math.sin(angle)
            if not (0 <= x <= picture.width and 0 <= y <= picture.height):
                angle += math.pi  # back from the edge
            points.append((x, y))
        draw.line(points, 255, thickness, "curve")
    return _shrunk(picture)


def _icon(width: int, height: int, chance: random.Random) -> NDArray[np.uint8]:
    """Shapes over each other, filled or outlined."""
    picture = Image.new("L", (width * FINER, height * FINER))
    draw = ImageDraw.Draw(picture)
    thickness = round(FINER * chance.uniform(1, 4))
    for _ in range(chance.randint(*SHAPES)):
        left, wide = _stretch(picture.width, 3 * thickness, chance)
        top, tall = _stretch(picture.height, 3 * thickness, chance)
        box = (left, top, left + wide, top + tall)
        filling = chance.choice((None, None, 255, 0, 110))
        match chance.randrange(4):
            case 0:
                draw.ellipse(box, filling, 255, thickness)
            case 1:
                round_px = min(chance.uniform(0, 6 * FINER), wide / 3, tall / 3)
                draw.rounded_rectangle(box, round_px, filling, 255, thickness)
            case 2:
                corners = [
                    (chance.uniform(0, picture.width), chance.uniform(0, picture.height))
                    for _ in range(chance.randint(3, 6))
                ]
                draw.polygon(corners, filling, 255, thickness)
            case _:
                draw.arc(box, chance.uniform(0, 360), chance.uniform(0, 360), 255, thickness)
    return _shrunk(picture)


def _stretch(length: int, least: int, chance: random.Random) -> tuple[float, float]:
    """Begin and extent of a part of a line, at least so long."""
    extent = chance.uniform(least, max(least, length))
    return chance.uniform(0, max(0, length - extent)), extent


def _stain(width: int, height: int, chance: random.Random) -> NDArray[np.uint8]:
    """A piece of a photograph: light and dark without an edge, or cut at a level."""
    steady = np.random.default_rng(chance.getrandbits(32))
    coarse = steady.uniform(0, 255, (chance.randint(2, 9), chance.randint(2, 9))).astype(np.uint8)
    cloud = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    if chance.random() < 0.4:
        cloud = np.where(cloud > 140, 255, 0).astype(np.uint8)
    return cloud


def _shrunk(picture: Image.Image) -> NDArray[np.uint8]:
    size = picture.width // FINER, picture.height // FINER
    return np.asarray(picture.resize(size, Image.Resampling.BOX))
