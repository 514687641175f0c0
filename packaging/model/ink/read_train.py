"""Trains the reader on handwriting: sloppy layouts, and what the detector sees; goes on from that of print.

`python -m model.ink.read_train --minutes 15`. The network is that of print; some of its lessons stay typeset.
"""

import contextlib
import math
import random
import shutil
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from model.corpus.vocabulary import PAD
from model.ink.compose import Writer, Written, manner
from model.ink.places import CONFUSIONS, INK
from model.networks.reader import LIKELY, Reader, Shape
from model.paths import WORK
from model.training.course import Training, arguments
from model.training.lessons import (
    SIZE_ERROR,
    Batch,
    Lessons,
    Seen,
    collate,
    disturbed,
    in_order,
    is_taken,
)
from model.training.reader import check, scores

CHECKPOINT = INK / "reader.pt"
LONGEST = 90
WORDS_IN_BATCH = 1400
WRITTEN = 0.85
"""Share of the lessons that are in a sloppy layout; the others are typeset."""

DOUBT = 0.15
"""Share of the written signs that are in doubt."""


class HandLessons(Lessons):
    """The formulas that can be written by hand."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.writer = Writer(self.runs, self.objects)
        self.written = [
            (number, sample)
            for number, sample in self.train
            if sample.length <= LONGEST and is_taken(sample, self._chance) and self.writer.can(number)
        ]
        self._taken_for = load_confusions() if CONFUSIONS.exists() else {}

    def hand_batches(self) -> Iterator[Batch]:
        """Endless lessons, about one length in each batch."""
        chance = self._chance
        while True:
            chosen = [chance.choice(self.written) for _ in range(1500)]
            chosen.sort(key=lambda member: len(member[1].target) + chance.random() * 4)
            plan: list[list[tuple[Seen, tuple[int, ...]]]] = [[]]
            for number, sample in chosen:
                if (len(plan[-1]) + 1) * len(sample.target) > WORDS_IN_BATCH or len(plan[-1]) >= 64:
                    plan.append([])
                plan[-1].append((self._lesson(number), sample.target))
            chance.shuffle(plan)
            for part in plan:
                if part:
                    yield collate(part)

    def _lesson(self, number: int) -> Seen:
        if self._chance.random() < WRITTEN:
            with contextlib.suppress(LookupError):
                return self.sloppy(number, self._chance)
        return disturbed(self.objects.of(number), len(self.objects.names), self._numpy)

    def sloppy(self, number: int, chance: random.Random) -> Seen:
        """The true signs as a hand would place them, some of them in doubt."""
        written = self.writer.write(number, manner(self.writer.library.hands, chance), chance)
        count = len(written.classes)
        if self._taken_for:
            return self._as_taken(written, chance)
        likely = np.array([written.classes] * LIKELY, np.int64).T.copy()
        likely[:, 1:] = self._numpy.integers(0, len(self.objects.names), (count, LIKELY - 1))
        doubt = np.where(self._numpy.random(count) < DOUBT, self._numpy.random(count) * 0.7, 0.0)
        split = self._numpy.random(count)
        shares = np.stack([1 - doubt, doubt * split, doubt * (1 - split)], 1)
        return in_order(Seen(likely, shares.astype(np.float32), np.array(written.boxes, np.float32)))

    def _as_taken(self, written: Written, chance: random.Random) -> Seen:
        """The signs with the doubts that the detector had about others of their classes."""
        sure = np.eye(1, LIKELY, dtype=np.float32)[0]
        classes, shares = [], []
        for kind in written.classes:
            bank = self._taken_for.get(kind)
            if bank is None:
                classes.append(np.array([kind, 0, 0], np.int64))
                shares.append(sure)
            else:
                place = chance.randrange(len(bank[0]))
                classes.append(bank[0][place])
                shares.append(bank[1][place])
        boxes = np.array(written.boxes, np.float32)
        boxes += self._numpy.normal(0, 0.02, boxes.shape).astype(np.float32)
        boxes *= math.exp(chance.gauss(0, SIZE_ERROR))
        return in_order(Seen(np.stack(classes), np.stack(shares), boxes))


def load_confusions() -> dict[int, tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """What the detector took signs for: likeliest classes and their probabilities, by the true class."""
    with np.load(CONFUSIONS) as data:
        truth, classes = data["truth"], data["classes"].astype(np.int64)
        shares = data["shares"].astype(np.float32)
    return {int(kind): (classes[truth == kind], shares[truth == kind]) for kind in np.unique(truth)}


def held_out(lessons: HandLessons, count: int) -> list[Batch]:
    """Test formulas in a sloppy layout."""
    chance = random.Random(5)
    chosen = [member for member in lessons.test if member[1].length <= 50 and lessons.writer.can(member[0])][
        :count
    ]
    chosen.sort(key=lambda member: len(member[1].target))
    members = [(lessons.sloppy(number, chance), sample.target) for number, sample in chosen]
    return [collate(members[start : start + 16]) for start in range(0, len(members), 16)]


def main() -> None:
    """Train."""
    options = arguments(__doc__, CHECKPOINT, 2.5e-4).parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.checkpoint == str(CHECKPOINT) and not CHECKPOINT.exists():
        shutil.copy(WORK / "reader.pt", CHECKPOINT)
    lessons = HandLessons(options.seed)
    vocabulary = lessons.runs.vocabulary
    shape = Shape(len(vocabulary), len(lessons.objects.names))
    reader = Reader(shape, lessons.objects.bases(vocabulary)).to(options.device)
    training = Training(reader, shape, options)
    checks = held_out(lessons, 300)
    print(f"{len(lessons.written)} formulas", check(reader, checks), flush=True)

    def losses(batch: Batch) -> tuple[dict[str, Tensor], int]:
        found = scores(reader, batch)
        loss = functional.cross_entropy(found.flatten(0, 1), batch.targets[:, 1:].flatten(), ignore_index=PAD)
        return {"loss": loss}, len(batch.targets)

    training.learn(lessons.hand_batches(), losses, lambda: check(reader, checks))
    print(check(reader, checks))


if __name__ == "__main__":
    main()
