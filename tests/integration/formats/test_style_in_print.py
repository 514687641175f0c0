"""The one style prints what the source printed before."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.latex.style import normalise_style

CORPUS = Path(__file__).parents[2] / "data" / "render-corpus.json"
OWN = (
    r"\int_{0}^{1} f ( x ) \, d x",
    r"\operatorname{sin} x + \mathrm{log}y",
    r"\left ( \frac { a } { b } \right ) ^ { 2 }",
    r"\begin{array} { c | c } 1 & 2 \\ [ 2 ] & 4 \\[2pt] 5 & 6 \end{array}",
    r"x _ { 1 } 2 ^ { n } y ' _ { k }",
)


PLACELESS = ("}mrow", "}mspace", "}mstyle", "}TeXAtom", "}mpadded", "}mn", "}mo", "}mi")


def said(mathml: str) -> tuple[list[str], str]:
    """What places something, in order, and all that is to be read; no spacing and no forms of letters.

    `1 1` and `11` are the same: print has never put a blank between digits.
    """
    elements = list(ET.fromstring(mathml).iter())
    places = [each.tag.rpartition("}")[2] for each in elements if not each.tag.endswith(PLACELESS)]
    return places, "".join((each.text or "").strip() for each in elements).replace("\u2061", "")


async def test_the_corpus_reads_the_same_in_style() -> None:
    renderer = MathJaxRenderer(resource_dir())
    entries = json.loads(CORPUS.read_text("utf-8"))
    sources = [*OWN, *(each["latex"] for each in entries if each["group"] not in {"partial", "hostile"})]
    changed = 0
    try:
        for latex in sources:
            styled = normalise_style(latex)
            try:
                before = await renderer.mathml(latex)
            except RenderError:
                continue
            changed += styled != latex
            assert said(await renderer.mathml(styled)) == said(before), latex
    finally:
        renderer.close()
    assert changed > 50
