"""Handwriting fonts: hands whose letters can be drawn at any size. All under the SIL Open Font License.

`npm install --prefix .model-work/ink --ignore-scripts @fontsource/caveat @fontsource/kalam ...` brings them.
"""

from collections.abc import Iterator
from pathlib import Path

import freetype
import numpy as np
from numpy.typing import NDArray

from model.ink.places import FONT_FILES

UNSEEN = frozenset((
    "patrick-hand", "reenie-beanie", "nothing-you-could-do", "schoolbell", "gloria-hallelujah", "zeyada",
    "cedarville-cursive", "coming-soon",
))  # fmt: skip
"""Fonts that nothing is trained on: the hands of the evaluation."""


def is_unseen(path: Path) -> bool:
    """Whether a font is kept for the evaluation."""
    return path.parents[1].name in UNSEEN


def files() -> list[Path]:
    """The font files, one weight of each font."""
    found = []
    for folder in sorted(FONT_FILES.iterdir()):
        regular = sorted((folder / "files").glob("*-latin-400-normal.woff"))
        found += regular[:1] or sorted((folder / "files").glob("*-latin-*-normal.woff"))[:1]
    return found


def faces() -> Iterator[tuple[Path, freetype.Face]]:
    """The fonts, opened."""
    for path in files():
        yield path, freetype.Face(str(path))


def glyph(face: freetype.Face, sign: str, size_px: int) -> NDArray[np.uint8] | None:
    """A letter's ink, cut close, at a size of the em; None where the font has none."""
    index = face.get_char_index(sign)
    if not index:
        return None
    face.set_pixel_sizes(0, size_px)
    face.load_glyph(index, freetype.FT_LOAD_RENDER | freetype.FT_LOAD_NO_HINTING)
    bitmap = face.glyph.bitmap
    if not bitmap.rows or not bitmap.width:
        return None
    raw = np.array(bitmap.buffer, np.uint8).reshape(bitmap.rows, bitmap.pitch)
    return raw[:, : bitmap.width]
