"""What stands in brackets: a matrix, a determinant, cases, a binomial, a modulus, or just a group."""

from collections.abc import Callable, Sequence

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.brackets import is_blank, sign_of
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.names import refuse
from writetex_desktop.core.language.words import tr

_FUNCTIONS = {"|": "abs", "⌊": "floor", "⌈": "ceiling"}

Read = Callable[[Sequence[Node]], Expression]


def group(opening: str, inner: Sequence[Node], closing: str, read: Read) -> Expression:
    """Read what stands between two brackets.

    Args:
        opening: The bracket before it.
        inner: What stands between them.
        closing: The bracket behind it; empty for none.
        read: Reads a row.
    """
    match (opening, *inner):
        case ("(" | "[", tree.Table(rows, False)):
            return ex.Matrix(tuple(tuple(read(nodes_of(cell)) for cell in row) for row in rows))
        case ("|", tree.Table(rows, False, None)):
            matrix = ex.Matrix(tuple(tuple(read(nodes_of(cell)) for cell in row) for row in rows))
            return ex.Call("det", (matrix,))
        case ("{", tree.Table(rows, False, None)) if not closing:
            if max(len(row) for row in rows) == 1:
                raise refuse(tr("A system of equations"))
            return ex.Piecewise(tuple(_case(row, read) for row in rows))
        case ("(", tree.Fraction(top, bottom, False)):
            return ex.Call("binomial", (read(nodes_of(top)), read(nodes_of(bottom))))
        case ("{", *_) if not any(_is_bracket(node) for node in inner):
            # As the third kind of brackets braces stand round others; round none they are a set.
            raise refuse(tr("A set"))
        case _:
            body = read(inner)
            name = _FUNCTIONS.get(opening)
            return ex.Call(name, (body,)) if name else body


def _is_bracket(node: Node) -> bool:
    return sign_of(node) in {"(", "["} or (isinstance(node, tree.Row) and tree.is_fenced(node))


def _case(row: tuple[Node, ...], read: Read) -> tuple[Expression, Expression | None]:
    value = read(nodes_of(row[0]))
    condition = [part for cell in row[1:] for part in nodes_of(cell) if not is_blank(part)]
    words = " ".join(part.text for part in condition if isinstance(part, tree.Text)).lower()
    rest = [part for part in condition if not isinstance(part, tree.Text)]
    if any(word in words for word in ("otherwise", "else")) or not condition:
        return value, None
    if words.strip(" ,.") not in {"", "if", "for", "when", "where"}:
        raise refuse(tr("A condition in words"))
    return value, read(rest)
