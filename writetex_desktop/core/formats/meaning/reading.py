r"""What a formula means, read from how it looks.

Presentation leaves things open; these conventions decide, and what they do not decide is refused:

* Letters side by side are factors; `f`, `g`, `h`, `F`, `G`, `H` before a parenthesis, and whatever stands
  before a parenthesis with a comma in it, are functions; so is what `preparing` found to be one.
* `e` with an exponent is the exponential, upright `e` and `i` are the constants, and so is `π`.
* A function name without parentheses takes the factors up to the next sign or name: `\sin 2x` is `sin(2x)`.
* A sum or product over an index reaches to the next `+`, `-` or relation; an integral to its `d`, or as far
  as a product where its `d` stands at its start.
* `\sin^{-1}` is the inverse function, any other exponent at a name is a power of its value.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from writetex_desktop.core.formats.mathml.chemistry import holds_compound
from writetex_desktop.core.formats.mathml.painting import is_painted, unpainted
from writetex_desktop.core.formats.mathml.rebuilding import every_node
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.names import is_conjugate, refuse
from writetex_desktop.core.formats.meaning.preparing import prepare
from writetex_desktop.core.formats.meaning.rows import read_row
from writetex_desktop.core.language.words import tr


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a formula says, and what had to be assumed.

    Attributes:
        expression: What it says.
        factors: The letters that were taken for factors before a parenthesis, though they may be functions.
        notes: What else was assumed, each in a sentence.
    """

    expression: Expression
    factors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_meaning(node: Node, functions: AbstractSet[str] = frozenset()) -> Meaning:
    """Read what a formula says.

    Args:
        node: The formula.
        functions: Letters, such as `σ`, that are functions where a parenthesis follows: the user said so.

    Raises:
        ConversionError: It says something that programs cannot calculate, or says it ambiguously.
    """
    is_coloured = is_painted(node)
    node = unpainted(node)
    if holds_compound(nodes_of(node)):
        raise refuse(tr("A chemical formula"))
    prepared = prepare(node, functions)
    notes = [
        tr("{letter} was read as a function of {variable}.", letter=each, variable=of)
        for each, of in prepared.dependents.items()
    ]
    if any(map(is_conjugate, every_node(prepared.node))):
        notes.append(tr("A bar over an expression was read as its complex conjugate."))
    if is_coloured:
        notes.append(tr("The colours were left out."))
    return Meaning(read_row(nodes_of(prepared.node)), prepared.factors, tuple(notes))
