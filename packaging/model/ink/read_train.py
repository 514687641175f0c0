"""Trains the reader on handwriting: sloppy layouts, and what the detector sees; goes on from that of print.

`python -m model.ink.read_train --minutes 15`. The network is that of print; some of its lessons stay typeset.
"""

import random
import shutil
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from model.corpus.vocabulary import PAD
from model.ink.compose import Writer, manner
from model.ink.places import DETECTIONS, INK
from model.networks.reader import LIKELY, Reader, Shape
from model.paths import WORK
from model.training.course import Training, arguments
from model.training.lessons import Batch, Lessons, Seen, collate, in_order, is_taken, load_detections
from model.training.reader import check, scores

CHECKPOINT = INK / "reader.pt"
LONGEST = 90
WORDS_IN_BATCH = 1400
DETECTED, WRITTEN = 0.6, 0.3
"""Shares of the lessons that the detector saw, and of true signs in a sloppy layout; others are typeset."""

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
        self.detections = load_detections(DETECTIONS) if DETECTIONS.exists() else {}
        samples = dict(self.train)
        self.seen = [(number, samples[number]) for number in self.detections]

    def hand_batches(self) -> Iterator[Batch]:
        """Endless lessons, about one length in each batch."""
        chance = self._chance
        shares = [DETECTED if self.seen else 0.0, WRITTEN, 1 - DETECTED - WRITTEN]
        while True:
            chosen = []
            for kind in chance.choices((0, 1, 2), shares, k=1500):
                pool = (self.seen, self.written, self.written)[kind]
                chosen.append((kind, *chance.choice(pool)))
            chosen.sort(key=lambda member: len(member[2].target) + chance.random() * 4)
            plan: list[list[tuple[Seen, tuple[int, ...]]]] = [[]]
            for kind, number, sample in chosen:
                if (len(plan[-1]) + 1) * len(sample.target) > WORDS_IN_BATCH or len(plan[-1]) >= 64:
                    plan.append([])
                plan[-1].append((self._lesson(kind, number), sample.target))
            chance.shuffle(plan)
            for part in plan:
                if part:
                    yield collate(part)

    def _lesson(self, kind: int, number: int) -> Seen:
        if kind == 0:
            return self.detections[number]
        if kind == 1:
            try:
                return self.sloppy(number, self._chance)
            except LookupError:
                pass
        return self._look(number) if number not in self.detections else self.detections[number]

    def sloppy(self, number: int, chance: random.Random) -> Seen:
        """The true signs as a hand would place them, some of them in doubt."""
        written = self.writer.write(number, manner(self.writer.library.hands, chance), chance)
        count = len(written.classes)
        likely = np.array([written.classes] * LIKELY, np.int64).T.copy()
        likely[:, 1:] = self._numpy.integers(0, len(self.objects.names), (count, LIKELY - 1))
        doubt = np.where(self._numpy.random(count) < DOUBT, self._numpy.random(count) * 0.7, 0.0)
        split = self._numpy.random(count)
        shares = np.stack([1 - doubt, doubt * split, doubt * (1 - split)], 1)
        return in_order(Seen(likely, shares.astype(np.float32), np.array(written.boxes, np.float32)))


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
    print(f"{len(lessons.written)} formulas, {len(lessons.seen)} seen", check(reader, checks), flush=True)

    def losses(batch: Batch) -> tuple[dict[str, Tensor], int]:
        found = scores(reader, batch)
        loss = functional.cross_entropy(found.flatten(0, 1), batch.targets[:, 1:].flatten(), ignore_index=PAD)
        return {"loss": loss}, len(batch.targets)

    training.learn(lessons.hand_batches(), losses, lambda: check(reader, checks))
    print(check(reader, checks))


if __name__ == "__main__":
    main()
