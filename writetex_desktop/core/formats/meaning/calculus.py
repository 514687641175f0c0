"""Differentials in formulas: `dx` at the end of an integral, `d/dx` and its kin as fractions."""

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning.expression import Symbol
from writetex_desktop.core.formats.meaning.names import symbol

_INTEGRAL: Final = "∫"
_PRIMES: Final = {"′": 1, "″": 2, "‴": 3}


def integral_end(nodes: Sequence[Node], start: int) -> int | None:
    """Give the place behind the differential that ends an integral whose body begins at `start`."""
    open_integrals = 1
    at = start
    while at < len(nodes):
        node = nodes[at]
        open_integrals += _is_integral(node)
        if isinstance(node, tree.Fraction) and _has_differential(nodes_of(node.top)):
            open_integrals -= 1
            at += 1
        elif _is_differential(nodes, at):
            open_integrals -= 1
            at += 2
        else:
            at += 1
        if not open_integrals:
            return at
    return None


def cut_differential(nodes: Sequence[Node]) -> tuple[list[Node], Symbol]:
    """Part the body of an integral from its variable."""
    last = nodes[-1]
    if isinstance(last, tree.Fraction):
        top = nodes_of(last.top)
        body = tree.Row(tuple(top[:-2])) if len(top) > len("dx") else tree.Number("1")
        return [*nodes[:-1], tree.Fraction(body, last.bottom)], symbol(top[-1])
    return list(nodes[:-2]), symbol(last)


def _is_integral(node: Node) -> bool:
    match node:
        case tree.Operator(sign) | tree.Scripts(tree.Operator(sign)) | tree.Limits(tree.Operator(sign)):
            return sign == _INTEGRAL
        case _:
            return False


def _is_differential(nodes: Sequence[Node], at: int) -> bool:
    return _is_d(nodes[at]) and at + 1 < len(nodes) and _is_variable(nodes[at + 1])


def _has_differential(nodes: Sequence[Node]) -> bool:
    return len(nodes) > 1 and _is_differential(nodes, len(nodes) - 2)


def _is_d(node: Node) -> bool:
    return isinstance(node, tree.Word) and node.text == "d"


def _is_variable(node: Node) -> bool:
    match node:
        case tree.Word(text) | tree.Scripts(tree.Word(text), _, None, None, None):
            return len(text) == 1 and text.isalpha()
        case _:
            return False


def as_derivative(top: Node, bottom: Node) -> tuple[list[Node], tuple[tuple[Symbol, int], ...]] | None:
    """Read a fraction of differentials as a derivative.

    Returns:
        What is differentiated, nothing where it stands behind the fraction, and the variables with their
        orders; None for any other fraction.

    Raises:
        ConversionError: What stands behind a `d` is no variable.
    """
    above = [node for node in nodes_of(top) if not isinstance(node, tree.Space)]
    below = [node for node in nodes_of(bottom) if not isinstance(node, tree.Space)]
    sign = _sign(above[0]) if above else ""
    if not sign or len(below) < len("dx") or _sign(below[0]) != sign:
        return None
    variables: list[tuple[Symbol, int]] = []
    for at in range(0, len(below), 2):
        if _sign(below[at]) != sign or at + 1 == len(below):
            return None
        variables.append(_variable(below[at + 1]))
    if sum(order for _, order in variables) != _order(above[0]):
        return None
    return list[Node](above[1:]), tuple(variables)


def _sign(node: Node) -> str:
    match node:
        case tree.Word(text) | tree.Operator(text):
            return text if text in {"d", "∂"} else ""
        case tree.Scripts(base, None, tree.Number(), None, None):
            return _sign(base)
        case _:
            return ""


def _order(node: Node) -> int:
    return int(node.sup.text) if isinstance(node, tree.Scripts) and isinstance(node.sup, tree.Number) else 1


def _variable(node: Node) -> tuple[Symbol, int]:
    match node:
        case tree.Scripts(base, sub, tree.Number(order), None, None) if order.isdigit():
            return symbol(tree.Scripts(base, sub) if sub is not None else base), int(order)
        case _:
            return symbol(node), 1


def prime_order(node: Node) -> int:
    """How many primes stand at a letter and nothing else; zero for other nodes."""
    if not isinstance(node, tree.Scripts) or node.sub is not None or node.sup is None:
        return 0
    signs = "".join(each.text if isinstance(each, tree.Operator) else "?" for each in nodes_of(node.sup))
    return sum(_PRIMES[sign] for sign in signs) if signs and set(signs) <= _PRIMES.keys() else 0
