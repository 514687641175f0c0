"""What the detector takes each sign for: a sample of its doubts, with which the reader learns.

`python -m model.ink.confusions` writes `confusions.npz`: true classes, and for each the three likeliest with
their probabilities. A minute; the reader then learns from layouts that are never drawn.
"""

import argparse

import numpy as np
import torch

from model.corpus.runs import Runs
from model.ink.places import CONFUSIONS, INK
from model.ink.sheets import HandSheeted
from model.networks.reader import LIKELY
from model.networks.recogniser import load_detector, peaks
from model.training.course import half_precision
from model.training.detector import cells
from model.training.lessons import Objects


@torch.no_grad()
def main() -> None:
    """Look at sheets and keep the doubts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=150)
    parser.add_argument("--seed", type=int, default=23)
    options = parser.parse_args()
    torch.set_num_threads(1)
    runs, objects = Runs(), Objects()
    detector = load_detector(INK / "detector.pt").to(memory_format=torch.channels_last)
    drawn = HandSheeted(runs, objects, options.seed)
    truth, classes, shares = [], [], []
    missed = 0
    for _ in range(options.sheets // 2):
        sheets = drawn.sheets(2)
        with half_precision(torch.device("cpu")):
            half, quarter, eighth = detector.maps(
                (sheets.ink.float() / 255).to(memory_format=torch.channels_last)
            )
        maps = half.float(), quarter.float(), eighth.float()
        number, row, column = peaks(torch.sigmoid(detector.centre(maps[0])[:, 0]))
        likely, kinds = torch.softmax(detector.kinds(maps, number, row, column), -1).topk(LIKELY)
        likely = likely / likely.sum(-1, keepdim=True)
        seen = {
            (n, r, c): place
            for place, (n, r, c) in enumerate(
                zip(number.tolist(), row.tolist(), column.tolist(), strict=True)
            )
        }
        rows, columns = cells(sheets, *maps[0].shape[2:])
        for n, r, c, kind in zip(
            sheets.numbers.tolist(), rows.tolist(), columns.tolist(), sheets.classes.tolist(), strict=True
        ):
            near = [(n, r + dy, c + dx) for dy in (0, -1, 1) for dx in (0, -1, 1)]
            place = next((seen[cell] for cell in near if cell in seen), None)
            if place is None:
                missed += 1
                continue
            truth.append(kind)
            classes.append(kinds[place].numpy())
            shares.append(likely[place].numpy())
    np.savez_compressed(
        CONFUSIONS,
        truth=np.array(truth, np.int16),
        classes=np.array(classes, np.int16),
        shares=np.array(shares, np.float16),
    )
    right = np.mean(np.array(classes)[:, 0] == np.array(truth))
    print(f"{len(truth)} signs, {missed} missed, {right:.3f} right")


if __name__ == "__main__":
    main()
