"""An expression as source of a programming language: `x = (-b + np.sqrt(b**2 - 4*a*c))/(2*a)`.

An equation with a variable or a function on its left side defines it; others compare. Matrices multiply
in these languages by signs of their own, so that products with them are refused.
"""

from writetex_desktop.core.formats.mathml.tree import cannot
from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.dialect import Dialect
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.infix import (
    ATOM,
    PRODUCT,
    RELATION,
    SUM,
    Arithmetic,
    Infix,
    Written,
)
from writetex_desktop.core.language.words import tr

_PAIR = 2


def to_code(expression: Expression, dialect: Dialect) -> str:
    """Write an expression as source.

    Raises:
        ConversionError: The language has no way to say it.
    """
    return _Writer(dialect).statement(expression)


class _Writer:
    """Writes in one language."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._infix = Infix(dialect.power, self._own, dialect.times, dialect.over)
        self._top = self._infix.top

    def statement(self, expression: Expression) -> str:
        """Write what stands alone: a definition where there is one."""
        match expression:
            case ex.Chain((ex.Symbol() as name, value), ("=",)):
                return self._dialect.define.format(self._symbol(name), self._top(value))
            case ex.Chain((ex.Call(ex.Symbol() as name, arguments), value), ("=",)) if all(
                isinstance(each, ex.Symbol) for each in arguments
            ):
                given = ", ".join(map(self._top, arguments))
                return self._dialect.function.format(self._symbol(name), given, self._top(value))
            case _:
                return self._top(expression)

    def _own(self, expression: Expression) -> Written | Arithmetic:  # noqa: C901, PLR0911, PLR0912 - one case a kind
        match expression:
            case ex.Constant():
                return self._dialect.constants[expression], ATOM
            case ex.Symbol():
                return self._symbol(expression), ATOM
            case ex.Product(factors) if any(map(ex.holds_matrix, factors)):
                raise self._cannot(tr("A product with a matrix"))
            case ex.Power(ex.Constant.E, exponent):
                return self._call("exp", (exponent,))
            case ex.Power(base) if ex.holds_matrix(base):
                raise self._cannot(tr("A power of a matrix"))
            case ex.Call(ex.Symbol() as name, arguments):
                return f"{self._symbol(name)}({', '.join(map(self._top, arguments))})", ATOM
            case ex.Call(str(name), arguments):
                return self._call(name, arguments)
            case ex.Chain(sides, signs):
                return self._chain(sides, signs), RELATION
            case ex.Integral(body, variable, lower, upper) if lower is not None and upper is not None:
                return self._over(self._dialect.integral, tr("An integral"), body, variable, lower, upper)
            case ex.Series(kind, body, variable, lower, upper):
                pattern = self._dialect.total if kind == "Sum" else self._dialect.product
                if upper is ex.Constant.INFINITY and not self._dialect.takes_infinity:
                    raise self._cannot(tr("A series without an end"))
                return self._over(pattern, tr("A series"), body, variable, lower, upper)
            case ex.Limit(body, variable, target, ""):
                return self._over(self._dialect.limit, tr("A limit"), body, variable, target)
            case ex.Derivative(body, ((variable, 1),)):
                return self._over(self._dialect.derivative, tr("A derivative"), body, variable)
            case ex.Matrix(rows):
                whole, between, row, beside = self._dialect.rows
                written = (row.format(beside.join(map(self._cell, cells))) for cells in rows)
                return whole.format(between.join(written)), ATOM
            case ex.Piecewise(cases):
                return self._cases(cases), ATOM
            case ex.Numeral() | ex.Sum() | ex.Negative() | ex.Product() | ex.Quotient() | ex.Power():
                return expression
            case _:
                raise self._cannot(tr("A part of the formula"))

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> Written:
        if name == "root":
            base, degree = (self._infix.within(argument, ATOM) for argument in arguments)
            return f"{base}{self._dialect.power}(1{self._dialect.over}{degree})", PRODUCT
        if name == "log" and len(arguments) == _PAIR:
            return self._dialect.log_of_base.format(*map(self._top, arguments)), PRODUCT
        known = self._dialect.functions.get(name)
        if known is None:
            raise self._cannot(tr("The function {name}", name=name))
        return f"{known}({', '.join(map(self._top, arguments))})", ATOM

    def _chain(self, sides: tuple[Expression, ...], signs: tuple[str, ...]) -> str:
        if len(signs) > 1:
            raise self._cannot(tr("A chain of relations"))
        known = {"=": self._dialect.equal, "≤": "<=", "≥": ">=", "<": "<", ">": ">"}
        if signs[0] not in known:
            raise self._cannot(tr("The sign {sign}", sign=signs[0]))
        left, right = (self._infix.within(side, SUM) for side in sides)
        return f"{left} {known[signs[0]]} {right}"

    def _over(
        self, pattern: str, what: str, body: Expression, variable: ex.Symbol, *bounds: Expression
    ) -> Written:
        if not pattern:
            raise self._cannot(what)
        inner = self._infix.within(body, SUM)
        return pattern.format(inner, self._symbol(variable), *map(self._top, bounds)), ATOM

    def _cases(self, cases: tuple[tuple[Expression, Expression | None], ...]) -> str:
        if not self._dialect.case:
            raise self._cannot(tr("A distinction of cases"))
        written = self._dialect.otherwise
        for value, condition in reversed(cases):
            if condition is None:
                written = self._top(value)
            else:
                written = self._dialect.case.format(self._top(value), self._top(condition), written)
        return written

    def _cell(self, cell: Expression) -> str:
        text = self._top(cell)
        return f"({text})" if " " in text and self._dialect.rows[3] == " " else text

    def _symbol(self, symbol: ex.Symbol) -> str:
        name = (
            symbol.name
            + (f"_{symbol.accent}" if symbol.accent else "")
            + (f"_{symbol.sub}" if symbol.sub else "")
        )
        return f"{name}_" if name in self._dialect.reserved else name

    def _cannot(self, what: str) -> Exception:
        return cannot(what, self._dialect.name)
