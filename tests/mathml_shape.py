"""What a formula in MathML shows, however it was put: for comparing two that different programs wrote.

Left out is what does not change the formula: sizes, spacing, colours, how far a bracket is said to reach, and
which of several signs that look alike was taken.
"""

import re
import xml.etree.ElementTree as ET
from typing import Final

Shape = str | tuple["Shape", ...]
"""A sign, number or word, with its face before a colon, or a construct: its name and its parts.

A `row` holds what stands side by side; it is never within a row, and never holds one part alone.
"""

EMPTY: Final = ("row",)

_ALIKE: Final = str.maketrans(
    "\u2329\u232a\u3008\u3009∣∥-·⟹⟸⟺⟶⟵⟷⟼∖ɛϵˆ˜‾―ˉ⌢\u0332˙_", "⟨⟩⟨⟩|‖−⋅⇒⇐⇔→←↔↦\\εε^~¯¯¯⏜¯.¯"
)
_PIECES: Final = re.compile(r"\d+(?:\.\d+)*|[A-Za-z]{2,}|[^\s\u2000-\u200b\u2061-\u2064]")
_LETTERS: Final = re.compile(r"[^\s\u2000-\u200b\u2061-\u2064]")
_FACES_OF_LETTERS: Final = frozenset({"double-struck", "script", "fraktur"})
"""Faces in which a word is several letters."""

_FACES: Final = {
    "bold-italic": "bold",
    "-tex-calligraphic": "script",
    "-tex-oldstyle": "",
    "italic": "",
    "-tex-mathit": "",
}
_ONE_SIGN_BY_NATURE: Final = {"″": "′′", "‴": "′′′", "¨": "..", "∬": "∫∫", "∭": "∫∫∫", "…": "..."}
_EQUILIBRIA: Final[dict[tuple[tuple[Shape, ...], ...], Shape]] = {
    (("−", "⇀"), ("↽", "−")): "⇌",
    (("−", "⇀"), ("↽",)): "⥂",
    (("⇀",), ("↽", "−")): "⥄",
}
"""The arrows that mhchem puts together from two, the upper one first."""

_MOVING: Final = frozenset("∑∏∐⋃⋂⨁⨂⋁⋀⨄⨆⨀") | {"lim", "max", "min"}


def shape(mathml: str) -> Shape:
    """Give what a `math` element shows."""
    return _row(ET.fromstring(mathml), "")


def _row(element: ET.Element, face: str) -> Shape:
    face = element.get("mathvariant", face)
    return _side_by_side([_shape(child, face) for child in element])


def _side_by_side(shapes: list[Shape]) -> Shape:
    parts: list[Shape] = []
    for part in (part for each in shapes for part in parts_of(each)):
        match (parts[-1:], part):
            # Scripts without a base, as of isotopes and of chemistry, are seen at the sign before them.
            case ([str() as base], ("scripts", ("row",), sub, sup)):
                parts[-1:] = parts_of(_scripts(base, sub, sup))
            case ([("scripts", base, sub, ("row",))], ("scripts", ("row",), ("row",), sup)):
                parts[-1:] = parts_of(_scripts(base, sub, sup))
            # A prime is a raised sign wherever it stands.
            # Or at the scripts before them, as those of tensors.
            case ([("scripts", base, _, _)], ("scripts", ("row",), sub, sup)) if base != EMPTY:
                is_primed = sub == EMPTY and set(parts_of(sup)) == {"′"}
                parts[-1:] = [parts[-1], *parts_of(sup)] if is_primed else [_scripts(parts[-1], sub, sup)]
            case ([*_], ("scripts", base, ("row",), sup)) if base != EMPTY and set(parts_of(sup)) == {"′"}:
                parts += [*parts_of(base), *parts_of(sup)]
            case _:
                parts.append(part)
    return parts[0] if len(parts) == 1 else ("row", *parts)


def parts_of(each: Shape) -> tuple[Shape, ...]:
    """Give what stands side by side in a shape."""
    return each[1:] if isinstance(each, tuple) and each[0] == "row" else (each,)


def _shape(element: ET.Element, face: str) -> Shape:  # noqa: PLR0911 - one case a kind of element
    name = element.tag.rpartition("}")[2]
    match name:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return _token(element, face, is_text=name == "mtext")
        case "mspace" | "mphantom" | "none":
            return EMPTY
        case "mfrac":
            top, bottom = (_row_of(child, face) for child in element)
            is_stack = element.get("linethickness", "1")[0] == "0"
            return ("table", (top,), (bottom,)) if is_stack else ("fraction", top, bottom)
        case "msqrt":
            return ("root", _row(element, face))
        case "mroot":
            return ("root", *(_row_of(child, face) for child in element))
        case "menclose":
            return ("enclosed", element.get("notation", "longdiv"), _row(element, face))
        case "mtable":
            return _table([_cells([_row(cell, face) for cell in row]) for row in element])
        case "mmultiscripts":
            return _corners(element, face)
        case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
            base, *others = (_row_of(child, face) for child in element)
            below = others[0] if name[1:].startswith(("sub", "under")) else EMPTY
            above = others[-1] if name.endswith(("sup", "over")) else EMPTY
            return _scripts(base, below, above) if name.startswith("ms") else _limits(base, below, above)
        case _:
            return _row(element, face)


def _row_of(element: ET.Element, face: str) -> Shape:
    return _side_by_side([_shape(element, face)])


def _token(element: ET.Element, face: str, *, is_text: bool) -> Shape:
    face = element.get("mathvariant", face) or ("normal" if is_text else "")
    face = _FACES.get(face, face)
    text = "".join(element.itertext()).translate(_ALIKE)
    for sign, several in _ONE_SIGN_BY_NATURE.items():
        text = text.replace(sign, several)
    pieces = _LETTERS.findall(text) if face in _FACES_OF_LETTERS else _PIECES.findall(text)
    return _side_by_side([_with_face(piece, face) for piece in pieces])


def _with_face(piece: str, face: str) -> str:
    """Write the face before a piece; upright is a face only for single letters, which otherwise slant."""
    is_letter = len(piece) == 1 and piece.isascii() and piece.isalpha()
    return f"{face}:{piece}" if piece.isalnum() and face and (face != "normal" or is_letter) else piece


def _scripts(base: Shape, sub: Shape, sup: Shape) -> Shape:
    """Put scripts at the last sign of the base, where they are seen."""
    if (sub, sup) == (EMPTY, EMPTY):
        return base
    *before, last = parts_of(base) or (EMPTY,)
    return _side_by_side([*before, ("scripts", last, sub, sup)])


def _limits(base: Shape, under: Shape, over: Shape) -> Shape:
    if base in _MOVING:
        return _scripts(base, under, over)
    if (parts_of(over), parts_of(base)) in _EQUILIBRIA:
        return _EQUILIBRIA[parts_of(over), parts_of(base)]
    if base[0] == "scripts" and base[1] in _MOVING and base[3] == under == EMPTY:
        return _scripts(base[1], base[2], over)
    if under != EMPTY:
        base = ("under", base, under)
    return ("over", base, over) if over != EMPTY else base


def _corners(element: ET.Element, face: str) -> Shape:
    parts = [_row_of(child, face) for child in element]
    tags = [child.tag.rpartition("}")[2] for child in element]
    cut = tags.index("mprescripts") if "mprescripts" in tags else len(parts)
    before, after = parts[cut + 1 :], parts[1:cut]
    left = _scripts(EMPTY, *before) if before else EMPTY
    return _side_by_side([left, _scripts(parts[0], *after) if after else parts[0]])


def _table(rows: list[tuple[Shape, ...]]) -> Shape:
    return rows[0][0] if [len(row) for row in rows] == [1] else ("table", *rows) if any(rows) else EMPTY


def _cells(cells: list[Shape]) -> tuple[Shape, ...]:
    """Leave out the empty cells at the end of a row, by which some programs make all rows equally long."""
    while len(cells) > 1 and cells[-1] == EMPTY:
        cells.pop()
    return tuple(cells)
