r"""Formulas of one symbol, for naming the glyphs of fonts: which there are and what each is to be called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.corpus.typeset import as_inline

_STYLES = ("\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle")
_WORDS = frozenset(
    (
        "\\exp",
        "\\log",
        "\\sin",
        "\\cos",
        "\\lim",
        "\\ln",
        "\\arg",
        "\\ker",
        "\\sinh",
        "\\gcd",
        "\\cosh",
        "\\max",
        "\\tan",
        "\\hom",
        "\\tanh",
        "\\cot",
        "\\arccos",
        "\\sec",
        "\\arcsin",
        "\\Pr",
        "\\min",
        "\\coth",
        "\\arctan",
        "\\csc",
        "\\lg",
        "\\det",
        "\\dim",
        "\\deg",
        "\\inf",
        "\\liminf",
        "\\limsup",
        "\\sup",
        "\\bmod",
        "\\sqrt",
        "\\ldots",
        "\\cdots",
        "\\vdots",
        "\\ddots",
        "\\\\",
        "&",
        "~",
        "}",
        "}{",
        "]{",
        "'",
        "\\'",
    )
)
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = _CAPITALS + _CAPITALS.lower()
_GREEK = (
    "\\alpha",
    "\\beta",
    "\\gamma",
    "\\delta",
    "\\epsilon",
    "\\varepsilon",
    "\\zeta",
    "\\eta",
    "\\theta",
    "\\vartheta",
    "\\iota",
    "\\kappa",
    "\\lambda",
    "\\mu",
    "\\nu",
    "\\xi",
    "\\pi",
    "\\rho",
    "\\varrho",
    "\\sigma",
    "\\varsigma",
    "\\tau",
    "\\upsilon",
    "\\phi",
    "\\varphi",
    "\\chi",
    "\\psi",
    "\\omega",
    "\\Gamma",
    "\\Delta",
    "\\Theta",
    "\\Lambda",
    "\\Xi",
    "\\Pi",
    "\\Sigma",
    "\\Upsilon",
    "\\Phi",
    "\\Psi",
    "\\Omega",
    "\\ell",
    "\\partial",
    "\\nabla",
)
_ALPHABETS = {
    "\\mathrm{": _LETTERS,
    "\\mathbf{": _LETTERS + "0123456789",
    "\\mathit{": _LETTERS,
    "\\mathcal{": _CAPITALS,
    "\\mathscr{": _CAPITALS,
    "\\mathbb{": _CAPITALS,
    "\\mathfrak{": _LETTERS,
    "\\mathsf{": _LETTERS + "0123456789",
    "\\mathtt{": _LETTERS + "0123456789",
}
_TEXT_SIGNS = ".,:;!?()[]/+="
_ACCENTS = (
    *("hat", "bar", "tilde", "dot", "ddot", "vec", "check", "mathring", "acute", "breve", "grave"),
    *("widehat", "widetilde", "overrightarrow", "overleftarrow", "underbrace", "overbrace", "dddot"),
    "overleftrightarrow",
)
_DELIMITERS = (
    *("(", ")", "[", "]", "\\{", "\\}", "|", "\\|", "\\lfloor", "\\rfloor", "\\lceil", "\\rceil"),
    *("\\langle", "\\rangle", "/"),
)
_HALF_HEIGHTS_PT = (4, 6, 8, 10, 12, 14, 16, 18, 22, 40)
_BIG = ("\\big", "\\Big", "\\bigg", "\\Bigg")


@dataclass(frozen=True, slots=True)
class Probe:
    """A formula that shows one symbol.

    Attributes:
        name: The class that its glyph gets.
        latex: The formula.
        dressed: Whether other glyphs stand beside the symbol; they are known from earlier probes.
        tall: Whether it may be built of pieces.
    """

    name: str
    latex: str
    dressed: bool = False
    tall: bool = False


def probes(words: Sequence[str]) -> Iterator[Probe]:
    """All probes; what an earlier one has named stays so named."""
    plain = [word for word in words if word not in _WORDS and "{" not in word]
    for style in _STYLES:
        for word in (*plain, "\\{", "\\}"):
            yield Probe(word, f"{style} {as_inline(word)}")
        yield Probe("'", f"{style} {{}}'")
        yield Probe("'", f"{style} {{}}^{{\\prime}}")
    for style in _STYLES:
        yield from _alphabets(style)
    for style in _STYLES[:3]:
        for accent in _ACCENTS:
            for operand in ("x", "A", "xx", "xxx", "xxxxx", "xxxxxxxxx"):
                yield Probe(f"\\{accent}{{", f"{style} \\{accent}{{{operand}}}", dressed=True)
    yield from _delimiters()


def _alphabets(style: str) -> Iterator[Probe]:
    for alphabet, letters in _ALPHABETS.items():
        for letter in letters:
            yield Probe(alphabet + letter, f"{style} {alphabet}{letter}}}")
    for sign in (*"0123456789", *_TEXT_SIGNS):
        yield Probe(sign, f"{style} \\text{{{sign}}}")
    for letter in _LETTERS:
        yield Probe("\\mathrm{" + letter, f"{style} \\text{{{letter}}}")
    for sign in (*_LETTERS, *_GREEK, *"0123456789+-=", "\\cdot", "\\times"):
        yield Probe("\\boldsymbol{" + sign, f"{style} \\boldsymbol{{{sign}}}")


def _delimiters() -> Iterator[Probe]:
    struts = [f"\\rule[-{half}pt]{{0pt}}{{{2 * half}pt}}" for half in _HALF_HEIGHTS_PT]
    for delimiter in _DELIMITERS:
        for size in _BIG:
            yield Probe(delimiter, f"{size}{delimiter}", tall=True)
        for strut in struts:
            yield Probe(delimiter, f"\\left{delimiter}{strut}\\right.", tall=True)
    for style in _STYLES:
        yield Probe("\\sqrt{", f"{style}\\sqrt{{x}}", dressed=True)
        for strut in struts:
            yield Probe("\\sqrt{", f"{style}\\sqrt{{{strut}}}", tall=True)
