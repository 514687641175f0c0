"""Presentation MathML read into the tree of `tree`.

What is only looks (sizes, padding, phantoms) is left out, but for colours; rows of one are that one.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.mathml.painting import in_colours_of
from writetex_desktop.core.formats.mathml.tree import (
    CLOSING,
    EMPTY,
    OPENING,
    Enclosed,
    Fraction,
    Limits,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Rules,
    Scripts,
    Space,
    Table,
    Text,
    Word,
    is_fenced,
    nodes_of,
)
from writetex_desktop.core.language.words import mark, tr, tr_marked

_EQUILIBRIA: Final = {("−⇀", "↽−"): "⇌", ("−⇀", "↽"): "⥂", ("⇀", "↽−"): "⥄"}
"""The arrows that mhchem puts together from two, the upper one first."""

_IN_CHEMISTRY: Final = Row((), is_pair=True)
"""The base that mhchem puts: a letter that is not seen, in the place of the bracket before it."""

_PLAIN_DIGITS: Final = frozenset({"", "normal", "italic", "-tex-mathit", "-tex-oldstyle"})

_FENCES: Final = (OPENING | CLOSING | frozenset("|‖⟮⟯⎰⎱")) - {""}
"""What MathML stretches without being told."""

TEX_VARIANT: Final = "data-mjx-variant"
"""MathJax's attribute for a face that MathML has no name for, such as `-tex-calligraphic`."""

RULE: Final = "rule"
"""The notation of a drawn rule, within which nothing is; no form has one of that name: it is refused."""

_REMEDY: Final = mark("Choose another format.")
_ACCENTS: Final = frozenset("ˇˆ˜˘˙¨¯")
_BASE_AND_PAIR: Final = 3

_LENGTH = re.compile(r"\A([-+]?[\d.]+)(em|ex|pt|pc|px|mm|cm|in)\Z")
_EM_OF: Final = {
    "em": 1.0,
    "ex": 0.43,
    "pt": 0.1,
    "pc": 1.2,
    "px": 0.075,
    "mm": 0.285,
    "cm": 2.85,
    "in": 7.2,
}
"""Units of length in text of 10 points."""


def read_mathml(markup: str) -> Node:
    """Read the `math` element that a `FormulaRenderer` gives.

    Raises:
        ConversionError: It holds what no text form can carry.
    """
    root = ET.fromstring(markup)  # noqa: S314 - our own renderer wrote it
    return in_colours_of(_row(root), root)


def _row(element: ET.Element) -> Node:
    nodes = _flat(_joined(_read(child) for child in element))
    if len(nodes) == 1:
        return nodes[0]
    return Row(nodes, is_pair=element.tag.endswith("mrow") and _is_pair(nodes))


def _is_pair(nodes: tuple[Node, ...]) -> bool:
    r"""Whether the ends of a row are what `\left` and `\right` make."""
    match nodes:
        case (Operator(_, True), *_, Operator(_, True)):
            return True
        case _:
            return False


def _flat(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Open groups that are no pair of brackets: they only grouped what was typed."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, Row) and not is_fenced(node):
            flat += node.nodes
        else:
            flat.append(node)
    return tuple(flat)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Give scripts without a base to what stands before them, as in chemistry, or else to what is behind."""
    waiting = [node for node in nodes if node != Space(0)]
    joined: list[Node] = []
    for at, node in enumerate(waiting):
        before = joined[-1] if joined else None
        behind = waiting[at + 1] if at + 1 < len(waiting) else None
        match before, node:
            case _, Scripts(Row(()), Number(), None, None, None) if _is_series(behind):
                joined.append(node)
            case Word() | Number() as base, Scripts(Row(()), sub, sup, None, None):
                joined[-1] = Scripts(base, sub, sup)
            case Scripts(base, sub, None, None, None), Scripts(Row(()), None, sup, None, None) if (
                base != EMPTY
            ):
                joined[-1] = Scripts(base, sub, sup)
            case Scripts(base) as scripted, Scripts(Row(()), sub, sup, None, None) if base != EMPTY:
                # Indices of a tensor, one behind the other.
                joined[-1] = Scripts(scripted, sub, sup)
            case Operator(sign) as bracket, Scripts(Row((), True), sub, sup, None, None) if sign in CLOSING:
                joined[-1] = Scripts(bracket, sub, sup)
            case (
                Scripts(Row(()), sub, sup, None, None),
                Word() | Number() | Text() | Scripts(Word() | Number() | Text(), _, _, None, None),
            ):
                joined[-1] = _with_corners(node, sub, sup)
            case _:
                joined.append(node)
    return joined


def _is_series(node: Node | None) -> bool:
    """Whether it is the letter of a hypergeometric series, whose first number stands before it."""
    match node:
        case Scripts(Word(), Number(), None, None, None):
            return True
        case _:
            return False


def _with_corners(node: Node, pre_sub: Node | None, pre_sup: Node | None) -> Scripts:
    """Put scripts before a sign that has none there yet."""
    match node:
        case Scripts(base, sub, sup, None, None):
            return Scripts(base, sub, sup, pre_sub, pre_sup)
        case _:
            return Scripts(node, None, None, pre_sub, pre_sup)


def _read(element: ET.Element) -> Node:
    return in_colours_of(_uncoloured(element), element)


def _uncoloured(element: ET.Element) -> Node:  # noqa: PLR0911 - one case a kind of element
    name = element.tag.rpartition("}")[2]
    match name:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return _token(name, element)
        case "mspace":
            return _space(element)
        case "mfrac":
            top, bottom = _parts(element)
            return Fraction(top, bottom, has_bar=not _is_nothing(element.get("linethickness", "1")))
        case "msqrt":
            return Root(_row(element))
        case "mroot":
            body, index = _parts(element)
            return Root(body, index)
        case "mtable":
            return _table(element)
        case "menclose":
            return Enclosed(frozenset(element.get("notation", "longdiv").split()), _row(element))
        case "mphantom":
            return Space(0)
        case _ if name.startswith(("msu", "mund", "mov", "mmul")):
            return _scripts(name, element)
        case _:
            return _row(element)


def _space(element: ET.Element) -> Node:
    width = _em(element.get("width", "0"))
    # What the command rule draws is a space with a background; one without width only keeps room.
    is_high = any(map(_is_some, (element.get("height", "1em"), element.get("depth", "0"))))
    if _is_some(element.get("width", "0")) and is_high and element.get("mathbackground"):
        return Enclosed(frozenset({RULE}), EMPTY)
    return Space(width)


def _token(name: str, element: ET.Element) -> Node:
    # What parts the words of a name such as "lim sup" is a thin blank.
    text = "".join(element.itertext()).replace("\u2006", " ")
    variant = element.get(TEX_VARIANT, element.get("mathvariant", ""))
    if name == "mo":
        sign = text.strip()
        return Operator(sign, _grows(sign, element))
    if name == "mn":
        return Number(text.strip()) if variant in _PLAIN_DIGITS else Word(text.strip(), variant)
    if name == "mi":
        return Word(text.strip(), variant) if text.strip() else EMPTY
    return Text(text.replace("\xa0", " "), variant) if text.strip("\xa0 ") else Space(0.25 * len(text))


def _grows(sign: str, element: ET.Element) -> bool:
    """Whether an operator is stretched: brackets are unless it is denied, other signs where it is said."""
    stretchy = element.get("stretchy", "true" if "fence" in element.attrib else "")
    return "minsize" not in element.attrib and (stretchy == "true" or (sign in _FENCES and not stretchy))


def _scripts(name: str, element: ET.Element) -> Node:
    if name == "mmultiscripts":
        return _corners(element)
    parts = _parts(element)
    if not name.startswith("ms"):
        return _limits(name, parts)
    base = EMPTY if isinstance(parts[0], Space) else parts[0]
    if base == EMPTY and any(each.tag.endswith("mphantom") for each in element[0].iter()):
        base = _IN_CHEMISTRY
    sub = _script(element[1]) if name.startswith("msub") else None
    sup = _script(element[-1]) if name.endswith("sup") else None
    return Scripts(base, sub, sup) if sub or sup else base


def _limits(name: str, parts: tuple[Node, ...]) -> Node:
    below = _above_or_below(parts[1]) if name.startswith("munder") else None
    above = _above_or_below(parts[-1]) if name.endswith("over") else None
    arrows = _signs(above), _signs(parts[0])
    if below is None and arrows in _EQUILIBRIA:
        return Operator(_EQUILIBRIA[arrows])
    return Limits(parts[0], below, above) if below or above else parts[0]


def _signs(node: Node | None) -> str:
    return "".join(each.text for each in nodes_of(node or EMPTY) if isinstance(each, Operator))


def _above_or_below(part: Node) -> Node | None:
    """What stands above or below; None when it only keeps room."""
    match part:
        case Text(accent) if accent in _ACCENTS:
            return Operator(accent)
        case Space():
            return None
        case _:
            return None if part == EMPTY else part


def _corners(element: ET.Element) -> Node:
    names = [child.tag.rpartition("}")[2] for child in element]
    if "mprescripts" not in names:
        raise ConversionError(
            tr("Several scripts at one base cannot be written in this form."), tr_marked(_REMEDY)
        )
    cut = names.index("mprescripts")
    if max(cut, len(names) - cut) > _BASE_AND_PAIR:
        raise ConversionError(
            tr("Several scripts at one base cannot be written in this form."), tr_marked(_REMEDY)
        )
    after = [_script(child) for child in element[1:cut]] + [None, None]
    before = [_script(child) for child in element[cut + 1 :]] + [None, None]
    return Scripts(_read(element[0]), after[0], after[1], before[0], before[1])


def _script(element: ET.Element) -> Node | None:
    node = None if element.tag.endswith("none") else _read(element)
    return None if node == EMPTY or isinstance(node, Space) else node


def _parts(element: ET.Element) -> tuple[Node, ...]:
    return tuple(_read(child) for child in element)


def _table(element: ET.Element) -> Node:
    rows = tuple(tuple(map(_cell, row)) or (EMPTY,) for row in element)
    if not rows:
        return EMPTY
    aligned = element.get("columnalign", "").split()
    rules = _rules(element, rows)
    # Derivations are the tables in display style, but for dcases (aligned left) and diagrams (5pt).
    is_lines = (
        element.get("displaystyle") == "true"
        and aligned[:1] != ["left"]
        and element.get("columnspacing") != "5pt"
    )
    return Table(rows, is_lines and rules is None, rules, tuple(_sides(aligned, rows)))


def _cell(element: ET.Element) -> Node:
    return in_colours_of(_row(element), element)


def _sides(aligned: list[str], rows: tuple[tuple[Node, ...], ...]) -> Iterable[str]:
    """How each column is set; the last word stands for all that follow."""
    for at in range(max(len(row) for row in rows)):
        side = aligned[min(at, len(aligned) - 1)] if aligned else "center"
        yield side if side in {"left", "right"} else "center"


def _rules(element: ET.Element, rows: tuple[tuple[Node, ...], ...]) -> Rules | None:
    columns, levels = (element.get(name, "none").split() for name in ("columnlines", "rowlines"))
    frame = element.get("frame", "none")
    rules = Rules(
        _drawn(columns, max(len(row) for row in rows)),
        _drawn(levels, len(rows)),
        frame not in {"", "none"},
        "dashed" in {*columns, *levels, frame},
    )
    return rules if rules.columns or rules.rows or rules.is_framed else None


def _drawn(lines: list[str], count: int) -> tuple[int, ...]:
    """After which of so many columns or rows a line is drawn; the last word stands for all that follow."""
    lines += lines[-1:] * (count - 1 - len(lines))
    return tuple(at for at, line in enumerate(lines, 1) if line != "none" and at < count)


def _is_nothing(size: str) -> bool:
    """Whether a length is zero in some unit: KaTeX says `0px`."""
    return size[:1] == "0" and not _is_some(size)


def _is_some(size: str) -> bool:
    return any(sign in "123456789" for sign in size)


def _em(width: str) -> float:
    found = _LENGTH.match(width)
    return float(found[1]) * _EM_OF[found[2]] if found else 0.0
