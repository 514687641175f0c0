"""The signs and brackets of a row of nodes, for those who read what it means."""

from collections.abc import Sequence

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node


def bare_sign(node: Node | None) -> str:
    """Give the sign of an operator; empty for other nodes."""
    return node.text if isinstance(node, tree.Operator) else ""


def is_blank(node: Node) -> bool:
    """Whether a node says nothing."""
    return isinstance(node, tree.Space) or node in {tree.EMPTY, tree.Operator(tree.APPLICATION)}


def sign_with_scripts(node: Node | None) -> tuple[str, Node | None, Node | None]:
    """Give an operator with what stands below and above it; an empty sign for other nodes."""
    match node:
        case tree.Operator(sign):
            return sign, None, None
        case tree.Scripts(tree.Operator(sign), sub, sup, None, None):
            return sign, sub, sup
        case tree.Limits(tree.Operator(sign), under, over):
            return sign, under, over
        case _:
            return "", None, None


def sign_of(node: Node) -> str:
    """Give the sign of an operator, with scripts or without; empty for other nodes."""
    match node:
        case tree.Operator(sign) | tree.Scripts(tree.Operator(sign), _, _, None, None):
            return sign
        case _:
            return ""


def comma_parts(nodes: Sequence[Node]) -> list[list[Node]]:
    """Cut at the commas outside of brackets."""
    parts: list[list[Node]] = [[]]
    depth = 0
    for node in nodes:
        sign = sign_of(node)
        depth += (sign in tree.OPENING) - (sign in tree.CLOSING)
        if depth == 0 and sign == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def is_plain_fraction(node: Node | None) -> bool:
    """Whether it is a fraction of two numbers."""
    return (
        isinstance(node, tree.Fraction)
        and isinstance(node.top, tree.Number)
        and isinstance(node.bottom, tree.Number)
    )
