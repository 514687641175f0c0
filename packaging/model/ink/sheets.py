"""Sheets of formulas written by hand, for the detector; and ink that says nothing."""

import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from model.corpus.runs import Runs
from model.drawing import augment
from model.ink.hand_drawer import HandDrawer
from model.ink.penwork import FINER
from model.training.lessons import Objects
from model.training.sheets import NO_BOXES, NO_CLASSES, SCRAWLED, Drawn, Sheeted

MOST_RARE = 3.0
"""How much more often a formula with rare signs comes than any other."""


class HandSheeted(Sheeted):
    """Endless sheets of training formulas, by hand; the arguments are those of `Sheeted`."""

    def __init__(
        self, runs: Runs, objects: Objects, seed: int, count: int = 2, *, test: bool = False
    ) -> None:
        super().__init__(runs, objects, seed, count, test=test)
        drawer = HandDrawer(runs, objects, test=test)
        self._hand = drawer
        lengths = np.array([len(objects.of(number)) for number in self._numbers])
        weights = np.diff(np.array([0.0, *self._weights])).clip(0.3, MOST_RARE)
        weights *= np.sqrt(lengths.clip(2, 40))
        able = np.array([drawer.writer.can(number) for number in self._numbers])
        self._numbers = [number for number, can in zip(self._numbers, able.tolist(), strict=True) if can]
        self._weights = np.cumsum(weights[able]).tolist()

    def _next(self, room: tuple[int, int]) -> Drawn | None:
        chance = self._chance
        if chance.random() < SCRAWLED:
            return Drawn(augment.degrade(scribble(chance), chance), NO_CLASSES, NO_BOXES, augment.EM_PX)
        number = chance.choices(self._numbers, cum_weights=self._weights)[0]
        jitter = math.exp(chance.uniform(-0.4, 0.4))
        wide, tall = (
            side * augment.EM_PX * jitter / augment.PT_PER_EM for side in self.runs.samples[number].size_pt
        )
        if wide >= room[0] or tall >= room[1]:
            return None
        return self._hand.draw(number, jitter, chance)


def scribble(chance: random.Random) -> NDArray[np.uint8]:
    """A doodle of some strokes: zigzags, spirals, loops, crossings-out, a signature."""
    width, height = chance.randint(25, 150), chance.randint(20, 70)
    picture = Image.new("L", (width * FINER, height * FINER))
    pen = ImageDraw.Draw(picture)
    thick = max(2, round(FINER * math.exp(chance.gauss(math.log(1.8), 0.3))))
    for _ in range(chance.randint(1, 3)):
        count = chance.randint(25, 160)
        x, y = chance.uniform(0.1, 0.5) * width, chance.uniform(0.3, 0.7) * height
        kind = chance.randrange(4)
        rate, reach = chance.uniform(0.3, 1.4), chance.uniform(0.15, 0.5) * height
        points = []
        angle = chance.uniform(0, math.tau)
        turn = 0.0
        for step in range(count):
            share = step / count
            if kind == 0:  # loops along a line, as a signature
                place = (
                    x + share * width * 0.8 + reach * 0.5 * math.cos(rate * step),
                    y + reach * math.sin(rate * step) * math.cos(step * 0.07),
                )
            elif kind == 1:  # a spiral
                place = (
                    width / 2 + reach * share * math.cos(rate * step),
                    height / 2 + reach * share * math.sin(rate * step),
                )
            elif kind == 2:  # zigzag, crossing out
                place = (
                    x + share * width * 0.7,
                    y + reach * (1 if step % 2 else -1) * chance.uniform(0.5, 1),
                )
            else:
                turn = 0.8 * turn + chance.gauss(0, 0.25)
                angle += turn
                x, y = x + 2.2 * math.cos(angle), y + 2.2 * math.sin(angle)
                if not (0 < x < width and 0 < y < height):
                    angle += math.pi
                place = (x, y)
            points.append((place[0] * FINER, place[1] * FINER))
        pen.line(points, chance.randint(150, 255), thick, "curve")
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX))
