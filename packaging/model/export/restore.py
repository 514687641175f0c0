"""Makes checkpoints of the graphs that ship, so that training goes on where another machine's ended.

`python -m model.export.restore` reads `resources/model/` and writes `detector.pt` and `reader.pt`.
Weights come back with the sixteen bits that they were shipped with; words and classes of signs are
matched by name. Half a minute.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from model.corpus.runs import Runs
from model.export.graphs import HALVED
from model.networks import detector as detecting
from model.networks import reader as reading
from model.networks.detector import Detector
from model.networks.reader import Reader
from model.paths import MODEL, WORK
from model.training.lessons import Objects
from model.training.reader import PHASES
from model.training.sheets import Sheeted

CALIBRATION_STEPS = 12
"""Pairs of sheets from which the means and variances are taken that the graphs no longer tell."""


class Graph:
    """The weights of one graph."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.nodes = list(graph.node)
        self._parts: dict[str, NDArray[Any]] = {}
        for part in graph.initializer:
            weights = numpy_helper.to_array(part)
            halved = part.name.endswith(HALVED)
            self._parts[part.name.removesuffix(HALVED)] = weights.astype(np.float32) if halved else weights

    def part(self, name: str) -> Tensor:
        """A weight as it is."""
        return torch.from_numpy(self._parts[name].copy())

    def named(self) -> Iterator[tuple[str, Tensor]]:
        """The weights that kept their names, from below `network`."""
        for name in self._parts:
            if name.startswith("network."):
                yield name.removeprefix("network."), self.part(name)

    def products(self) -> list[Tensor]:
        """The nameless weights of the matrix products as `nn.Linear` has them, in the order of their use."""
        used = (node.input[1] for node in self.nodes if node.op_type == "MatMul")
        return [self.part(name).T.contiguous() for name in used if name in self._parts]


def detector_weights(graph: Graph) -> dict[str, Tensor]:
    """The detector's weights; its normalisations hold what the convolutions before them had taken in."""
    found = dict(graph.named())
    for node in graph.nodes:
        if node.op_type == "Conv" and node.input[1].startswith("onnx::"):
            path = _module_path(node.name)
            stem, number = path.rsplit(".", 1)
            found[f"{path}.weight"] = graph.part(node.input[1])
            found[f"{stem}.{int(number) + 1}.bias"] = graph.part(node.input[2])
    return found


def _module_path(name: str) -> str:
    """`/network/quarter/quarter.0/body/body.3/Conv` as `quarter.0.body.3`."""
    parts = name.split("/")[2:-1]
    return ".".join(
        part for part, after in zip(parts, [*parts[1:], ""], strict=True) if not after.startswith(f"{part}.")
    )


def reader_weights(first: Graph, step: Graph, layers: tuple[int, int]) -> dict[str, Tensor]:
    """The reader's weights, of its first half from one graph and of its second from the other."""
    found = dict(first.named()) | dict(step.named())
    heads = ("attention.keys_values", "attention.query", "attention.out", "forward_part.0", "forward_part.2")
    names = ["place", *(f"layers.{layer}.{part}" for layer in range(layers[0]) for part in heads)]
    names += [f"decoder.{layer}.cross.keys_values" for layer in range(layers[1])]
    parts = ("itself.keys_values", "itself.query", "itself.out", "cross.query", "cross.out")
    later = [
        f"decoder.{layer}.{part}"
        for layer in range(layers[1])
        for part in (*parts, "forward_part.0", "forward_part.2")
    ]
    found |= {f"{name}.weight": part for name, part in zip(names, first.products(), strict=True)}
    found |= {f"{name}.weight": part for name, part in zip(later, step.products()[:-1], strict=True)}
    return found


def renamed(
    weights: dict[str, Tensor], parts: Sequence[str], before: Sequence[str], now: Sequence[str]
) -> dict[str, Tensor]:
    """The weights with a row for each of other names; a name that was not there begins as the mean of all."""
    numbers = {name: number for number, name in enumerate(before)}
    changed = {
        part: torch.stack(
            [weights[part][numbers[name]] if name in numbers else weights[part].mean(0) for name in now]
        )
        for part in parts
    }
    return {**weights, **changed}


@torch.no_grad()
def calibrate(network: Detector, sheeted: Sheeted) -> None:
    """Give the normalisations the means and variances of real sheets; what they do stays the same."""
    sums = {part: [0.0, 0.0, 0.0] for part in network.modules() if isinstance(part, nn.BatchNorm2d)}

    def watch(part: nn.Module, given: tuple[Tensor, ...], _result: Tensor) -> None:
        total, squares, count = sums[part]
        x = given[0]
        sums[part] = [
            total + x.sum((0, 2, 3)),
            squares + (x * x).sum((0, 2, 3)),
            count + x.numel() / x.shape[1],
        ]

    handles = [part.register_forward_hook(watch) for part in sums]
    for _ in range(CALIBRATION_STEPS):
        network.maps(sheeted.sheets(2).ink.float() / 255)
    for handle in handles:
        handle.remove()
    for part, (total, squares, count) in sums.items():
        mean = total / count
        part.running_mean.copy_(mean)
        part.running_var.copy_(squares / count - mean * mean)
        part.weight.copy_((part.running_var + part.eps).sqrt())
        part.bias.add_(mean)


def detector_shape(weights: dict[str, Tensor]) -> detecting.Shape:
    """The sizes that weights of a detector speak of."""

    def height(name: str) -> int:
        return weights[f"{name}.weight"].shape[0]

    def blocks(part: str) -> int:
        return len({name.split(".")[1] for name in weights if name.startswith(f"{part}.")})

    channels = height("stem.0"), height("quarter.0.body.0"), height("eighth.0.body.0")
    return detecting.Shape(
        height("kind.2"), channels, (blocks("quarter"), blocks("eighth")), height("kind.0")
    )


def restored_detector(weights: dict[str, Tensor], sheeted: Sheeted, shape: detecting.Shape) -> Detector:
    """The detector as it shipped, ready to learn on."""
    network = Detector(shape).eval()
    missing, unknown = network.load_state_dict(weights, strict=False)
    assert not unknown, unknown
    kept = {"weight", "running_mean", "running_var", "num_batches_tracked"}
    assert all(name.rpartition(".")[2] in kept for name in missing), missing
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.constant_(part.weight, (1 + part.eps) ** 0.5)
    calibrate(network, sheeted)
    return network


def save(network: nn.Module, shape: detecting.Shape | reading.Shape, path: Path) -> None:
    """Write a checkpoint to go on from: its clock at zero, the short formulas behind it."""
    seen = PHASES[-2][0]
    state = {"network": network.state_dict(), "optimizer": None, "step": 0, "seen": seen, "elapsed": 0.0}
    torch.save({**state, "shape": json.dumps(asdict(shape))}, path)
    print(path)


def main() -> None:
    """Restore both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    runs, objects = Runs(), Objects()
    detector, first, step = (Graph(options.model / f"{name}.onnx") for name in ("detector", "reader", "step"))
    before = json.loads((options.model / "model.json").read_text())
    words, classes = runs.vocabulary.words, objects.names
    for old, new in ((before["words"], words), (before["classes"], classes)):
        print(f"new: {set(new) - set(old)}, gone: {set(old) - set(new)}")
    seen = renamed(detector_weights(detector), ("kind.2.weight", "kind.2.bias"), before["classes"], classes)
    seeing = detector_shape(seen)
    save(restored_detector(seen, Sheeted(runs, objects, 17), seeing), seeing, WORK / "detector.pt")
    shape = reading.Shape(len(words), len(classes))
    weights = reader_weights(first, step, (shape.encoder_layers, shape.decoder_layers))
    weights = renamed(weights, ("embedding.weight", "bias"), before["words"], words)
    weights = renamed(weights, ("signs.weight",), before["classes"], classes)
    weights["bases"] = objects.bases(runs.vocabulary)
    reader = Reader(shape, weights["bases"])
    reader.load_state_dict(weights)
    save(reader, shape, WORK / "reader.pt")


if __name__ == "__main__":
    main()
