"""Lets the detector of handwriting look at formulas written by hand, for the reader to learn from.

`python -m model.ink.look --count 15000` writes `detections.npz`; some forty formulas a second on one core.
"""

import argparse
import math
import random

import numpy as np
import torch

from model.ink.hand_drawer import HandDrawer
from model.ink.places import DETECTIONS, INK
from model.networks.recogniser import load_detector, see
from model.training.lessons import SIZE_ERROR, Lessons, is_taken
from model.training.look import WIDEST_PX, padded

LONGEST = 90


@torch.no_grad()
def main() -> None:
    """Look and keep what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=15_000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    torch.set_num_threads(1)
    chance = random.Random(options.seed)
    lessons = Lessons(options.seed)
    drawer = HandDrawer(lessons.runs, lessons.objects)
    detector = load_detector(INK / "detector.pt")
    wanted = [
        number
        for number, sample in chance.sample(lessons.train, len(lessons.train))
        if sample.length <= LONGEST and is_taken(sample, chance)
    ]
    numbers, ends, classes, shares, boxes = [], [], [], [], []
    total = 0
    for number in wanted:
        if len(numbers) >= options.count:
            break
        if not drawer.writer.can(number):
            continue
        drawn = drawer.draw(number, math.exp(chance.gauss(0, SIZE_ERROR)), chance, WIDEST_PX)
        if drawn is None:
            continue
        *kinds, places, _chances = see(detector, padded(drawn.ink))
        seen = (*kinds, places - places[:, :2].min(0).values.repeat(2))
        total += len(seen[0])
        numbers.append(number)
        ends.append(total)
        for store, part in zip((classes, shares, boxes), seen, strict=True):
            store.append(part.numpy())
        if len(numbers) % 2000 == 0:
            print(f"{len(numbers)} formulas, {total} signs", flush=True)
    part = DETECTIONS.with_suffix(".part.npz")
    np.savez_compressed(
        part,
        numbers=np.array(numbers, np.int32),
        ends=np.array(ends, np.int64),
        classes=np.concatenate(classes).astype(np.int16),
        shares=np.concatenate(shares).astype(np.float16),
        boxes=np.concatenate(boxes).astype(np.float16),
    )
    part.replace(DETECTIONS)


if __name__ == "__main__":
    main()
