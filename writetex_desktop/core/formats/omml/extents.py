"""How far the body of a sum and the argument of a function reach in a row of nodes."""

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.omml.pairing import is_pair

BIG: Final = frozenset("∑∏∐∫∬∭∮∯∰")
"""Signs that are written as `m:nary`: those that LibreOffice (7.4) draws; it leaves the others, as ⋃, out."""

INTEGRALS: Final = frozenset("∫∬∭∮∯∰")
_RELATIONS: Final = frozenset("=≠<>≤≥≈≡∼≃≅∝→⇒⇔⟹⟺↦∈,;")
_SUMS: Final = frozenset("+−-±∓&")
_WIDE_EM: Final = 0.5
_BINARY_NAMES: Final = frozenset({"mod", "if", "and", "or"})


def big_sign(node: Node) -> str:
    """The sign of a sum or an integral, with limits or without; empty for other nodes."""
    match node:
        case tree.Operator(sign) | tree.Limits(tree.Operator(sign)):
            return sign if sign in BIG else ""
        case tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign if sign in BIG else ""
        case _:
            return ""


def body_end(nodes: Sequence[Node], start: int) -> int:
    """Give the end of the body of a sum that begins at `start`: the next relation or closing bracket."""
    return _end(nodes, start, _RELATIONS)


def function_end(nodes: Sequence[Node], at: int) -> tuple[int, int] | None:
    """Tell where the argument of a function at a place begins and ends; None if there is none.

    An argument in brackets ends with them; that of `lim` and its like reaches to the next sum or relation,
    and that of a named function no further than to the next name either.
    """
    if _is_limit(nodes[at]):
        start = _behind_blanks(nodes, at + 1)
        end = _end(nodes, start, _RELATIONS | _SUMS)
    elif tree.Operator(tree.APPLICATION) in nodes[at + 1 : at + 2]:
        start = _behind_blanks(nodes, at + 2)
        end = _argument_end(nodes, start)
    else:
        return None
    return (start, end) if end > start else None


def _argument_end(nodes: Sequence[Node], start: int) -> int:
    if start < len(nodes) and is_pair(nodes[start]):
        return start + 1
    if start < len(nodes) and _bracket(nodes[start]) in tree.OPENING - {""}:
        depth = 0
        for at in range(start, len(nodes)):
            depth += _depth_step(nodes[at])
            if depth == 0:
                return at + 1
        return start
    at = start
    while at < len(nodes) and not isinstance(nodes[at], tree.Operator) and not _is_gap(nodes[at]):
        if at > start and (_is_limit(nodes[at]) or tree.Operator(tree.APPLICATION) in nodes[at + 1 : at + 2]):
            break
        at += 1
    return at


def _end(nodes: Sequence[Node], start: int, ends: frozenset[str]) -> int:
    depth = 0
    for at in range(start, len(nodes)):
        depth += _depth_step(nodes[at])
        if depth < 0:
            return at
        node = nodes[at]
        if depth == 0 and ((isinstance(node, tree.Operator) and node.text in ends) or _is_gap(node)):
            return at
    return len(nodes)


def _behind_blanks(nodes: Sequence[Node], start: int) -> int:
    while start < len(nodes) and isinstance(nodes[start], tree.Space) and not _is_gap(nodes[start]):
        start += 1
    return start


def _is_gap(node: Node) -> bool:
    return isinstance(node, tree.Space) and node.em >= _WIDE_EM


def _is_limit(node: Node) -> bool:
    """Whether a node is a name such as `lim`, with something below it or without."""
    match node:
        case tree.Operator(name) | tree.Limits(tree.Operator(name)) | tree.Scripts(tree.Operator(name)):
            return len(name) > 1 and name.replace(" ", "").isalpha() and name not in _BINARY_NAMES
        case _:
            return False


def _bracket(node: Node) -> str:
    match node:
        case tree.Operator(sign) | tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign
        case _:
            return ""


def _depth_step(node: Node) -> int:
    sign = _bracket(node)
    return (sign in tree.OPENING - {""}) - (sign in tree.CLOSING - {""}) if sign else 0
