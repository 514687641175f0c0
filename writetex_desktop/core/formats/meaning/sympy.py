"""An expression as SymPy: `Eq(x, (-b + sqrt(b**2 - 4*a*c))/(2*a))`.

Names that mean something to SymPy or to Python are written as `Symbol('E')`.
Source: https://docs.sympy.org/latest/modules/core.html and https://docs.sympy.org/latest/gotchas.html.
"""

import keyword
from typing import Final

from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.infix import ATOM, Arithmetic, Infix, Written

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


def to_sympy(expression: Expression) -> str:
    """Write an expression as Python source for SymPy."""
    return _INFIX.top(expression)


def _own(expression: Expression) -> Written | Arithmetic:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """Write all but arithmetic."""
    match expression:
        case ex.Constant():
            return expression.value, ATOM
        case ex.Symbol():
            return _symbol(expression), ATOM
        case ex.Indexed(base, indices):
            return f"IndexedBase('{_name(base)}')[{', '.join(map(_top, indices))}]", ATOM
        case ex.Quotient(ex.Numeral(top), ex.Numeral(bottom)) if top.isdigit() and bottom.isdigit():
            # Python would make a floating-point number of 1/2.
            return f"Rational({top}, {bottom})", ATOM
        case ex.Call():
            return _call(expression), ATOM
        case ex.Chain(sides, signs):
            return _chain(sides, signs), ATOM
        case ex.Integral(body, variable, lower, upper):
            bounds = "" if lower is None or upper is None else f", {_top(lower)}, {_top(upper)}"
            over = f"({_symbol(variable)}{bounds})" if bounds else _symbol(variable)
            return f"Integral({_top(body)}, {over})", ATOM
        case ex.Series(kind, body, variable, lower, upper):
            return f"{kind}({_top(body)}, ({_symbol(variable)}, {_top(lower)}, {_top(upper)}))", ATOM
        case ex.Limit(body, variable, target, side):
            direction = f", '{side}'" if side else ", '+-'" if target != ex.Constant.INFINITY else ""
            return f"Limit({_top(body)}, {_symbol(variable)}, {_top(target)}{direction})", ATOM
        case ex.Derivative(body, variables):
            over = ", ".join(_times(each, order) for each, order in variables)
            return f"Derivative({_top(body)}, {over})", ATOM
        case ex.Matrix(rows):
            written = ", ".join(f"[{', '.join(_top(cell) for cell in row)}]" for row in rows)
            return f"Matrix([{written}])", ATOM
        case ex.Piecewise(cases):
            pairs = (f"({_top(value)}, {'True' if test is None else _top(test)})" for value, test in cases)
            return f"Piecewise({', '.join(pairs)})", ATOM
        case _:
            return expression


_INFIX: Final = Infix("**", _own)
_top: Final = _INFIX.top


def _times(variable: ex.Symbol, order: int) -> str:
    return _symbol(variable) if order == 1 else f"({_symbol(variable)}, {order})"


def _name(symbol: ex.Symbol) -> str:
    name = symbol.name + symbol.accent + (f"_{symbol.sub}" if symbol.sub else "")
    # SymPy's own spelling, as the word is Python's.
    return "lamda" if name == "lambda" else name


def _symbol(symbol: ex.Symbol) -> str:
    name = _name(symbol)
    if symbol.is_matrix:
        return f"Symbol('{name}', commutative=False)"
    return f"Symbol('{name}')" if name in _RESERVED or keyword.iskeyword(name) else name


def _call(call: ex.Call) -> str:
    arguments = ", ".join(_top(argument) for argument in call.arguments)
    if isinstance(call.function, ex.Symbol):
        return f"Function('{_name(call.function)}')({arguments})"
    return f"{_FUNCTIONS.get(call.function, call.function)}({arguments})"


def _chain(sides: tuple[Expression, ...], signs: tuple[str, ...]) -> str:
    relations = [
        f"{_RELATIONS[sign]}({_top(left)}, {_top(right)})"
        for left, sign, right in zip(sides, signs, sides[1:], strict=False)
    ]
    return relations[0] if len(relations) == 1 else f"And({', '.join(relations)})"
