"""Names in formulas: which letters are variables, constants and functions."""

from dataclasses import replace
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.greek import GREEK
from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.tree import Node, cannot, nodes_of
from writetex_desktop.core.formats.meaning.expression import (
    Constant,
    Expression,
    Negative,
    Numeral,
    Sum,
    Symbol,
    product_of,
)
from writetex_desktop.core.language.words import tr

TARGET: Final = "code"

FUNCTIONS: Final = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "sech",
        "csch",
        "arcsin",
        "arccos",
        "arctan",
        "arccot",
        "arcsec",
        "arccsc",
        "arsinh",
        "arcosh",
        "artanh",
        "exp",
        "ln",
        "log",
        "max",
        "min",
        "gcd",
        "lcm",
        "det",
        "sgn",
    ]
)
"""What is known by the same name wherever mathematics is written."""

GREEK_FUNCTIONS: Final = {"ζ": "zeta", "Γ": "gamma"}
"""Which Greek letters are functions where a parenthesis follows."""

OWN_FUNCTIONS: Final = frozenset("fghFGH")
"""Which letters are functions where a parenthesis follows."""

INVERSES: Final = {
    name: f"{'ar' if name.endswith('h') else 'arc'}{name}"
    for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")
}

FUNCTION: Final = "function"
"""The face that `preparing` gives to letters that are functions."""

MATRIX: Final = "matrix"
"""The face that `preparing` gives to letters that are matrices or vectors."""

_STEPS: Final = {"+": "plus", "−": "minus", "-": "minus"}
_MINUS: Final = frozenset("−-")

_PLAIN_FACES: Final = frozenset({"", "normal", "italic", "bold", "bold-italic", FUNCTION, MATRIX})

ACCENTS: Final = {
    "^": "hat",
    "ˆ": "hat",
    "~": "tilde",
    "˜": "tilde",
    "¯": "bar",
    "―": "bar",
    "→": "vec",
    "˙": "dot",
    "¨": "ddot",
}


_BARS: Final = frozenset("¯―")
_SIGNS: Final = frozenset("+−-±/⋅×")


def refuse(construct: str) -> ConversionError:
    """Make the error for what no program can calculate."""
    return cannot(construct, TARGET)


def name_of(node: Node) -> str:  # noqa: PLR0911 - one case a kind of node
    """Name a node in an error."""
    match node:
        case tree.Word(text, variant) if len(text) == 1 and variant not in _PLAIN_FACES:
            return tr("The letter {letter} in this face", letter=text)
        case tree.Operator(text) | tree.Word(text):
            return tr("The sign {sign}", sign=text) if len(text) == 1 else tr("The name {name}", name=text)
        case tree.Text():
            return tr("Running text")
        case tree.Table():
            return tr("A table")
        case tree.Enclosed():
            return tr("A box or a stroke")
        case tree.Limits():
            return tr("Something above or below a sign")
        case tree.Scripts():
            return tr("A script of this kind")
        case _:
            return tr("A part of this formula")


def function_name(node: Node | None) -> str:
    """Give the name of a known function, with scripts at it or without; empty for other nodes."""
    match node:
        case tree.Word(text) | tree.Operator(text):
            return text if text in FUNCTIONS else ""
        case tree.Scripts(tree.Word(text) | tree.Operator(text), _, _, None, None):
            return text if text in FUNCTIONS else ""
        case _:
            return ""


def is_conjugate(node: Node) -> bool:
    """Whether a bar stands over an expression; over a letter it is a part of its name, over two a segment."""
    match node:
        case tree.Limits(tree.Row(nodes), None, tree.Operator(sign)):
            return sign in _BARS and any(
                isinstance(each, tree.Operator) and each.text in _SIGNS for each in nodes
            )
        case _:
            return False


def letter_of(node: Node) -> str:
    """Give the letter of a variable, with an index at it or without; empty for other nodes."""
    match node:
        case tree.Word(text) | tree.Scripts(tree.Word(text), _, None, None, None):
            return text if len(text) == 1 else ""
        case _:
            return ""


def has_face(node: Node, face: str) -> bool:
    """Whether the letter of a variable has a face."""
    match node:
        case tree.Word(_, variant) | tree.Scripts(tree.Word(_, variant)):
            return variant == face
        case _:
            return False


def is_capital(expression: Expression) -> bool:
    """Whether it is a capital letter, as sets and vectors are."""
    return isinstance(expression, Symbol) and len(expression.name) == 1 and expression.name.isupper()


def is_own(expression: Expression) -> bool:
    """Whether it is a letter that functions have."""
    return isinstance(expression, Symbol) and expression.name in OWN_FUNCTIONS


def letter_named(name: str) -> str:
    r"""Give the letter that somebody names: `σ`, `sigma` and `\sigma` are one.

    Raises:
        ConversionError: It is no letter.
    """
    bare = name.strip().removeprefix("\\")
    letter = next((each for each, known in GREEK.items() if known == bare), bare)
    if len(letter) != 1 or not letter.isalpha():
        raise ConversionError(
            tr("{value} is no letter.", value=bare or tr("Nothing")),
            tr("Name one letter, such as f or sigma."),
        )
    return letter


def constant(word: tree.Word) -> Constant | None:
    """Give the constant that a letter is; slanted `e` and `i` are variables."""
    if word.text in {"π", "∞"}:
        return Constant.PI if word.text == "π" else Constant.INFINITY
    if word.variant == "normal":
        return {"e": Constant.E, "i": Constant.I}.get(word.text)
    return None


def symbol(node: Node) -> Symbol:
    """Give the variable that a letter is, with its index and its accent.

    Raises:
        ConversionError: It is no variable.
    """
    match node:
        case tree.Word(text, variant) if len(text) == 1 and variant in _PLAIN_FACES:
            name = GREEK.get(text, text)
            if name.isascii() and name.isalpha():
                return Symbol(name, is_matrix=variant == MATRIX)
        case tree.Scripts(base, sub, None, None, None) if sub is not None:
            bare = symbol(base)
            if not bare.sub:
                return replace(bare, sub=_index(sub), places=_places(sub))
        case tree.Limits(tree.Word() as base, None, tree.Operator(sign)) if sign in ACCENTS:
            return replace(symbol(base), accent=ACCENTS[sign])
        case _:
            pass
    raise refuse(name_of(node))


def _places(node: Node) -> tuple[Expression, ...]:
    """Read an index that adds or takes away, such as `n+1`; other indices are names and give nothing."""
    nodes = nodes_of(node)
    if not any(isinstance(each, tree.Operator) and each.text in _STEPS for each in nodes):
        return ()
    places: list[Expression] = []
    terms: list[Expression] = []
    factors: list[Expression] = []
    sign = ""
    for part in (*nodes, tree.Operator(",")):
        match part:
            case tree.Operator():
                term = product_of(factors) if factors else Numeral("0")
                terms.append(Negative(term) if sign in _MINUS else term)
                factors, sign = [], part.text
                if part.text == ",":
                    places.append(terms[0] if len(terms) == 1 else Sum(tuple(terms)))
                    terms, sign = [], ""
            case tree.Number(digits):
                factors.append(Numeral(digits))
            case _:
                factors.append(symbol(part))
    return tuple(places)


def _index(node: Node) -> str:
    """Write an index in letters and digits."""
    text = ""
    for part in nodes_of(node):
        match part:
            case tree.Word(word):
                text += GREEK.get(word, word)
            case tree.Number(digits) | tree.Text(digits):
                text += digits
            case tree.Operator(","):
                text += "_"
            case tree.Operator(sign) if sign in _STEPS and text and not text.endswith("_"):
                text += _STEPS[sign]
            case _:
                raise refuse(tr("An index that is an expression"))
    if not text.replace("_", "").isalnum() or not text.isascii():
        raise refuse(tr("An index that is an expression"))
    return text
