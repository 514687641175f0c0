"""The embedded recogniser on what another typesetter draws: Typst, with rules and tables of its own."""

from pathlib import Path
from typing import Final

import pytest

from writetex_desktop.adapters.recogniser.recognizer import OfflineRecognizer
from writetex_desktop.core.latex.canonical import canonicalize
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognitionRequest, TextDelta

typst = pytest.importorskip("typst", reason="the typst wheel is not installed")

RESOURCES = Path(__file__).parents[3] / "resources"
PAGE = "#set page(width: auto, height: auto, margin: 6pt)\n#set text(11pt)\n"

DRAWN: Final = {
    "dots": (
        (
            "A = mat(a_(11), a_(12), dots.h.c, a_(1 n); dots.v, dots.v, dots.down, dots.v;"
            " a_(m 1), a_(m 2), dots.h.c, a_(m n))"
        ),
        (
            r"A = \begin{pmatrix} a_{11} & a_{12} & \cdots & a_{1n} \\ \vdots & \vdots & \ddots & \vdots \\"
            r" a_{m1} & a_{m2} & \cdots & a_{mn} \end{pmatrix}"
        ),
    ),
    "columns": (
        'mat(delim: "|", a, b, c; d, e, f; g, h, i) = a e i - c e g',
        r"\begin{vmatrix} a & b & c \\ d & e & f \\ g & h & i \end{vmatrix} = aei - ceg",
    ),
    "words after a gap in brackets": (
        "a^(phi(n)) equiv 1 quad (mod n)",
        r"a^{\varphi(n)} \equiv 1 \pmod n",
    ),
    "a minus beside a bar": (
        "E = [ - (h^2) / (2 m) nabla^2 + V ] Psi",
        r"E = \left[ - \frac{h^2}{2m} \nabla^2 + V \right] \Psi",
    ),
}


@pytest.fixture(scope="module")
def recognizer() -> OfflineRecognizer:
    return OfflineRecognizer(RESOURCES / "model")


@pytest.mark.parametrize("name", DRAWN)
async def test_what_typst_draws_is_read(recognizer: OfflineRecognizer, name: str) -> None:
    source, truth = DRAWN[name]
    picture = typst.compile(f"{PAGE}$ {source} $".encode(), format="png", ppi=120)
    request = RecognitionRequest(EncodedImage("image/png", picture, 0, 0))
    events = [event async for event in recognizer.recognize(request)]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert canonicalize(text) == canonicalize(truth)
