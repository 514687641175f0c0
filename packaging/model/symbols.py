r"""Names every glyph of every font by the LaTeX that draws it: `x`, `\mathbf{B`, `\sum`, the top of a brace.

`python -m model.symbols` sets *probes*, formulas of one symbol, in every font and style, and writes
`symbols.json`: the classes, and what each code of each TeX font means. What looks alike in two fonts gets one
class, whatever the fonts call their glyphs; that is what the detector learns to see. Two minutes.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from model.dvi import SP_PER_PT, Page, parse_dvi
from model.fonts import FontFile, FontMap
from model.paths import FONTS, SYMBOLS, VOCABULARY
from model.raster import Face, Outlines
from model.typeset import FACES, UNSEEN_FACES, Job, run_latex

RULE_ENDS = ("rule<", "rule>", "rule^", "rule_")
"""Classes of the ends of rules: left, right, top, bottom."""

DROPPED = "extension"
"""Class of the pieces that only make a tall delimiter taller; they are nobody's business."""

BAR = "bar"
"""Suffix of the class of a piece that makes a tall bar by being repeated."""

TOUCHING_EM = 0.03
"""Gap, in ems, up to which the glyphs of one symbol count as one sign."""

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
    *("widehat", "widetilde", "overrightarrow", "overleftarrow", "underbrace", "overbrace"),
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


@dataclass(frozen=True, slots=True)
class Sign:
    """A glyph in a probe: TeX's font and code, origin and box in points, size of the font."""

    key: tuple[str, int]
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float


@dataclass(slots=True)
class Names:
    """What is known of one font family's glyphs.

    Attributes:
        glyphs: Class by font and code.
        clusters: Symbols of several glyphs that touch: fonts and codes, where each stands from the first in
            ems, and the class.
    """

    glyphs: dict[tuple[str, int], str] = field(default_factory=dict)
    clusters: dict[tuple[tuple[str, int], ...], tuple[list[tuple[float, float]], str]] = field(
        default_factory=dict
    )


def probes(words: Sequence[str]) -> Iterator[Probe]:
    """All probes; what an earlier one has named stays so named."""
    plain = [word for word in words if word not in _WORDS and "{" not in word]
    for style in _STYLES:
        for word in (*plain, "\\{", "\\}"):
            yield Probe(word, f"{style} {word}")
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


def names_of(packages: str, wanted: Sequence[Probe]) -> Names:
    """Name the glyphs of one family."""
    fonts, outlines, names = FontMap(), Outlines(FONTS), Names()
    for probe, signs in zip(wanted, _set(packages, wanted, fonts, outlines), strict=True):
        if signs:
            _learn(probe, signs, names)
    return names


def _set(packages: str, wanted: Sequence[Probe], fonts: FontMap, outlines: Outlines) -> list[list[Sign]]:
    """What each probe draws; nothing where TeX or its tools find a fault."""
    job = Job("probes", packages, [probe.latex for probe in wanted], list(range(len(wanted))))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad = run_latex(job, folder)
        copied = subprocess.run(["dvicopy", "a.dvi", "b.dvi"], cwd=folder, capture_output=True, check=False)
        if copied.returncode:  # a virtual font that it cannot read: find the probes that use it
            if len(wanted) == 1:
                return [[]]
            half = len(wanted) // 2
            return _set(packages, wanted[:half], fonts, outlines) + _set(
                packages, wanted[half:], fonts, outlines
            )
        document = parse_dvi((folder / "b.dvi").read_bytes(), fonts.tfm)
    files = {
        number: (fonts.resolve(use.name, FONTS), use.size_sp / SP_PER_PT)
        for number, use in document.fonts.items()
    }
    signs: list[list[Sign]] = [[] for _ in wanted]
    for page in document.pages:
        if page.number - 1 not in bad and all(files[font][0] for font, *_ in page.glyphs):
            signs[page.number - 1] = _signs(page, files, outlines)
    return signs


def _signs(page: Page, files: dict[int, tuple[FontFile | None, float]], outlines: Outlines) -> list[Sign]:
    signs = []
    for font, code, x, y in page.glyphs:
        file, size = files[font]
        assert file is not None
        face = Face(file.program, size, file.slant, file.extend, file.encoding)
        box = outlines.box(face, code)
        if box is not None:
            left, top = x / SP_PER_PT, y / SP_PER_PT
            placed = (left + box[0] * size, top + box[1] * size, left + box[2] * size, top + box[3] * size)
            signs.append(Sign((file.name, code), left, top, placed, size))
    return signs


def _learn(probe: Probe, signs: list[Sign], names: Names) -> None:
    new = [sign for sign in signs if sign.key not in names.glyphs]
    if probe.tall and len(signs) > 1:
        _learn_pieces(probe.name, signs, names)
    elif len(signs) == 1 and new:
        names.glyphs[signs[0].key] = probe.name
    elif probe.dressed:
        for place, key in enumerate(dict.fromkeys(sign.key for sign in new)):
            names.glyphs[key] = probe.name if not place else f"{probe.name}#{place}"
    elif len(signs) > 1 and _touching(signs):
        first = signs[0]
        offsets = [((sign.x - first.x) / first.size, (sign.y - first.y) / first.size) for sign in signs]
        names.clusters.setdefault(tuple(sign.key for sign in signs), (offsets, probe.name))


def _learn_pieces(name: str, signs: list[Sign], names: Names) -> None:
    """A tall delimiter: its ends, its middle, and what is repeated between."""
    ordered = sorted(signs, key=lambda sign: sign.box[1])
    keys = [sign.key for sign in ordered]
    if len(set(keys)) == 1:
        names.glyphs.setdefault(keys[0], name + BAR)
        return
    ends = {keys[0]: name + "^", keys[-1]: name + "_"}
    for key in dict.fromkeys(keys):
        repeated = keys.count(key) > 1 or (len(set(keys)) == 3 and len(keys) == 3 and "{" not in name)
        middle = DROPPED if repeated or name[-1] not in "{}" or "sqrt" in name else name + "~"
        names.glyphs.setdefault(key, ends.get(key, middle))


def _touching(signs: list[Sign]) -> bool:
    """Whether the signs make one blot."""
    ordered = sorted(signs, key=lambda sign: sign.box[0])
    right = ordered[0].box[2]
    for sign in ordered[1:]:
        if sign.box[0] > right + TOUCHING_EM * sign.size:
            return False
        right = max(right, sign.box[2])
    return True


def _family(packages: str) -> Names:
    return names_of(packages, list(probes(json.loads(VOCABULARY.read_text()))))


def main() -> None:
    """Name the glyphs of every font."""
    families = [packages for _, packages in FACES.values()] + list(UNSEEN_FACES.values())
    glyphs: dict[str, dict[str, str]] = {}
    clusters: list[dict[str, object]] = []
    with ProcessPoolExecutor(2) as pool:
        for names in pool.map(_family, families):
            for (font, code), name in names.glyphs.items():
                glyphs.setdefault(font, {}).setdefault(str(code), name)
            clusters += [
                {"signs": signs, "offsets": offsets, "name": name}
                for signs, (offsets, name) in names.clusters.items()
            ]
    found = {name for codes in glyphs.values() for name in codes.values()} | {
        str(item["name"]) for item in clusters
    }
    SYMBOLS.write_text(json.dumps({"glyphs": glyphs, "clusters": clusters}, indent=0))
    print(f"{len(found)} classes, {len(clusters)} clusters, {sum(map(len, glyphs.values()))} glyphs")


if __name__ == "__main__":
    main()
