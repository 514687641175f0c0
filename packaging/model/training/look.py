"""Lets the trained detector look at training formulas, so that the reader learns from what is really seen.

`python -m model.training.look --count 60000` draws formulas, looks at them and writes `detections.npz`; a
hundred formulas a second on one core.
"""

import argparse
import json
import math
import random
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from model.networks.recogniser import load_detector, see
from model.paths import DETECTIONS, MODEL, WORK
from model.training.lessons import SIZE_ERROR, Lessons, is_taken
from model.training.sheets import Drawer

MARGIN_PX = 6
STEP_PX = 8
LONGEST = 160
WIDEST_PX = 1600


def padded(ink: NDArray[np.uint8]) -> torch.Tensor:
    """The picture as the program pads it, (1, 1, height, width), 0 to 1."""
    rows, columns = ((side + 2 * MARGIN_PX + STEP_PX - 1) // STEP_PX * STEP_PX for side in ink.shape)
    canvas = np.zeros((1, 1, rows, columns), np.float32)
    top, left = (rows - ink.shape[0]) // 2, (columns - ink.shape[1]) // 2
    canvas[0, 0, top : top + ink.shape[0], left : left + ink.shape[1]] = ink / 255
    return torch.from_numpy(canvas)


@torch.no_grad()
def main() -> None:
    """Look and keep what is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detector", type=Path, default=WORK / "detector.pt")
    parser.add_argument("--count", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--known", action="store_true", help="only at formulas of signs that the shipped model knows"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)
    chance = random.Random(options.seed)
    lessons = Lessons(options.seed)
    drawer = Drawer(lessons.runs, lessons.objects)
    detector = load_detector(options.detector)
    shipped = len(json.loads((MODEL / "model.json").read_text())["classes"])
    most = shipped if options.known else len(lessons.objects.names)
    wanted = [
        number
        for number, sample in lessons.train
        if sample.length <= LONGEST
        and lessons.objects.of(number)[:, 0].max() < most
        and is_taken(sample, chance)
    ]
    numbers, ends, classes, shares, boxes = [], [], [], [], []
    total = 0

    def keep() -> None:
        """Write what was seen so far, in one move: the reader begins with it."""
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

    for number in chance.sample(wanted, min(len(wanted), options.count)):
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
        if len(numbers) % 5000 == 0:
            keep()
            print(f"{len(numbers)} formulas, {total} signs", flush=True)
    keep()


if __name__ == "__main__":
    main()
