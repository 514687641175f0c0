"""A formula as Typst: `$ x = frac(-b plus.minus sqrt(b^2 - 4 a c), 2 a) $`.

Typst takes mathematical signs as they are, so that only those get a name that are usually typed by it; names
that differ between versions of Typst are not used. Signs with a meaning of their own (`#`, `_`, `/`, lone
brackets) are escaped.

Source: https://typst.app/docs/reference/math/ and https://typst.app/docs/reference/symbols/sym/.
"""

from collections.abc import Iterable
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.formats.typst import signs

TARGET: Final = "Typst"


def to_typst(node: Node) -> str:
    """Write a formula as a displayed equation of Typst.

    Raises:
        ConversionError: It holds a stroke or a table with rules, which Typst sets by other means.
    """
    match node:
        case tree.Table(rows, is_lines=True):
            return "$ " + " \\\n  ".join(" & ".join(_row(cell) for cell in row) for row in rows) + " $"
        case _:
            return f"$ {_row(node)} $"


def _row(node: Node) -> str:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    return _joined(nodes_of(node), in_call=False)


def _argument(node: Node) -> str:
    """Write something between the brackets of a call, where a comma would end the argument."""
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    return _joined(nodes_of(node), in_call=True) or '""'


def _joined(nodes: tuple[Node, ...], *, in_call: bool) -> str:
    matched = _matched(nodes)
    written = ""
    depth = 0
    for at, node in enumerate(nodes):
        sign = _bracket(node)
        depth -= at in matched and sign in tree.CLOSING
        if isinstance(node, tree.Operator):
            piece = _operator(node.text, is_matched=at in matched, in_call=in_call and not depth)
        elif at in matched and isinstance(node, tree.Scripts):
            piece = sign + _corners(node)
        elif isinstance(node, tree.Word) and tree.Operator(tree.APPLICATION) in nodes[at + 1 : at + 2]:
            piece = _function(node.text)
        else:
            piece = _piece(node)
        depth += at in matched and sign in tree.OPENING
        if (
            written
            and piece
            and written[-1] not in "([{⌊⌈⟨"
            and piece[0] not in signs.CLOSE_UP
            and not _is_sign(written)
        ):
            written += " "
        written += piece
    return written


def _is_sign(written: str) -> bool:
    """Whether all that is written yet is a sign before the first term."""
    return written in {"-", "+"}


def _bracket(node: Node) -> str:
    """The bracket that a node is, perhaps with an exponent; empty for other nodes."""
    match node:
        case tree.Operator(sign) | tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign if sign in tree.OPENING | tree.CLOSING else ""
        case _:
            return ""


def _matched(nodes: Iterable[Node]) -> frozenset[int]:
    """The places of the brackets that are pairs for Typst, for which any closing one ends any opening one."""
    opened: list[int] = []
    pairs: list[int] = []
    for at, node in enumerate(nodes):
        sign = _bracket(node)
        if sign in tree.OPENING and isinstance(node, tree.Operator):
            opened.append(at)
        elif sign in tree.CLOSING and opened:
            pairs += [opened.pop(), at]
    return frozenset(pairs)


def _operator(sign: str, *, is_matched: bool, in_call: bool) -> str:
    if sign == tree.APPLICATION:
        return ""
    if sign in tree.OPENING | tree.CLOSING:
        return sign if is_matched else f"\\{sign}"
    if sign in signs.SIGNS:
        return signs.SIGNS[sign]
    if len(sign) > 1 and sign.replace(" ", "").isalpha():
        return _function(sign)
    if sign in {",", ";", ":"}:
        return f"\\{sign}" if in_call else sign
    return "".join(f"\\{each}" if each in signs.ESCAPED else each for each in sign)


def _piece(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return _word(text, variant)
        case tree.Number(text):
            return text
        case tree.Text(text, variant):
            face = signs.FACES.get(variant, "")
            return f"{face}({_quoted(text)})" + ")" * face.count("(") if face else _quoted(text)
        case tree.Operator(sign):
            return _operator(sign, is_matched=False, in_call=True)
        case tree.Space(em):
            return next((name for least, name in signs.SPACES if em >= least), "")
        case tree.Row() if tree.is_fenced(node):
            return _fenced(node)
        case tree.Row(nodes):
            return _joined(nodes, in_call=False)
        case tree.Fraction(top, bottom, has_bar):
            if not has_bar:
                return f"mat(delim: #none, {_argument(top)}; {_argument(bottom)})"
            return f"frac({_argument(top)}, {_argument(bottom)})"
        case tree.Root(body, None):
            return f"sqrt({_argument(body)})"
        case tree.Root(body, index):
            return f"root({_argument(index)}, {_argument(body)})" if index is not None else ""
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _table(node, "#none")
        case tree.Enclosed(notations, body):
            return _enclosed(notations, body)


def _word(text: str, variant: str) -> str:
    if text in signs.NAMES:
        return text
    if len(text) > 1 and variant in {"", "normal"}:
        return f"upright({_quoted(text)})"
    # Typst slants no capital Greek and no digit either, so that only Latin letters need to be told.
    sign = signs.SIGNS.get(text) or (_quoted(text) if len(text) > 1 or text in signs.ESCAPED else text)
    if variant == "normal" and not (text.isascii() and text.isalpha()):
        return sign
    face = signs.FACES.get(variant, "")
    return f"{face}({sign})" + ")" * face.count("(") if face else sign


def _function(name: str) -> str:
    return name if name in signs.NAMES else f"op({_quoted(name)})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fenced(row: tree.Row) -> str:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    pair = opening.text, closing.text
    if len(inner) == 1:
        special = _fenced_single(pair, inner[0])
        if special:
            return special
    if pair[0] in tree.OPENING and pair[1] in tree.CLOSING:
        return _joined(row.nodes, in_call=False)
    body = _joined(tuple(inner), in_call=True)
    if pair in {("|", "|"), ("‖", "‖")}:
        return f"{'abs' if pair[0] == '|' else 'norm'}({body})"
    return f"lr({' '.join(part for part in (_lone(pair[0]), body, _lone(pair[1])) if part)})"


def _lone(bracket: str) -> str:
    return f"\\{bracket}" if bracket in tree.OPENING | tree.CLOSING else bracket.strip(".")


def _fenced_single(pair: tuple[str, str], node: Node) -> str:
    match node:
        case tree.Fraction(top, bottom, has_bar=False) if pair == ("(", ")"):
            return f"binom({_argument(top)}, {_argument(bottom)})"
        case tree.Table(rows) if pair[0] == "{" and not pair[1]:
            return "cases(" + ", ".join(" & ".join(_argument(cell) for cell in row) for row in rows) + ")"
        case tree.Table() if signs.PAIRS.get(pair[0]) == pair[1]:
            return _table(node, f'"{pair[0]}"')
        case tree.Table() if not pair[0] and pair[1]:
            return f"lr({_table(node, '#none')} {_lone(pair[1])})"
        case _:
            return ""


def _table(table: tree.Table, delimiter: str) -> str:
    if table.has_rules:
        raise cannot("A table with rules", TARGET)
    rows = "; ".join(", ".join(_argument(cell) for cell in row) for row in table.rows)
    return f"mat(delim: {delimiter}, {rows})"


def _script(node: Node) -> str:
    text = _joined(nodes_of(node), in_call=False)
    return text if len(text) == 1 and text.isalnum() else f"({text or chr(34) * 2})"


def _base(node: Node) -> str:
    """Write what scripts are put at; several things must be one for Typst."""
    if node == tree.EMPTY:
        return '""'
    text = _piece(node)
    if isinstance(node, tree.Row) and not tree.is_fenced(node):
        return f"lr({_argument(node)})"
    return text


def _scripts(node: tree.Scripts) -> str:
    if node.pre_sub is not None or node.pre_sup is not None:
        places = (("tl", node.pre_sup), ("bl", node.pre_sub), ("t", node.sup), ("b", node.sub))
        options = ", ".join(f"{name}: {_argument(part)}" for name, part in places if part is not None)
        return f"attach({_argument(node.base)}, {options})"
    written = _base(node.base)
    if isinstance(node.base, tree.Operator) and node.base.text in signs.LIMITS:
        written = f"scripts({written})"
    return written + _corners(node)


def _corners(node: tree.Scripts) -> str:
    """Write what stands behind the base."""
    written = f"_{_script(node.sub)}" if node.sub is not None else ""
    if isinstance(node.sup, tree.Operator) and node.sup.text in signs.PRIMES:
        return written + signs.PRIMES[node.sup.text]
    return written + (f"^{_script(node.sup)}" if node.sup is not None else "")


def _limits(node: tree.Limits) -> str:
    over, under, base = node.over, node.under, node.base
    if isinstance(over, tree.Operator) and under is None and over.text in signs.OVER:
        return f"{signs.OVER[over.text]}({_argument(base)})"
    if isinstance(under, tree.Operator) and over is None and under.text in signs.UNDER:
        return f"{signs.UNDER[under.text]}({_argument(base)})"
    braced = _remarked_brace(node)
    if braced:
        return braced
    is_usual = isinstance(base, tree.Operator) and base.text in signs.LIMITS | {
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
    }
    written = _piece(base) if is_usual else f"limits({_argument(base)})"
    if under is not None:
        written += f"_{_script(under)}"
    if over is not None:
        written += f"^{_script(over)}"
    return written


def _remarked_brace(node: tree.Limits) -> str:
    """Write a brace with something said above or below it; empty for anything else."""
    match node:
        case tree.Limits(tree.Limits(body, None, tree.Operator(brace)), None, remark) if brace in signs.OVER:
            name = signs.OVER[brace]
        case tree.Limits(tree.Limits(body, tree.Operator(brace), None), remark, None) if brace in signs.UNDER:
            name = signs.UNDER[brace]
        case _:
            return ""
    return f"{name}({_argument(body)}, {_argument(remark or tree.EMPTY)})"


def _enclosed(notations: frozenset[str], body: Node) -> str:
    if notations == {"box"}:
        return f"#box(stroke: 0.5pt, inset: 3pt, $ {_row(body)} $)"
    if notations == {"updiagonalstrike"}:
        return f"cancel({_argument(body)})"
    if notations == {"downdiagonalstrike"}:
        return f"cancel(inverted: #true, {_argument(body)})"
    if notations == {"updiagonalstrike", "downdiagonalstrike"}:
        return f"cancel(cross: #true, {_argument(body)})"
    if notations == {"horizontalstrike"}:
        return f"cancel(angle: #90deg, {_argument(body)})"
    raise cannot("A stroke or a frame of this kind", TARGET)
