"""A formula as OMML, the form in which Word keeps equations in its files.

Source: ECMA-376 part 1, section 22.1 (https://ecma-international.org/publications-and-standards/standards/ecma-376/);
the order of the children is that of its schema.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.rebuilding import every_node
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.formats.omml.elements import (
    NAMESPACE,
    add,
    close_place,
    put_option,
    put_run,
    put_space,
    put_words,
)
from writetex_desktop.core.formats.omml.extents import INTEGRALS, big_sign, body_end, function_end
from writetex_desktop.core.formats.omml.painting import NAMESPACE as WORD
from writetex_desktop.core.formats.omml.painting import paint
from writetex_desktop.core.formats.omml.pairing import Flat, is_literal, paired
from writetex_desktop.core.formats.omml.tables import SIDES, put_lines, put_matrix
from writetex_desktop.core.language.words import tr

TARGET: Final = "OMML"

_ACCENTS: Final = dict(
    zip(
        "^ˆ~˜¯→←↔˙¨⃛⃜´`ˇ˘˚",
        "\u0302\u0302\u0303\u0303\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u20dc\u0301\u0300\u030c\u0306\u030a",
        strict=True,
    )
)
_LINE: Final = frozenset("―_")
_GROUPS: Final = frozenset("⏞⏟⌢⌣⎴⎵")
_STRIKES: Final = {
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
}
_BORDERS: Final = dict(zip(("top", "bottom", "left", "right"), SIDES, strict=True))


def to_omml(node: Node) -> str:
    """Write a formula as an `m:oMath` element.

    Raises:
        ConversionError: It holds a frame that OMML cannot draw.
    """
    root = ET.Element("m:oMath", {"xmlns:m": NAMESPACE})
    _fill(root, node)
    if any(isinstance(each, tree.Painted) for each in every_node(node)):
        root.set("xmlns:w", WORD)
    return ET.tostring(root, encoding="unicode")


def _fill(parent: ET.Element, node: Node) -> None:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        _fenced(parent, node)
    else:
        _row(parent, nodes_of(node))


def _place(parent: ET.Element, name: str, node: Node | None) -> None:
    """Put a place of a construct with what stands in it."""
    place = add(parent, name)
    _fill(place, node or tree.EMPTY)
    close_place(place)


def _row(parent: ET.Element, nodes: Sequence[Node]) -> None:
    nodes = paired(nodes)
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if big_sign(node):
            end = body_end(nodes, at + 1)
            _nary(parent, node, nodes[at + 1 : end])
            at = end
        elif (argument := function_end(nodes, at)) is not None:
            function = add(parent, "func")
            _put(add(function, "fName"), node, is_alone=is_literal(nodes, at))
            _row(add(function, "e"), nodes[slice(*argument)])
            at = argument[1]
        else:
            _put(parent, node, is_alone=is_literal(nodes, at))
            at += 1


def _nary(parent: ET.Element, node: Node, body: Sequence[Node]) -> None:
    sign = big_sign(node)
    sub = sup = None
    is_limits = sign not in INTEGRALS
    match node:
        case tree.Limits(_, under, over):
            sub, sup, is_limits = under, over, True
        case tree.Scripts(_, below, above):
            sub, sup, is_limits = below, above, False
        case _:
            pass
    nary = add(parent, "nary")
    options = add(nary, "naryPr")
    put_option(options, "chr", sign)
    put_option(options, "limLoc", "undOvr" if is_limits else "subSup")
    if sub is None:
        put_option(options, "subHide", "1")
    if sup is None:
        put_option(options, "supHide", "1")
    _fill(add(nary, "sub"), sub or tree.EMPTY)
    _fill(add(nary, "sup"), sup or tree.EMPTY)
    place = add(nary, "e")
    _row(place, body)
    close_place(place)


def _put(  # noqa: C901, PLR0912 - one case a kind of node
    parent: ET.Element, node: Node, *, is_alone: bool = False
) -> None:
    match node:
        case tree.Word(text, variant):
            face = variant or ("normal" if len(text.rstrip(tree.STROKE)) > 1 else "")
            put_run(parent, text, face, is_literal=is_alone)
        case tree.Number(text):
            put_run(parent, text, "normal")
        case tree.Operator(text):
            if text != tree.APPLICATION:
                put_run(parent, text, "normal", is_literal=is_alone)
        case tree.Text(text, variant):
            put_words(parent, text, variant)
        case tree.Space(em):
            put_space(parent, em)
        case tree.Row():
            _fill(parent, node)
        case tree.Fraction(top, bottom, has_bar):
            fraction = add(parent, "f")
            if not has_bar:
                put_option(add(fraction, "fPr"), "type", "noBar")
            _place(fraction, "num", top)
            _place(fraction, "den", bottom)
        case tree.Root(body, index):
            root = add(parent, "rad")
            if index is None:
                put_option(add(root, "radPr"), "degHide", "1")
            _fill(add(root, "deg"), index or tree.EMPTY)
            _place(root, "e", body)
        case tree.Scripts():
            _scripts(parent, node)
        case tree.Limits():
            _limits(parent, node)
        case tree.Table((cells,), is_lines=True):
            # One line has nothing to be aligned with.
            _row(parent, tuple(part for cell in cells for part in nodes_of(cell)))
        case tree.Table(is_lines=True):
            put_lines(parent, node, _fill)
        case tree.Table():
            put_matrix(parent, node, _fill)
        case tree.Enclosed(notations, body):
            _enclosed(parent, notations, body)
        case tree.Painted(body, ink, paper):
            start = len(parent)
            if isinstance(body, tree.Operator):
                _put(parent, body)  # a sum without what it runs over is a sign
            else:
                _fill(parent, body)
            paint(parent[start:], ink, paper)


def _scripts(parent: ET.Element, node: tree.Scripts) -> None:
    if node.pre_sub is not None or node.pre_sup is not None:
        before = add(parent, "sPre")
        _place(before, "sub", node.pre_sub)
        _place(before, "sup", node.pre_sup)
        rest = tree.Scripts(node.base, node.sub, node.sup) if node.sub or node.sup else node.base
        _place(before, "e", rest)
        return
    name = "sSubSup" if node.sub and node.sup else "sSub" if node.sub else "sSup"
    scripts = add(parent, name)
    _place(scripts, "e", node.base)
    if node.sub is not None:
        _place(scripts, "sub", node.sub)
    if node.sup is not None:
        _place(scripts, "sup", node.sup)


def _limits(parent: ET.Element, node: tree.Limits) -> None:
    match node:
        case tree.Limits(base, None, tree.Operator(sign)) if _accent(parent, base, sign, "top"):
            return
        case tree.Limits(base, tree.Operator(sign), None) if _accent(parent, base, sign, "bot"):
            return
        case _:
            pass
    if node.over is not None:
        upper = add(parent, "limUpp")
        rest = tree.Limits(node.base, node.under) if node.under is not None else node.base
        _place(upper, "e", rest)
        _place(upper, "lim", node.over)
    elif node.under is not None:
        lower = add(parent, "limLow")
        _place(lower, "e", node.base)
        _place(lower, "lim", node.under)


def _accent(parent: ET.Element, base: Node, sign: str, place: str) -> bool:
    """Put an accent, a line or a brace; False for a sign that is none of these."""
    if sign in _LINE:
        holder = add(parent, "bar")
        put_option(add(holder, "barPr"), "pos", place)
    elif sign in _GROUPS:
        holder = add(parent, "groupChr")
        options = add(holder, "groupChrPr")
        put_option(options, "chr", sign)
        put_option(options, "pos", place)
        put_option(options, "vertJc", "bot" if place == "top" else "top")
    elif sign in _ACCENTS and place == "top":
        holder = add(parent, "acc")
        put_option(add(holder, "accPr"), "chr", _ACCENTS[sign])
    else:
        return False
    _place(holder, "e", base)
    return True


def _fenced(parent: ET.Element, row: tree.Row) -> None:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    brackets = opening.text.strip("."), closing.text.strip(".")
    match inner:
        case [tree.Table(is_lines=False) as table]:
            put_matrix(parent, table, _fill, brackets)
        case _:
            _delimited(parent, brackets, inner, is_flat=isinstance(row, Flat))


def _delimited(
    parent: ET.Element, brackets: tuple[str, str], inner: Sequence[Node], *, is_flat: bool = False
) -> None:
    r"""Put brackets round parts that `\middle` separates; OMML has one such sign a pair."""
    separator = next((node.text for node in inner if isinstance(node, tree.Operator) and node.grows), "")
    pair = add(parent, "d")
    options = add(pair, "dPr")
    put_option(options, "begChr", brackets[0])
    if separator:
        put_option(options, "sepChr", separator)
    put_option(options, "endChr", brackets[1])
    if is_flat:
        put_option(options, "grow", "0")
    for part in _parted(inner, separator):
        place = add(pair, "e")
        if any(isinstance(node, tree.Operator) and node.grows for node in part):
            _delimited(place, ("", ""), part)
        else:
            _row(place, part)
        close_place(place)


def _parted(nodes: Sequence[Node], separator: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, tree.Operator) and node.grows and node.text == separator:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _enclosed(parent: ET.Element, notations: frozenset[str], body: Node) -> None:
    if not notations <= {"box", *_STRIKES, *_BORDERS}:
        raise cannot(tr("A frame of this kind"), TARGET)
    box = add(parent, "borderBox")
    if "box" not in notations:
        options = add(box, "borderBoxPr")
        for notation, side in _BORDERS.items():
            if notation not in notations:
                put_option(options, side, "1")
        for notation, strike in _STRIKES.items():
            if notation in notations:
                put_option(options, strike, "1")
    _place(box, "e", body)
