"""An expression as Mathematica (Wolfram Language) input: `x == (-b + Sqrt[b^2 - 4*a*c])/(2*a)`.

Sources: https://reference.wolfram.com/language/guide/MathematicalFunctions.html and
https://reference.wolfram.com/language/tutorial/OperatorInputForms.html.
"""

from collections.abc import Iterable
from typing import Final

from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.infix import (
    ATOM,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
    Arithmetic,
    Infix,
    Written,
)

_RELATIONS: Final = {"=": "==", "≠": "!=", "<": "<", ">": ">", "≤": "<=", "≥": ">="}
_CONSTANTS: Final = {
    ex.Constant.PI: "Pi",
    ex.Constant.E: "E",
    ex.Constant.I: "I",
    ex.Constant.INFINITY: "Infinity",
}
_FUNCTIONS: Final = {
    "ln": "Log",
    "factorial2": "Factorial2",
    "sgn": "Sign",
    "gcd": "GCD",
    "lcm": "LCM",
    "arsinh": "ArcSinh",
    "arcosh": "ArcCosh",
    "artanh": "ArcTanh",
    **{f"arc{name}": f"Arc{name.capitalize()}" for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
}
_ACCENTS: Final = {
    "hat": "OverHat",
    "bar": "OverBar",
    "tilde": "OverTilde",
    "vec": "OverVector",
    "dot": "OverDot",
    "ddot": "OverDot",
}
_RESERVED: Final = frozenset("CDEIKNO")
"""Capital letters with a meaning of their own; formal symbols are the like without one."""


def to_mathematica(expression: Expression) -> str:
    """Write an expression as input for Mathematica."""
    return _INFIX.top(expression)


def _own(expression: Expression) -> Written | Arithmetic:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """Write all but arithmetic."""
    match expression:
        case ex.Constant():
            return _CONSTANTS[expression], ATOM
        case ex.Symbol():
            return _symbol(expression), ATOM
        case ex.Indexed(base, indices):
            return f"Subscript[{_symbol(base)}, {', '.join(map(_top, indices))}]", ATOM
        case ex.Call("root", (base, degree)):
            return f"{_INFIX.within(base, ATOM)}^(1/{_INFIX.within(degree, ATOM)})", POWER
        case ex.Call():
            return _call(expression), ATOM
        case ex.Product(factors) if len([each for each in factors if ex.holds_matrix(each)]) > 1:
            # `*` would put matrices into alphabetical order.
            matrices = " . ".join(_INFIX.within(each, POWER) for each in factors if ex.holds_matrix(each))
            numbers = [_INFIX.within(each, PRODUCT) for each in factors if not ex.holds_matrix(each)]
            return "*".join([*numbers, f"({matrices})"] if numbers else [matrices]), PRODUCT
        case ex.Chain(sides, signs):
            written = _INFIX.within(sides[0], SUM)
            for sign, side in zip(signs, sides[1:], strict=True):
                written += f" {_RELATIONS[sign]} {_INFIX.within(side, SUM)}"
            return written, RELATION
        case ex.Integral(body, variable, lower, upper):
            over = _symbol(variable)
            if lower is not None and upper is not None:
                over = f"{{{over}, {_top(lower)}, {_top(upper)}}}"
            return f"Integrate[{_top(body)}, {over}]", ATOM
        case ex.Series(kind, body, variable, lower, upper):
            return f"{kind}[{_top(body)}, {{{_symbol(variable)}, {_top(lower)}, {_top(upper)}}}]", ATOM
        case ex.Limit(body, variable, target, side):
            direction = {"+": ', Direction -> "FromAbove"', "-": ', Direction -> "FromBelow"'}.get(side, "")
            return f"Limit[{_top(body)}, {_symbol(variable)} -> {_top(target)}{direction}]", ATOM
        case ex.Derivative(body, variables):
            return _derivative(body, variables), ATOM
        case ex.Matrix(rows):
            return _list(_list(_top(cell) for cell in row) for row in rows), ATOM
        case ex.Piecewise(cases):
            pairs = (_list((_top(value), "True" if test is None else _top(test))) for value, test in cases)
            return f"Piecewise[{_list(pairs)}]", ATOM
        case _:
            return expression


_INFIX: Final = Infix("^", _own)
_top: Final = _INFIX.top


def _symbol(symbol: ex.Symbol) -> str:
    # A Greek letter has its own input form; the plain word would be a name like any other.
    name = f"\\[{_greek(symbol.name)}]" if len(symbol.name) > 1 else symbol.name
    if name in _RESERVED:
        name = f"\\[FormalCapital{name}]"
    if symbol.accent:
        name = f"{_ACCENTS[symbol.accent]}[{name}]"
        name = f"OverDot[{symbol.name}, 2]" if symbol.accent == "ddot" else name
    if not symbol.sub:
        return name
    if symbol.places:
        return f"Subscript[{name}, {', '.join(map(_top, symbol.places))}]"
    index = symbol.sub if symbol.sub.isdigit() or symbol.sub.isalpha() else f'"{symbol.sub}"'
    return f"Subscript[{name}, {index}]"


def _greek(name: str) -> str:
    if name.startswith("var"):
        return "FinalSigma" if name == "varsigma" else f"Curly{name.removeprefix('var').capitalize()}"
    return f"Capital{name}" if name[0].isupper() else name.capitalize()


def _call(call: ex.Call) -> str:
    arguments = [_top(argument) for argument in call.arguments]
    if isinstance(call.function, ex.Symbol):
        return f"{_symbol(call.function)}[{', '.join(arguments)}]"
    if call.function == "log":
        # The base comes first.
        arguments.reverse()
    name = _FUNCTIONS.get(call.function, call.function.capitalize())
    return f"{name}[{', '.join(arguments)}]"


def _derivative(body: Expression, variables: tuple[tuple[ex.Symbol, int], ...]) -> str:
    """Write it without having it carried out: of a bare letter Mathematica would make 0."""
    over = (_symbol(each) if order == 1 else _list((_symbol(each), str(order))) for each, order in variables)
    return f"Inactive[D][{_top(body)}, {', '.join(over)}]"


def _list(parts: Iterable[str]) -> str:
    return f"{{{', '.join(parts)}}}"
