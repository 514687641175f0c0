"""Exports checkpoints for onnxruntime: the detector, the reader, and one step of its decoder.

`python -m model.export.graphs [--detector PATH] [--reader PATH] [--out DIR]` writes `detector.onnx`,
`reader.onnx`, `step.onnx` and `model.json` to `resources/model/`. Seconds. Weights are kept in 16 bits and
computed with in 32: products of 8-bit numbers overflow on processors without VNNI, which cost one formula in
fifteen.

The detector takes `ink` (1, 1, height, width), 0 for paper and 1 for ink, and gives of each sign the
likeliest `classes` (signs, 3), their `shares`, its box in ems from the picture's corner, `boxes` (signs,
4), and `chances` (signs), how sure it is that there is a sign. The reader takes classes, shares and boxes
of the signs that belong together, from left to right, boxes from their common corner, and gives `memory`,
their keys and values for each layer of the decoder (2 * layers, 1, heads, positions, width / heads). The
step takes the tokens `token` (n), their common place `place` (1), `past` (2 * layers, n, heads, place,
width / heads) and `memory`, and gives `scores` (n, words) and the longer `past`.
"""

import argparse
import json
import math
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from model.corpus.vocabulary import Vocabulary
from model.drawing.augment import EM_PX
from model.networks.detector import Detector
from model.networks.layers import DecoderLayer
from model.networks.reader import Reader
from model.networks.recogniser import load_detector, load_reader, see
from model.paths import MODEL, VOCABULARY, WORK
from model.training.lessons import Objects

OPSET = 17

HALVED = "_half"
"""Ending of the names of weights that are kept in 16 bits."""

SMALLEST_HALVED = 1000
"""Smaller weights are not worth it."""


class Eye(nn.Module):
    """Ink to signs."""

    def __init__(self, network: Detector) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """See the module."""
        return see(self.network, ink)


class Understanding(nn.Module):
    """Signs to keys and values."""

    def __init__(self, network: Reader) -> None:
        super().__init__()
        self.network = network

    def forward(self, classes: Tensor, shares: Tensor, boxes: Tensor) -> Tensor:
        """See the module."""
        memory = self.network.encode(classes[None], shares[None], boxes[None])
        parts: list[Tensor] = []
        for layer in self.network.decoder:
            assert isinstance(layer, DecoderLayer)
            parts += layer.cross.remember(memory)
        return torch.stack(parts)


class Step(nn.Module):
    """One step of the formula's side."""

    def __init__(self, network: Reader) -> None:
        super().__init__()
        self.network = network

    def forward(self, token: Tensor, place: Tensor, past: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """See the module."""
        network = self.network
        x = network.embedding(token)[:, None] * math.sqrt(network.shape.width) + network.order[place][None]
        present: list[Tensor] = []
        for number, layer in enumerate(network.decoder):
            assert isinstance(layer, DecoderLayer)
            normal = layer.norm_self(x)
            key, value = layer.itself.remember(normal)
            keys, values = torch.cat([past[2 * number], key], 2), torch.cat([past[2 * number + 1], value], 2)
            x = x + layer.itself(normal, keys, values)
            x = x + layer.cross(layer.norm_cross(x), memory[2 * number], memory[2 * number + 1])
            x = x + layer.forward_part(layer.norm_forward(x))
            present += [keys, values]
        return network.scores(x)[:, 0], torch.stack(present)


def export(detector: Detector, reader: Reader, out: Path) -> None:
    """Write the three graphs, their large weights in 16 bits."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for graph in whole(detector, reader, Path(folder)):
            halve(graph, out / graph.name)


def whole(detector: Detector, reader: Reader, folder: Path) -> list[Path]:
    """Write the three graphs with weights of 32 bits into a folder; gives their files."""
    shape = reader.shape
    ink = torch.rand(1, 1, 64, 160)
    classes, shares, boxes, _chances = see(detector, ink)
    memory = Understanding(reader)(classes, shares, boxes)
    past = torch.zeros(2 * shape.decoder_layers, 2, shape.heads, 3, shape.width // shape.heads)
    signs = {0: "signs"}
    graphs: list[tuple[str, nn.Module, tuple[Tensor, ...], dict[str, dict[int, str]], list[str]]] = [
        (
            "detector",
            Eye(detector),
            (ink,),
            {"ink": {2: "height", 3: "width"}},
            ["classes", "shares", "boxes", "chances"],
        ),
        (
            "reader",
            Understanding(reader),
            (classes, shares, boxes),
            {"classes": signs, "shares": signs, "boxes": signs},
            ["memory"],
        ),
        (
            "step",
            Step(reader),
            (torch.zeros(2, dtype=torch.int64), torch.full((1,), 3, dtype=torch.int64), past, memory),
            {"token": {0: "n"}, "place": {}, "past": {1: "n", 3: "length"}, "memory": {3: "positions"}},
            ["scores", "present"],
        ),
    ]
    changing = {
        **dict.fromkeys(("classes", "shares", "boxes", "chances"), signs),
        "memory": {3: "positions"},
        "scores": {0: "n"},
        "present": {1: "n", 3: "longer"},
    }
    files = []
    for name, network, given, inputs, outputs in graphs:
        files.append(folder / f"{name}.onnx")
        torch.onnx.export(
            network,
            given,
            str(files[-1]),
            opset_version=OPSET,
            dynamo=False,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes={**inputs, **{output: changing[output] for output in outputs}},
        )
    return files


def halve(graph: Path, out: Path) -> None:
    """Keep the large weights of 32 bits in 16; onnxruntime widens them once, when it loads the graph."""
    model = onnx.load(str(graph))
    nodes = []
    for part in model.graph.initializer:
        if part.data_type == onnx.TensorProto.FLOAT and math.prod(part.dims) >= SMALLEST_HALVED:
            name = part.name
            part.CopyFrom(
                numpy_helper.from_array(numpy_helper.to_array(part).astype(np.float16), name + HALVED)
            )
            nodes.append(
                onnx.helper.make_node(
                    "Cast", [name + HALVED], [name], name + "_widened", to=onnx.TensorProto.FLOAT
                )
            )
    nodes += model.graph.node
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(out))


def describe(folder: Path, name: str, objects: Objects, reader: Reader, **more: object) -> None:
    """Write `model.json` beside the graphs, and say how large each file is.

    Args:
        folder: Where they are.
        name: The model's.
        objects: The classes.
        reader: The network.
        more: What else the program is to know of this model.
    """
    shape = reader.shape
    description = {
        "name": name,
        "em_px": EM_PX,
        **more,
        "layers": shape.decoder_layers,
        "heads": shape.heads,
        "head_width": shape.width // shape.heads,
        "words": list(Vocabulary(json.loads(VOCABULARY.read_text())).words),
        "classes": objects.names,
        "heights": [round(height, 4) for height in objects.heights().tolist()],
        "bases": reader.bases.tolist(),
    }
    (folder / "model.json").write_text(json.dumps(description, indent=0) + "\n")
    for path in sorted(folder.iterdir()):
        print(path.name, path.stat().st_size)


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detector", type=Path, default=WORK / "detector.pt")
    parser.add_argument("--reader", type=Path, default=WORK / "reader.pt")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    objects = Objects()
    detector, reader = load_detector(options.detector), load_reader(options.reader)
    export(detector, reader, options.out)
    describe(options.out, "writetex-small-7", objects, reader)


if __name__ == "__main__":
    main()
