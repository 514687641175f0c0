r"""Whether a formula is one of chemistry, in which signs side by side are no factors.

Source: the commands of mhchem, https://mhchem.github.io/MathJax-mhchem/, and the elements of one letter in
the periodic table of IUPAC.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node

_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|.)|(?<!\\)%[^\n]*", re.DOTALL)
_ELEMENTS: Final = frozenset("HBCNOFPSKVYIWU")


def is_chemical_source(latex: str) -> bool:
    r"""Whether a source sets chemistry by mhchem's `\ce`."""
    return "\\ce" in _COMMAND.findall(latex)


def holds_compound(nodes: Iterable[Node]) -> bool:
    r"""Whether two upright elements stand side by side, one at least with a number: `\mathrm{H_2O}`."""
    counts: list[bool | None] = [_count(node) for node in nodes]
    pairs = pairwise(counts)
    return any(one is not None and other is not None and (one or other) for one, other in pairs)


def _count(node: Node) -> bool | None:
    """Whether an element has a number of atoms; None for what is no element."""
    match node:
        case tree.Word(text, "normal") if text in _ELEMENTS:
            return False
        case tree.Scripts(tree.Word(text, "normal"), tree.Number(), _, None, None) if text in _ELEMENTS:
            return True
        case _:
            return None
