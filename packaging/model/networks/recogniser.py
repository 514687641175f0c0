"""The recogniser as it ships: detector and reader, from ink to the memory that the decoder reads."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
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
    """The signs of one picture (1, 1, height, width) from left to right, as `Reader.encode` takes them.

    The fourth part is how sure it is that the surest of them is a sign at all, (1,).
    """
    maps = detector.maps(ink)
    chance = torch.sigmoid(detector.centre(maps[0])[:, 0])
    number, row, column = peaks(chance)
    shares, classes = torch.softmax(detector.kinds(maps, number, row, column), -1).topk(LIKELY)
    shares = shares / shares.sum(-1, keepdim=True)
    boxes = detector.boxes(maps[0], number, row, column) / EM_PX
    order = torch.argsort(boxes[:, 0])
    boxes = boxes[order]
    corner = boxes[:, :2].min(0).values
    return classes[order], shares[order], boxes - torch.cat([corner, corner]), chance.max()[None]


class Recogniser(nn.Module):
    """Ink to memory: what the signs of a picture mean together.

    Args:
        detector: Sees the signs.
        reader: Reads them.
        heights: How tall each class of signs is in full size, in ems, (classes,).
    """

    heights: Tensor

    def __init__(self, detector: Detector, reader: Reader, heights: Tensor) -> None:
        super().__init__()
        self.detector, self.reader = detector, reader
        self.register_buffer("heights", heights)

    def forward(self, ink: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What one picture holds.

        The reader's memory (1, signs + 1, width), the text's size over `EM_PX` (1,), how sure it is that
        there is any sign at all (1,), and how many signs it saw for each token (words,).
        """
        classes, shares, boxes, presence = see(self.detector, ink)
        memory = self.reader.encode(classes[None], shares[None], boxes[None])
        return memory, self.size(classes[:, 0], boxes), presence, self.count(classes, shares)

    def count(self, classes: Tensor, shares: Tensor) -> Tensor:
        """How many signs stand for each token, a doubtful sign by the shares of its classes, (words,)."""
        tokens = self.reader.bases[classes]
        words = torch.arange(self.reader.shape.words)
        return ((tokens[..., None] == words) * shares[..., None]).sum((0, 1))

    def size(self, classes: Tensor, boxes: Tensor) -> Tensor:
        """How large the text is that the signs belong to: one in five is larger for its class, (1,).

        Less than half of a formula's signs may be of full size, and the largest of its signs is an exception.
        """
        ratios = ((boxes[:, 3] - boxes[:, 1]) / self.heights[classes]).sort().values
        return ratios[ratios.shape[0] * 4 // 5][None]


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
