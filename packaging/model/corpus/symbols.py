r"""Names every glyph of every font by the LaTeX that draws it: `x`, `\mathbf{B`, `\sum`, the top of a brace.

`python -m model.corpus.symbols` sets *probes*, formulas of one symbol, in every font and style, and writes
`symbols.json`: the classes, and what each code of each TeX font means. What looks alike in two fonts gets one
class, whatever the fonts call their glyphs; that is what the detector learns to see. Two minutes.
"""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from model.corpus.dvi import SP_PER_PT, Page, parse_dvi
from model.corpus.faces import FACES, UNSEEN_FACES
from model.corpus.fonts import FontFile, FontMap
from model.corpus.probes import Probe, probes
from model.corpus.typeset import Job, run_latex
from model.drawing.raster import Face, Outlines
from model.paths import FONTS, SYMBOLS, VOCABULARY

RULE_ENDS = ("rule<", "rule>", "rule^", "rule_")
"""Classes of the ends of rules: left, right, top, bottom."""

DROPPED = "extension"
"""Class of the pieces that only make a tall delimiter taller; they are nobody's business."""

BAR = "bar"
"""Suffix of the class of a piece that makes a tall bar by being repeated."""

TOUCHING_EM = 0.03
"""Gap, in ems, up to which the glyphs of one symbol count as one sign."""


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
