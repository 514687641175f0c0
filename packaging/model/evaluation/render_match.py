"""Whether two formulas look the same: both are set by LaTeX and their glyphs and rules compared."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from model.corpus.dvi import SP_PER_PT, Page, parse_dvi
from model.corpus.faces import FACES
from model.corpus.fonts import FontMap
from model.corpus.typeset import Job, run_latex

TOLERANCE_PT = 0.6


def _marks(page: Page) -> list[tuple[int, int, int, int]]:
    """Everything that is drawn, from left to right: what, where, in steps of the tolerance."""
    step = TOLERANCE_PT * SP_PER_PT
    left = min((x for _, _, x, _ in page.glyphs), default=0)
    marks = [(font, code, round((x - left) / step), round(y / step)) for font, code, x, y in page.glyphs]
    marks += [
        (-1, round(width / step), round((x - left) / step), round(y / step)) for x, y, width, _ in page.rules
    ]
    return sorted(marks)


def _alike(one: Page, other: Page) -> bool:
    first, second = _marks(one), _marks(other)
    return len(first) == len(second) and all(
        a[:2] == b[:2] and abs(a[2] - b[2]) <= 1 and abs(a[3] - b[3]) <= 1
        for a, b in zip(first, second, strict=True)
    )


def look_alike(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """For each pair of LaTeX formulas, whether they look the same in print; False when one cannot be set."""
    sources = [f"\\displaystyle {latex}" for pair in pairs for latex in pair]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad = run_latex(Job("match", FACES["cm"][1], sources, list(range(len(sources)))), folder)
        subprocess.run(["dvicopy", "a.dvi", "b.dvi"], cwd=folder, stdout=subprocess.DEVNULL, check=False)
        document = parse_dvi((folder / "b.dvi").read_bytes(), FontMap().tfm)
    pages = {page.number - 1: page for page in document.pages if page.number - 1 not in bad}
    return [
        2 * number in pages and 2 * number + 1 in pages and _alike(pages[2 * number], pages[2 * number + 1])
        for number in range(len(pairs))
    ]
