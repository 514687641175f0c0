"""A formula as AsciiMath: `x = (-b +- sqrt(b^2 - 4ac))/(2a)`.

Source: http://asciimath.org/ (the table of constants and the grammar).
"""

import re
from typing import Final

from writetex_desktop.core.formats.asciimath import signs
from writetex_desktop.core.formats.asciimath.pieces import (
    TARGET,
    Bracket,
    Group,
    Piece,
    fenced,
    joined,
    paired,
    quoted,
    without_commas,
)
from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.language.words import tr

Pieces = tuple[Piece, ...]

_BRACKETS: Final = tree.OPENING | tree.CLOSING | tree.BARS | {"", "."}


def to_asciimath(node: Node) -> str:
    """Write a formula as AsciiMath; lines of a derivation become a table without brackets.

    Raises:
        ConversionError: It holds something that AsciiMath has no word for.
    """
    return joined(_pieces(node))


def _pieces(node: Node) -> Pieces:
    if isinstance(node, tree.Row) and tree.is_fenced(node):
        return _fenced(node)
    pieces: Pieces = ()
    before: list[Node] = []
    for each in nodes_of(node):
        written = _one(each)
        pieces += (Group(written, "{:", ":}"),) if _is_taken_apart(before, each) else written
        before += [each] if written else []
    return paired(pieces)


def _is_taken_apart(before: list[Node], node: Node) -> bool:
    """Whether a function would take only a part of what follows it.

    It takes the next word, and one more where a script stands at the first.
    """
    if not isinstance(node, tree.Fraction | tree.Limits):
        return False
    match before[-2:]:
        case [*_, name] if _takes_what_follows(name.base if isinstance(name, tree.Scripts) else name):
            return True
        case [name, tree.Scripts()]:
            return _takes_what_follows(name)
        case _:
            return False


def _takes_what_follows(node: Node) -> bool:
    return isinstance(node, tree.Word | tree.Operator) and node.text in signs.TAKES_WHAT_FOLLOWS


def _one(node: Node) -> Pieces:  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
    match node:
        case tree.Word(text, variant):
            return (_word(text, variant),)
        case tree.Number(text):
            return _number(text)
        case tree.Text(text, "italic") if len(text) == 1:
            return (_word(text, "italic"),)
        case tree.Text(text, variant):
            face = signs.FACES.get(variant)
            return (Group((quoted(text),), f"{face}("),) if face else (quoted(text),)
        case tree.Operator(text):
            return _operator(text)
        case tree.Space(em):
            return ("qquad",) if em >= _TWO_EM else ("quad",) if em >= 1 else ()
        case tree.Row():
            return _pieces(node)
        case tree.Fraction(top, bottom, has_bar):
            if not has_bar:
                return _table(tree.Table(((top,), (bottom,)), is_lines=False), "", "")
            return (_operand(top), "/", _operand(bottom))
        case tree.Root(body, None):
            return (_call("sqrt", body),)
        case tree.Root(body, index):
            return (_call("root", index or tree.EMPTY), "", _call("", body))
        case tree.Scripts():
            return _scripts(node)
        case tree.Limits():
            return _limits(node)
        case tree.Table():
            return _table(node, "", "")
        case tree.Enclosed(notations, body):
            if notations != {"updiagonalstrike"}:
                raise cannot(tr("A box, a frame or a stroke other than one rising line"), TARGET)
            return (_call("cancel", body),)
        case tree.Painted(body, ink, paper):
            if paper:
                raise cannot(tr("A coloured background"), TARGET)
            return (_call(f"color(#{ink})", body),)


_TWO_EM: Final = 2
_PLAIN_NUMBER: Final = re.compile(r"\A\d+(?:\.\d+)?\Z")
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?|.")


def _number(text: str) -> Pieces:
    """Write digits; the parser would end a number at a comma, or begin none at a point."""
    first, *others = _DIGITS.findall(text)
    return (first, *(piece for each in others for piece in ("", each)))


def _word(text: str, variant: str) -> Piece:
    if text in signs.NAMES and variant in {"", "normal"} and len(text) > 1:
        return text
    face = signs.FACES.get(variant)
    if face is None:
        raise cannot(tr("A face such as bold sans-serif"), TARGET)
    if face == "":
        is_upright = variant == "normal" and text.isascii() and text.isalpha()
        return quoted(text) if is_upright or not _is_one_sign(text) else signs.SIGNS.get(text, text)
    if face in signs.FACES_OF_LETTERS:
        return Group(tuple(signs.SIGNS.get(letter, letter) for letter in text), f"{face}(")
    return Group((signs.SIGNS.get(text, text) if _is_one_sign(text) else quoted(text),), f"{face}(")


def _is_one_sign(text: str) -> bool:
    """Whether the parser sees one sign; of those beyond 16 bits it sees two halves."""
    return len(text) == 1 and text < "\U00010000" and text not in signs.UNSAFE


def _operator(sign: str) -> Pieces:
    if sign in {"", tree.APPLICATION}:
        return ()
    if sign in signs.SIGNS:
        return (signs.SIGNS[sign],)
    if sign in tree.OPENING | tree.CLOSING:
        return (Bracket(sign, opens=sign in tree.OPENING),)
    if _is_one_sign(sign):
        return (sign,)
    if len(sign) == 1 or sign.replace(" ", "").isalpha():
        return (sign if sign in signs.NAMES else quoted(sign),)
    return tuple(piece for each in sign.replace(" ", "") for piece in _operator(each))


def _call(name: str, node: Node) -> Group:
    return Group(_pieces(node), f"{name}(")


def _operand(node: Node) -> Piece:
    pieces = _pieces(node)
    match pieces:
        case (str(text),) if _is_short(text):
            return text
        case _:
            return Group(pieces)


def _is_short(text: str) -> bool:
    """Whether a piece needs no brackets as an operand; `f(` and `O/` would be something else."""
    is_letter = len(text) == 1 and text.isalpha() and text not in "fgO"
    return is_letter or text in signs.GREEK.values() or _PLAIN_NUMBER.match(text) is not None


def _scripts(node: tree.Scripts) -> Pieces:
    if node.pre_sub is not None or node.pre_sup is not None:
        before = tree.Scripts(tree.EMPTY, node.pre_sub, node.pre_sup)
        after = tree.Scripts(node.base, node.sub, node.sup) if node.sub or node.sup else node.base
        return (*_scripts(before), *_one(after))
    pieces = _base(node.base)
    if node.sub is not None:
        pieces += ("_", _operand(node.sub))
    if isinstance(node.sup, tree.Operator) and node.sup.text in signs.RAISED_BARE:
        primes = signs.SIGNS[node.sup.text]
        if node.sub is None and node.base != tree.EMPTY:
            return (*pieces, primes)
        return (*pieces, "^", primes if len(primes) == 1 else Group((primes,)))
    return (*pieces, "^", _operand(node.sup)) if node.sup is not None else pieces


def _base(node: Node) -> Pieces:
    pieces = _one(node)
    match pieces:
        case ():
            return ("{::}",)
        case (Bracket(_, opens=True),):
            # MathJax gives a bracket what LaTeX writes before the next sign.
            return (*pieces, "{::}")
        case (_,) if not isinstance(node, tree.Fraction):
            return pieces
        case _:
            return (Group(pieces, "{:", ":}"),)


def _limits(node: tree.Limits) -> Pieces:
    over, under, base = node.over, node.under, node.base
    if isinstance(over, tree.Operator) and under is None and over.text in signs.OVER:
        return (_call(signs.OVER[over.text], base),)
    if isinstance(under, tree.Operator) and over is None and under.text in signs.UNDER:
        return (_call(signs.UNDER[under.text], base),)
    if _takes_limits(base):
        pieces = _one(base)
        pieces += ("_", _operand(under)) if under is not None else ()
        return (*pieces, "^", _operand(over)) if over is not None else pieces
    pieces = _pieces(base)
    if under is not None:
        pieces = (_call("underset", under), "", Group(pieces))
    return (_call("overset", over), "", Group(pieces)) if over is not None else pieces


def _takes_limits(base: Node) -> bool:
    """Whether the parser puts scripts under and over this."""
    match base:
        case tree.Operator(text):
            return text in signs.LIMITS
        case tree.Limits(_, None, tree.Operator("⏞")) | tree.Limits(_, tree.Operator("⏟"), None):
            return True
        case _:
            return False


def _fenced(row: tree.Row) -> Pieces:
    opening, *inner, closing = row.nodes
    assert isinstance(opening, tree.Operator)
    assert isinstance(closing, tree.Operator)
    match inner:
        case [tree.Table() as table]:
            return _table(table, opening.text, closing.text)
        case [tree.Fraction(top, bottom, has_bar=False)]:
            return _table(tree.Table(((top,), (bottom,)), is_lines=False), opening.text, closing.text)
        case _:
            pieces = _pieces(tree.Row(tuple(inner)))
            if {opening.text, closing.text} <= _BRACKETS:
                return fenced(opening.text, pieces, closing.text)
            return (*_operator(opening.text), *pieces, *_operator(closing.text))


def _table(table: tree.Table, left: str, right: str) -> Pieces:
    """Write rows in brackets of their own.

    Raises:
        ConversionError: It has level rules or a frame; an upright rule is a cell that holds a bar.
    """
    rules = table.rules
    if rules is not None and (rules.rows or rules.is_framed):
        raise cannot(tr("A table with level rules or a frame"), TARGET)
    width = table.width
    if len(table.rows) * width <= 1:
        return fenced(left, _pieces(table.rows[0][0]), right)
    is_bar = left == right == "|"
    is_known = (left in signs.LEFT and right in signs.RIGHT) or is_bar
    # Within braces the parser takes only rows in square brackets for rows.
    brackets = ("[", "]") if right == "}" else ("(", ")")
    joint = (",", "") if table.is_lines else (",",)
    rows: list[Piece] = []
    for row in table.rows:
        cells: list[Piece] = []
        for at, cell in enumerate(row + (tree.EMPTY,) * (width - len(row))):
            if rules is not None and at in rules.columns:
                cells += [*joint, "|"]
            cells += [*joint, *_cell(cell)]
        rows += [",", "", Group(tuple(cells[len(joint) :]), *brackets)]
    body = tuple(rows[2:])
    if is_bar:
        return (Group(body, "|", "|", is_table=True),)
    if is_known:
        return (Group(body, signs.LEFT[left], signs.RIGHT[right], is_table=True),)
    return fenced(left, (Group(body, "{:", ":}", is_table=True),), right)


def _cell(node: Node) -> Pieces:
    """Write a cell; a function with a script at its argument would take the comma behind it, too.

    So would a bar without a partner.
    """
    pieces = without_commas(_pieces(node))
    takes = any(piece in signs.TAKES_WHAT_FOLLOWS for piece in pieces)
    takes = takes and not {"_", "^"}.isdisjoint(pieces)
    return (Group(pieces, "{:", ":}"),) if takes or pieces.count("|") % 2 else pieces
