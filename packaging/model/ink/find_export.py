"""Writes the symbol finder as it ships: `finder.onnx` and `symbols.json` in `resources/ink/`.

`python -m model.ink.find_export` also says how well it does on the held-out drawings, by look and by name.
"""

import argparse
import json
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from model.export.narrow import narrow
from model.ink.alike import members
from model.ink.find_train import Cut, load, pictures
from model.ink.finder import Finder, Shape
from model.ink.naming import command, is_text, package, popularity, reader_name
from model.ink.places import INK, SHIPPED
from writetex_desktop.adapters.recogniser.handwriting.strokes_picture import CHANNELS, SIDE_PX

OPSET = 17


def table(cut: Cut) -> dict[str, object]:
    """The commands of each look, the best known first."""
    look_of = {name: cut.look_names[look] for name, look in zip(cut.names, look_numbers(cut), strict=True)}
    groups = members(look_of)
    looks = []
    for look in cut.look_names:
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
    return {"unicode": unicodedata.unidata_version, "looks": looks}


def look_numbers(cut: Cut) -> list[int]:
    """The look of each name."""
    found = dict(zip(cut.labels.tolist(), cut.looks.tolist(), strict=True))
    return [found[number] for number in range(len(cut.names))]


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


def measure(cut: Cut, graph: Path) -> None:
    """Print how often the first look, one of the first five and one of the first ten is right."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    for source in ("detexify", "mathnote", "fonts"):
        chosen = np.nonzero(cut.test & (cut.sources == source))[0]
        scores = np.concatenate(
            [
                session.run(
                    None,
                    {
                        "picture": pictures(
                            torch.from_numpy(cut.ends[part]), torch.from_numpy(cut.owners[part])
                        ).numpy()
                    },
                )[0]
                for part in np.array_split(chosen, max(1, len(chosen) // 256))
            ]
        )
        order = np.argsort(-scores, 1)[:, :10] == cut.looks[chosen][:, None]
        first, five, ten = (order[:, :most].any(1).mean() for most in (1, 5, 10))
        print(f"{source}: {len(chosen)} drawings, looks: first {first:.4f}, five {five:.4f}, ten {ten:.4f}")


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
    (SHIPPED / "symbols.json").write_text(json.dumps(table(cut), ensure_ascii=False, indent=0) + "\n")
    measure(cut, SHIPPED / "finder.onnx")
    for path in sorted(SHIPPED.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
