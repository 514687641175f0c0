"""What the detector sees in a picture, as the program is given it, and how checkpoints are read."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from model.drawing.augment import EM_PX
from model.networks import detector as detecting
from model.networks import reader as reading
from model.networks.detector import Detector
from model.networks.reader import LIKELY, Reader

PEAK = 0.3
"""Score above which a cell that beats its neighbours is the centre of a sign."""


def peaks(chance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Picture, row and column of the centres in maps of scores (n, height, width); one at least in all."""
    best = functional.max_pool2d(chance[:, None], 3, 1, 1)[:, 0]
    least = torch.minimum(chance.max(), torch.tensor(PEAK))
    number, row, column = torch.nonzero((chance == best) & (chance >= least), as_tuple=True)
    return number, row, column


def see(detector: Detector, ink: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The signs of one picture (1, 1, height, width), from left to right.

    Their likeliest classes (signs, LIKELY), the probabilities of those, boxes in ems from the picture's
    corner (signs, 4), and how sure it is that each is a sign at all (signs,).
    """
    maps = detector.maps(ink)
    chance = torch.sigmoid(detector.centre(maps[0])[:, 0])
    number, row, column = peaks(chance)
    shares, classes = torch.softmax(detector.kinds(maps, number, row, column), -1).topk(LIKELY)
    shares = shares / shares.sum(-1, keepdim=True)
    boxes = detector.boxes(maps[0], number, row, column) / EM_PX
    order = torch.argsort(boxes[:, 0])
    return classes[order], shares[order], boxes[order], chance[number, row, column][order]


def load_detector(checkpoint: Path) -> Detector:
    """A trained detector, ready to look."""
    state, shape = _read(checkpoint)
    network = Detector(
        detecting.Shape(**{**shape, "channels": tuple(shape["channels"]), "blocks": tuple(shape["blocks"])})
    )
    network.load_state_dict(state)
    return network.eval()


def load_reader(checkpoint: Path) -> Reader:
    """A trained reader, ready to read."""
    state, shape = _read(checkpoint)
    network = Reader(reading.Shape(**shape), state["bases"])
    network.load_state_dict(state)
    return network.eval()


def _read(checkpoint: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return {
        name: part.float() if part.is_floating_point() else part for name, part in state["network"].items()
    }, json.loads(state["shape"])
