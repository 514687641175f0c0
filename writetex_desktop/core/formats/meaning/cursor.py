"""A place in a row of nodes that moves to the right, past pairs of brackets as a whole."""

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node
from writetex_desktop.core.formats.meaning.brackets import is_blank, sign_of
from writetex_desktop.core.formats.meaning.names import refuse
from writetex_desktop.core.language.words import tr

PAIRS: Final = {"(": ")", "[": "]", "{": "}", "|": "|", "⌊": "⌋", "⌈": "⌉"}
_INVISIBLE: Final = frozenset({tree.Operator(""), tree.Operator(".")})


class Cursor:
    """Reads nodes one after the other; blanks are passed over.

    Args:
        nodes: The row.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = [node for node in nodes if not is_blank(node)]
        self.at = 0

    @property
    def here(self) -> Node | None:
        """The next node; None at the end."""
        return self.nodes[self.at] if self.at < len(self.nodes) else None

    def next(self) -> Node:
        """Take the next node.

        Raises:
            ConversionError: There is none.
        """
        here = self.here
        if here is None:
            raise refuse(tr("An empty place"))
        self.at += 1
        return here

    def passed(self, sign: str) -> int:
        """Go past a sign as often as it stands here, and give how often that was."""
        start = self.at
        while isinstance(self.here, tree.Operator) and self.here.text == sign:
            self.at += 1
        return self.at - start

    def until(self, opening: str) -> tuple[list[Node], Node]:
        """Read up to the bracket that closes.

        Raises:
            ConversionError: There is none.
        """
        depth = 0
        for at in range(self.at, len(self.nodes)):
            sign = sign_of(self.nodes[at])
            closes_cases = opening == "{" and self.nodes[at] in _INVISIBLE
            if depth == 0 and (sign == PAIRS[opening] or closes_cases):
                inner = self.nodes[self.at : at]
                self.at = at + 1
                return inner, self.nodes[at]
            depth += (sign in tree.OPENING) - (sign in tree.CLOSING)
        raise refuse(tr("A bracket without its partner"))

    def peek_inside(self) -> list[Node]:
        """What stands in the parentheses that begin here; the place stays."""
        start = self.at
        self.next()
        inner, _ = self.until("(")
        self.at = start
        return inner
