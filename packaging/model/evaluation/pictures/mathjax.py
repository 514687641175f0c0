"""Adds a set of test pictures by a typesetter that the training never saw: MathJax, painted by QtSvg.

`python -m model.evaluation.pictures.mathjax` with the environment of the program itself (`.venv`). Seconds.
"""

import asyncio
import json

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from model.corpus.typeset import as_inline
from model.evaluation.pictures.chosen import PICTURES, choose
from model.paths import ROOT
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.formats.drawing.formula import RenderedFormula, with_ink

EM_PX = 20
MARGIN_PX = 10


def paint(formula: RenderedFormula) -> QImage:
    """A formula in black on white, as a web page at 20 pixels to the em shows it."""
    width, height = round(formula.width_em * EM_PX), round(formula.height_em * EM_PX)
    picture = QImage(width + 2 * MARGIN_PX, height + 2 * MARGIN_PX, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(MARGIN_PX, MARGIN_PX, formula.width_em * EM_PX, formula.height_em * EM_PX)
    QSvgRenderer(with_ink(formula, "#000000").encode()).render(painter, box)
    painter.end()
    return picture


async def draw(each: int, seed: int) -> None:
    """Write the set."""
    renderer = MathJaxRenderer(ROOT / "resources")
    folder = PICTURES / "mathjax-qtsvg"
    folder.mkdir(parents=True, exist_ok=True)
    truth = []
    for number, entry in enumerate(choose(each, seed)):
        try:
            formula = await renderer.render(as_inline(entry["latex"]))
        except RenderError:
            continue
        paint(formula).save(str(folder / f"{number:04d}.png"))
        truth.append({"file": f"{number:04d}.png", "target": entry["target"], "source": entry["source"]})
    renderer.close()
    (folder / "truth.json").write_text(json.dumps(truth))
    print(folder.name, len(truth))


def main() -> None:
    """Write the set of `model.evaluation.pictures.latex`' formulas."""
    asyncio.run(draw(80, 11))


if __name__ == "__main__":
    main()
