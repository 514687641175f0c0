r"""Makes the sample pictures of `resources/samples/` with typesetters and rasterisers that the training never uses.

`python -m model.evaluation.samples` writes the PNGs and `truth.json`; needs pdflatex, dvipng, pdftoppm
and the typst wheel. Seconds.
"""

import json
import random
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import typst
from PIL import Image, ImageOps

from model.paths import ROOT

SAMPLES = ROOT / "resources" / "samples"


class Sample(NamedTuple):
    """A picture to make: its file name, the formula, the maker with its setting, and what is done to the picture."""

    name: str
    latex: str
    make: Callable[[str], Image.Image]
    after: Callable[[Image.Image], Image.Image] = lambda picture: picture


def with_margin(picture: Image.Image, margin: int = 8) -> Image.Image:
    """The picture with paper around it."""
    return ImageOps.expand(picture.convert("L"), margin, 255)


def by_pdf(packages: str, dpi: int) -> Callable[[str], Image.Image]:
    """A maker: pdfLaTeX, then poppler's own rasteriser."""

    def make(latex: str) -> Image.Image:
        with tempfile.TemporaryDirectory() as folder:
            source = (
                f"\\documentclass{{article}}\\usepackage{{amsmath,amssymb}}{packages}\\pagestyle{{empty}}\\setlength{{\\textwidth}}{{20cm}}"
                f"\\begin{{document}}\\noindent$\\displaystyle {latex}$\\end{{document}}"
            )
            (Path(folder) / "a.tex").write_text(source)
            subprocess.run(
                ["pdflatex", "-interaction=batchmode", "a.tex"],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            subprocess.run(
                ["pdftoppm", "-r", str(dpi), "-png", "-gray", "-singlefile", "a.pdf", "a"],
                cwd=folder,
                check=True,
            )
            picture = Image.open(Path(folder) / "a.png").convert("L")
        return with_margin(picture.crop(ImageOps.invert(picture).getbbox()))

    return make


def by_dvi(packages: str, dpi: int) -> Callable[[str], Image.Image]:
    """A maker: LaTeX, then dvipng."""

    def make(latex: str) -> Image.Image:
        with tempfile.TemporaryDirectory() as folder:
            source = (
                f"\\documentclass{{article}}\\usepackage{{amsmath,amssymb}}{packages}\\pagestyle{{empty}}"
                f"\\begin{{document}}\\noindent$\\displaystyle {latex}$\\end{{document}}"
            )
            (Path(folder) / "a.tex").write_text(source)
            subprocess.run(
                ["latex", "-interaction=batchmode", "a.tex"],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            subprocess.run(
                ["dvipng", "-q", "-T", "tight", "-D", str(dpi), "-bg", "White", "-o", "a.png", "a.dvi"],
                cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            return with_margin(Image.open(Path(folder) / "a.png"))

    return make


def by_typst(markup: str, dpi: int) -> Callable[[str], Image.Image]:
    """A maker: typst with its own mathematics, which the markup says again in typst's language."""

    def make(_latex: str) -> Image.Image:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.typ"
            path.write_text(f"#set page(width: auto, height: auto, margin: 4pt)\n$ {markup} $\n")
            typst.compile(str(path), output=str(Path(folder) / "a.png"), ppi=float(dpi))
            return Image.open(Path(folder) / "a.png").convert("L")

    return make


def dark(picture: Image.Image) -> Image.Image:
    """Light grey on nearly black, as a dark theme shows it."""
    return picture.point(lambda level: 225 - level * 195 // 255)


def faint(picture: Image.Image) -> Image.Image:
    """Grey on a tinted page."""
    return picture.point(lambda level: 120 + level * 120 // 255)


def scanned(picture: Image.Image) -> Image.Image:
    """A little turned, blurred and noisy, as a scan."""
    turned = picture.resize((picture.width * 2, picture.height * 2)).rotate(
        0.7, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    small = np.asarray(turned.resize((turned.width // 2, turned.height // 2), Image.Resampling.BOX)).astype(
        np.float32
    )
    noise = np.random.default_rng(random.Random(5).getrandbits(32)).normal(-8, 7, small.shape)
    return Image.fromarray(np.clip(small + noise, 0, 255).astype(np.uint8))


LIST: tuple[Sample, ...] = (
    Sample("01-quadratic", r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", by_pdf("", 140)),
    Sample("02-euler", r"e^{i\pi} + 1 = 0", by_dvi("", 130)),
    Sample("03-gauss-dark", r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi}", by_pdf("", 150), dark),
    Sample("04-small", r"E = mc^2", by_dvi("", 96)),
    Sample("05-matrix", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} = \frac{1}{ad - bc} \begin{pmatrix} d & -b \\ -c & a \end{pmatrix}", by_pdf("\\usepackage{lmodern}", 150)),
    Sample("06-cases", r"|x| = \begin{cases} x & \text{if } x \geq 0 \\ -x & \text{otherwise} \end{cases}", by_dvi("\\usepackage{mathpazo}", 140)),
    Sample("07-aligned", r"\begin{aligned} (a + b)^2 &= a^2 + 2ab + b^2 \\ (a - b)^2 &= a^2 - 2ab + b^2 \end{aligned}", by_pdf("", 130)),
    Sample("08-sum-times", r"\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}", by_dvi("\\usepackage{mathptmx}", 150)),
    Sample("09-maxwell-typst", r"\nabla \times \mathbf{B} = \mu_0 \mathbf{J} + \mu_0 \varepsilon_0 \frac{\partial \mathbf{E}}{\partial t}", by_typst("nabla times bold(upright(B)) = mu_0 bold(upright(J)) + mu_0 epsilon_0 (partial bold(upright(E)))/(partial t)", 150)),
    Sample("10-arithmetic", r"12 \times 7 + 36 \div 4 = 93", by_pdf("", 200)),
    Sample("11-limit-large", r"\lim_{x \to 0} \frac{\sin x}{x} = 1", by_pdf("\\usepackage{fourier}", 300)),
    Sample("12-expectation-faint", r"\mathbb{E}[X] = \sum_{i=1}^{n} x_i p_i", by_dvi("", 140), faint),
    Sample("13-sets-typst", r"A \cap (B \cup C) = (A \cap B) \cup (A \cap C)", by_typst("A inter (B union C) = (A inter B) union (A inter C)", 130)),
    Sample("14-schroedinger-scan", r"i\hbar \frac{\partial \psi}{\partial t} = \hat{H} \psi", by_pdf("", 170), scanned),
    Sample("15-gradient-sans", r"\theta_{t+1} = \theta_t - \eta \nabla L(\theta_t)", by_dvi("\\usepackage{cmbright}", 140)),
)  # fmt: skip


def main() -> None:
    """Write the pictures and their truth."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    truth = []
    for sample in LIST:
        picture = sample.after(sample.make(sample.latex))
        picture.save(SAMPLES / f"{sample.name}.png", optimize=True)
        truth.append({"file": f"{sample.name}.png", "latex": sample.latex})
        print(sample.name, picture.size)
    (SAMPLES / "truth.json").write_text(json.dumps(truth, indent=2) + "\n")


if __name__ == "__main__":
    main()
