r"""Makes the pictures of the evaluation, with rasterisers that the training never uses.

`python -m model.evaluation.pictures.latex [--each N]` writes `.model-work/pictures/SET/NUMBER.png` and
`truth.json` for every set: formulas of the test split, the same number from each band of length, set by
LaTeX and rasterised by dvipng or by pdflatex and pdftoppm, in fonts seen and unseen and at several
resolutions. A few minutes.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from model.corpus.faces import FACES, UNSEEN_FACES
from model.corpus.typeset import PREAMBLE, Job, as_inline, run_latex
from model.evaluation.pictures.chosen import PICTURES, choose, choose_rare

PAGED = r"""\def\F#1#2{\setbox\formulabox\hbox{$#2$}\global\pdfpagewidth=\wd\formulabox
\global\advance\pdfpagewidth 20pt
\global\pdfpageheight=\ht\formulabox
\global\advance\pdfpageheight\dp\formulabox \global\advance\pdfpageheight 20pt
\global\pdfhorigin=10pt \global\pdfvorigin=10pt \global\count0=#1 \ship\box\formulabox}
"""


class Set(NamedTuple):
    """Some pictures of one kind: its name, the fonts, the rasteriser, the resolution."""

    name: str
    face: str
    by: str
    dpi: int
    share: float = 1.0


SETS: tuple[Set, ...] = (
    Set("pdftoppm-cm-150", "cm", "pdftoppm", 150),
    Set("pdftoppm-lm-110", "lm", "pdftoppm", 110),
    Set("dvipng-cm-130", "cm", "dvipng", 130),
    Set("dvipng-times-160", "times", "dvipng", 160),
    Set("pdftoppm-libertinus-150", "libertinus", "pdftoppm", 150),
    Set("dvipng-schoolbook-150", "schoolbook", "dvipng", 150),
    Set("zoom-072", "cm", "pdftoppm", 72, 0.5),
    Set("zoom-096", "cm", "pdftoppm", 96, 0.5),
    Set("zoom-144", "cm", "pdftoppm", 144, 0.5),
    Set("zoom-240", "cm", "pdftoppm", 240, 0.5),
)

RARE_SETS: tuple[Set, ...] = (
    Set("rare-dvipng-cm-150", "cm", "dvipng", 150),
    Set("rare-stix2-130", "stix2", "pdftoppm", 130),
)
"""Sets of formulas with signs that the collected formulas hardly have."""


def rasterize(kind: Set, sources: list[str], folder: Path) -> Iterator[tuple[int, Image.Image]]:
    """Number and picture of each formula that could be set."""
    packages = UNSEEN_FACES.get(kind.face) or FACES[kind.face][1]
    job = Job(kind.name, packages, sources, list(range(len(sources))))
    if kind.by == "dvipng":
        bad = run_latex(job, folder)
        subprocess.run(
            ["dvipng", "-q", "-T", "tight", "-D", str(kind.dpi), "-bg", "White", "-o", "p%d.png", "a.dvi"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        names = {number: folder / f"p{number + 1}.png" for number in range(len(sources))}
    else:
        preamble = (PREAMBLE % packages).replace("\\begin{document}", PAGED + "\\begin{document}")
        lines = [f"\\F{{{number + 1}}}{{{text}}}" for number, text in enumerate(sources)]
        (folder / "a.tex").write_text(preamble + "\n".join(lines) + "\n\\end{document}\n")
        subprocess.run(
            ["pdflatex", "-interaction=batchmode", "a.tex"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        bad = run_latex(job, folder)
        subprocess.run(
            ["pdftoppm", "-r", str(kind.dpi), "-png", "-gray", "a.pdf", "q"], cwd=folder, check=True
        )
        pages = sorted(folder.glob("q-*.png"))
        assert len(pages) == len(sources)
        names = dict(enumerate(pages))
    for number, path in names.items():
        if number in bad or not path.exists():
            continue
        picture = Image.open(path).convert("L")
        box = ImageOps.invert(picture).getbbox()
        if box:
            yield number, ImageOps.expand(picture.crop(box), 10, 255)


def make(kind: Set, entries: list[dict[str, str]]) -> int:
    """Write one set; how many pictures it has."""
    target = PICTURES / kind.name
    target.mkdir(parents=True, exist_ok=True)
    entries = entries[: int(len(entries) * kind.share)]
    sources = [f"\\displaystyle {as_inline(entry['latex'])}" for entry in entries]
    truth = []
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in rasterize(kind, sources, Path(folder)):
            picture.save(target / f"{number:04d}.png")
            truth.append(
                {
                    "file": f"{number:04d}.png",
                    "target": entries[number]["target"],
                    "source": entries[number]["source"],
                }
            )
    (target / "truth.json").write_text(json.dumps(truth))
    return len(truth)


def main() -> None:
    """Write every set that is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=80, help="formulas of each band of length")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    entries = choose(options.each, options.seed)
    for kind in SETS:
        if not (PICTURES / kind.name / "truth.json").exists():
            print(kind.name, make(kind, entries), flush=True)
    rare = choose_rare(options.each, options.seed)
    for kind in RARE_SETS:
        if not (PICTURES / kind.name / "truth.json").exists():
            print(kind.name, make(kind, rare), flush=True)


if __name__ == "__main__":
    main()
