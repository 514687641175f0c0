"""An expression as SymPy: `Eq(x, (-b + sqrt(b**2 - 4*a*c))/(2*a))`.

Names that mean something to SymPy or to Python are written as `Symbol('E')`.
Source: https://docs.sympy.org/latest/modules/core.html and https://docs.sympy.org/latest/gotchas.html.
"""

import keyword
from typing import Final

from writetex_desktop.core import expression as ex
from writetex_desktop.core.expression import Expression

_RELATIONS: Final = {"=": "Eq", "≠": "Ne", "<": "Lt", ">": "Gt", "≤": "Le", "≥": "Ge"}
_FUNCTIONS: Final = {
    "abs": "Abs",
    "max": "Max",
    "min": "Min",
    "ln": "log",
    "sgn": "sign",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "det": "Determinant",
    **{f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
}
_RESERVED: Final = frozenset(["E", "I", "N", "O", "Q", "S", "beta", "gamma", "zeta", "pi", "oo"])
_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = range(5)


def to_sympy(expression: Expression) -> str:
    """Write an expression as Python source for SymPy."""
    return _write(expression)[0]


def _write(expression: Expression) -> tuple[str, int]:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """Give the source and how tightly it binds."""
    match expression:
        case ex.Constant():
            return expression.value, _ATOM
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
        case ex.Quotient(ex.Numeral(top), ex.Numeral(bottom)) if top.isdigit() and bottom.isdigit():
            # Python would make a floating-point number of 1/2.
            return f"Rational({top}, {bottom})", _ATOM
        case ex.Quotient(top, bottom):
            return f"{_within(top, _PRODUCT)}/{_within(bottom, _POWER)}", _PRODUCT
        case ex.Power(base, exponent):
            return f"{_within(base, _ATOM)}**{_within(exponent, _ATOM)}", _POWER
        case ex.Call():
            return _call(expression), _ATOM
        case ex.Chain(sides, signs):
            return _chain(sides, signs), _ATOM
        case ex.Integral(body, variable, lower, upper):
            bounds = "" if lower is None or upper is None else f", {_top(lower)}, {_top(upper)}"
            over = f"({_symbol(variable)}{bounds})" if bounds else _symbol(variable)
            return f"Integral({_top(body)}, {over})", _ATOM
        case ex.Series(kind, body, variable, lower, upper):
            return f"{kind}({_top(body)}, ({_symbol(variable)}, {_top(lower)}, {_top(upper)}))", _ATOM
        case ex.Limit(body, variable, target, side):
            direction = f", '{side}'" if side else ", '+-'" if target != ex.Constant.INFINITY else ""
            return f"Limit({_top(body)}, {_symbol(variable)}, {_top(target)}{direction})", _ATOM
        case ex.Derivative(body, variables):
            over = ", ".join(_times(each, order) for each, order in variables)
            return f"Derivative({_top(body)}, {over})", _ATOM
        case ex.Matrix(rows):
            written = ", ".join(f"[{', '.join(_top(cell) for cell in row)}]" for row in rows)
            return f"Matrix([{written}])", _ATOM
        case ex.Piecewise(cases):
            pairs = (f"({_top(value)}, {'True' if test is None else _top(test)})" for value, test in cases)
            return f"Piecewise({', '.join(pairs)})", _ATOM


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


def _times(variable: ex.Symbol, order: int) -> str:
    return _symbol(variable) if order == 1 else f"({_symbol(variable)}, {order})"


def _symbol(symbol: ex.Symbol) -> str:
    name = symbol.name + symbol.accent + (f"_{symbol.sub}" if symbol.sub else "")
    if name == "lambda":
        # SymPy's own spelling, as the word is Python's.
        return "lamda"
    return f"Symbol('{name}')" if name in _RESERVED or keyword.iskeyword(name) else name


def _call(call: ex.Call) -> str:
    arguments = ", ".join(_top(argument) for argument in call.arguments)
    if isinstance(call.function, ex.Symbol):
        return f"Function('{_symbol(call.function)}')({arguments})"
    return f"{_FUNCTIONS.get(call.function, call.function)}({arguments})"


def _chain(sides: tuple[Expression, ...], signs: tuple[str, ...]) -> str:
    relations = [
        f"{_RELATIONS[sign]}({_top(left)}, {_top(right)})"
        for left, sign, right in zip(sides, signs, sides[1:], strict=False)
    ]
    return relations[0] if len(relations) == 1 else f"And({', '.join(relations)})"
