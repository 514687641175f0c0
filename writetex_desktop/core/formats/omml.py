"""A formula as OMML, the form in which Word keeps equations in its files.

Source: ECMA-376 part 1, section 22.1 (https://ecma-international.org/publications-and-standards/standards/ecma-376/);
the order of the children is that of its schema.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of

NAMESPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TARGET: Final = "OMML"

_BIG: Final = frozenset("∑∏∐∫∬∭∮∯∰⋃⋂⨁⨂⨀⋁⋀")
_INTEGRALS: Final = frozenset("∫∬∭∮∯∰")
_RELATIONS: Final = frozenset("=≠<>≤≥≈≡∼≃≅∝→⇒⇔⟹⟺↦∈,;")
_SCRIPTS: Final = {
    "double-struck": "double-struck",
    "script": "script",
    "-tex-calligraphic": "script",
    "bold-script": "script",
    "fraktur": "fraktur",
    "bold-fraktur": "fraktur",
    "sans-serif": "sans-serif",
    "bold-sans-serif": "sans-serif",
    "monospace": "monospace",
}
_ACCENTS: Final = dict(
    zip(
        "^ˆ~˜¯→←↔˙¨⃛´`ˇ˘",
        "\u0302\u0302\u0303\u0303\u0305\u20d7\u20d6\u20e1\u0307\u0308\u20db\u0301\u0300\u030c\u0306",
        strict=True,
    )
)
_LINE: Final = frozenset("―_")
_GROUPS: Final = frozenset("⏞⏟⌢⌣⎴⎵")
_STRIKES: Final = {
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
}


def to_omml(node: Node) -> str:
    """Write a formula as an `m:oMath` element.

    Raises:
        ConversionError: It holds a table with rules or a frame that OMML cannot draw.
    """
    root = ET.Element("m:oMath", {"xmlns:m": NAMESPACE})
    _fill(root, node)
    return ET.tostring(root, encoding="unicode")


def _fill(parent: ET.Element, node: Node) -> None:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        _fenced(parent, node)
    else:
        _row(parent, nodes_of(node))


def _row(parent: ET.Element, nodes: Sequence[Node]) -> None:
    at = 0
    while at < len(nodes):
        node = nodes[at]
        at += 1
        if _big(node):
            end = next((place for place in range(at, len(nodes)) if _is_relation(nodes[place])), len(nodes))
            _nary(parent, node, nodes[at:end])
            at = end
        else:
            _put(parent, node)


def _big(node: Node) -> str:
    """The sign of a sum or an integral, with limits or without; empty for other nodes."""
    match node:
        case tree.Operator(sign) | tree.Limits(tree.Operator(sign)):
            return sign if sign in _BIG else ""
        case tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign if sign in _BIG else ""
        case _:
            return ""


def _is_relation(node: Node) -> bool:
    return isinstance(node, tree.Operator) and node.text in _RELATIONS


def _nary(parent: ET.Element, node: Node, body: Sequence[Node]) -> None:
    sign = _big(node)
    sub = sup = None
    is_limits = sign not in _INTEGRALS
    match node:
        case tree.Limits(_, under, over):
            sub, sup, is_limits = under, over, True
        case tree.Scripts(_, below, above):
            sub, sup, is_limits = below, above, False
        case _:
            pass
    nary = _add(parent, "nary")
    options = _add(nary, "naryPr")
    _set(options, "chr", sign)
    _set(options, "limLoc", "undOvr" if is_limits else "subSup")
    if sub is None:
        _set(options, "subHide", "1")
    if sup is None:
        _set(options, "supHide", "1")
    _fill(_add(nary, "sub"), sub or tree.EMPTY)
    _fill(_add(nary, "sup"), sup or tree.EMPTY)
    _row(_add(nary, "e"), body)


def _put(parent: ET.Element, node: Node) -> None:  # noqa: C901, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            _run(parent, text, variant or ("normal" if len(text) > 1 else ""))
        case tree.Number(text):
            _run(parent, text, "normal")
        case tree.Operator(text):
            if text != tree.APPLICATION:
                _run(parent, text, "normal")
        case tree.Text(text):
            _words(parent, text)
        case tree.Space(em):
            if em > 0:
                _run(parent, _space(em), "normal")
        case tree.Row():
            _fill(parent, node)
        case tree.Fraction(top, bottom, has_bar):
            fraction = _add(parent, "f")
            if not has_bar:
                _set(_add(fraction, "fPr"), "type", "noBar")
            _fill(_add(fraction, "num"), top)
            _fill(_add(fraction, "den"), bottom)
        case tree.Root(body, index):
            root = _add(parent, "rad")
            if index is None:
                _set(_add(root, "radPr"), "degHide", "1")
            _fill(_add(root, "deg"), index or tree.EMPTY)
            _fill(_add(root, "e"), body)
        case tree.Scripts():
            _scripts(parent, node)
        case tree.Limits():
            _limits(parent, node)
        case tree.Table():
            _table(parent, node)
        case tree.Enclosed(notations, body):
            _enclosed(parent, notations, body)


def _space(em: float) -> str:
    """Give spaces of about a width; OMML has no kern."""
    return "\u2003" * round(em) if em >= 1 else "\u2005" if em > _THIN_EM else "\u2009"


_THIN_EM: Final = 0.2


def _run(parent: ET.Element, text: str, variant: str) -> None:
    if not text:
        return
    run = _add(parent, "r")
    options = _add(run, "rPr")
    if variant in _SCRIPTS:
        _set(options, "scr", _SCRIPTS[variant])
    _set(options, "sty", _style(variant))
    _add(run, "t").text = text


def _style(variant: str) -> str:
    if "bold" in variant:
        return "bi" if "italic" in variant else "b"
    return "i" if variant in {"", "italic", "-tex-mathit"} else "p"


def _words(parent: ET.Element, text: str) -> None:
    run = _add(parent, "r")
    _add(_add(run, "rPr"), "nor")
    words = _add(run, "t")
    words.text = text
    words.set("xml:space", "preserve")


def _scripts(parent: ET.Element, node: tree.Scripts) -> None:
    if node.pre_sub is not None or node.pre_sup is not None:
        before = _add(parent, "sPre")
        _fill(_add(before, "sub"), node.pre_sub or tree.EMPTY)
        _fill(_add(before, "sup"), node.pre_sup or tree.EMPTY)
        rest = tree.Scripts(node.base, node.sub, node.sup) if node.sub or node.sup else node.base
        _fill(_add(before, "e"), rest)
        return
    name = "sSubSup" if node.sub and node.sup else "sSub" if node.sub else "sSup"
    scripts = _add(parent, name)
    _fill(_add(scripts, "e"), node.base)
    if node.sub is not None:
        _fill(_add(scripts, "sub"), node.sub)
    if node.sup is not None:
        _fill(_add(scripts, "sup"), node.sup)


def _limits(parent: ET.Element, node: tree.Limits) -> None:
    if (
        isinstance(node.over, tree.Operator)
        and node.under is None
        and _accent(parent, node.base, node.over.text, "top")
    ):
        return
    if (
        isinstance(node.under, tree.Operator)
        and node.over is None
        and _accent(parent, node.base, node.under.text, "bot")
    ):
        return
    if node.over is not None:
        upper = _add(parent, "limUpp")
        rest = tree.Limits(node.base, node.under) if node.under is not None else node.base
        _fill(_add(upper, "e"), rest)
        _fill(_add(upper, "lim"), node.over)
    elif node.under is not None:
        lower = _add(parent, "limLow")
        _fill(_add(lower, "e"), node.base)
        _fill(_add(lower, "lim"), node.under)


def _accent(parent: ET.Element, base: Node, sign: str, place: str) -> bool:
    """Put an accent, a line or a brace; False for a sign that is none of these."""
    if sign in _LINE:
        holder = _add(parent, "bar")
        _set(_add(holder, "barPr"), "pos", place)
    elif sign in _GROUPS:
        holder = _add(parent, "groupChr")
        options = _add(holder, "groupChrPr")
        _set(options, "chr", sign)
        _set(options, "pos", place)
        _set(options, "vertJc", "bot" if place == "top" else "top")
    elif sign in _ACCENTS and place == "top":
        holder = _add(parent, "acc")
        _set(_add(holder, "accPr"), "chr", _ACCENTS[sign])
    else:
        return False
    _fill(_add(holder, "e"), base)
    return True


def _fenced(parent: ET.Element, row: tree.Row) -> None:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    brackets = _add(parent, "d")
    options = _add(brackets, "dPr")
    _set(options, "begChr", opening.text.strip("."))
    _set(options, "endChr", closing.text.strip("."))
    _row(_add(brackets, "e"), inner)


def _table(parent: ET.Element, table: tree.Table) -> None:
    if table.has_rules:
        raise cannot("A table with rules", TARGET)
    if table.is_lines:
        lines = _add(parent, "eqArr")
        for row in table.rows:
            line = _add(lines, "e")
            for at, cell in enumerate(row):
                # In an array of equations an ampersand marks the places that are aligned.
                if at:
                    _run(line, "&", "normal")
                _fill(line, cell)
        return
    matrix = _add(parent, "m")
    columns = _add(_add(_add(matrix, "mPr"), "mcs"), "mc")
    options = _add(columns, "mcPr")
    _set(options, "count", str(max(len(row) for row in table.rows)))
    _set(options, "mcJc", "center")
    for row in table.rows:
        cells = _add(matrix, "mr")
        for cell in row:
            _fill(_add(cells, "e"), cell)


def _enclosed(parent: ET.Element, notations: frozenset[str], body: Node) -> None:
    if not notations <= {"box", *_STRIKES}:
        raise cannot("A frame of this kind", TARGET)
    box = _add(parent, "borderBox")
    if "box" not in notations:
        options = _add(box, "borderBoxPr")
        for side in ("hideTop", "hideBot", "hideLeft", "hideRight"):
            _set(options, side, "1")
        for name in ("horizontalstrike", "verticalstrike", "updiagonalstrike", "downdiagonalstrike"):
            if name in notations:
                _set(options, _STRIKES[name], "1")
    _fill(_add(box, "e"), body)


def _add(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"m:{name}")


def _set(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, f"m:{name}", {"m:val": value})
