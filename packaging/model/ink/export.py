"""Writes the model of handwriting as it ships: graphs of eight bits, and `model.json`.

`python -m model.ink.export`. They go to `resources/ink/` under the names of those of print, so that the
program reads both alike.
"""

import argparse
import tempfile
from pathlib import Path

from model.export.graphs import describe, whole
from model.export.narrow import narrow
from model.ink.places import INK, SHIPPED
from model.networks.recogniser import load_detector, load_reader
from model.training.lessons import Objects

NAME = "writetex-hand-3"
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
    describe(options.out, NAME, objects, reader, trust=TRUST)


if __name__ == "__main__":
    main()
