"""Draws formulas written by hand as pictures with their signs, as `sheets.Drawer` draws typeset ones."""

import random

import numpy as np

from model.corpus.runs import Runs
from model.drawing import augment
from model.ink.compose import Manner, Writer, Written, manner
from model.ink.penwork import draw
from model.training.lessons import Objects
from model.training.sheets import WIDEST_PX, Drawn


class HandDrawer:
    """Draws formulas as `sheets.Drawer` does, by hand."""

    def __init__(self, runs: Runs, objects: Objects, *, test: bool = False) -> None:
        self.writer = Writer(runs, objects, test=test)

    def draw(
        self, number: int, jitter: float, chance: random.Random, widest_px: float = WIDEST_PX * 1.3
    ) -> Drawn | None:
        """A formula at the model's size times `jitter`; None when it is too wide or cannot be written."""
        em = augment.EM_PX * jitter
        way = manner(self.writer.library.hands, chance)
        try:
            written = self.writer.write(number, way, chance)
        except LookupError:
            return None
        return inked(written, em, way, chance, widest_px)


def inked(written: Written, em: float, way: Manner, chance: random.Random, widest_px: float) -> Drawn | None:
    """A written formula as a picture with its signs; None when it is too wide."""
    pen_px = max(0.9, way.pen_em * em)
    boxes = np.array(written.boxes, np.float32)
    if (boxes[:, 2].max() - boxes[:, 0].min()) * em > widest_px:
        return None
    ink, left, top = draw(written.strokes, em, pen_px, chance)
    boxes = boxes * em - np.array([left, top, left, top], np.float32)
    boxes += np.array([-pen_px / 2, -pen_px / 2, pen_px / 2, pen_px / 2], np.float32)
    small = augment.to_model(augment.degrade(ink, chance), 1.0, chance)
    boxes *= np.tile([small.shape[1] / ink.shape[1], small.shape[0] / ink.shape[0]], 2)
    return Drawn(small, np.array(written.classes, np.int64), boxes.astype(np.float32), em)
