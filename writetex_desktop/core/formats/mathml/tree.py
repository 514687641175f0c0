"""Presentation MathML as a small tree that the text forms of a formula are written from.

MathJax has parsed the LaTeX by then, so that every macro, shorthand and alias is gone. What is only looks
(sizes, padding, phantoms) is left out, but for colours; rows of one are that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.language.words import tr


@dataclass(frozen=True, slots=True)
class Word:
    r"""An identifier: one letter, or a name such as `sin`; or digits in a face, as those of `\mathbb{1}`.

    Attributes:
        text: Its letters.
        variant: MathML's name of its face, such as `double-struck`; empty for the usual one.
    """

    text: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, perhaps with a point."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    r"""An operator, a relation, a bracket or a comma; empty for the invisible one of `\right.` in LaTeX.

    Attributes:
        text: Its sign or its name.
        grows: Whether it is as high as what it stands beside, as what `\left` and `\middle` make; operators
            are equal whether they grow or not.
    """

    text: str
    grows: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in running text.

    Attributes:
        text: The words.
        variant: MathML's name of their face, such as `bold`; empty for the usual one.
    """

    text: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Blank of `em` width."""

    em: float


@dataclass(frozen=True, slots=True)
class Row:
    r"""Nodes side by side.

    Attributes:
        nodes: The nodes.
        is_pair: Whether `\left...\right` made it: the first and the last node are its brackets, of whatever
            kind. Rows are equal whether they are pairs or not.
    """

    nodes: tuple["Node", ...] = ()
    is_pair: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing above another; without a bar it is a part of a binomial."""

    top: "Node"
    bottom: "Node"
    has_bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` is None for the square root."""

    body: "Node"
    index: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """What stands at the corners of a base."""

    base: "Node"
    sub: "Node | None" = None
    sup: "Node | None" = None
    pre_sub: "Node | None" = None
    pre_sup: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What stands below and above a base: limits, braces, accents."""

    base: "Node"
    under: "Node | None" = None
    over: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a table.

    Attributes:
        columns: After how many columns an upright line stands, in order.
        rows: After how many rows a level line stands, in order.
        is_framed: Whether a line goes round the whole.
        is_dashed: Whether one of them is dashed.
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    is_framed: bool
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells.

    Attributes:
        rows: The rows.
        is_lines: Whether it is lines of a derivation, aligned or not, and no matrix.
        rules: The lines drawn between or around the cells; None for none.
        aligned: How the columns are set: `left`, `center` or `right`; centred where nothing is said.
    """

    rows: tuple[tuple["Node", ...], ...]
    is_lines: bool
    rules: Rules | None = None
    aligned: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Something with a box round it or a stroke through it; `notations` are MathML's names."""

    notations: frozenset[str]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Painted:
    """Something in a colour, or on one.

    Attributes:
        body: What it is.
        ink: The colour it is drawn in, as six hexadecimal digits; empty for that of what is around it.
        paper: The colour it stands on, likewise.
    """

    body: "Node"
    ink: str = ""
    paper: str = ""


Node = (
    Word
    | Number
    | Operator
    | Text
    | Space
    | Row
    | Fraction
    | Root
    | Scripts
    | Limits
    | Table
    | Enclosed
    | Painted
)

EMPTY: Final = Row()

OPENING: Final = frozenset("([{⟨⌊⌈⌜⟦")
CLOSING: Final = frozenset(")]}⟩⌋⌉⌝⟧")
BARS: Final = frozenset("|‖∣∥")

APPLICATION: Final = "\u2061"
"""The invisible operator between a function and its argument."""

STROKE: Final = "\u0338"
"""What Unicode puts behind a letter that has a stroke through it."""

_OPENERS = OPENING | BARS | {""}
_CLOSERS = CLOSING | BARS | {""}


def nodes_of(node: Node) -> tuple[Node, ...]:
    """The nodes of a row; a single node is a row of one."""
    return node.nodes if isinstance(node, Row) else (node,)


def cannot(construct: str, target: str) -> ConversionError:
    """Make the error that names what cannot be carried.

    Args:
        construct: What it is, with its article and a capital, such as `A matrix`.
        target: The form, such as `AsciiMath`.
    """
    return ConversionError(
        tr("{construct} cannot be written in {target}.", construct=construct, target=target),
        tr("Choose another format."),
    )


def is_fenced(row: Row) -> bool:
    r"""Whether a row is one pair of brackets with its contents, as `\left...\right` and matrices make."""
    match row.nodes:
        case (Operator(), *_, Operator()) if row.is_pair:
            return True
        case (Operator(opening), *inner, Operator(closing)) if opening in _OPENERS and closing in _CLOSERS:
            return is_balanced(inner)
        case _:
            return False


def is_balanced(nodes: Iterable[Node], *, with_bars: bool = False) -> bool:
    """Whether brackets among the nodes match.

    Args:
        nodes: The nodes.
        with_bars: Whether bars may be among them, each of which may be half of a pair that ends outside.
    """
    depth = 0
    for node in nodes:
        sign = node.base if isinstance(node, Scripts) else node
        if isinstance(sign, Operator):
            if sign.text in BARS and not with_bars:
                return False
            depth += (sign.text in OPENING) - (sign.text in CLOSING)
            if depth < 0:
                return False
    return depth == 0
