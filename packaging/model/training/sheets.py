"""Pictures for the detector: sheets on which many formulas lie close together, drawn on the fly."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from model.corpus.objects import UNKNOWN
from model.corpus.runs import Runs, training_faces
from model.corpus.typeset import UNITS_PER_PT
from model.drawing import augment
from model.drawing.raster import Outlines, Style, draw_run
from model.drawing.scrawl import scrawl
from model.paths import FONTS
from model.training.lessons import Objects

SHEET_PX = (160, 512)
GAP_PX = 4
WIDEST_PX = 500
SMALLEST_PX = 24
SLACK_PX = 10
"""A formula may be so much taller than what stands on its shelf already."""

SCRAWLED = 0.05
"""Share of the places on a sheet that get ink which is no formula."""

MISSES = 80
"""Formulas that did not fit before a sheet counts as full; each quarter of them closes a shelf."""


NO_CLASSES = np.zeros(0, np.int64)
NO_BOXES = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of one formula at the model's size.

    Attributes:
        ink: 0 for paper, 255 for ink.
        classes: Of its signs.
        boxes: Of its signs, in pixels.
        em_px: Size of its text.
    """

    ink: NDArray[np.uint8]
    classes: NDArray[np.int64]
    boxes: NDArray[np.float32]
    em_px: float


@dataclass(frozen=True, slots=True)
class Sheets:
    """One step's pictures (n, 1, height, width) as bytes, and their signs: picture, class, box in pixels."""

    ink: Tensor
    numbers: Tensor
    classes: Tensor
    boxes: Tensor

    def to(self, device: str) -> "Sheets":
        """The same on a device."""
        return Sheets(*(getattr(self, name).to(device) for name in self.__slots__))


class Drawer:
    """Draws formulas with all that a screen does to them."""

    def __init__(self, runs: Runs, objects: Objects) -> None:
        self._runs, self._objects = runs, objects
        self._outlines = Outlines(FONTS)

    def draw(
        self, number: int, jitter: float, chance: random.Random, widest_px: float = WIDEST_PX * 1.3
    ) -> Drawn | None:
        """A formula at the model's size times `jitter`; None when it is too wide."""
        sample = self._runs.samples[number]
        model_em = augment.EM_PX * jitter
        if sample.size_pt[0] * model_em / augment.PT_PER_EM > widest_px:
            return None
        em = min(augment.EM_PX * 3, 9 * math.exp(abs(chance.gauss(0, 1)) * 0.75))
        em *= min(1.0, 1200 / max(sample.size_pt[0] * em / augment.PT_PER_EM, 1))
        light = chance.random()
        style = Style(
            scale=em / augment.PT_PER_EM,
            weight_px=0.0 if light < 0.3 else em * chance.uniform(-0.012, 0.03),
            hinting=chance.random() < 0.2,
            shift=(chance.random(), chance.random()),
            rule_px=em * chance.uniform(-0.008, 0.015),
        )
        run = self._runs.glyphs[slice(*sample.glyphs)].astype(np.float64)
        run[:, 2:] /= UNITS_PER_PT
        rules = self._runs.rules[slice(*sample.rules)].astype(np.float64) / UNITS_PER_PT
        ink, left, top = draw_run(self._outlines, self._runs.fonts, run, rules, style)
        rows = self._objects.of(number)
        boxes = rows[:, 1:].astype(np.float32) / UNITS_PER_PT * style.scale + np.tile(style.shift, 2)
        boxes -= np.array([left, top, left, top])
        factor = model_em / em
        small = augment.to_model(augment.degrade(ink, chance), factor, chance)
        boxes *= np.tile([small.shape[1] / ink.shape[1], small.shape[0] / ink.shape[0]], 2)
        return Drawn(small, rows[:, 0].astype(np.int64), boxes.astype(np.float32), model_em)


class Sheeted(IterableDataset[Sheets]):
    """Endless sheets of the training formulas; formulas with rare signs come more often.

    Args:
        runs: The formulas.
        objects: Their signs.
        seed: Of the chances.
        count: Sheets for a step.
        test: Whether to draw the formulas of the test.
    """

    def __init__(
        self, runs: Runs, objects: Objects, seed: int, count: int = 2, *, test: bool = False
    ) -> None:
        self._seed, self._count = seed, count
        self.runs, self.objects = runs, objects
        self._drawer = Drawer(self.runs, self.objects)
        self._chance = random.Random(seed)
        faces = training_faces()
        counts = np.bincount(self.objects.rows[:, 0], minlength=len(self.objects.names)).astype(np.float64)
        rarity = np.minimum(40.0, np.sqrt(60_000 / (counts + 200)))
        rarity[self.objects.names.index(UNKNOWN)] = 0
        self._numbers: list[int] = []
        weights: list[float] = []
        for number, sample in enumerate(self.runs.samples):
            rows = self.objects.of(number)
            if sample.face in faces and sample.test == test and len(rows) and not (rows[:, 0] == 0).any():
                self._numbers.append(number)
                weights.append(0.3 + float(rarity[rows[:, 0]].max()))
        self._weights = np.cumsum(weights).tolist()

    def __iter__(self) -> Iterator[Sheets]:
        worker = get_worker_info()
        if worker is not None:
            self._chance = random.Random(self._seed * 1000 + worker.id)
        while True:
            yield self.sheets(self._count)

    def sheets(self, count: int) -> Sheets:
        """Some sheets."""
        ink = np.zeros((count, 1, *SHEET_PX), np.uint8)
        parts: list[tuple[int, NDArray[np.int64], NDArray[np.float32]]] = []
        for number in range(count):
            parts += [(number, classes, boxes) for classes, boxes in self._fill(ink[number, 0])]
        numbers = np.concatenate([np.full(len(classes), number) for number, classes, _ in parts])
        return Sheets(
            torch.from_numpy(ink),
            torch.from_numpy(numbers),
            torch.from_numpy(np.concatenate([classes for _, classes, _ in parts])),
            torch.from_numpy(np.concatenate([boxes for *_, boxes in parts])),
        )

    def _fill(self, sheet: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Lay formulas on a sheet, shelf by shelf; what is too large for the room left is passed over."""
        chance, (height, width) = self._chance, sheet.shape
        top, left, shelf = chance.randint(0, 6), chance.randint(0, 6), 0
        misses = 0
        while misses < MISSES:
            room = min(height - top, shelf + SLACK_PX) if shelf else height - top
            drawn = self._next((width - left, room))
            if drawn is None or left + drawn.ink.shape[1] > width or top + drawn.ink.shape[0] > height:
                misses += 1
                if misses % (MISSES // 4) == 0:
                    top, left, shelf = top + shelf + GAP_PX, chance.randint(0, 6), 0
                continue
            rows, columns = drawn.ink.shape
            sheet[top : top + rows, left : left + columns] = drawn.ink
            yield drawn.classes, drawn.boxes + np.array([left, top, left, top], np.float32)
            left, shelf = left + columns + chance.randint(GAP_PX, 2 * GAP_PX), max(shelf, rows)
            if left > width - SMALLEST_PX:
                top, left, shelf = top + shelf + GAP_PX, chance.randint(0, 6), 0

    def _next(self, room: tuple[int, int]) -> Drawn | None:
        """What comes next; None when it is larger than the room, width and height in pixels."""
        chance = self._chance
        if chance.random() < SCRAWLED:
            return Drawn(augment.degrade(scrawl(chance), chance), NO_CLASSES, NO_BOXES, augment.EM_PX)
        number = chance.choices(self._numbers, cum_weights=self._weights)[0]
        jitter = math.exp(chance.uniform(-0.45, 0.35))
        wide, tall = (
            side * augment.EM_PX * jitter / augment.PT_PER_EM for side in self.runs.samples[number].size_pt
        )
        if wide * 0.9 >= room[0] or tall * 0.8 >= room[1]:
            return None
        return self._drawer.draw(number, jitter, chance)
