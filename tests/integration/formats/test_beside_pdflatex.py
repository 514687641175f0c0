r"""Sixty formulas drawn by us and by pdfTeX: as wide, as high and as dark, within what two fonts differ.

Differences that were looked at and stay are named in `LOOKED_AT`.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

import pypdfium2
import pytest
from PIL import Image

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.exporters.raster import to_bitmap
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.formats.wrapping import formula_body

FORMULAS: Final = r"""
x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}
\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}
\int_0^1 x^2\,dx
\lim_{x\to 0} \frac{\sin x}{x} = 1
\prod_{i=1}^{n} (1+x_i)
\oint_C \mathbf{F}\cdot d\mathbf{r}
\iint_D f\,dA
\iiint_V \rho\,dV
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
\left[\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]
f(x) = \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}
\begin{aligned} a &= b + c \\ &= d \end{aligned}
\begin{gathered} a + b \\ c \end{gathered}
\begin{array}{r@{{}={}}l} a & b + c \\ dd & e \end{array}
\begin{array}{lcr} a & b & c \\ aa & bb & cc \end{array}
A'_\mu + x_i'' + p'_{ij}
{}^{14}_{6}\mathrm{C} + {}_1F_2
\binom{n}{k} = \frac{n!}{k!(n-k)!}
\sqrt[3]{x+y}
\overline{x+y} + \underline{z}
\hat{x} + \widehat{xyz} + \tilde{y} + \widetilde{abc}
\vec{v} + \overrightarrow{AB}
\dot{x} + \ddot{x} + \bar{x} + \check{x} + \breve{x} + \acute{x} + \grave{x} + \mathring{x}
\overbrace{a+b+c}^{n} + \underbrace{d+e}_{m}
\xrightarrow{f} + \xleftarrow[a]{b}
\overset{a}{=} + \underset{b}{\to} + \stackrel{c}{\sim}
\left( \frac{a}{b} \middle| \frac{c}{d} \right)
\left\{ x \mid x > 0 \right\}
\left\lfloor \frac{a}{b} \right\rfloor + \left\lceil c \right\rceil
\left\langle a, b \right\rangle + \left\| x \right\|
\left. \frac{df}{dx} \right|_{x=0}
\big( \Big( \bigg( \Bigg(
\mathbb{R} + \mathcal{L} + \mathfrak{g} + \mathbf{v} + \mathsf{T} + \mathtt{x} + \mathrm{d}
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu
\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega
a \le b \ge c \ne d \approx e \equiv f \sim g \simeq h \cong i \propto j
\in \notin \subset \subseteq \cup \cap \setminus \emptyset \forall \exists
\to \mapsto \Rightarrow \Leftrightarrow \hookrightarrow \rightharpoonup \uparrow \Downarrow
\pm \mp \times \div \cdot \ast \star \circ \bullet \oplus \otimes
\ldots + \cdots + \vdots + \ddots
\bigcup_{i} A_i + \bigcap_{i} B_i + \bigoplus_i V_i
\max_{x} f(x) + \operatorname*{argmin}_y g(y)
\text{if } x \text{ is even}
\cfrac{1}{1+\cfrac{1}{2+x}}
\dfrac{a}{b} + \tfrac{a}{b} + \frac{\frac{a}{b}}{c}
\boxed{E = mc^2}
\cancel{x} + \bcancel{y}
\not= \not\in \not\subset \nleq
\substack{a \\ b} + \sum_{\substack{i<n \\ j<m}} a_{ij}
x^{y^{z}} + x_{y_{z}} + x^{a}_{b}
\mathrlap{yyy} xxxxx
x \bmod n + a \pmod p
\nabla \times \mathbf{E} = -\frac{\partial \mathbf{B}}{\partial t}
\hbar + \ell + \wp + \Re + \Im + \aleph + \partial + \infty
\frac{d}{dx}\int_a^x f(t)\,dt = f(x)
\left(\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}\right)
\varinjlim + \varlimsup + \liminf_{n}
\prescript{14}{2}{\mathbf{C}} + \sideset{_1^2}{_3^4}\sum
""".strip().splitlines()

LOOKED_AT: Final = {
    # LaTeX leaves half a column's gap outside the outer columns of an array, and MathJax does not.
    r"\left[\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]",
    # The arrows of MathJax's font are as light as those of Computer Modern, while its letters are darker.
    r"\to \mapsto \Rightarrow \Leftrightarrow \hookrightarrow \rightharpoonup \uparrow \Downarrow",
}
"""Formulas whose box differs more than fonts do, and why that is right."""

EM_PX: Final = 60
LATEX_EM_PT: Final = 10.0
EMPTY_PT: Final = 450
"""The lower part of each page, in which nothing is: to look at it would take most of the time."""

BOX_EM: Final = 0.45
BOX_SHARE: Final = 0.06
INK_SHARE: Final = 0.25

Ink = tuple[float, float, int]
"""Width and height of the dark part in em, and how many pixels are dark."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    latex = shutil.which("pdflatex")
    if latex is None:
        pytest.skip("pdfTeX is not installed.")
    folder = tmp_path_factory.mktemp("latex")
    pages = "\n\\newpage\n".join(f"$\\displaystyle {each}$" for each in FORMULAS)
    (folder / "formulas.tex").write_text(
        "\\documentclass{article}\\usepackage{amsmath,amssymb,mathtools,cancel,array}\\pagestyle{empty}"
        f"\\begin{{document}}\\noindent\n{pages}\n\\end{{document}}",
        encoding="utf-8",
    )
    run = subprocess.run(
        [latex, "-interaction=nonstopmode", "-halt-on-error", "formulas.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (folder / "formulas.pdf").exists(), run.stdout[-2000:]
    return folder / "formulas.pdf"


@pytest.fixture(scope="module")
def renderer(qapp: object) -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


def ink(picture: Image.Image) -> Ink:
    dark = picture.convert("L").point([255 * (grey < 128) for grey in range(256)])
    box = dark.getbbox()
    assert box is not None
    left, top, right, bottom = box
    return (right - left) / EM_PX, (bottom - top) / EM_PX, dark.histogram()[255]


@pytest.mark.timeout(240)  # sixty pages, drawn and counted on a busy machine
async def test_formulas_are_as_large_and_as_dark_as_pdftex_makes_them(
    renderer: MathJaxRenderer, pdf: Path
) -> None:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == len(FORMULAS)
    pairs: dict[str, tuple[Ink, Ink]] = {}
    for page, latex in zip(document, FORMULAS, strict=True):
        theirs = ink(page.render(scale=EM_PX / LATEX_EM_PT, crop=(0, EMPTY_PT, 0, 0)).to_pil())
        bitmap = to_bitmap(await renderer.render(formula_body(latex)), EM_PX)
        ours = ink(
            Image.frombuffer("RGBX", (bitmap.width, bitmap.height), bytes(bitmap.data), "raw", "BGRX", 0, 1)
        )
        pairs[latex] = ours, theirs
    document.close()
    # MathJax's font is a darker cut of the same letters.
    darker = median(ours[2] / theirs[2] for ours, theirs in pairs.values())
    other = {
        latex: pair
        for latex, pair in pairs.items()
        if not is_alike(*pair, darker=darker) and latex not in LOOKED_AT
    }
    assert other == {}


def is_alike(ours: Ink, theirs: Ink, *, darker: float) -> bool:
    sides = zip(ours[:2], theirs[:2], strict=True)
    is_as_large = all(abs(one - two) <= BOX_EM + BOX_SHARE * two for one, two in sides)
    return is_as_large and abs(ours[2] / darker - theirs[2]) <= INK_SHARE * theirs[2]
