"""The shape of a formula: what the parser gives, the normaliser rewrites and the printer writes out."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Atom:
    """One sign or one command without arguments, spelt as in LaTeX."""

    sign: str


@dataclass(frozen=True, slots=True)
class Space:
    """Horizontal space that the formula's writer put by hand; the canonical form has none."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """Subscript and superscript of the node before it; an empty row means that there is none."""

    sub: "Row" = ()
    sup: "Row" = ()


@dataclass(frozen=True, slots=True)
class Command:
    r"""A command with its arguments, as `\frac` with two or `\sqrt` with an option and one."""

    name: str
    args: tuple["Row", ...]
    option: "Row" = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """Rows of cells, as a matrix or aligned equations."""

    name: str
    rows: tuple[tuple["Row", ...], ...]


Node = Atom | Space | Scripts | Command | Environment
Row = tuple[Node, ...]


def flatten(row: Iterable[Node]) -> tuple[str, ...]:
    """The tokens of a row in canonical order: subscript before superscript, every argument braced."""
    tokens: list[str] = []
    for node in row:
        _append(tokens, node)
    return tuple(tokens)


def _append(tokens: list[str], node: Node) -> None:
    match node:
        case Atom(sign):
            tokens.append(sign)
        case Space():
            pass
        case Scripts(sub, sup):
            for sign, row in (("_", sub), ("^", sup)):
                if row:
                    tokens += [sign, "{", *flatten(row), "}"]
        case Command(name, args, option):
            tokens.append(name)
            if option:
                tokens += ["[", *flatten(option), "]"]
            for argument in args:
                tokens += ["{", *flatten(argument), "}"]
        case Environment(name, rows):
            tokens += [f"\\begin{{{name}}}", *_table(rows), f"\\end{{{name}}}"]


def _table(rows: tuple[tuple[Row, ...], ...]) -> list[str]:
    tokens: list[str] = []
    for number, cells in enumerate(rows):
        if number:
            tokens.append("\\\\")
        for column, cell in enumerate(cells):
            if column:
                tokens.append("&")
            tokens += flatten(cell)
    return tokens
