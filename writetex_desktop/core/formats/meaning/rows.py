"""Rows of nodes read into expressions; the conventions stand in `reading`."""

from collections.abc import Sequence
from typing import Final

from writetex_desktop.core.formats.mathml import tree
from writetex_desktop.core.formats.mathml.chemistry import holds_compound
from writetex_desktop.core.formats.mathml.tree import Node, nodes_of
from writetex_desktop.core.formats.meaning import expression as ex
from writetex_desktop.core.formats.meaning.brackets import (
    bare_sign,
    comma_parts,
    is_blank,
    is_plain_fraction,
    sign_of,
    sign_with_scripts,
)
from writetex_desktop.core.formats.meaning.calculus import (
    as_derivative,
    cut_differential,
    integral_end,
    prime_order,
)
from writetex_desktop.core.formats.meaning.cursor import PAIRS, Cursor
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.groups import group
from writetex_desktop.core.formats.meaning.indices import with_indices
from writetex_desktop.core.formats.meaning.names import (
    FUNCTION,
    FUNCTIONS,
    GREEK_FUNCTIONS,
    INVERSES,
    OWN_FUNCTIONS,
    constant,
    function_name,
    has_face,
    is_capital,
    is_conjugate,
    is_own,
    letter_of,
    name_of,
    refuse,
    symbol,
)
from writetex_desktop.core.language.words import tr

_RELATIONS: Final = {"=": "=", "≠": "≠", "<": "<", ">": ">", "≤": "≤", "≥": "≥", "⩽": "≤", "⩾": "≥"}
_TIMES: Final = frozenset("⋅×∗*·")
_MINUS: Final = frozenset("−-")
_SERIES: Final = {"∑": "Sum", "∏": "Product"}
_STARTING: Final = frozenset((*(PAIRS.keys() - {"|"}), "∫", *_SERIES))
_FACTORIALS: Final = ("factorial", "factorial2")
_TRANSPOSED: Final = tree.Operator("⊤")
_MINUS_ONE: Final = (tree.Operator("−"), tree.Number("1"))


def _whole(node: Node) -> Expression:
    return read_row(nodes_of(node))


def read_row(nodes: Sequence[Node]) -> Expression:
    """Read nodes side by side whose letters `preparing` has seen.

    Raises:
        ConversionError: They say something that programs cannot calculate, or say it ambiguously.
    """
    if holds_compound(nodes):
        raise refuse(tr("A chemical formula"))
    return _Reader(nodes).whole()


class _Reader(Cursor):
    """Reads one row from left to right."""

    def whole(self) -> Expression:
        if self.nodes and bare_sign(self.nodes[-1]) in {".", ",", ";"}:
            self.nodes.pop()
        expression = self._chain()
        if self.here is not None:
            raise refuse(name_of(self.here))
        return expression

    def _chain(self) -> Expression:
        sides = [self._sum()]
        signs: list[str] = []
        while bare_sign(self.here) in _RELATIONS:
            signs.append(_RELATIONS[bare_sign(self.next())])
            sides.append(self._sum())
        return ex.Chain(tuple(sides), tuple(signs)) if signs else sides[0]

    def _sum(self) -> Expression:
        terms: list[Expression] = []
        while not terms or bare_sign(self.here) in {"+", *_MINUS}:
            sign = bare_sign(self.next()) if bare_sign(self.here) in {"+", *_MINUS} else ""
            term = self._product()
            terms.append(ex.Negative(term) if sign in _MINUS else term)
        return terms[0] if len(terms) == 1 else ex.Sum(tuple(terms))

    def _product(self) -> Expression:
        factors = [self._juxtaposed()]
        while bare_sign(self.here) in _TIMES | {"/", "÷"}:
            sign = bare_sign(self.next())
            if sign in _TIMES:
                factor = self._juxtaposed()
                if ex.holds_matrix(factors[-1]) and ex.holds_matrix(factor):
                    raise refuse(tr("A product of vectors"))
                if sign == "×" and is_capital(factors[-1]) and is_capital(factor):
                    raise refuse(tr("A product of sets or vectors"))
                if sign == "∗" and is_own(factors[-1]) and is_own(factor):
                    raise refuse(tr("A convolution"))
                factors.append(factor)
                continue
            bottom = self._factor()
            if self._starts_factor():
                raise refuse(tr("A slash before several factors"))
            factors.append(ex.Quotient(factors.pop(), bottom))
        return ex.product_of(factors)

    def _juxtaposed(self, *, of_function: bool = False) -> Expression:
        """Read factors side by side; the argument of a function ends at the next function."""
        factors = [self._factor()]
        while self._starts_factor() and not (of_function and function_name(self.here)):
            if isinstance(factors[-1], ex.Numeral) and is_plain_fraction(self.here):
                raise refuse(tr("A mixed number, which may be a product,"))
            factors.append(self._factor())
        return ex.product_of(factors)

    def _starts_factor(self) -> bool:
        here = self.here
        if isinstance(here, tree.Operator):
            is_bar = here.text == "|" and any(sign_of(node) == "|" for node in self.nodes[self.at + 1 :])
            return is_bar or here.text in _STARTING or here.text in FUNCTIONS
        return here is not None

    def _factor(self) -> Expression:
        factor = self._primary()
        marks = self.passed("!")
        if marks > len(_FACTORIALS):
            raise refuse(tr("A factorial of this kind"))
        return ex.Call(_FACTORIALS[marks - 1], (factor,)) if marks else factor

    def _primary(self) -> Expression:  # noqa: PLR0911 - one return a kind of factor
        node = self.here
        if bare_sign(node) in PAIRS:
            return self._bracketed()
        if function_name(node):
            return self._function()
        sign, sub, sup = sign_with_scripts(node)
        if sign == "∫":
            return self._integral(sub, sup)
        if sign in _SERIES:
            return self._series(_SERIES[sign], sub, sup)
        if isinstance(node, tree.Limits) and bare_sign(node.base) == "lim":
            return self._limit(node.under)
        node = self.next()
        if isinstance(node, tree.Fraction) and (found := as_derivative(node.top, node.bottom)) is not None:
            body, variables = found
            return ex.Derivative(read_row(body) if body else self._juxtaposed(), variables)
        if (order := prime_order(node)) and isinstance(node, tree.Scripts):
            return self._primed(node.base, order)
        if isinstance(node, tree.Row) and tree.is_fenced(node):
            return _Reader(node.nodes)._bracketed(alone=True)  # noqa: SLF001 - a reader of the same kind
        if self._is_own_function(node):
            return self._own_function(node)
        return _single(node)

    # --- Brackets --------------------------------------------------------------------------------------

    def _bracketed(self, *, alone: bool = False) -> Expression:
        opening = bare_sign(self.next())
        if opening not in PAIRS:
            raise refuse(tr("A pair of brackets of this kind"))
        inner, closing = self.until(opening)
        if alone and self.here is not None:
            raise refuse(tr("A pair of brackets of this kind"))
        contents = group(opening, inner, sign_of(closing), read_row)
        if isinstance(closing, tree.Scripts):
            if closing.sub is not None or closing.sup is None:
                raise refuse(tr("An index at a bracket"))
            return _raised(contents, closing.sup)
        return contents

    def _arguments(self) -> tuple[Expression, ...] | None:
        """Read arguments in parentheses; None where no parenthesis stands."""
        here = self.here
        if isinstance(here, tree.Row) and tree.is_fenced(here) and bare_sign(here.nodes[0]) == "(":
            if isinstance(here.nodes[1], tree.Table):
                return None
            self.next()
            return tuple(read_row(part) for part in comma_parts(here.nodes[1:-1]))
        if bare_sign(here) != "(":
            return None
        start = self.at
        self.next()
        inner, closing = self.until("(")
        if isinstance(closing, tree.Scripts):
            self.at = start
            return None
        return tuple(read_row(part) for part in comma_parts(inner))

    # --- Functions -------------------------------------------------------------------------------------

    def _function(self) -> Expression:
        node = self.next()
        name = function_name(node)
        sub = node.sub if isinstance(node, tree.Scripts) else None
        sup = node.sup if isinstance(node, tree.Scripts) else None
        arguments = self._arguments()
        if arguments is None and bare_sign(self.here) == "(":
            raise refuse(tr("An exponent behind the argument of a function"))
        arguments = arguments or (self._juxtaposed(of_function=True),)
        if sup is not None and nodes_of(sup) == _MINUS_ONE and name in INVERSES:
            return ex.Call(INVERSES[name], arguments)
        if sub is not None:
            if name != "log":
                raise refuse(tr("An index at a function"))
            arguments = (*arguments, _whole(sub))
        if len(arguments) > 1 and name not in {"max", "min", "gcd", "lcm", "log"}:
            raise refuse(tr("A function of several arguments"))
        call = ex.Call(name, arguments)
        return ex.Power(call, _exponent(sup)) if sup is not None else call

    def _is_own_function(self, node: Node) -> bool:
        """Whether a letter is called with what stands behind it in parentheses."""
        letter = letter_of(node)
        if not letter:
            return False
        here = self.here
        if isinstance(here, tree.Row) and tree.is_fenced(here) and bare_sign(here.nodes[0]) == "(":
            inner: Sequence[Node] = here.nodes[1:-1]
        elif bare_sign(here) == "(":
            inner = self.peek_inside()
        else:
            return False
        is_known = letter in OWN_FUNCTIONS or letter in GREEK_FUNCTIONS or has_face(node, FUNCTION)
        return is_known or len(comma_parts(inner)) > 1

    def _own_function(self, node: Node) -> Expression:
        known = GREEK_FUNCTIONS.get(node.text) if isinstance(node, tree.Word) else None
        function = known or symbol(node)
        arguments = self._arguments()
        if arguments is not None:
            # Of two arguments it is no function of one that is known.
            return ex.Call(function if len(arguments) == 1 else symbol(node), arguments)
        self.next()
        inner, closing = self.until("(")
        call = ex.Call(function, tuple(read_row(part) for part in comma_parts(inner)))
        if not isinstance(closing, tree.Scripts) or closing.sup is None or closing.sub is not None:
            raise refuse(tr("An index at a bracket"))
        return ex.Power(call, _exponent(closing.sup))

    def _primed(self, base: Node, order: int) -> Expression:
        """Read the derivative of a function of one letter: `f'(x)`."""
        arguments = self._arguments()
        match arguments:
            case (ex.Symbol() as variable,) if letter_of(base):
                return ex.Derivative(ex.Call(symbol(base), (variable,)), ((variable, order),))
            case _:
                raise refuse(tr("A derivative that does not say its variable"))

    # --- Sums, integrals, limits -----------------------------------------------------------------------

    def _integral(self, lower: Node | None, upper: Node | None) -> Expression:
        self.next()
        if (lower is None) != (upper is None):
            raise refuse(tr("An integral over a region"))
        end = integral_end(self.nodes, self.at)
        if end is None:
            raise refuse(tr("An integral without its d"))
        body, variable = cut_differential(self.nodes[self.at : end])
        self.at = end
        bounds = (_whole(bound) for bound in (lower, upper) if bound is not None)
        factors = [read_row(body)] if body else []
        if self._starts_factor():
            if any(isinstance(each, tree.Word) for each in body):
                raise refuse(tr("An integral with factors behind its d"))
            # As physicists write it, the `d` comes first, perhaps over something.
            factors.append(self._product())
        return ex.Integral(ex.product_of(factors) if factors else ex.Numeral("1"), variable, *bounds)

    def _series(self, kind: str, lower: Node | None, upper: Node | None) -> Expression:
        self.next()
        start = _whole(lower) if lower is not None else None
        if upper is None or not isinstance(start, ex.Chain) or start.signs != ("=",):
            raise refuse(tr("A sum or product without its first and last index"))
        variable, first = start.sides
        if not isinstance(variable, ex.Symbol):
            raise refuse(tr("A sum or product over an expression"))
        return ex.Series(kind, with_indices(self._product(), variable), variable, first, _whole(upper))

    def _limit(self, under: Node | None) -> Expression:
        self.next()
        nodes = [node for node in nodes_of(under or tree.EMPTY) if not is_blank(node)]
        arrows = [at for at, node in enumerate(nodes) if bare_sign(node) in {"→", "⟶"}]
        if len(arrows) != 1:
            raise refuse(tr("A limit without its arrow"))
        goal = nodes[arrows[0] + 1 :]
        side = ""
        match goal:
            case [tree.Scripts(base, None, tree.Operator("+" | "−" as sign), None, None)]:
                goal, side = [base], "+" if sign == "+" else "-"
            case _:
                pass
        variable = symbol(nodes[0]) if arrows[0] == 1 else None
        if variable is None:
            raise refuse(tr("A limit of an expression"))
        return ex.Limit(with_indices(self._product(), variable), variable, read_row(goal), side)


def _raised(base: Expression, sup: Node) -> Expression:
    """Give a power, a transpose or an angle in degrees."""
    match sup:
        case _ if sup == _TRANSPOSED:
            return ex.Call("transpose", (base,))
        case tree.Operator("∘" | "°"):
            return ex.product_of((base, ex.Quotient(ex.Constant.PI, ex.Numeral("180"))))
        case _:
            return ex.Power(base, _exponent(sup))


def _exponent(node: Node) -> Expression:
    if isinstance(node, tree.Operator):
        raise refuse(name_of(node))
    return _whole(node)


def _single(node: Node) -> Expression:  # noqa: PLR0911 - one case a kind of node
    match node:
        case tree.Number(text):
            return ex.Numeral(text.replace(",", ""))
        case tree.Limits(body) if is_conjugate(node):
            return ex.Call("conjugate", (_whole(body),))
        case tree.Word() as word:
            return constant(word) or symbol(word)
        case tree.Row(nodes):
            return read_row(nodes)
        case tree.Fraction(top, bottom, has_bar=True):
            return ex.Quotient(_whole(top), _whole(bottom))
        case tree.Root(body, None):
            return ex.Call("sqrt", (_whole(body),))
        case tree.Root(body, index):
            return ex.Call("root", (_whole(body), _whole(index or tree.EMPTY)))
        case tree.Scripts(tree.Word("e"), None, sup, None, None) if sup is not None and sup != _TRANSPOSED:
            return ex.Call("exp", (_exponent(sup),))
        case tree.Scripts(base, sub, sup, None, None) if sup is not None:
            under = tree.Scripts(base, sub) if sub is not None else base
            return _raised(_single(under), sup)
        case _:
            return symbol(node)
