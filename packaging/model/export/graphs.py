"""Exports a checkpoint for onnxruntime: the encoder, and one step of the decoder with cached keys and values.

`python -m model.export.graphs [--detector PATH] [--reader PATH] [--out DIR]` writes `encoder.onnx`,
`step.onnx` and `model.json` to `resources/model/`. Seconds. Weights are kept in 16 bits and computed with
in 32: products of 8-bit numbers overflow on processors without VNNI, which cost one formula in fifteen.

The encoder takes `ink` (1, 1, height, width), 0 for paper and 1 for ink, and gives `memory`, the keys and
values of the picture for each layer of the decoder (2 * layers, 1, heads, positions, width / heads),
`size` (1), that of the text over the size at which the model reads best, `presence` (1), the probability
that the surest of the signs is one, and `signs` (words), how many there are of each. The step takes the
tokens `token` (n), their common place `place` (1), `past` (2 * layers, n, heads, place, width / heads)
and `memory`, and gives `scores` (n, words) and the longer `past`.
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
from model.networks.layers import DecoderLayer
from model.networks.reader import Reader
from model.networks.recogniser import Recogniser, load_detector, load_reader
from model.paths import MODEL, VOCABULARY, WORK
from model.training.lessons import Objects

OPSET = 17

HALVED = "_half"
"""Ending of the names of weights that are kept in 16 bits."""

SMALLEST_HALVED = 1000
"""Smaller weights are not worth it."""


class Encoder(nn.Module):
    """The picture's side."""

    def __init__(self, network: Recogniser) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """See the module."""
        memory, size, presence, signs = self.network(ink)
        parts: list[Tensor] = []
        for layer in self.network.reader.decoder:
            assert isinstance(layer, DecoderLayer)
            parts += layer.cross.remember(memory)
        return torch.stack(parts), size, presence, signs


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


def export(network: Recogniser, out: Path) -> None:
    """Write both graphs."""
    shape = network.reader.shape
    out.mkdir(parents=True, exist_ok=True)
    ink = torch.rand(1, 1, 64, 160)
    memory, *_ = Encoder(network)(ink)
    past = torch.zeros(2 * shape.decoder_layers, 2, shape.heads, 3, shape.width // shape.heads)
    with tempfile.TemporaryDirectory() as folder:
        encoder, step = Path(folder) / "encoder.onnx", Path(folder) / "step.onnx"
        torch.onnx.export(
            Encoder(network),
            (ink,),
            str(encoder),
            opset_version=OPSET,
            dynamo=False,
            input_names=["ink"],
            output_names=["memory", "size", "presence", "signs"],
            dynamic_axes={"ink": {2: "height", 3: "width"}, "memory": {3: "positions"}},
        )
        torch.onnx.export(
            Step(network.reader),
            (torch.zeros(2, dtype=torch.int64), torch.full((1,), 3, dtype=torch.int64), past, memory),
            str(step),
            opset_version=OPSET,
            dynamo=False,
            input_names=["token", "place", "past", "memory"],
            output_names=["scores", "present"],
            dynamic_axes={
                "token": {0: "n"},
                "past": {1: "n", 3: "length"},
                "memory": {3: "positions"},
                "scores": {0: "n"},
                "present": {1: "n", 3: "longer"},
            },
        )
        for graph in (encoder, step):
            halve(graph, out / graph.name)


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


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detector", type=Path, default=WORK / "detector.pt")
    parser.add_argument("--reader", type=Path, default=WORK / "reader.pt")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    objects = Objects()
    parts = load_detector(options.detector), load_reader(options.reader)
    network = Recogniser(*parts, objects.heights()).eval()
    export(network, options.out)
    vocabulary = Vocabulary(json.loads(VOCABULARY.read_text()))
    shape = network.reader.shape
    description = {
        "name": "writetex-small-4",
        "em_px": EM_PX,
        "layers": shape.decoder_layers,
        "heads": shape.heads,
        "head_width": shape.width // shape.heads,
        "words": list(vocabulary.words),
        "classes": objects.names,  # for `model.training.restore`
    }
    (options.out / "model.json").write_text(json.dumps(description, indent=0) + "\n")
    for path in sorted(options.out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
