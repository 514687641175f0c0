"""The objects of all formulas as arrays, and batches of them for the reader."""

import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from model.corpus.runs import Runs, Sample, training_faces
from model.corpus.typeset import UNITS_PER_PT
from model.corpus.vocabulary import Vocabulary
from model.networks.reader import LIKELY
from model.paths import DETECTIONS, OBJECTS

PT_PER_EM = 10.0
SIGNS_IN_BATCH = 1400
MOST_SIGNS = 220

SIZE_ERROR = 0.1
"""How far the text's size is off when it is read: standard deviation of its logarithm. The signs that are
seen tell it to 0.06 on the pictures of the evaluation; the program then draws the picture at that size."""

KEPT = ((20, 0.45), (50, 0.6), (10**6, 1.0))
"""Of the formulas of at most so many tokens, the share that a round of lessons takes: the short ones, which
are many and easy, would leave little time for the long."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The signs of one formula as the reader is given them.

    Attributes:
        classes: Likeliest classes, (signs, LIKELY), the likeliest first.
        shares: Their probabilities.
        boxes: Left, top, right, bottom in ems.
    """

    classes: NDArray[np.int64]
    shares: NDArray[np.float32]
    boxes: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Formulas for one step: signs, their mask, and targets, padded to one length."""

    classes: Tensor
    shares: Tensor
    boxes: Tensor
    mask: Tensor
    targets: Tensor

    def to(self, device: str) -> "Batch":
        """The same on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def is_taken(sample: Sample, chance: random.Random) -> bool:
    """Whether a round of lessons takes a formula; one source has many short ones that are much alike."""
    if sample.source == "stacks-project" and sample.length < 40 and chance.random() < 0.55:
        return False
    return chance.random() < next(share for most, share in KEPT if sample.length <= most)


class Objects:
    """What `model.corpus.objects` has written."""

    def __init__(self) -> None:
        with np.load(OBJECTS) as data:
            self.rows: NDArray[np.int16] = data["rows"]
            self.ends: NDArray[np.int32] = data["ends"]
            self.names: list[str] = json.loads(str(data["names"]))

    def of(self, number: int) -> NDArray[np.int16]:
        """Class and box, in units of `UNITS_PER_PT`, of every sign of a formula."""
        return self.rows[self.ends[number - 1] if number else 0 : self.ends[number]]

    def heights(self) -> Tensor:
        """How tall the signs of each class are in full size, in ems: four in five are smaller, (classes,)."""
        heights = (self.rows[:, 4].astype(np.float32) - self.rows[:, 2]) / (UNITS_PER_PT * PT_PER_EM)
        order = np.argsort(self.rows[:, 0], kind="stable")
        starts = np.searchsorted(self.rows[order, 0], np.arange(1, len(self.names)))
        parts = np.split(heights[order], starts)
        return torch.tensor([float(np.percentile(part, 80)) if len(part) else 1.0 for part in parts])

    def bases(self, vocabulary: Vocabulary) -> Tensor:
        """The token that each class stands for, 0 for none."""
        numbers = {word: number for number, word in enumerate(vocabulary.words)}
        return torch.tensor([numbers.get(_base(name), 0) for name in self.names])


def _base(name: str) -> str:
    if name.startswith("\\boldsymbol{") or (name.startswith("\\math") and "{" in name):
        return name.partition("{")[2] or name
    if len(name) > 1 and name[-1] in "^_~":
        return name[:-1]
    return "'" if set(name) == {"'"} else name


def in_order(seen: Seen) -> Seen:
    """From left to right, the place counted from the upper left corner."""
    order = np.argsort(seen.boxes[:, 0], kind="stable")
    boxes = seen.boxes[order]
    boxes = boxes - np.tile(boxes[:, :2].min(0), 2)
    return Seen(seen.classes[order], seen.shares[order], boxes)


def disturbed(rows: NDArray[np.int16], classes: int, chance: np.random.Generator) -> Seen:
    """The true signs, a little out of place and now and then in doubt."""
    count = len(rows)
    boxes = rows[:, 1:].astype(np.float32) / (UNITS_PER_PT * PT_PER_EM)
    boxes = boxes * math.exp(chance.normal(0, SIZE_ERROR)) + chance.normal(0, 0.015, boxes.shape)
    likely = np.zeros((count, LIKELY), np.int64)
    likely[:, 0] = rows[:, 0]
    likely[:, 1:] = rows[chance.integers(0, count, (count, LIKELY - 1)), 0]
    others = chance.integers(0, classes, (count, LIKELY - 1))
    likely[:, 1:] = np.where(chance.random((count, LIKELY - 1)) < 0.5, others, likely[:, 1:])
    doubt = np.where(chance.random(count) < 0.06, chance.random(count) * 0.6, 0.0)
    split = chance.random(count)
    shares = np.stack([1 - doubt, doubt * split, doubt * (1 - split)], 1)
    return in_order(Seen(likely, shares.astype(np.float32), boxes.astype(np.float32)))


def collate(members: Sequence[tuple[Seen, Sequence[int]]]) -> Batch:
    """One batch of formulas of about the same length."""
    signs = max(len(seen.boxes) for seen, _ in members)
    length = max(len(target) for _, target in members)
    count = len(members)
    classes = torch.zeros(count, signs, LIKELY, dtype=torch.int64)
    shares, boxes = torch.zeros(count, signs, LIKELY), torch.zeros(count, signs, 4)
    mask = torch.full((count, 1, 1, signs + 1), -1e9)
    targets = torch.zeros(count, length, dtype=torch.int64)
    for place, (seen, target) in enumerate(members):
        own = len(seen.boxes)
        classes[place, :own] = torch.from_numpy(seen.classes)
        shares[place, :own] = torch.from_numpy(seen.shares)
        boxes[place, :own] = torch.from_numpy(seen.boxes)
        mask[place, ..., : own + 1] = 0
        targets[place, : len(target)] = torch.tensor(target)
    return Batch(classes, shares, boxes, mask, targets)


class Lessons:
    """Formulas for the reader: true signs, and what the detector saw of drawn ones once it has looked."""

    def __init__(self, seed: int) -> None:
        self.runs, self.objects = Runs(), Objects()
        faces = training_faces()
        self._chance, self._numpy = random.Random(seed), np.random.default_rng(seed)
        members = [
            (number, sample)
            for number, sample in enumerate(self.runs.samples)
            if sample.face in faces and 0 < len(self.objects.of(number)) <= MOST_SIGNS
        ]
        self.train = [(number, sample) for number, sample in members if not sample.test]
        self.test = [(number, sample) for number, sample in members if sample.test]
        random.Random(3).shuffle(self.test)
        self.detections: dict[int, Seen] = load_detections() if DETECTIONS.exists() else {}

    def of(self, longest: int) -> "Course":
        """Endless batches of formulas of up to so many tokens."""
        return Course(self, longest)

    def batches(self, longest: int, worker: int, detected_share: float = 0.6) -> Iterator[Batch]:
        """The batches that one of the processes which prepare them makes."""
        self._chance.seed(self._chance.random() + worker)
        self._numpy = np.random.default_rng(self._chance.getrandbits(32))
        while True:
            chosen = [
                (number, sample)
                for number, sample in self.train
                if sample.length <= longest and is_taken(sample, self._chance)
            ]
            if self.detections:
                known = [member for member in chosen if member[0] in self.detections]
                others = [member for member in chosen if member[0] not in self.detections]
                wanted = round(len(known) * (1 - detected_share) / detected_share)
                chosen = known + self._chance.sample(others, min(len(others), wanted))
            chosen.sort(key=lambda member: len(member[1].target) + self._chance.random() * 4)
            plan: list[list[tuple[int, Sample]]] = [[]]
            for member in chosen:
                if (len(plan[-1]) + 1) * len(member[1].target) > SIGNS_IN_BATCH or len(plan[-1]) >= 64:
                    plan.append([])
                plan[-1].append(member)
            self._chance.shuffle(plan)
            for part in plan:
                yield collate([(self._look(number), sample.target) for number, sample in part])

    def _look(self, number: int) -> Seen:
        found = self.detections.get(number)
        if found is not None:
            return found
        return disturbed(self.objects.of(number), len(self.objects.names), self._numpy)

    def checks(self, longest: int, count: int) -> list[Batch]:
        """Test formulas with their true signs."""
        chosen = [member for member in self.test if member[1].length <= longest][:count]
        chosen.sort(key=lambda member: len(member[1].target))
        steady = np.random.default_rng(5)
        return [
            collate(
                [
                    (disturbed(self.objects.of(number), len(self.objects.names), steady), sample.target)
                    for number, sample in chosen[start : start + 16]
                ]
            )
            for start in range(0, len(chosen), 16)
        ]


class Course(IterableDataset[Batch]):
    """The batches of some lessons, for a loader."""

    def __init__(self, lessons: Lessons, longest: int) -> None:
        self._lessons, self._longest = lessons, longest

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        return self._lessons.batches(self._longest, worker.id if worker else 0)


def load_detections() -> dict[int, Seen]:
    """What the detector saw, by the number of the formula."""
    with np.load(DETECTIONS) as data:
        numbers, ends = data["numbers"].tolist(), data["ends"].tolist()
        classes, shares, boxes = data["classes"], data["shares"], data["boxes"]
    starts = [0, *ends[:-1]]
    return {
        number: Seen(
            classes[start:end].astype(np.int64),
            shares[start:end].astype(np.float32),
            boxes[start:end].astype(np.float32),
        )
        for number, start, end in zip(numbers, starts, ends, strict=True)
        if end > start
    }
