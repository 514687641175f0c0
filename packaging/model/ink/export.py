"""Writes the model of handwriting as it ships: graphs of eight bits, and `model.json`.

`python -m model.ink.export`. They go to `resources/ink/` under the names of those of print, so that the
program reads both alike.
"""

import argparse
import json
import tempfile
from pathlib import Path

from model.corpus.vocabulary import Vocabulary
from model.drawing.augment import EM_PX
from model.export.graphs import whole
from model.export.narrow import narrow
from model.ink.places import INK, SHIPPED
from model.networks.recogniser import load_detector, load_reader
from model.paths import VOCABULARY
from model.training.lessons import Objects

NAME = "writetex-hand-1"
TRUST = (1.0, 0.85)
"""Power and factor of the confidence, from `model.ink.measure`."""


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detector", type=Path, default=INK / "detector.pt")
    parser.add_argument("--reader", type=Path, default=INK / "reader.pt")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    objects = Objects()
    detector, reader = load_detector(options.detector), load_reader(options.reader)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for graph in whole(detector, reader, Path(folder)):
            narrow(graph, options.out / graph.name)
    shape = reader.shape
    description = {
        "name": NAME,
        "em_px": EM_PX,
        "trust": TRUST,
        "layers": shape.decoder_layers,
        "heads": shape.heads,
        "head_width": shape.width // shape.heads,
        "words": list(Vocabulary(json.loads(VOCABULARY.read_text())).words),
        "classes": objects.names,
        "heights": [round(height, 4) for height in objects.heights().tolist()],
        "bases": reader.bases.tolist(),
    }
    (options.out / "model.json").write_text(json.dumps(description, indent=0) + "\n")
    for path in sorted(options.out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
