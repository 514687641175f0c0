r"""Letters with primes that do not say their variable: `y''+y=0` is about a function `y` of `x`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.rebuilding import every_node, rebuilt
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning.brackets import bare_sign
from writetex_desktop.core.formats.meaning.calculus import prime_order
from writetex_desktop.core.formats.meaning.names import letter_of

_VARIABLES: Final = ("x", "t")
"""What functions without a word depend on: `x`, or the time where `x` is the function or is not there."""


def with_variables(node: Node) -> tuple[Node, dict[str, str]]:
    """Write the variable behind each letter that is derived and does not say its own.

    Args:
        node: A formula without blanks.

    Returns:
        The formula, and the letters with what they are a function of.
    """
    derived = {
        letter_of(each.base)
        for row in _rows(node)
        for at, each in enumerate(row)
        if isinstance(each, tree.Scripts) and _is_derived(each) and not _is_called(row, at)
    } - {""}
    letters = {each.text for each in every_node(node) if isinstance(each, tree.Word)}
    variable = _VARIABLES["x" in derived or ("x" not in letters and "t" in letters)]
    if not derived or variable in derived:
        return node, {}
    argument = (tree.Operator("("), tree.Word(variable), tree.Operator(")"))

    def called(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        written: list[Node] = []
        for at, each in enumerate(nodes):
            match each:
                # What is below has been written before: the letter that carries a script has its argument.
                case tree.Scripts(tree.Row((tree.Word() as letter, *rest)), sub, sup) if (
                    tuple(rest) == argument
                ):
                    bare = replace(each, base=letter)
                    if sub is not None or sup is None or _is_called(nodes, at):
                        written.append(bare)
                    elif prime_order(bare):
                        written += (bare, *argument)
                    else:
                        written += (letter, *argument[:2], tree.Scripts(argument[2], None, sup))
                case tree.Word(text) if text in derived and not _is_called(nodes, at):
                    written += (each, *argument)
                case _:
                    written.append(each)
        return tuple(written)

    return rebuilt(node, called), dict.fromkeys(sorted(derived), variable)


def _rows(node: Node) -> list[Sequence[Node]]:
    """Give what stands side by side; what stands alone, as a numerator may, is a row of one."""
    every = list(every_node(node))
    rows = [each.nodes for each in every if isinstance(each, tree.Row)]
    within = {id(each) for row in rows for each in row}
    return [*rows, *((each,) for each in every if id(each) not in within and not isinstance(each, tree.Row))]


def _is_derived(node: tree.Scripts) -> bool:
    return bool(prime_order(node)) and bool(letter_of(node.base))


def _is_called(nodes: Sequence[Node], at: int) -> bool:
    behind = nodes[at + 1] if at + 1 < len(nodes) else None
    if isinstance(behind, tree.Row):
        return tree.is_fenced(behind) and bare_sign(nodes_of(behind)[0]) == "("
    return bare_sign(behind) == "("
