"""What runs in the child process: one wish from standard input, one answer to standard output, both as JSON.

The source is never evaluated as Python: its syntax tree is walked, and only the names of `_KNOWN` call
anything.
"""

import ast
import json
import math
import sys
from collections.abc import Mapping
from typing import Any, Final

from writetex_desktop.adapters.job_object import confine
from writetex_desktop.core.language.words import tr

_MEMORY_BYTES: Final = 1 << 30
_CPU_S: Final = 20
_PLOTTED: Final = 400
_RANGE: Final = 10.0
_KNOWN_NAMES: Final = """
    conjugate factorial2
    Abs And Derivative Determinant E Eq Function Ge Gt I Integral Le Limit Lt Matrix Max Min Ne Or Piecewise
    Pow Product Rational Sum Symbol acos acosh acot acsc asec asin asinh atan atanh binomial ceiling cos cosh
    cot coth csc csch exp factorial floor gamma gcd lcm log oo pi root sec sech sign sin sinh sqrt tan tanh
    zeta transpose
"""
_KNOWN: Final = frozenset(_KNOWN_NAMES.split())
_FOR_A_LETTER: Final = frozenset(("solve", "differentiate", "integrate", "plot"))


class UnfitError(Exception):
    """The wish cannot be fulfilled; says why in a sentence."""


def answer(wish: Mapping[str, str], sympy: Any) -> dict[str, Any]:
    """Compute one wish.

    Raises:
        UnfitError: It cannot be computed.
    """
    expression = _value(ast.parse(wish["source"], mode="eval").body, sympy)
    task = wish["task"]
    letter = (
        _letter(expression, wish["letter"])
        if task in {"solve", "differentiate", "integrate", "plot"}
        else None
    )
    if task == "plot":
        return {"points": _points(_right_side(expression, sympy), letter, sympy)}
    outcome = _outcome(task, expression, letter, sympy)
    return {"latex": sympy.latex(outcome), "text": str(outcome)}


def _outcome(task: str, expression: Any, letter: Any, sympy: Any) -> Any:
    if task == "solve":
        found = sympy.solve(expression, letter)
        if not found:
            raise UnfitError(tr("No solution was found."))
        equations = [sympy.Eq(letter, each) for each in found if not isinstance(each, tuple)]
        return equations[0] if len(equations) == 1 else tuple(equations or found)
    if task == "evaluate":
        return sympy.N(_right_side(expression, sympy).doit())
    steps = {
        "simplify": lambda side: sympy.simplify(side.doit()),
        "expand": lambda side: sympy.expand(side.doit()),
        "factor": lambda side: sympy.factor(side.doit()),
        "differentiate": lambda side: sympy.diff(side.doit(), letter),
        "integrate": lambda side: sympy.integrate(side.doit(), letter),
    }
    if isinstance(expression, sympy.Eq):
        sides = [steps[task](side) for side in expression.args]
        return sympy.Eq(*sides, evaluate=False)
    return steps[task](expression)


def _letter(expression: Any, name: str) -> Any:
    letters = sorted(expression.free_symbols, key=str)
    if name:
        found = [each for each in letters if str(each) == name]
        if not found:
            raise UnfitError(tr("There is no {name} in the formula.", name=name))
        return found[0]
    if len(letters) != 1:
        names = ", ".join(map(str, letters))
        raise UnfitError(
            tr("Say for which letter: {names}.", names=names)
            if letters
            else tr("There is no letter in the formula.")
        )
    return letters[0]


def _right_side(expression: Any, sympy: Any) -> Any:
    return expression.rhs if isinstance(expression, sympy.Eq) else expression


def _points(expression: Any, letter: Any, sympy: Any) -> list[tuple[float, float]]:
    others = expression.free_symbols - {letter}
    if others:
        raise UnfitError(
            tr("A plot needs one letter; there is also {names}.", names=", ".join(sorted(map(str, others))))
        )
    function = sympy.lambdify(letter, expression.doit(), "math")
    points = []
    for step in range(_PLOTTED + 1):
        x = -_RANGE + 2 * _RANGE * step / _PLOTTED
        try:
            y = float(function(x))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            continue
        if math.isfinite(y):
            points.append((x, y))
    if len(points) < 2:  # noqa: PLR2004 - a curve has two ends
        raise UnfitError(tr("There is nothing to plot between -10 and 10."))
    return points


def _value(node: ast.expr, sympy: Any) -> Any:  # noqa: C901, PLR0911 - one case a kind of node
    match node:
        case ast.Constant(int(value)):
            return sympy.Integer(value)
        case ast.Constant(float(value)):
            return sympy.Float(value)
        case ast.Constant(str(value)):
            return value
        case ast.Name(name):
            return getattr(sympy, name) if name in _KNOWN else sympy.Symbol(name)
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand, sympy)
        case ast.BinOp(left, operator, right):
            return _binary(operator, _value(left, sympy), _value(right, sympy))
        case ast.Tuple(parts):
            return tuple(_value(part, sympy) for part in parts)
        case ast.List(parts):
            return [_value(part, sympy) for part in parts]
        case ast.Call(ast.Call(ast.Name("Function"), [ast.Constant(str(name))], []), arguments, []):
            return sympy.Function(name)(*(_value(each, sympy) for each in arguments))
        case ast.Call(ast.Name(name), arguments, keywords) if name in _KNOWN:
            options = {each.arg: True for each in keywords if each.arg == "commutative"}
            return getattr(sympy, name)(*(_value(each, sympy) for each in arguments), **options)
        case _:
            raise UnfitError(tr("The formula cannot be computed."))


def _binary(operator: ast.operator, left: Any, right: Any) -> Any:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow():
            return left**right
        case _:
            raise UnfitError(tr("The formula cannot be computed."))


def limit() -> None:
    """Bound what this process may take."""
    if sys.platform == "win32":
        confine(_MEMORY_BYTES, _CPU_S)
    else:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))


def main() -> int:
    """Fulfil the wish on standard input; gives the exit status."""
    limit()
    wish = json.loads(sys.stdin.read())
    try:
        import sympy  # noqa: PLC0415 - an optional extra

        told = answer(wish, sympy)
    except ModuleNotFoundError:
        told = {"missing": True}
    except UnfitError as error:
        told = {"problem": str(error)}
    except Exception as error:  # noqa: BLE001 - SymPy raises whatever its algorithms stumble over
        told = {"problem": tr("SymPy could not compute this."), "kind": type(error).__name__}
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    return 0
