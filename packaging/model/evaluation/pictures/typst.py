"""Adds a set of test pictures by typst, which sets mathematics in a font and by rules of its own.

`python -m model.evaluation.pictures.typst` with the environment of the program itself (`.venv`). A
minute. The formulas are those that the program's own converter can say in typst; one that it says wrongly
counts against the recogniser.
"""

import asyncio
import io
import json

import typst
from PIL import Image

from model.corpus.typeset import as_inline
from model.evaluation.pictures.chosen import PICTURES, choose
from model.paths import ROOT
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.core.errors import ConversionError, RenderError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.typst.text import to_typst

PPI = 150
PAGE = "#set page(width: auto, height: auto, margin: 6pt)\n{}\n"


async def draw(each: int, seed: int) -> None:
    """Write the set."""
    renderer = MathJaxRenderer(ROOT / "resources")
    folder = PICTURES / "typst"
    folder.mkdir(parents=True, exist_ok=True)
    truth = []
    for number, entry in enumerate(choose(each, seed)):
        try:
            markup = to_typst(read_mathml(await renderer.mathml(as_inline(entry["latex"]))))
            page = typst.compile(PAGE.format(markup).encode(), format="png", ppi=float(PPI))
        except (RenderError, ConversionError, typst.TypstError):
            continue
        assert isinstance(page, bytes)
        Image.open(io.BytesIO(page)).convert("L").save(folder / f"{number:04d}.png")
        truth.append({"file": f"{number:04d}.png", "target": entry["target"], "source": entry["source"]})
    renderer.close()
    (folder / "truth.json").write_text(json.dumps(truth))
    print(folder.name, len(truth))


def main() -> None:
    """Write the set of `model.evaluation.pictures.latex`' formulas."""
    asyncio.run(draw(80, 11))


if __name__ == "__main__":
    main()
