"""The recogniser as it ships: detector and reader, from ink to the memory that the decoder reads."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from model import detector as detecting
from model import reader as reading
from model.augment import EM_PX
from model.detector import Detector
from model.reader import LIKELY, Reader

PEAK = 0.3
"""Score above which a cell that beats its neighbours is the centre of a sign."""


def peaks(chance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Picture, row and column of the centres in maps of scores (n, height, width); one at least in all."""
    best = functional.max_pool2d(chance[:, None], 3, 1, 1)[:, 0]
    least = torch.minimum(chance.max(), torch.tensor(PEAK))
    number, row, column = torch.nonzero((chance == best) & (chance >= least), as_tuple=True)
    return number, row, column


def see(detector: Detector, ink: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The signs of one picture (1, 1, height, width) from left to right, as `Reader.encode` takes them."""
    maps = detector.maps(ink)
    number, row, column = peaks(torch.sigmoid(detector.centre(maps[0])[:, 0]))
    shares, classes = torch.softmax(detector.kinds(maps, number, row, column), -1).topk(LIKELY)
    shares = shares / shares.sum(-1, keepdim=True)
    boxes = detector.boxes(maps[0], number, row, column) / EM_PX
    order = torch.argsort(boxes[:, 0])
    boxes = boxes[order]
    corner = boxes[:, :2].min(0).values
    return classes[order], shares[order], boxes - torch.cat([corner, corner])


class Recogniser(nn.Module):
    """Ink to memory: what the signs of a picture mean together."""

    def __init__(self, detector: Detector, reader: Reader) -> None:
        super().__init__()
        self.detector, self.reader = detector, reader

    def forward(self, ink: Tensor) -> Tensor:
        """The reader's memory of one picture, (1, signs + 1, width)."""
        classes, shares, boxes = see(self.detector, ink)
        return self.reader.encode(classes[None], shares[None], boxes[None])


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
