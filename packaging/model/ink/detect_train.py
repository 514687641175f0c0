"""Trains the detector for handwriting; goes on from its checkpoint, or from that of print.

`python -m model.ink.detect_train --minutes 45`. The network and its losses are those of print; what it is
shown is written by hand.
"""

import shutil

import torch

from model.corpus.runs import Runs
from model.ink.places import INK
from model.ink.sheets import HandSheeted
from model.networks.detector import Detector, Shape
from model.paths import WORK
from model.training.course import Training, arguments, drawn_ahead
from model.training.detector import check, losses
from model.training.lessons import Objects

CHECKPOINT = INK / "detector.pt"


def main() -> None:
    """Train."""
    parser = arguments(__doc__, CHECKPOINT, 6e-4)
    parser.add_argument("--sheets", type=int, default=2, help="sheets for a step")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.checkpoint == str(CHECKPOINT) and not CHECKPOINT.exists():
        shutil.copy(WORK / "detector.pt", CHECKPOINT)
    runs, objects = Runs(), Objects()
    shape = Shape(len(objects.names))
    detector = Detector(shape).to(options.device, memory_format=torch.channels_last)
    training = Training(detector, shape, options)
    tests = [HandSheeted(runs, objects, 99, 4, test=True).sheets(4).to(options.device)]
    print(check(detector, tests), flush=True)
    training.learn(
        drawn_ahead(
            HandSheeted(runs, objects, options.seed + training.seen, options.sheets), options.workers
        ),
        lambda sheets: (losses(detector, sheets.to(options.device)), len(sheets.classes)),
        lambda: check(detector, tests),
    )
    print(check(detector, tests))


if __name__ == "__main__":
    main()
