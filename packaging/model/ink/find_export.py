"""Writes the symbol finder as it ships: `finder.onnx` and `symbols.json` in `resources/ink/`.

`python -m model.ink.find_export` also says how well it does on the held-out drawings, by look and by name.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from model.export.narrow import narrow
from model.ink.alike import drawn_looks, members
from model.ink.find_train import Cut, load, pictures
from model.ink.finder import Finder, Shape
from model.ink.naming import command, is_text, package, popularity, reader_name
from model.ink.places import INK, SHIPPED
from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import CHANNELS, SIDE_PX

OPSET = 17


def table(cut: Cut) -> dict[str, list[Any]]:
    """The commands of each look, the best known first, and the look that each score of the network is for."""
    drawn = drawn_looks(cut.names)
    groups = members(drawn)
    order = list(groups)
    looks = []
    for look in order:
        entries: dict[str, dict[str, object]] = {}
        for name in sorted(groups[look], key=popularity):
            told = command(name)
            entries.setdefault(
                told,
                {
                    "command": told,
                    "package": package(name),
                    "name": reader_name(told),
                    "is_text": is_text(name),
                },
            )
        looks.append(list(entries.values()))
    return {"looks": looks, "of": [order.index(drawn[look]) for look in cut.look_names]}


def export(finder: Finder, out: Path) -> None:
    """Write the graph."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "finder.onnx"
        torch.onnx.export(
            finder.eval(),
            (torch.rand(1, CHANNELS, SIDE_PX, SIDE_PX),),
            str(whole),
            opset_version=OPSET,
            dynamo=False,
            input_names=["picture"],
            output_names=["scores"],
            dynamic_axes={"picture": {0: "n"}, "scores": {0: "n"}},
        )
        narrow(whole, out)


def measure(cut: Cut, graph: Path, of: Sequence[int]) -> None:
    """Print how often the first look, one of the first five and one of the first ten is right."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    looks = np.array(of)
    for source in ("detexify", "mathnote", "fonts"):
        chosen = np.nonzero(cut.test & (cut.sources == source))[0]
        shares = np.zeros((len(chosen), looks.max() + 1))
        for start in range(0, len(chosen), 256):
            part = chosen[start : start + 256]
            drawn = pictures(torch.from_numpy(cut.ends[part]), torch.from_numpy(cut.owners[part])).numpy()
            scores = session.run(None, {"picture": drawn})[0]
            likely = np.exp(scores - scores.max(1, keepdims=True))
            likely /= likely.sum(1, keepdims=True)
            np.add.at(shares, (np.arange(start, start + len(part))[:, None], looks[None]), likely)
        right = np.argsort(-shares, 1)[:, :10] == looks[cut.looks[chosen]][:, None]
        first, five, ten = (right[:, :most].any(1).mean() for most in (1, 5, 10))
        print(f"{source}: {len(chosen)} drawings, first {first:.4f}, five {five:.4f}, ten {ten:.4f}")


def main() -> None:
    """Export and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=INK / "finder.pt")
    options = parser.parse_args()
    cut = load()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    shape = json.loads(state["shape"])
    finder = Finder(Shape(shape["looks"], tuple(shape["channels"])))
    finder.load_state_dict(state["network"])
    SHIPPED.mkdir(parents=True, exist_ok=True)
    export(finder, SHIPPED / "finder.onnx")
    told = table(cut)
    (SHIPPED / "symbols.json").write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n")
    measure(cut, SHIPPED / "finder.onnx", told["of"])
    for path in sorted(SHIPPED.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
