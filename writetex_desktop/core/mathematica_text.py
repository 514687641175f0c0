"""An expression as Mathematica (Wolfram Language) input: `x == (-b + Sqrt[b^2 - 4*a*c])/(2*a)`.

Sources: https://reference.wolfram.com/language/guide/MathematicalFunctions.html and
https://reference.wolfram.com/language/tutorial/OperatorInputForms.html.
"""

from collections.abc import Iterable
from typing import Final

from writetex_desktop.core import expression as ex
from writetex_desktop.core.expression import Expression

_RELATIONS: Final = {"=": "==", "≠": "!=", "<": "<", ">": ">", "≤": "<=", "≥": ">="}
_CONSTANTS: Final = {
    ex.Constant.PI: "Pi",
    ex.Constant.E: "E",
    ex.Constant.I: "I",
    ex.Constant.INFINITY: "Infinity",
}
_FUNCTIONS: Final = {
    "ln": "Log",
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

_RELATION, _SUM, _PRODUCT, _POWER, _ATOM = range(5)


def to_mathematica(expression: Expression) -> str:
    """Write an expression as input for Mathematica."""
    return _write(expression)[0]


def _write(expression: Expression) -> tuple[str, int]:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """Give the source and how tightly it binds."""
    match expression:
        case ex.Constant():
            return _CONSTANTS[expression], _ATOM
        case ex.Numeral(text):
            return text, _ATOM
        case ex.Symbol():
            return _symbol(expression), _ATOM
        case ex.Sum(terms):
            return _sum(terms), _SUM
        case ex.Negative(body):
            return f"-{_within(body, _PRODUCT)}", _SUM
        case ex.Product(factors):
            return "*".join(_within(factor, _PRODUCT) for factor in factors), _PRODUCT
        case ex.Quotient(top, bottom):
            return f"{_within(top, _PRODUCT)}/{_within(bottom, _POWER)}", _PRODUCT
        case ex.Power(base, exponent):
            return f"{_within(base, _ATOM)}^{_within(exponent, _ATOM)}", _POWER
        case ex.Call():
            return _call(expression), _ATOM
        case ex.Chain(sides, signs):
            written = _within(sides[0], _SUM)
            for sign, side in zip(signs, sides[1:], strict=True):
                written += f" {_RELATIONS[sign]} {_within(side, _SUM)}"
            return written, _RELATION
        case ex.Integral(body, variable, lower, upper):
            over = _symbol(variable)
            if lower is not None and upper is not None:
                over = f"{{{over}, {_top(lower)}, {_top(upper)}}}"
            return f"Integrate[{_top(body)}, {over}]", _ATOM
        case ex.Series(kind, body, variable, lower, upper):
            return f"{kind}[{_top(body)}, {{{_symbol(variable)}, {_top(lower)}, {_top(upper)}}}]", _ATOM
        case ex.Limit(body, variable, target, side):
            direction = {"+": ', Direction -> "FromAbove"', "-": ', Direction -> "FromBelow"'}.get(side, "")
            return f"Limit[{_top(body)}, {_symbol(variable)} -> {_top(target)}{direction}]", _ATOM
        case ex.Derivative(body, variables):
            return _derivative(body, variables), _ATOM
        case ex.Matrix(rows):
            return _list(_list(_top(cell) for cell in row) for row in rows), _ATOM
        case ex.Piecewise(cases):
            pairs = (_list((_top(value), "True" if test is None else _top(test))) for value, test in cases)
            return f"Piecewise[{_list(pairs)}]", _ATOM


def _top(expression: Expression) -> str:
    return _write(expression)[0]


def _within(expression: Expression, least: int) -> str:
    text, tightness = _write(expression)
    return text if tightness >= least else f"({text})"


def _sum(terms: tuple[Expression, ...]) -> str:
    written = _within(terms[0], _SUM)
    for term in terms[1:]:
        if isinstance(term, ex.Negative):
            written += f" - {_within(term.body, _PRODUCT)}"
        else:
            written += f" + {_within(term, _PRODUCT)}"
    return written


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
    if call.function == "root":
        return f"({arguments[0]})^(1/{_within(call.arguments[1], _ATOM)})"
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
