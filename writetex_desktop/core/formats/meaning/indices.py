"""Indices that run in a sum or a limit: without them, `a_i` would be one number for all `i`."""

from collections.abc import Callable
from dataclasses import replace

from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.names import refuse
from writetex_desktop.core.language.words import tr


def with_indices(body: Expression, variable: ex.Symbol) -> Expression:
    """Give an expression in which each letter that has a variable for an index depends on it.

    Raises:
        ConversionError: The variable is a part of an index of another kind.
    """

    def depending(symbol: ex.Symbol) -> Expression:
        if variable.name not in symbol.sub or variable.sub:
            return symbol
        if symbol.places:
            return _at_places(symbol, variable)
        parts = symbol.sub.split("_")
        if variable.name not in parts:
            parts = list(symbol.sub)
        if variable.name not in parts or not all(part.isalnum() for part in parts):
            raise refuse(tr("An index that is an expression"))
        return ex.Indexed(replace(symbol, sub=""), tuple(ex.Symbol(part) for part in parts))

    return _changed(body, depending)


def _at_places(symbol: ex.Symbol, variable: ex.Symbol) -> Expression:
    """Let a letter depend on what its index says, where the variable is in it."""
    found: list[ex.Symbol] = []

    def note(each: ex.Symbol) -> Expression:
        found.append(each)
        return each

    for place in symbol.places:
        _changed(place, note)
    if variable not in found:
        return symbol
    return ex.Indexed(replace(symbol, sub="", places=()), symbol.places)


def _changed(each: Expression, change: Callable[[ex.Symbol], Expression]) -> Expression:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    def every(parts: tuple[Expression, ...]) -> tuple[Expression, ...]:
        return tuple(_changed(part, change) for part in parts)

    def maybe(part: Expression | None) -> Expression | None:
        return None if part is None else _changed(part, change)

    match each:
        case ex.Symbol():
            return change(each)
        case ex.Constant() | ex.Numeral() | ex.Indexed():
            return each
        case ex.Call(function, arguments):
            return ex.Call(function, every(arguments))
        case ex.Sum(terms):
            return ex.Sum(every(terms))
        case ex.Product(factors):
            return ex.Product(every(factors))
        case ex.Negative(body):
            return ex.Negative(_changed(body, change))
        case ex.Quotient(top, bottom):
            return ex.Quotient(_changed(top, change), _changed(bottom, change))
        case ex.Power(base, exponent):
            return ex.Power(_changed(base, change), _changed(exponent, change))
        case ex.Chain(sides, signs):
            return ex.Chain(every(sides), signs)
        case ex.Integral(body, variable, lower, upper):
            return ex.Integral(_changed(body, change), variable, maybe(lower), maybe(upper))
        case ex.Series(kind, body, variable, lower, upper):
            return ex.Series(
                kind, _changed(body, change), variable, _changed(lower, change), _changed(upper, change)
            )
        case ex.Limit(body, variable, target, side):
            return ex.Limit(_changed(body, change), variable, _changed(target, change), side)
        case ex.Derivative(body, variables):
            return ex.Derivative(_changed(body, change), variables)
        case ex.Matrix(rows):
            return ex.Matrix(tuple(every(row) for row in rows))
        case ex.Piecewise(cases):
            return ex.Piecewise(tuple((_changed(value, change), maybe(test)) for value, test in cases))
