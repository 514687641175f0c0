"""Presentation MathML as a small tree that the text forms of a formula are written from.

MathJax has parsed the LaTeX by then, so that every macro, shorthand and alias is gone. What is only looks
(sizes, colours, padding, phantoms) is left out; rows of one are that one.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.errors import ConversionError


@dataclass(frozen=True, slots=True)
class Word:
    r"""An identifier: one letter, or a name such as `sin`; or digits in a face, as those of `\mathbb{1}`.

    Attributes:
        text: Its letters.
        variant: MathML's name of its face, such as `double-struck`; empty for the usual one.
    """

    text: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, perhaps with a point."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    r"""An operator, a relation, a bracket or a comma; empty for the invisible one of `\right.` in LaTeX."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in running text.

    Attributes:
        text: The words.
        variant: MathML's name of their face, such as `bold`; empty for the usual one.
    """

    text: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Blank of `em` width."""

    em: float


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing above another; without a bar it is a part of a binomial."""

    top: "Node"
    bottom: "Node"
    has_bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` is None for the square root."""

    body: "Node"
    index: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """What stands at the corners of a base."""

    base: "Node"
    sub: "Node | None" = None
    sup: "Node | None" = None
    pre_sub: "Node | None" = None
    pre_sup: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What stands below and above a base: limits, braces, accents."""

    base: "Node"
    under: "Node | None" = None
    over: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells.

    Attributes:
        rows: The rows.
        is_lines: Whether it is lines of a derivation, aligned or not, and no matrix.
        has_rules: Whether lines are drawn between or around the cells.
    """

    rows: tuple[tuple["Node", ...], ...]
    is_lines: bool
    has_rules: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Something with a box round it or a stroke through it; `notations` are MathML's names."""

    notations: frozenset[str]
    body: "Node"


Node = Word | Number | Operator | Text | Space | Row | Fraction | Root | Scripts | Limits | Table | Enclosed

EMPTY: Final = Row()

OPENING: Final = frozenset("([{⟨⌊⌈⌜⟦")
CLOSING: Final = frozenset(")]}⟩⌋⌉⌝⟧")
BARS: Final = frozenset("|‖∣∥")

APPLICATION: Final = "\u2061"
"""The invisible operator between a function and its argument."""

_OPENERS = OPENING | BARS | {""}
_CLOSERS = CLOSING | BARS | {""}

_EQUILIBRIA: Final = {("−⇀", "↽−"): "⇌", ("−⇀", "↽"): "⥂", ("⇀", "↽−"): "⥄"}
"""The arrows that mhchem puts together from two, the upper one first."""

_PLAIN_DIGITS: Final = frozenset({"", "normal", "italic", "-tex-mathit", "-tex-oldstyle"})

_EM = re.compile(r"\A(-?[\d.]+)em\Z")


def read_mathml(markup: str) -> Node:
    """Read the `math` element that a `FormulaRenderer` gives.

    Raises:
        ConversionError: It holds what no text form can carry.
    """
    return _row(ET.fromstring(markup))  # noqa: S314 - our own renderer wrote it


def nodes_of(node: Node) -> tuple[Node, ...]:
    """The nodes of a row; a single node is a row of one."""
    return node.nodes if isinstance(node, Row) else (node,)


def cannot(construct: str, target: str) -> ConversionError:
    """Make the error that names what cannot be carried.

    Args:
        construct: What it is, with its article and a capital, such as `A matrix`.
        target: The form, such as `AsciiMath`.
    """
    return ConversionError(f"{construct} cannot be written in {target}.", "Choose another format.")


def _row(element: ET.Element) -> Node:
    nodes = _flat(_joined(_read(child) for child in element))
    return nodes[0] if len(nodes) == 1 else Row(nodes)


def _flat(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Open groups that are no pair of brackets: they only grouped what was typed."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, Row) and not is_fenced(node):
            flat += node.nodes
        else:
            flat.append(node)
    return tuple(flat)


def is_fenced(row: Row) -> bool:
    r"""Whether a row is one pair of brackets with its contents, as `\left...\right` and matrices make."""
    match row.nodes:
        case (Operator(opening), *inner, Operator(closing)) if opening in _OPENERS and closing in _CLOSERS:
            return _is_balanced(inner)
        case _:
            return False


def _is_balanced(nodes: Iterable[Node]) -> bool:
    """Whether brackets among the nodes match, and no bar may be half of a pair that ends outside."""
    depth = 0
    for node in nodes:
        sign = node.base if isinstance(node, Scripts) else node
        if isinstance(sign, Operator):
            if sign.text in BARS:
                return False
            depth += (sign.text in OPENING) - (sign.text in CLOSING)
            if depth < 0:
                return False
    return depth == 0


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Give scripts without a base to the letter before them, as chemistry writes them."""
    joined: list[Node] = []
    for node in nodes:
        match (*joined[-1:], node):
            case (Word() | Number() as base, Scripts(Row(()), sub, sup, None, None)):
                joined[-1] = Scripts(base, sub, sup)
            case (Scripts(base, sub, None, None, None), Scripts(Row(()), None, sup, None, None)):
                joined[-1] = Scripts(base, sub, sup)
            case _:
                joined.append(node)
    return joined


def _read(element: ET.Element) -> Node:  # noqa: PLR0911 - one case a kind of element
    name = element.tag.rpartition("}")[2]
    match name:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return _token(name, element)
        case "mspace":
            return Space(_em(element.get("width", "0")))
        case "mfrac":
            top, bottom = _parts(element)
            return Fraction(top, bottom, has_bar=element.get("linethickness", "1") not in {"0", "0pt", "0em"})
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


def _token(name: str, element: ET.Element) -> Node:
    text = "".join(element.itertext())
    variant = element.get("mathvariant", "")
    if name == "mo":
        return Operator(text.strip().replace("\u2006", " "))
    if name == "mn":
        return Number(text.strip()) if variant in _PLAIN_DIGITS else Word(text.strip(), variant)
    if name == "mi":
        return Word(text.strip(), variant) if text.strip() else EMPTY
    return Text(text.replace("\xa0", " "), variant) if text.strip("\xa0 ") else Space(0.25 * len(text))


def _scripts(name: str, element: ET.Element) -> Node:
    if name == "mmultiscripts":
        return _corners(element)
    parts = _parts(element)
    if not name.startswith("ms"):
        return _limits(name, element, parts)
    base = EMPTY if isinstance(parts[0], Space) else parts[0]
    sub = _script(element[1]) if name.startswith("msub") else None
    sup = _script(element[-1]) if name.endswith("sup") else None
    return Scripts(base, sub, sup) if sub or sup else base


def _limits(name: str, element: ET.Element, parts: tuple[Node, ...]) -> Node:
    below = _above_or_below(element, 1, parts) if name.startswith("munder") else None
    above = _above_or_below(element, len(parts) - 1, parts) if name.endswith("over") else None
    arrows = _signs(above), _signs(parts[0])
    if below is None and arrows in _EQUILIBRIA:
        return Operator(_EQUILIBRIA[arrows])
    return Limits(parts[0], below, above) if below or above else parts[0]


def _signs(node: Node | None) -> str:
    return "".join(each.text for each in nodes_of(node or EMPTY) if isinstance(each, Operator))


def _above_or_below(element: ET.Element, place: int, parts: tuple[Node, ...]) -> Node | None:
    """What stands above or below; None when it only keeps room.

    Raises:
        ConversionError: It is a bracket that MathJax draws by means of a style.
    """
    part = parts[place]
    if part != EMPTY and not isinstance(part, Space):
        return part
    if element[place].find(".//{*}mphantom") is not None:
        raise ConversionError(
            "A bracket above or below a term cannot be written in this form.", "Choose another format."
        )
    return None


def _corners(element: ET.Element) -> Node:
    names = [child.tag.rpartition("}")[2] for child in element]
    if "mprescripts" not in names:
        raise ConversionError("Several scripts at one base cannot be written in this form.", "")
    cut = names.index("mprescripts")
    after = [_script(child) for child in element[1:cut]] + [None, None]
    before = [_script(child) for child in element[cut + 1 :]] + [None, None]
    return Scripts(_read(element[0]), after[0], after[1], before[0], before[1])


def _script(element: ET.Element) -> Node | None:
    node = None if element.tag.endswith("none") else _read(element)
    return None if node == EMPTY or isinstance(node, Space) else node


def _parts(element: ET.Element) -> tuple[Node, ...]:
    return tuple(_read(child) for child in element)


def _table(element: ET.Element) -> Node:
    rows = tuple(tuple(_row(cell) for cell in row) for row in element)
    rules = {element.get(name, "none") for name in ("columnlines", "rowlines", "frame")}
    has_rules = any(set(rule.split()) - {"none"} for rule in rules)
    # Derivations are the tables in display style, but for dcases (aligned left) and diagrams (5pt).
    is_lines = (
        element.get("displaystyle") == "true"
        and not element.get("columnalign", "").startswith("left")
        and element.get("columnspacing") != "5pt"
    )
    return Table(rows, is_lines and not has_rules, has_rules)


def _em(width: str) -> float:
    found = _EM.match(width)
    return float(found[1]) if found else 0.0
