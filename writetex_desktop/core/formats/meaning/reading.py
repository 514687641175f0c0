r"""What a formula means, read from how it looks.

Presentation leaves things open; these conventions decide, and what they do not decide is refused:

* Letters side by side are factors; `f`, `g`, `h`, `F`, `G`, `H` before a parenthesis, and whatever stands
  before a parenthesis with a comma in it, are functions.
* `e` with an exponent is the exponential, upright `e` and `i` are the constants, and so is `π`.
* A function name without parentheses takes the factors up to the next sign or name: `\sin 2x` is `sin(2x)`.
* A sum or product over an index reaches to the next `+`, `-` or relation; an integral to its `d`.
* `\sin^{-1}` is the inverse function, any other exponent at a name is a power of its value.
"""

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
    sign_of,
    sign_with_scripts,
)
from writetex_desktop.core.formats.meaning.calculus import as_derivative, cut_differential, integral_end
from writetex_desktop.core.formats.meaning.expression import Expression
from writetex_desktop.core.formats.meaning.groups import group
from writetex_desktop.core.formats.meaning.names import (
    FUNCTIONS,
    GREEK_FUNCTIONS,
    INVERSES,
    OWN_FUNCTIONS,
    constant,
    function_name,
    letter_of,
    name_of,
    refuse,
    symbol,
)

_RELATIONS: Final = {"=": "=", "≠": "≠", "<": "<", ">": ">", "≤": "≤", "≥": "≥", "⩽": "≤", "⩾": "≥"}
_TIMES: Final = frozenset("⋅×∗*·")
_MINUS: Final = frozenset("−-")
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "|": "|"}
_SERIES: Final = {"∑": "Sum", "∏": "Product"}
_INVISIBLE: Final = frozenset({tree.Operator(""), tree.Operator(".")})
_MINUS_ONE: Final = (tree.Operator("−"), tree.Number("1"))


def read_expression(node: Node) -> Expression:
    """Read what a formula says.

    Raises:
        ConversionError: It says something that programs cannot calculate, or says it ambiguously.
    """
    return _read(nodes_of(node))


def _read(nodes: Sequence[Node]) -> Expression:
    if holds_compound(nodes):
        raise refuse("A chemical formula")
    return _Reader(nodes).whole()


class _Reader:
    """Reads one row from left to right."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = [node for node in nodes if not is_blank(node)]
        self._at = 0

    def whole(self) -> Expression:
        if self._nodes and bare_sign(self._nodes[-1]) in {".", ",", ";"}:
            self._nodes.pop()
        expression = self._chain()
        if self._here is not None:
            raise refuse(name_of(self._here))
        return expression

    @property
    def _here(self) -> Node | None:
        return self._nodes[self._at] if self._at < len(self._nodes) else None

    def _next(self) -> Node:
        here = self._here
        if here is None:
            raise refuse("An empty place")
        self._at += 1
        return here

    def _chain(self) -> Expression:
        sides = [self._sum()]
        signs: list[str] = []
        while bare_sign(self._here) in _RELATIONS:
            signs.append(_RELATIONS[bare_sign(self._next())])
            sides.append(self._sum())
        return ex.Chain(tuple(sides), tuple(signs)) if signs else sides[0]

    def _sum(self) -> Expression:
        terms: list[Expression] = []
        while not terms or bare_sign(self._here) in {"+", *_MINUS}:
            sign = bare_sign(self._next()) if bare_sign(self._here) in {"+", *_MINUS} else ""
            term = self._product()
            terms.append(ex.Negative(term) if sign in _MINUS else term)
        return terms[0] if len(terms) == 1 else ex.Sum(tuple(terms))

    def _product(self) -> Expression:
        factors = [self._juxtaposed()]
        while bare_sign(self._here) in _TIMES | {"/", "÷"}:
            if bare_sign(self._next()) in _TIMES:
                factors.append(self._juxtaposed())
                continue
            bottom = self._factor()
            if self._starts_factor():
                raise refuse("A slash before several factors")
            factors.append(ex.Quotient(factors.pop(), bottom))
        return ex.product_of(factors)

    def _juxtaposed(self, *, of_function: bool = False) -> Expression:
        """Read factors side by side; the argument of a function ends at the next function."""
        factors = [self._factor()]
        while self._starts_factor() and not (of_function and function_name(self._here)):
            factors.append(self._factor())
        return ex.product_of(factors)

    def _starts_factor(self) -> bool:
        here = self._here
        if isinstance(here, tree.Operator):
            return here.text in {"(", "[", "{", "∫", *_SERIES} or here.text in FUNCTIONS
        return here is not None

    def _factor(self) -> Expression:
        factor = self._primary()
        while bare_sign(self._here) == "!":
            self._next()
            factor = ex.Call("factorial", (factor,))
        return factor

    def _primary(self) -> Expression:  # noqa: PLR0911 - one return a kind of factor
        node = self._here
        if bare_sign(node) in _PAIRS:
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
        node = self._next()
        if isinstance(node, tree.Row) and tree.is_fenced(node):
            return _Reader(node.nodes)._bracketed(alone=True)  # noqa: SLF001 - a reader of the same kind
        if self._is_own_function(node):
            return self._own_function(node)
        return _single(node)

    # --- Brackets --------------------------------------------------------------------------------------

    def _bracketed(self, *, alone: bool = False) -> Expression:
        opening = bare_sign(self._next())
        if opening not in _PAIRS:
            raise refuse("A pair of brackets of this kind")
        inner, closing = self._until(opening)
        if alone and self._here is not None:
            raise refuse("A pair of brackets of this kind")
        contents = group(opening, inner, sign_of(closing), _read)
        if isinstance(closing, tree.Scripts):
            if closing.sub is not None or closing.sup is None:
                raise refuse("An index at a bracket")
            return ex.Power(contents, _exponent(closing.sup))
        return contents

    def _until(self, opening: str) -> tuple[list[Node], Node]:
        """Read up to the bracket that closes."""
        depth = 0
        for at in range(self._at, len(self._nodes)):
            sign = sign_of(self._nodes[at])
            closes_cases = opening == "{" and self._nodes[at] in _INVISIBLE
            if depth == 0 and (sign == _PAIRS[opening] or closes_cases):
                inner = self._nodes[self._at : at]
                self._at = at + 1
                return inner, self._nodes[at]
            depth += (sign in tree.OPENING) - (sign in tree.CLOSING)
        raise refuse("A bracket without its partner")

    def _arguments(self) -> tuple[Expression, ...] | None:
        """Read arguments in parentheses; None where no parenthesis stands."""
        here = self._here
        if isinstance(here, tree.Row) and tree.is_fenced(here) and bare_sign(here.nodes[0]) == "(":
            if isinstance(here.nodes[1], tree.Table):
                return None
            self._next()
            return tuple(_read(part) for part in comma_parts(here.nodes[1:-1]))
        if bare_sign(here) != "(":
            return None
        start = self._at
        self._next()
        inner, closing = self._until("(")
        if isinstance(closing, tree.Scripts):
            self._at = start
            return None
        return tuple(_read(part) for part in comma_parts(inner))

    # --- Functions -------------------------------------------------------------------------------------

    def _function(self) -> Expression:
        node = self._next()
        name = function_name(node)
        sub = node.sub if isinstance(node, tree.Scripts) else None
        sup = node.sup if isinstance(node, tree.Scripts) else None
        arguments = self._arguments()
        if arguments is None and bare_sign(self._here) == "(":
            raise refuse("An exponent behind the argument of a function")
        arguments = arguments or (self._juxtaposed(of_function=True),)
        if sup is not None and nodes_of(sup) == _MINUS_ONE and name in INVERSES:
            return ex.Call(INVERSES[name], arguments)
        if sub is not None:
            if name != "log":
                raise refuse("An index at a function")
            arguments = (*arguments, read_expression(sub))
        if len(arguments) > 1 and name not in {"max", "min", "gcd", "lcm", "log"}:
            raise refuse("A function of several arguments")
        call = ex.Call(name, arguments)
        return ex.Power(call, _exponent(sup)) if sup is not None else call

    def _is_own_function(self, node: Node) -> bool:
        """Whether a letter is called with what stands behind it in parentheses."""
        letter = letter_of(node)
        if not letter:
            return False
        here = self._here
        if isinstance(here, tree.Row) and tree.is_fenced(here) and bare_sign(here.nodes[0]) == "(":
            inner: Sequence[Node] = here.nodes[1:-1]
        elif bare_sign(here) == "(":
            inner = self._peek_inside()
        else:
            return False
        return letter in OWN_FUNCTIONS or letter in GREEK_FUNCTIONS or len(comma_parts(inner)) > 1

    def _peek_inside(self) -> list[Node]:
        start = self._at
        self._next()
        inner, _ = self._until("(")
        self._at = start
        return inner

    def _own_function(self, node: Node) -> Expression:
        known = GREEK_FUNCTIONS.get(node.text) if isinstance(node, tree.Word) else None
        function = known or symbol(node)
        arguments = self._arguments()
        if arguments is not None:
            return ex.Call(function, arguments)
        self._next()
        inner, closing = self._until("(")
        call = ex.Call(function, tuple(_read(part) for part in comma_parts(inner)))
        if not isinstance(closing, tree.Scripts) or closing.sup is None or closing.sub is not None:
            raise refuse("An index at a bracket")
        return ex.Power(call, _exponent(closing.sup))

    # --- Sums, integrals, limits -----------------------------------------------------------------------

    def _integral(self, lower: Node | None, upper: Node | None) -> Expression:
        self._next()
        if (lower is None) != (upper is None):
            raise refuse("An integral over a region")
        end = integral_end(self._nodes, self._at)
        if end is None:
            raise refuse("An integral without its d")
        body, variable = cut_differential(self._nodes[self._at : end])
        self._at = end
        bounds = (read_expression(bound) for bound in (lower, upper) if bound is not None)
        return ex.Integral(_read(body) if body else ex.Numeral("1"), variable, *bounds)

    def _series(self, kind: str, lower: Node | None, upper: Node | None) -> Expression:
        self._next()
        start = read_expression(lower) if lower is not None else None
        if upper is None or not isinstance(start, ex.Chain) or start.signs != ("=",):
            raise refuse("A sum or product without its first and last index")
        variable, first = start.sides
        if not isinstance(variable, ex.Symbol):
            raise refuse("A sum or product over an expression")
        return ex.Series(kind, self._product(), variable, first, read_expression(upper))

    def _limit(self, under: Node | None) -> Expression:
        self._next()
        nodes = [node for node in nodes_of(under or tree.EMPTY) if not is_blank(node)]
        arrows = [at for at, node in enumerate(nodes) if bare_sign(node) in {"→", "⟶"}]
        if len(arrows) != 1:
            raise refuse("A limit without its arrow")
        goal = nodes[arrows[0] + 1 :]
        side = ""
        match goal:
            case [tree.Scripts(base, None, tree.Operator("+" | "−" as sign), None, None)]:
                goal, side = [base], "+" if sign == "+" else "-"
            case _:
                pass
        variable = symbol(nodes[0]) if arrows[0] == 1 else None
        if variable is None:
            raise refuse("A limit of an expression")
        return ex.Limit(self._product(), variable, _read(goal), side)


def _exponent(node: Node) -> Expression:
    if isinstance(node, tree.Operator):
        raise refuse(name_of(node))
    return read_expression(node)


def _single(node: Node) -> Expression:  # noqa: PLR0911 - one case a kind of node
    match node:
        case tree.Number(text):
            return ex.Numeral(text.replace(",", ""))
        case tree.Word() as word:
            return constant(word) or symbol(word)
        case tree.Row(nodes):
            return _read(nodes)
        case tree.Fraction(top, bottom, has_bar=True):
            found = as_derivative(top, bottom)
            if found is not None:
                body, variables = found
                return ex.Derivative(_read(body), variables)
            return ex.Quotient(read_expression(top), read_expression(bottom))
        case tree.Root(body, None):
            return ex.Call("sqrt", (read_expression(body),))
        case tree.Root(body, index):
            return ex.Call("root", (read_expression(body), read_expression(index or tree.EMPTY)))
        case tree.Scripts(tree.Word("e"), None, sup, None, None) if sup is not None:
            return ex.Call("exp", (_exponent(sup),))
        case tree.Scripts(base, sub, sup, None, None) if sup is not None:
            under = tree.Scripts(base, sub) if sub is not None else base
            return ex.Power(_single(under), _exponent(sup))
        case _:
            return symbol(node)
