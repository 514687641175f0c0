r"""Typesets the corpus with LaTeX in many fonts and keeps what stands where: glyph runs, a few bytes a glyph.

`python -m model.corpus.typeset [--only NAME] [--limit N]` writes one `runs/NAME-CHUNK.npz` for each 1,500
formulas and copies the fonts' outlines into `fonts/`; it goes on where it stopped. A formula is set once,
in a font drawn by its hash; formulas in which TeX finds a fault or a missing glyph are left out. About
five minutes on two cores.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from model.corpus.dvi import SP_PER_PT, Document, parse_dvi
from model.corpus.faces import FACES, UNSEEN_FACES
from model.corpus.fonts import FontMap
from model.paths import CORPUS, FONTS, RUNS

CHUNK = 1500
SMALLEST_HALF = 20
UNITS_PER_PT = 50
RULE = 0xFFFF

TIMEOUT_S = 25
"""Of processor time. A chunk takes two seconds; one formula in the corpus sends TeX round in circles."""

PREAMBLE = r"""\documentclass{article}%s
\let\dots\ldots \tracinglostchars=3 \batchmode
\def\providemath#1#2{\ifdefined#1\else\def#1{#2}\fi}
\def\R{\mathbb{R}}\def\Z{\mathbb{Z}}\def\N{\mathbb{N}}\def\Q{\mathbb{Q}}\def\C{\mathbb{C}}\def\H{\mathbb{H}}\def\reals{\mathbb{R}}
\def\argmin{\mathrm{arg~min}}\def\argmax{\mathrm{arg~max}}\def\tr{\mathrm{tr}}\def\cosec{\mathrm{cosec}}
\def\bra#1{\langle #1|}\def\ket#1{|#1\rangle}\def\braket#1{\langle #1\rangle}\def\abs#1{|#1|}
\def\norm#1{\|#1\|}
\def\Bbb#1{\mathbb{#1}}\def\lt{<}\def\gt{>}\def\coloneqq{:=}\def\bold#1{\mathbf{#1}}
\def\tag#1{}\def\label#1{}
\let\ship\shipout
\ifcsname tex_shipout:D\endcsname\expandafter\let\expandafter\ship\csname tex_shipout:D\endcsname\fi
\newbox\formulabox
\def\F#1#2{\setbox\formulabox\hbox{$#2$}\global\count0=#1 \ship\box\formulabox
\setbox\formulabox\vbox{\noindent\par}}%% a paragraph ends and TeX counts its errors anew
\begin{document}
"""


class Job(NamedTuple):
    """One chunk of formulas in one font."""

    name: str
    packages: str
    sources: list[str]
    indices: list[int]


def as_inline(latex: str) -> str:
    """LaTeX that stands between dollars: displayed environments become their inner kin."""
    text = " ".join(latex.split())
    text = re.sub(r"\\(begin|end)\{(?:align|flalign|split)\*?\}", r"\\\1{aligned}", text)
    text = re.sub(r"\\(begin|end)\{(?:gather|multline)\*?\}", r"\\\1{gathered}", text)
    text = re.sub(r"\\begin\{eqnarray\*?\}", r"\\begin{array}{rcl}", text)
    text = re.sub(r"\\end\{eqnarray\*?\}", r"\\end{array}", text)
    text = re.sub(r"\\(begin|end)\{equation\*?\}", "", text)
    return text.replace("€", "\\text{\\texteuro}").replace("‰", "\\text{\\textperthousand}")


def run_latex(job: Job, folder: Path) -> set[int]:
    """Set the formulas of a job; the numbers of those in which TeX found a fault."""
    lines = [f"\\F{{{number + 1}}}{{{text}}}" for number, text in enumerate(job.sources)]
    preamble = PREAMBLE % job.packages
    (folder / "a.tex").write_text(preamble + "\n".join(lines) + "\n\\end{document}\n")
    done = subprocess.run(
        ["latex", "-interaction=batchmode", "a.tex"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT_S, TIMEOUT_S)),
        check=False,
    )
    if done.returncode < 0:
        raise subprocess.TimeoutExpired(done.args, TIMEOUT_S)
    log = (folder / "a.log").read_text(errors="replace")
    first = preamble.count("\n") + 1
    return {int(number) - first for number in re.findall(r"^l\.(\d+)", log, re.MULTILINE)}


def typeset(job: Job) -> str:
    """Set one chunk and keep its runs; a chunk in which TeX goes round in circles is set in halves."""
    fonts = FontMap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            bad = run_latex(job, folder)
        except subprocess.TimeoutExpired:
            return _in_halves(job, fonts)
        copied = subprocess.run(["dvicopy", "a.dvi", "b.dvi"], cwd=folder, capture_output=True, check=False)
        if copied.returncode:  # a virtual font that it cannot read, met by some formulas
            return _in_halves(job, fonts)
        document = parse_dvi((folder / "b.dvi").read_bytes(), fonts.tfm)
    count = _keep(job, document, fonts, bad)
    return f"{job.name}: {count} of {len(job.sources)}"


def _in_halves(job: Job, fonts: FontMap) -> str:
    """Set the halves of a chunk; a few formulas of which one takes for ever are given up."""
    half = len(job.sources) // 2
    _keep(job, Document({}, []), fonts, set())  # the chunk counts as done
    if half < SMALLEST_HALF:
        return f"{job.name}: given up"
    first = Job(f"{job.name}a", job.packages, job.sources[:half], job.indices[:half])
    second = Job(f"{job.name}b", job.packages, job.sources[half:], job.indices[half:])
    return f"{typeset(first)}; {typeset(second)}"


def _keep(job: Job, document: Document, fonts: FontMap, bad: set[int]) -> int:
    files = {number: fonts.resolve(use.name, FONTS) for number, use in document.fonts.items()}
    glyphs: list[tuple[int, int, int, int]] = []
    rules: list[tuple[int, int, int, int]] = []
    items: list[tuple[int, int, int]] = []
    scale = UNITS_PER_PT / SP_PER_PT
    for page in document.pages:
        number = page.number - 1
        if (
            number in bad
            or not 0 <= number < len(job.indices)
            or any(files[use] is None for use, *_ in page.glyphs)
        ):
            continue
        if (
            any(abs(x) > 600 * SP_PER_PT or abs(y) > 600 * SP_PER_PT for _, _, x, y in page.glyphs)
            or not page.glyphs
        ):
            continue
        glyphs += [(font, code, round(x * scale), round(y * scale)) for font, code, x, y in page.glyphs]
        rules += [
            (round(x * scale), round(y * scale), max(1, round(w * scale)), max(1, round(h * scale)))
            for x, y, w, h in page.rules
        ]
        items.append((job.indices[number], len(glyphs), len(rules)))
    used = sorted(document.fonts)
    place = {number: index for index, number in enumerate(used)}
    table = [
        {**file.as_json(), "size": document.fonts[number].size_sp / SP_PER_PT}
        if (file := files[number])
        else None
        for number in used
    ]
    np.savez_compressed(
        RUNS / f"{job.name}.npz",
        glyphs=np.array([(place[font], code, x, y) for font, code, x, y in glyphs], np.int16).reshape(-1, 4),
        rules=np.array(rules, np.int32).clip(-32000, 32000).astype(np.int16).reshape(-1, 4),
        items=np.array(items, np.int32).reshape(-1, 3),
        fonts=np.array(json.dumps(table)),
    )
    return len(items)


def jobs(only: str | None, limit: int) -> list[Job]:
    """The chunks that are still to be set."""
    chance = random.Random(7)
    names, weights = list(FACES), [weight for weight, _ in FACES.values()]
    groups: dict[str, list[tuple[int, str]]] = {}
    with CORPUS.open(encoding="utf-8") as file:
        for index, line in enumerate(file):
            entry = json.loads(line)
            name = chance.choices(names, weights)[0]
            plain = chance.random() < 0.5 and entry["kind"] == "inline"
            text = as_inline(entry["latex"])
            source = text if plain else f"\\displaystyle {text}"
            groups.setdefault(name, []).append((index, source))
            if entry["test"]:
                for unseen in UNSEEN_FACES:
                    groups.setdefault(unseen, []).append((index, source))
    found: list[Job] = []
    for name, members in groups.items():
        if only and name != only:
            continue
        random.Random(name).shuffle(members)  # each chunk is a sample of all sources
        packages = UNSEEN_FACES.get(name) or FACES[name][1]
        for chunk in range(0, min(len(members), limit), CHUNK):
            part = members[chunk : min(chunk + CHUNK, limit)]
            title = f"{name}-{chunk // CHUNK:03d}"
            if not (RUNS / f"{title}.npz").exists():
                found.append(
                    Job(title, packages, [source for _, source in part], [index for index, _ in part])
                )
    return sorted(found, key=lambda job: job.name[-3:])  # a first slice of every font comes early


def main(arguments: Sequence[str] | None = None) -> None:
    """Set what is not set yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only")
    parser.add_argument("--limit", type=int, default=10**9)
    options = parser.parse_args(arguments)
    RUNS.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(typeset, jobs(options.only, options.limit)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
