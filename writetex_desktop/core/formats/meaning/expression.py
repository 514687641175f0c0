"""What a formula says, for programs that calculate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Constant(StrEnum):
    """A number with a name; the values are its names in SymPy."""

    PI = "pi"
    E = "E"
    I = "I"  # noqa: E741 - its name everywhere
    INFINITY = "oo"


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits, perhaps with a point."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable.

    Attributes:
        name: A letter, or the English name of a Greek one.
        sub: Its index in letters and digits; empty for none.
        accent: One of `hat`, `bar`, `tilde`, `vec`, `dot`, `ddot`; empty for none.
        is_matrix: Whether it is a matrix or a vector, whose products may not be turned round.
        places: What its index says where that is an expression, such as `n + 1`; otherwise nothing.
    """

    name: str
    sub: str = ""
    accent: str = ""
    is_matrix: bool = False
    places: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Indexed:
    """A variable whose index runs in a sum or a limit.

    Attributes:
        base: The variable without its index.
        indices: Its indices, one of them at least the variable that runs.
    """

    base: Symbol
    indices: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments; a `Symbol` is one that the formula names itself, a text a known one."""

    function: Symbol | str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms that are added."""

    terms: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors."""

    factors: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite."""

    body: "Expression"


@dataclass(frozen=True, slots=True)
class Quotient:
    """A fraction."""

    top: "Expression"
    bottom: "Expression"


@dataclass(frozen=True, slots=True)
class Power:
    """A power."""

    base: "Expression"
    exponent: "Expression"


@dataclass(frozen=True, slots=True)
class Chain:
    """Relations, one after the other; `signs` are `= ≠ < > ≤ ≥`, one fewer than the sides."""

    sides: tuple["Expression", ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Integral:
    """An integral; without bounds both are None."""

    body: "Expression"
    variable: Symbol
    lower: "Expression | None" = None
    upper: "Expression | None" = None


@dataclass(frozen=True, slots=True)
class Series:
    """A sum (`Sum`) or product (`Product`) over an index."""

    kind: str
    body: "Expression"
    variable: Symbol
    lower: "Expression"
    upper: "Expression"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit; `side` is `+` or `-` for one from one side."""

    body: "Expression"
    variable: Symbol
    target: "Expression"
    side: str = ""


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derivative, not carried out; each variable with its order."""

    body: "Expression"
    variables: tuple[tuple[Symbol, int], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix."""

    rows: tuple[tuple["Expression", ...], ...]


@dataclass(frozen=True, slots=True)
class Piecewise:
    """Cases: a value and its condition; None for otherwise."""

    cases: tuple[tuple["Expression", "Expression | None"], ...]


Expression = (
    Constant
    | Numeral
    | Symbol
    | Indexed
    | Call
    | Sum
    | Product
    | Negative
    | Quotient
    | Power
    | Chain
    | Integral
    | Series
    | Limit
    | Derivative
    | Matrix
    | Piecewise
)


def product_of(factors: Sequence[Expression]) -> Expression:
    """Multiply; products within a product are one."""
    flat: tuple[Expression, ...] = ()
    for each in factors:
        flat += each.factors if isinstance(each, Product) else (each,)
    return flat[0] if len(flat) == 1 else Product(flat)


def holds_matrix(expression: Expression) -> bool:
    """Whether something is a matrix or a vector, or has one among its factors or terms."""
    match expression:
        case Symbol() | Indexed(Symbol()):
            letter = expression if isinstance(expression, Symbol) else expression.base
            return letter.is_matrix
        case Matrix() | Call("transpose"):
            return True
        case Product(parts) | Sum(parts):
            return any(map(holds_matrix, parts))
        case Negative(body) | Quotient(body) | Power(body):
            return holds_matrix(body)
        case _:
            return False
