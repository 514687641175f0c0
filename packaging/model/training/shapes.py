r"""Learns what signs look like in any font, for the visual check: `resources/signs/signs.npz`.

`python -m model.training.shapes [--minutes 3]` trains two layers whose vectors of one sign in two fonts
point the same way, from what `model.training.shapes_draw` drew, and writes them with the mean vector of
each sign in each font.
"""

import argparse
import time

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import Dropout, Linear, Parameter, ReLU, Sequential
from torch.nn.functional import cross_entropy, normalize, one_hot

from model.paths import ROOT, SIGN_PIECES
from model.training.shapes_table import OWN, seen_as
from writetex_desktop.adapters.pictures.sign_shapes import features
from writetex_desktop.core.pictures.ink import GRID

OUT = ROOT / "resources" / "signs" / "signs.npz"
HIDDEN, LOOK, BATCH, EACH = 160, 48, 512, 8


def seen(shapes: NDArray[np.uint8], aspects: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network sees of packed shapes."""
    parts = []
    for start in range(0, len(shapes), 4000):
        bits = np.unpackbits(shapes[start : start + 4000], axis=1, bitorder="little")
        grids = bits.reshape(-1, GRID, GRID).astype(np.float32)
        parts.append(features(grids, aspects[start : start + 4000]))
    return np.concatenate(parts)


def choose(kind: NDArray[np.intp], font: NDArray[np.intp]) -> list[int]:
    """Some samples of every kind in every font; a kind in few fonts teaches nothing."""
    chance = np.random.default_rng(1)
    chosen: list[int] = []
    for number in range(kind.max() + 1):
        fonts = np.unique(font[kind == number])
        for face in fonts if len(fonts) >= 4 else ():
            found = np.flatnonzero((kind == number) & (font == face))
            chosen += chance.permutation(found)[:EACH].tolist()
    return chosen


def train(x: torch.Tensor, y: torch.Tensor, minutes: float) -> Sequential:
    """The network, trained for so long."""
    kinds = int(y.max()) + 1
    network = Sequential(Linear(x.shape[1], HIDDEN), ReLU(), Dropout(0.15), Linear(HIDDEN, LOOK))
    centres = Parameter(torch.randn(kinds, LOOK))
    optimiser = torch.optim.AdamW([*network.parameters(), centres], lr=4e-3, weight_decay=2e-3)
    weights = torch.bincount(y).double().rsqrt()[y]
    start = time.monotonic()
    while (done := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 4e-3 * (1 - done) + 1e-5
        some = torch.multinomial(weights, BATCH, replacement=True)
        noisy = x[some] + 0.15 * torch.randn(BATCH, x.shape[1])
        scores = normalize(network(noisy), dim=1) @ normalize(centres, dim=1).T
        loss = cross_entropy(18 * (scores - 0.2 * one_hot(y[some], kinds)), y[some], label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return network.eval()


def means(
    looks: NDArray[np.float32], labels: NDArray[np.intp], font: NDArray[np.intp], own: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The mean vector of each sign in each font, ours first, and which of them there are."""
    order = [own, *(face for face in np.unique(font) if face != own)]
    signs = np.zeros((labels.max() + 1, len(order), LOOK), np.float32)
    known = np.zeros(signs.shape[:2], bool)
    for place, face in enumerate(order):
        for number in np.unique(labels[font == face]):
            signs[number, place] = looks[(labels == number) & (font == face)].mean(axis=0)
            known[number, place] = True
    signs[known] /= np.linalg.norm(signs[known], axis=1, keepdims=True)
    return signs, known


def main() -> None:
    """Train, and write what the program loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0)
    minutes = parser.parse_args().minutes
    torch.set_num_threads(1)
    torch.manual_seed(1)
    data = np.load(SIGN_PIECES)
    fonts, font = np.unique(data["font"], return_inverse=True)
    forms, form = np.unique(data["kind"], return_inverse=True)
    kinds = np.array([" ".join([seen_as(name.split(" ")[0]), *name.split(" ")[1:]]) for name in forms])
    chosen = choose(form, font)
    labels = np.unique(kinds[form[chosen]], return_inverse=True)[1]
    inputs = seen(data["shapes"][chosen], data["aspect"][chosen].astype(np.float32))
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 0.02
    x = torch.from_numpy((inputs - mean) / deviation)
    network = train(x, torch.from_numpy(labels), minutes)
    with torch.no_grad():
        looks = normalize(network(x), dim=1).numpy()
    clear = data["em_px"][chosen] > 15
    signs, known = means(looks[clear], form[chosen][clear], font[chosen][clear], list(fonts).index(OWN))
    drawn = known[:, 0]
    signs, known, kinds = signs[drawn], known[drawn], kinds[: len(drawn)][drawn]
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    hidden = weights["0.weight"] / deviation
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        OUT,
        hidden=hidden.astype(np.float16),
        hidden_bias=(weights["0.bias"] - hidden @ mean).astype(np.float32),
        look=weights["3.weight"].astype(np.float16),
        look_bias=weights["3.bias"],
        signs=np.round(127 * signs[known]).astype(np.int8),
        known=known,
        kind=np.unique(kinds, return_inverse=True)[1].astype(np.int16),
    )
    print(f"{len(known)} signs in {len(fonts)} fonts, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
