"""A formula as AsciiMath: `x = (-b +- sqrt(b^2 - 4ac))/(2a)`.

Source: http://asciimath.org/ (the table of constants and the grammar).
"""

from typing import Final

from writetex_desktop.core import asciimath_signs as signs
from writetex_desktop.core import mathml_tree as tree
from writetex_desktop.core.mathml_tree import Node, cannot, nodes_of

TARGET: Final = "AsciiMath"


def to_asciimath(node: Node) -> str:
    """Write a formula as AsciiMath; lines of a derivation become a table without brackets.

    Raises:
        ConversionError: It holds something that AsciiMath has no word for.
    """
    return _text(node)


def _text(node: Node) -> str:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    return _joined(nodes_of(node))


def _joined(nodes: tuple[Node, ...]) -> str:
    written = ""
    for at, node in enumerate(nodes):
        piece = _piece(node)
        before = nodes[at - 1] if at else None
        is_call = piece == "(" and isinstance(before, tree.Word)
        # A number with a letter, as in `4a`, is one product for the eye.
        is_product = isinstance(before, tree.Number) and len(piece) == 1 and piece.isalpha()
        is_tight = written.endswith(signs.TIGHT_AFTER) or (
            piece.startswith(signs.TIGHT_BEFORE) or piece == "!"
        )
        if written and piece and not (is_call or is_product or is_tight or written in {"-", "+"}):
            written += " "
        written += piece
    return written


def _piece(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return _word(text, variant)
        case tree.Number(text):
            return text
        case tree.Text(text):
            return _quoted(text)
        case tree.Operator(text):
            return _operator(text)
        case tree.Space(em):
            return "qquad" if em >= _TWO_EM else "quad" if em >= 1 else ""
        case tree.Row():
            return _text(node)
        case tree.Fraction(top, bottom, has_bar):
            if not has_bar:
                return f"{{:({_cell(top)}),({_cell(bottom)}):}}"
            return f"{_group(top)}/{_group(bottom)}"
        case tree.Root(body, None):
            return f"sqrt({_text(body)})"
        case tree.Root(body, index):
            return f"root({_text(index or tree.EMPTY)})({_text(body)})"
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _table(node, "{:", ":}")
        case tree.Enclosed(notations, body):
            if not notations <= signs.STRIKES:
                raise cannot("A box, a frame or a struck arrow", TARGET)
            return f"cancel({_text(body)})"


_TWO_EM: Final = 2


def _word(text: str, variant: str) -> str:
    sign = signs.SIGNS.get(text, text)
    if text in signs.NAMES and variant in {"", "normal"}:
        return text
    if len(text) > 1:
        sign = _quoted(text)
    face = signs.FACES.get(variant)
    return f"{face}({sign})" if face else sign


def _operator(sign: str) -> str:
    if sign in {"", tree.APPLICATION}:
        return ""
    if sign in signs.SIGNS:
        return signs.SIGNS[sign]
    if len(sign) > 1 and sign.isalpha():
        return sign if sign in signs.NAMES else _quoted(sign)
    return sign if len(sign) == 1 else _quoted(sign)


def _quoted(text: str) -> str:
    if '"' in text:
        raise cannot("A quotation mark within words", TARGET)
    return f'"{text}"'


def _group(node: Node) -> str:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return f"({_fenced(node)})"
    text = _text(node)
    is_short = (
        isinstance(node, tree.Number) or (len(text) == 1 and text.isalpha()) or text in signs.GREEK.values()
    )
    return text if is_short else f"({text})"


def _scripts(node: tree.Scripts) -> str:
    if node.pre_sub is not None or node.pre_sup is not None:
        before = tree.Scripts(tree.EMPTY, node.pre_sub, node.pre_sup)
        after = tree.Scripts(node.base, node.sub, node.sup) if node.sub or node.sup else node.base
        return f"{_scripts(before)} {_piece(after)}"
    base = "{::}" if node.base == tree.EMPTY else _base(node.base)
    if node.sub is not None:
        base += f"_{_group(node.sub)}"
    if isinstance(node.sup, tree.Operator) and node.sup.text in signs.RAISED_BARE:
        return base + signs.SIGNS[node.sup.text]
    return base + (f"^{_group(node.sup)}" if node.sup is not None else "")


def _base(node: Node) -> str:
    if isinstance(node, tree.Row) and not tree.is_fenced(node):
        return f"{{:{_text(node)}:}}"
    if isinstance(node, tree.Fraction):
        return f"{{:{_piece(node)}:}}"
    return _piece(node)


def _limits(node: tree.Limits) -> str:
    over, under, base = node.over, node.under, node.base
    if isinstance(over, tree.Operator) and under is None and over.text in signs.OVER:
        return f"{signs.OVER[over.text]}({_text(base)})"
    if isinstance(under, tree.Operator) and over is None and under.text in signs.UNDER:
        return f"{signs.UNDER[under.text]}({_text(base)})"
    is_usual = isinstance(base, tree.Operator) and base.text in signs.LIMITS
    is_brace = isinstance(base, tree.Limits)
    if is_usual or is_brace:
        written = _piece(base)
        written += f"_{_group(under)}" if under is not None else ""
        return written + (f"^{_group(over)}" if over is not None else "")
    written = _text(base)
    if under is not None:
        written = f"underset({_text(under)})({written})"
    return f"overset({_text(over)})({written})" if over is not None else written


def _fenced(row: tree.Row) -> str:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    left = signs.SIGNS.get(opening.text, opening.text) or "{:"
    right = signs.SIGNS.get(closing.text, closing.text) or ":}"
    if left.startswith("|") and right.startswith("|") and left in {"|", "||"} and right in {"|", "||"}:
        body = _joined(tuple(inner))
        if len(inner) == 1 and isinstance(inner[0], tree.Table):
            return _table(inner[0], left, right)
        return f"{'abs' if left == '|' else 'norm'}({body})"
    if len(inner) == 1:
        match inner[0]:
            case tree.Table() as table:
                return _table(table, left, right)
            case tree.Fraction(top, bottom, has_bar=False):
                return f"{left}({_cell(top)}),({_cell(bottom)}){right}"
            case _:
                pass
    return f"{left}{_joined(tuple(inner))}{right}"


def _table(table: tree.Table, left: str, right: str) -> str:
    """Write rows in brackets of their own.

    Raises:
        ConversionError: It has rules, or only one row, which AsciiMath takes for brackets in brackets.
    """
    if table.has_rules:
        raise cannot("A table with rules", TARGET)
    if len(table.rows) == 1:
        return left + ",".join(_cell(cell) for cell in table.rows[0]) + right
    width = max(len(row) for row in table.rows)
    rows = (row + (tree.EMPTY,) * (width - len(row)) for row in table.rows)
    joint = "," if table.is_lines else ", "
    return left + ",".join(f"({joint.join(_cell(cell) for cell in row)})" for row in rows) + right


def _cell(node: Node) -> str:
    """Write a cell, in which a comma outside of brackets would begin the next one."""
    depth = 0
    parts: list[Node] = []
    for each in nodes_of(node):
        if isinstance(each, tree.Operator):
            depth += (each.text in tree.OPENING) - (each.text in tree.CLOSING)
        parts.append(tree.Text(",") if each == tree.Operator(",") and depth <= 0 else each)
    return _text(tree.Row(tuple(parts)))
