r"""Draws every sign that the visual check knows, in twenty fonts: `.model-work/signs.npz`.

`python -m model.training.shapes_draw` with the environment of the program itself (`.venv`). It sets the
signs with LaTeX, rasterises them with dvipng at seven resolutions, draws them with MathJax too, and keeps
the pieces. Fonts in `UNSEEN` are left for the measurement. A few minutes.
"""

import asyncio
import math
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PySide6.QtGui import QGuiApplication

from model.corpus.faces import FACES
from model.paths import ROOT, SIGN_PIECES, WORK
from model.training.shapes_table import OWN, SIGNS
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.pictures.ink import GRID, Piece, pieces_of, united

UNSEEN = ("libertinus", "schoolbook", "charter")
RESOLUTIONS = (87, 101, 123, 145, 174, 217, 290)
DPI_PER_EM = 7.227
EM_PX = (38.0, 66.0)
LARGEST_SCALE = 3.0
SCRIPT = 0.7


class Sample(NamedTuple):
    """One piece of a sign: its shape, sign and part, font, aspect, pixels an em."""

    shape: int
    kind: str
    font: str
    aspect: float
    em_px: float


def pieces(bitmap: Bitmap, sign: str, font: str, em_px: float, chance: random.Random) -> Iterator[Sample]:
    """The pieces of one picture of a sign, and all of them together."""
    scale = min(LARGEST_SCALE, chance.uniform(*EM_PX) / em_px)
    speck = 0.084 * em_px * scale
    try:
        found = pieces_of(PillowCodec().read_ink(bitmap, scale))
    except WriteTexError:
        return
    found = tuple(each for each in found if max(each.width, each.height) >= speck)
    if not 1 <= len(found) <= 5:
        return
    parts: list[tuple[Piece, str]] = [(each, str(number)) for number, each in enumerate(found)]
    if len(found) > 1:
        parts.append((united(found), "all"))
    for piece, part in parts:
        slim = max(piece.width / piece.height, piece.height / piece.width) > 5
        if not slim and piece.shape.bit_count() < 0.78 * GRID * GRID:
            kind = f"{sign} {len(found)} {part}"
            yield Sample(piece.shape, kind, font, math.log(piece.width / piece.height), em_px)


def set_by_latex(font: str, packages: str, folder: Path) -> Iterator[Sample]:
    """Every sign in one font, upright in the line and as an index."""
    chance = random.Random(font)
    styles = [(sign, size) for size in (1.0, SCRIPT) for sign in SIGNS]
    lines = [f"${'' if size == 1 else chr(92) + 'scriptstyle '}{sign}$" for sign, size in styles]
    pages = "\n".join(f"\\begin{{preview}}{line}\\end{{preview}}" for line in lines)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "f.tex").write_text(
        f"\\documentclass{{article}}{packages}\\usepackage[active,tightpage]{{preview}}\n"
        f"\\begin{{document}}\n{pages}\n\\end{{document}}\n"
    )
    quiet: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["latex", "-interaction=nonstopmode", "f.tex"], check=False, **quiet)
    for dpi in RESOLUTIONS:
        options = ["-q", "-T", "tight", "-bg", "White", "-D", str(dpi), "-o", f"{dpi}-%d.png", "f.dvi"]
        subprocess.run(["dvipng", *options], check=False, **quiet)
        for number, (sign, size) in enumerate(styles, 1):
            path = folder / f"{dpi}-{number}.png"
            if path.exists():
                bitmap = PillowCodec().decode(path.read_bytes())
                yield from pieces(bitmap, sign, font, size * dpi / DPI_PER_EM, chance)


def drawn_by_us() -> Iterator[Sample]:
    """Every sign as the program draws it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    renderer, chance = MathJaxRenderer(ROOT / "resources"), random.Random(1)
    for sign in SIGNS:
        for style, size in (("\\textstyle ", 1.0), ("\\scriptstyle ", SCRIPT)):
            try:
                formula = asyncio.run(renderer.render(style + sign))
            except WriteTexError:
                continue
            for dpi in RESOLUTIONS:
                bitmap = to_bitmap(formula, dpi / DPI_PER_EM)
                yield from pieces(bitmap, sign, OWN, size * dpi / DPI_PER_EM, chance)
    renderer.close()
    del application


def main() -> None:
    """Draw everything and keep the pieces."""
    samples = list(drawn_by_us())
    for font, (_share, packages) in FACES.items():
        if font not in UNSEEN:
            samples += set_by_latex(font, packages, WORK / "signs" / font)
            print(font, len(samples), flush=True)
    shapes = b"".join(sample.shape.to_bytes(GRID * GRID // 8, "little") for sample in samples)
    np.savez_compressed(
        SIGN_PIECES,
        shapes=np.frombuffer(shapes, np.uint8).reshape(len(samples), -1),
        **{name: np.array([getattr(each, name) for each in samples]) for name in Sample._fields[1:]},
    )


if __name__ == "__main__":
    main()
