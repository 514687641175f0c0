"""Adds sets of test pictures by matplotlib, which sets mathematics by rules and in fonts of its own.

`python -m model.evaluation.pictures.mathtext [--limit N]` with matplotlib in the environment; a set for each
of its font sets. Formulas that it cannot parse (tables, rare commands) are left out. A minute.
"""

import argparse
import io
import json

import matplotlib as mpl
from matplotlib import mathtext
from matplotlib.font_manager import FontProperties
from PIL import Image, ImageOps

from model.evaluation.pictures.chosen import PICTURES, choose
from writetex_desktop.core.latex.printer import print_latex

FONT_SETS = ("cm", "dejavusans", "dejavuserif", "stix")
SIZE_PT = 14
DPI = 110
_UNLIKE = (
    "\\begin",
    "\\mathscr",
    "\\boldsymbol",
    "\\text",
    "\\mbox",
    "\\tag",
    "\\hbox",
    "\\bf",
    "\\rm",
    "\\cal",
)
"""What it drops, refuses, or sets as something else."""


def draw(latex: str) -> Image.Image | None:
    """A formula in black on white; None where matplotlib cannot parse it."""
    stream = io.BytesIO()
    try:
        mathtext.math_to_image(f"${latex}$", stream, FontProperties(size=SIZE_PT), DPI, "png")
    except (ValueError, RuntimeError):
        return None
    with Image.open(stream) as picture:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
    grey = paper.convert("L")
    box = ImageOps.invert(grey).getbbox()
    return ImageOps.expand(grey.crop(box), 10, 255) if box else None


def main() -> None:
    """Write a set for each font set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=240)
    options = parser.parse_args()
    entries = [entry for entry in choose(80, 11) if not any(command in entry["latex"] for command in _UNLIKE)]
    for font_set in FONT_SETS:
        mpl.rcParams["mathtext.fontset"] = font_set
        folder = PICTURES / f"mathtext-{font_set}"
        folder.mkdir(parents=True, exist_ok=True)
        truth = []
        for number, entry in enumerate(entries[: options.limit]):
            picture = draw(print_latex(entry["target"]))  # it sets `x ^ {2}` with no power
            if picture is not None:
                picture.save(folder / f"{number:04d}.png")
                truth.append(
                    {"file": f"{number:04d}.png", "target": entry["target"], "source": entry["source"]}
                )
        (folder / "truth.json").write_text(json.dumps(truth))
        print(folder.name, len(truth), flush=True)


if __name__ == "__main__":
    main()
