"""How well the visual check tells a right formula from one with a changed sign.

The pictures are made by LaTeX and dvipng, another rasteriser than ours, at several sizes and in fonts that
the check has learnt and in two that it has not. With
the corpus of real formulas beside the checkout 500 of it are taken, else formulas made up here; without LaTeX
there is nothing to measure. Run it from the repository's root:
`python -m tests.benchmarks visual_check`.
"""

import asyncio
import gzip
import itertools
import json
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtGui import QGuiApplication

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.pictures.codec import PillowCodec
from writetex_desktop.adapters.pictures.sign_shapes import SignShapes
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.services.reading.visual_check import VisualCheck

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "formulas" / "train.jsonl.gz"
COUNT = 500
SEED = 11

_TIMES = r"\usepackage{newtxtext,newtxmath}"
_LIBERTINUS = r"\usepackage[T1]{fontenc}\usepackage{libertinus-type1,libertinust1math}"
CONDITIONS = (
    ("Computer Modern, 40 px/em", "", 290),
    ("Computer Modern, 33 px/em", "", 240),
    ("Computer Modern, 22 px/em", "", 160),
    ("Computer Modern, 18 px/em", "", 130),
    ("Computer Modern, 15 px/em", "", 110),
    ("Times, 33 px/em", _TIMES, 240),
    ("Times, 22 px/em", _TIMES, 160),
    ("Palatino, 22 px/em", r"\usepackage{newpxtext,newpxmath}", 160),
    ("sans serif, 22 px/em", r"\usepackage{cmbright}", 160),
    ("Libertinus (not learnt), 22 px/em", _LIBERTINUS, 160),
    ("Schoolbook (not learnt), 22 px/em", r"\usepackage{fouriernc}", 160),
)

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega "
    "Gamma Delta Theta Lambda Sigma Phi Psi Omega"
)
_OPERATORS = "leq geq neq in subset to times cdot otimes oplus cup cap sim equiv approx"
SIGNS = (
    tuple("abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    tuple("0123456789"),
    tuple(f"\\{name}" for name in _GREEK.split()),
    (*"+-=<>", *(f"\\{name}" for name in _OPERATORS.split())),
)
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|.", re.DOTALL)
_PROTECTED = re.compile(
    r"\\(?:begin|end|operatorname\*?|text\w*|mathrm|mbox|hspace|label|tag|color|ref|cite)\s*\{[^{}]*\}"
    r"|\[[^\]]*\]|\\\\"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A formula, and the same with one sign changed."""

    right: str
    wrong: str


def changed(latex: str, rng: random.Random) -> str | None:
    """Change one letter, digit, Greek letter or operator into another one of its kind."""
    protected = [found.span() for found in _PROTECTED.finditer(latex)]
    places = [
        (found.span(), found[0], kind)
        for found in _TOKEN.finditer(latex)
        for kind in SIGNS
        if found[0] in kind and not any(start <= found.start() < end for start, end in protected)
    ]
    if not places:
        return None
    (start, end), old, kind = rng.choice(places)
    new = rng.choice([each for each in kind if each != old])
    blank = " " if new[0] == "\\" and latex[end : end + 1].isalpha() else ""
    return latex[:start] + new + blank + latex[end:]


def real_formulas(rng: random.Random) -> list[str]:
    """Formulas of papers and books."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        formulas = [json.loads(line)["latex"] for line in lines]
    ordinary = [each for each in formulas if 10 <= len(each) <= 160 and each.isascii()]
    return rng.sample(ordinary, COUNT * 3 // 2)


def own_formulas(rng: random.Random) -> list[str]:
    """Formulas made up of parts, for where the corpus is not."""
    letters, digits, greek, operators = SIGNS

    def term() -> str:
        base = rng.choice(rng.choice((letters, greek)))
        return rng.choice((base, f"{base}_{{{rng.choice(letters)}}}", f"{base}^{{{rng.choice(digits)}}}"))

    shapes = (
        r"{} = \frac{{{}}}{{{}}}",
        r"\sqrt{{{} + {}}} = {}",
        r"\sum_{{n=0}}^{{\infty}} {} {} {}",
        r"\int_0^1 {} {} \, d{}",
        r"\left( {} + {} \right)^2 = {}",
        r"\begin{{pmatrix}} {} & 0 \\ {} & {} \end{{pmatrix}}",
    )
    formulas = [rng.choice(shapes).format(term(), term(), term()) for _ in range(150)]
    return [f"{each} {rng.choice(operators)} {term()}" for each in formulas]


def pictures(formulas: Sequence[str], packages: str, dpi: int, folder: Path) -> tuple[Path, ...]:
    """Have LaTeX set the formulas that it takes, a picture each."""
    pages = "\n".join(rf"\begin{{preview}}$\displaystyle {each}$\end{{preview}}" for each in formulas)
    folder.mkdir(parents=True)
    (folder / "f.tex").write_text(
        "\\documentclass{article}\n\\usepackage{amsmath,amssymb,mathtools,bm}\n"
        f"{packages}\n\\usepackage[active,tightpage]{{preview}}\n\\begin{{document}}\n{pages}\n\\end{{document}}\n",
        "utf-8",
    )
    subprocess.run(
        ["latex", "-interaction=nonstopmode", "f.tex"], cwd=folder, capture_output=True, check=False
    )
    subprocess.run(
        ["dvipng", "-q", "-T", "tight", "-bg", "White", "-D", str(dpi), "-o", "%d.png", "f.dvi"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return tuple(folder / f"{number}.png" for number in range(1, len(formulas) + 1))


def refused(formulas: Sequence[str], folder: Path) -> set[int]:
    """Numbers of the formulas that LaTeX complains about."""
    pictures(formulas, "", 50, folder)
    log = (folder / "f.log").read_text("utf-8", errors="replace")
    first = (folder / "f.tex").read_text("utf-8").split("\n").index(r"\begin{document}") + 2
    return {int(line) - first for line in re.findall(r"^l\.(\d+) ", log, re.MULTILINE)}


async def cases(renderer: MathJaxRenderer, folder: Path) -> list[Case]:
    """Formulas that both LaTeX and we can draw."""
    rng = random.Random(SEED)
    formulas = [" ".join(each.split()) for each in (real_formulas if CORPUS.exists() else own_formulas)(rng)]
    bad = refused(formulas, folder / "trial")
    found: list[Case] = []
    for latex in (each for number, each in enumerate(formulas) if number not in bad):
        wrong = changed(latex, rng)
        if wrong is None:
            continue
        try:
            await renderer.render(latex)
            await renderer.render(wrong)
        except RenderError:
            continue
        found.append(Case(latex, wrong))
    return found[:COUNT]


async def measure() -> list[str]:
    """Measure everything; a row each."""
    if not (shutil.which("latex") and shutil.which("dvipng")):
        return ["visual check: LaTeX and dvipng are not here, nothing was measured"]
    renderer, codec = MathJaxRenderer(resource_dir()), PillowCodec()
    shapes = SignShapes(resource_dir() / "signs" / "signs.npz")
    check = VisualCheck(renderer, to_bitmap, codec.read_ink, shapes)
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = await cases(renderer, folder)
        for number, (what, packages, dpi) in enumerate(CONDITIONS):
            files = pictures([each.right for each in known], packages, dpi, folder / str(number))
            alarms: list[float] = []
            found: list[float] = []
            times: list[float] = []
            unsaid = 0
            for case, file in zip(known, files, strict=True):
                crop = codec.decode(file.read_bytes())
                for latex, results in ((case.right, alarms), (case.wrong, found)):
                    start = time.perf_counter()
                    verdict = await check.check(crop, latex)
                    times.append((time.perf_counter() - start) * 1000)
                    unsaid += verdict is None or verdict.is_too_small
                    results.append(1.0 if verdict is not None and verdict.differs else 0.0)
            slow = quantiles(times, n=20)[-1]
            rows.append(
                f"visual check: {what:<34} found {sum(found) / len(found):6.1%}  "
                f"false alarms {sum(alarms) / len(alarms):6.1%}  {median(times):6.1f} ms  "
                f"p95 {slow:6.1f} ms  not judged {unsaid / len(times):5.1%}  (n={len(known)})"
            )
    renderer.close()
    return rows


def main() -> None:
    """Print the table."""
    application = QGuiApplication.instance() or QGuiApplication(["bench", "-platform", "offscreen"])
    print("\n".join(itertools.chain(asyncio.run(measure()))))  # noqa: T201 - it prints
    del application


if __name__ == "__main__":
    main()
