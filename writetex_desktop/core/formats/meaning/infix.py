"""Sums, products and powers as programs that calculate read them, whatever else their language looks like."""

from collections.abc import Callable
from dataclasses import dataclass

from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.expression import Expression

RELATION, SUM, PRODUCT, POWER, ATOM = range(5)
"""How tightly a piece of source binds."""

Written = tuple[str, int]
"""Source, and how tightly it binds."""

Arithmetic = ex.Numeral | ex.Sum | ex.Negative | ex.Product | ex.Quotient | ex.Power
"""What looks the same in all languages but for the sign of a power."""


@dataclass(frozen=True, slots=True)
class Infix:
    """Writes expressions, with no more parentheses than they need.

    Attributes:
        power: The sign between a base and its exponent.
        own: Writes what looks different in each language; gives arithmetic back as it is.
        times: The sign of a product.
        over: The sign of a quotient.
    """

    power: str
    own: Callable[[Expression], Written | Arithmetic]
    times: str = "*"
    over: str = "/"

    def top(self, expression: Expression) -> str:
        """Give the source of what stands alone or between commas."""
        return self._write(expression)[0]

    def within(self, expression: Expression, least: int) -> str:
        """Give the source of a part, in parentheses unless it binds at least so tightly."""
        text, tightness = self._write(expression)
        return text if tightness >= least else f"({text})"

    def _write(self, expression: Expression) -> Written:  # noqa: PLR0911 - one case a kind
        match self.own(expression):
            case (source, tightness):
                return source, tightness
            case ex.Numeral(text):
                return text, ATOM
            case ex.Sum(terms):
                return self._sum(terms), SUM
            case ex.Negative(body):
                return f"-{self.within(body, PRODUCT)}", SUM
            case ex.Product(factors):
                return self.times.join(self.within(factor, PRODUCT) for factor in factors), PRODUCT
            case ex.Quotient(top, bottom):
                return f"{self.within(top, PRODUCT)}{self.over}{self.within(bottom, POWER)}", PRODUCT
            case ex.Power(base, exponent):
                return f"{self.within(base, ATOM)}{self.power}{self.within(exponent, ATOM)}", POWER

    def _sum(self, terms: tuple[Expression, ...]) -> str:
        written = self.within(terms[0], SUM)
        for term in terms[1:]:
            if isinstance(term, ex.Negative):
                written += f" - {self.within(term.body, PRODUCT)}"
            else:
                written += f" + {self.within(term, PRODUCT)}"
        return written
