"""Trains the symbol finder; goes on from its checkpoint.

`python -m model.ink.find_train --minutes 15`. Drawings are bent, slanted and pulled apart anew each time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from model.ink.alike import looks
from model.ink.drawings import pieces
from model.ink.finder import Finder, Shape
from model.ink.places import DRAWINGS, INK
from model.training.course import Training, arguments, half_precision
from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import (
    CHANNELS,
    DIRECTIONS,
    MARGIN_PX,
    PIECES,
    SIDE_PX,
)

BATCH = 96
MOST_STROKES = 16
WEIGHTS = {"detexify": 1.0, "mathnote": 0.5, "bhmsds": 0.3, "fonts": 0.5}
"""How often a drawing of each source comes up."""


@dataclass(frozen=True, slots=True)
class Cut:
    """All drawings, cut into pieces.

    Attributes:
        ends: (drawings, PIECES, 4).
        owners: The stroke of each piece, -1 for none, (drawings, PIECES).
        looks: The look of each drawing.
        test: Whether it is kept for the test.
        sources: Where each is from.
        labels: The number of its name.
        names: All names.
        look_names: The first name of each look.
    """

    ends: NDArray[np.float32]
    owners: NDArray[np.int16]
    looks: NDArray[np.int64]
    test: NDArray[np.bool_]
    sources: NDArray[np.str_]
    labels: NDArray[np.int16]
    names: list[str]
    look_names: list[str]


def load() -> Cut:
    """Read and cut the drawings; the cut ones are kept beside them."""
    with np.load(DRAWINGS) as data:
        names = data["names"].tolist()
        labels, test, sources = data["labels"], data["test"], data["sources"]
        kept = INK / "cut.npz"
        if not kept.exists():
            points = np.split(data["points"], data["stroke_ends"][:-1])
            starts = [0, *data["drawing_ends"][:-1].tolist()]
            every = [
                pieces(points[start:end], PIECES)
                for start, end in zip(starts, data["drawing_ends"].tolist(), strict=True)
            ]
            np.savez(
                kept,
                ends=np.stack([ends for ends, _ in every]),
                owners=np.stack([owners for _, owners in every]),
            )
    with np.load(kept) as cut:
        ends, owners = cut["ends"], cut["owners"]
    look_of = looks(names)
    look_names = sorted(set(look_of.values()))
    number = {look: place for place, look in enumerate(look_names)}
    of_label = np.array([number[look_of[name]] for name in names])
    return Cut(ends, owners, of_label[labels], test, sources, labels, names, look_names)


def bent(ends: Tensor, owners: Tensor) -> Tensor:
    """The pieces after another hand: turned, slanted, bent, their strokes a little out of place."""
    count = len(ends)
    points = ends.view(count, -1, 2)

    def spread(*size: int) -> Tensor:
        return torch.randn(count, *size)

    turn = spread() * 0.10
    slant, wide = spread() * 0.12, torch.exp(spread() * 0.13)
    matrix = torch.stack([turn.cos() * wide, -turn.sin() + slant, turn.sin() * wide, turn.cos()], 1).view(
        count, 2, 2
    )
    stroke = owners.clamp(0, MOST_STROKES - 1).long().repeat_interleave(2, 1)[..., None].expand(-1, -1, 2)
    offset = (spread(MOST_STROKES, 2) * 0.025).gather(1, stroke)
    grow = torch.exp(spread(MOST_STROKES, 2) * 0.04).gather(1, stroke)
    points = points * grow + offset
    for _ in range(2):
        wave, phase = spread(1, 2) * 3.5, torch.rand(count, 1, 1) * 2 * math.pi
        shift = torch.sin((points * wave).sum(-1, keepdim=True) + phase)
        points = points + shift * spread(1, 2) * 0.025
    points = points @ matrix.transpose(1, 2)
    known = (owners >= 0).repeat_interleave(2, 1)[..., None]
    low = points.masked_fill(~known, math.inf).amin(1, keepdim=True)
    high = points.masked_fill(~known, -math.inf).amax(1, keepdim=True)
    scale = (high - low).amax(2, keepdim=True).clamp(min=1e-3)
    tiny = scale < 0.02
    points = (points - (low + high) / 2) / torch.where(tiny, torch.ones_like(scale), scale)
    return points.view(count, -1, 4)


def pictures(ends: Tensor, owners: Tensor) -> Tensor:
    """What `strokes_picture.picture` draws, many at once."""
    count = len(owners)
    known = (owners >= 0).float()
    fit = SIDE_PX - 2 * MARGIN_PX
    middle = (ends[..., :2] + ends[..., 2:]) / 2 * fit + SIDE_PX / 2 - 0.5
    along = (ends[..., 2:] - ends[..., :2]) * fit
    length = along.norm(dim=-1)
    turn = torch.atan2(along[..., 1], along[..., 0]) / math.pi * DIRECTIONS % DIRECTIONS
    first = turn.floor().long() % DIRECTIONS
    share = turn - turn.floor()
    weight = torch.where(length > 0, length, 1.0) * known
    edge = torch.ones_like(known)
    same = owners[:, 1:] == owners[:, :-1]
    edge[:, 1:-1] = (~same[:, :-1] | ~same[:, 1:]).float()
    edge *= known
    corner = middle.floor()
    rest = middle - corner
    flat = torch.zeros(count * CHANNELS * SIDE_PX * SIDE_PX)
    base = torch.arange(count)[:, None] * CHANNELS
    for channel, part in (
        (first, weight * (1 - share)),
        ((first + 1) % DIRECTIONS, weight * share),
        (torch.full_like(first, DIRECTIONS), edge),
    ):
        for dy in (0, 1):
            for dx in (0, 1):
                near = (rest[..., 0] if dx else 1 - rest[..., 0]) * (rest[..., 1] if dy else 1 - rest[..., 1])
                row = (corner[..., 1] + dy).long().clamp(0, SIDE_PX - 1)
                column = (corner[..., 0] + dx).long().clamp(0, SIDE_PX - 1)
                flat.index_add_(
                    0,
                    (((base + channel) * SIDE_PX + row) * SIDE_PX + column).view(-1),
                    (part * near).view(-1),
                )
    return flat.view(count, CHANNELS, SIDE_PX, SIDE_PX).clamp(max=1)


def batches(cut: Cut, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless drawings to learn from; looks with few drawings come more often."""
    chance = np.random.default_rng(seed)
    train = np.nonzero(~cut.test)[0]
    counts = np.bincount(cut.looks[train], minlength=len(cut.look_names))
    weight = np.array([WEIGHTS[source] for source in cut.sources[train]])
    weight *= (counts[cut.looks[train]] + 10.0) ** -0.25
    weight /= weight.sum()
    while True:
        for chosen in np.split(chance.choice(train, 100 * BATCH, p=weight), 100):
            owners = torch.from_numpy(cut.owners[chosen])
            yield (
                pictures(bent(torch.from_numpy(cut.ends[chosen]), owners), owners),
                torch.from_numpy(cut.looks[chosen]),
            )


@torch.no_grad()
def scores(finder: Finder, cut: Cut, chosen: NDArray[np.int64]) -> Tensor:
    """Scores of the looks for some drawings as they are."""
    finder.eval()
    found = []
    for start in range(0, len(chosen), 256):
        some = chosen[start : start + 256]
        with half_precision(torch.device("cpu")):
            picture = pictures(torch.from_numpy(cut.ends[some]), torch.from_numpy(cut.owners[some]))
            found.append(finder(picture.to(memory_format=torch.channels_last)).float())
    finder.train()
    return torch.cat(found)


def check(finder: Finder, cut: Cut, most: int = 2000) -> str:
    """How often the look is the first, or one of five, on held-out drawings."""
    told = []
    for source in ("detexify", "mathnote", "fonts"):
        chosen = np.nonzero(cut.test & (cut.sources == source))[0][:most]
        best = scores(finder, cut, chosen).topk(5).indices
        hits = best == torch.from_numpy(cut.looks[chosen])[:, None]
        told.append(f"{source} {hits[:, 0].float().mean():.4f} {hits.any(1).float().mean():.4f}")
    return "   test: " + ", ".join(told)


def main() -> None:
    """Train."""
    options = arguments(__doc__, INK / "finder.pt", 3e-3).parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    cut = load()
    shape = Shape(len(cut.look_names))
    finder = Finder(shape).to(memory_format=torch.channels_last)
    training = Training(finder, shape, options)
    print(f"{len(cut.look_names)} looks of {len(cut.names)} symbols", flush=True)

    def losses(batch: tuple[Tensor, Tensor]) -> tuple[dict[str, Tensor], int]:
        picture, wanted = batch
        with half_precision(torch.device("cpu")):
            found = finder(picture.to(memory_format=torch.channels_last))
        return {"loss": functional.cross_entropy(found.float(), wanted, label_smoothing=0.05)}, len(wanted)

    training.learn(batches(cut, options.seed + training.seen), losses, lambda: check(finder, cut))
    print(check(finder, cut, 10**6), flush=True)


if __name__ == "__main__":
    main()
