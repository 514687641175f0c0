"""Each format read back by a reader of others, and compared with what the formula shows."""

import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tests.asciimath_reader import AsciiMathReader
from tests.mathml_shape import Shape, parts_of, shape
from tests.omml_reader import mathml_of
from tests.typst_reader import TypstReader
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.formats.asciimath.text import to_asciimath
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.rebuilding import rebuilt
from writetex_desktop.core.formats.mathml.tree import Enclosed, Node, nodes_of
from writetex_desktop.core.formats.mathml.word import for_word
from writetex_desktop.core.formats.omml.text import to_omml
from writetex_desktop.core.formats.typst.text import to_typst
from writetex_desktop.core.formats.unicode import to_unicode
from writetex_desktop.core.formats.wrapping import formula_body

_GROUPING: Final = frozenset("()[]{}/^_,")
"""Signs that plain text groups by."""

_MARKS: Final = frozenset("→←↔¨¯―~˙^ˇ˘˚´`⃛_")
"""Accents, each an operator above or below something in MathML and a part of a letter in plain text."""

_EQUILIBRIA: Final = {"−⇀↽−": "⇌", "⇀↽": "⇌"}
_ALIKE: Final = str.maketrans(
    {"∥": "‖", "∣": "|", "-": "−", "·": "⋅", "°": "∘", "∛": "√", "∜": "√", "⏞": "", "⏟": "", "▭": ""}
)

WRITERS: Final = {"typst": to_typst, "omml": to_omml, "asciimath": to_asciimath}


@dataclass(slots=True)
class Verdict:
    """How a format did.

    Attributes:
        offered: How many formulas it carried.
        refused: How many it refused, with a sentence.
        other: The formulas that came back as another one, with what was written.
    """

    offered: int = 0
    refused: int = 0
    other: dict[str, str] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The part of the formulas that came back as another one."""
        return len(self.other) / max(1, self.offered)


async def judge(renderer: MathJaxRenderer, formulas: Iterable[str]) -> dict[str, Verdict]:
    """Write formulas in each format, read them back and compare; what cannot be parsed is left out."""
    verdicts = {name: Verdict() for name in (*WRITERS, "word", "unicode")}
    written: dict[str, list[tuple[str, str, Shape]]] = {name: [] for name in WRITERS}
    for latex in formulas:
        try:
            mathml = await renderer.mathml(formula_body(latex))
        except WriteTexError:
            continue
        meant, tree = shape(mathml), read_mathml(mathml)
        for name in WRITERS:
            source = _write(name, tree)
            if source is None:
                verdicts[name].refused += 1
            else:
                written[name].append((latex, source, meant))
        _compare_signs(verdicts["unicode"], latex, mathml, tree)
        _compare_whole(verdicts["word"], latex, for_word(mathml), meant)
    asciimath = AsciiMathReader()
    _compare(verdicts["omml"], written["omml"], [mathml_of(source) for _, source, _ in written["omml"]])
    _compare(
        verdicts["asciimath"],
        written["asciimath"],
        [asciimath.mathml(source) for _, source, _ in written["asciimath"]],
    )
    typst = TypstReader()
    sources = [source for _, source, _ in written["typst"]]
    read = [each for at in range(0, len(sources), 50) for each in typst.mathml(sources[at : at + 50])]
    _compare(verdicts["typst"], written["typst"], read)
    return verdicts


def _without_lines(each: Shape) -> Shape:
    match each:
        case ("over" | "under", body, "¯") | ("enclosed", _, body):
            return _without_lines(body)
        case ("row", *parts):
            opened = (part for whole in map(_without_lines, parts) for part in parts_of(whole))
            return ("row", *opened)
        case "fraktur:I" | "fraktur:R":
            return {"fraktur:I": "ℑ", "fraktur:R": "ℜ"}[each]
        case tuple():
            return tuple(map(_without_lines, each))
        case _:
            return each


def _write(name: str, tree: Node) -> str | None:
    try:
        # A box holds a page of its own for Typst's compiler, which it does not write into the formula.
        return WRITERS[name](rebuilt(tree, _without_boxes) if name == "typst" else tree)
    except WriteTexError:
        return None


def _compare(verdict: Verdict, written: list[tuple[str, str, Shape]], read: list[str]) -> None:
    verdict.offered = len(written)
    for (latex, source, meant), mathml in zip(written, read, strict=True):
        if not mathml or not _is_same(shape(mathml), meant):
            verdict.other[latex] = source


def _without_boxes(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    opened = (
        nodes_of(node.body) if isinstance(node, Enclosed) and node.notations == {"box"} else (node,)
        for node in nodes
    )
    return tuple(part for parts in opened for part in parts)


def _is_same(read: Shape, meant: Shape) -> bool:
    """Whether two shapes are one, but for lines and frames: the pages of Typst's compiler leave them out."""
    return read == meant or _without_lines(read) == _without_lines(_of_one_line(meant))


def _compare_whole(verdict: Verdict, latex: str, mathml: str, meant: Shape) -> None:
    verdict.offered += 1
    if shape(mathml) != meant:
        verdict.other[latex] = mathml


def _compare_signs(verdict: Verdict, latex: str, mathml: str, tree: Node) -> None:
    """See whether plain text has the letters, digits and signs of the formula, none lost and none put in."""
    try:
        written = to_unicode(tree)
    except WriteTexError:
        verdict.refused += 1
        return
    verdict.offered += 1
    root = ET.fromstring(_without_phantoms(mathml))
    shown = "".join(root.itertext())
    roots = sum(element.tag.endswith(("msqrt", "mroot")) for element in root.iter())
    marks = Counter(
        element[-1].text or ""
        for element in root.iter()
        if element.tag.endswith(("mover", "munder")) and (element[-1].text or "") in _MARKS
    )
    signs = _signs(shown + "√" * roots)
    if _letters(written) != _letters(shown) or _signs(written) != signs - marks:
        verdict.other[latex] = written


def _without_phantoms(mathml: str) -> str:
    root = ET.fromstring(mathml)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith("mphantom"):
                parent.remove(child)
    return ET.tostring(root, encoding="unicode")


def _letters(text: str) -> Counter[str]:
    text = text.translate({0x221B: "3√", 0x221C: "4√", 0x1D45: "α"})
    # Unicode's raised alpha is a Latin one, which nobody sees; an accent, as ˇ, counts among its letters.
    plain = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) != "Lm")
    return Counter(sign for sign in plain if sign.isalnum())


def _signs(text: str) -> Counter[str]:
    """Count what is no letter, but for marks above letters and for what plain text itself groups by."""
    text = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    for arrows, sign in _EQUILIBRIA.items():
        text = text.replace(arrows, sign)
    kinds = {"Mn", "Lm", "Sk", "Cf", "Cc"}
    return Counter(
        sign
        for sign in text
        if not (sign.isalnum() or sign.isspace() or sign in _GROUPING or unicodedata.category(sign) in kinds)
    )


def _of_one_line(whole: Shape) -> Shape:
    """Give the cells side by side where a formula is one line with marks of alignment, which nobody sees."""
    match whole:
        case ("table", tuple(cells)):
            return ("row", *(part for cell in cells for part in parts_of(cell)))
        case _:
            return whole
