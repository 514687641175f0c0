"""What programming languages call the same things: data for `code`.

Sources: https://numpy.org/doc/stable/reference/routines.math.html, https://www.mathworks.com/help/matlab/functionlist.html,
https://docs.julialang.org/en/v1/base/math/, https://www.maplesoft.com/support/help/maple/view.aspx?path=initialfunctions,
https://geogebra.github.io/docs/manual/en/Predefined_Functions_and_Operators/.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from writetex_desktop.core.formats.meaning.expression import Constant

_ARCS: Final = ("sin", "cos", "tan", "cot", "sec", "csc")
_HYPERBOLIC: Final = ("sinh", "cosh", "tanh")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A language; `{0}` and `{1}` in a pattern are what it is about.

    Attributes:
        name: What people call it.
        power: The sign of a power.
        times: The sign of a product.
        over: The sign of a quotient.
        constants: Numbers with names.
        functions: Known functions; one that is missing cannot be written.
        equal: The sign that compares.
        define: Gives a variable a value.
        function: Defines a function of arguments.
        log_of_base: A logarithm of something to a base.
        total: A sum of something over a variable from and to; empty for none.
        product: The same for a product.
        integral: An integral of something over a variable from and to; empty for none.
        derivative: A derivative of something by a variable; empty for none.
        limit: A limit of something as a variable goes somewhere; empty for none.
        case: What holds where a condition does, and what else; empty for none.
        otherwise: What holds where no condition does and nothing is said.
        rows: A matrix of its rows, what parts them, a row, and what parts its cells.
        reserved: Names that mean something, and get an underscore.
        takes_infinity: Whether sums may run to infinity.
    """

    name: str
    constants: Mapping[Constant, str]
    functions: Mapping[str, str]
    rows: tuple[str, str, str, str]
    power: str = "^"
    times: str = "*"
    over: str = "/"
    equal: str = "=="
    define: str = "{0} = {1}"
    function: str = "{0}({1}) = {2}"
    log_of_base: str = "log({1}, {0})"
    total: str = ""
    product: str = ""
    integral: str = ""
    derivative: str = ""
    limit: str = ""
    case: str = ""
    otherwise: str = "NaN"
    reserved: frozenset[str] = field(default=frozenset())
    takes_infinity: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_COMMON: Final = _same(
    "sin", "cos", "tan", *_HYPERBOLIC, "sqrt", "abs", "floor", "exp", "max", "min", "gcd", "lcm"
)
_RECIPROCAL: Final = _same("cot", "sec", "csc", "coth", "sech", "csch")
_SHORT_ARCS: Final = {
    **{f"arc{name}": f"a{name}" for name in _ARCS},
    **{f"ar{name}": f"a{name}" for name in _HYPERBOLIC},
}

PYTHON: Final = Dialect(
    "Python with NumPy",
    {Constant.PI: "np.pi", Constant.E: "np.e", Constant.I: "1j", Constant.INFINITY: "np.inf"},
    {
        **{name: f"np.{name}" for name in ("sin", "cos", "tan", *_HYPERBOLIC, "sqrt", "abs", "floor", "exp")},
        **{f"arc{name}": f"np.arc{name}" for name in ("sin", "cos", "tan")},
        **{f"ar{name}": f"np.arc{name}" for name in _HYPERBOLIC},
        "ln": "np.log",
        "log": "np.log",
        "sgn": "np.sign",
        "ceiling": "np.ceil",
        "det": "np.linalg.det",
        "factorial": "math.factorial",
        "conjugate": "np.conj",
        "binomial": "math.comb",
        "gamma": "math.gamma",
        "max": "max",
        "min": "min",
        "gcd": "math.gcd",
        "lcm": "math.lcm",
    },
    ("np.array([{0}])", ", ", "[{0}]", ", "),
    power="**",
    function="{0} = lambda {1}: {2}",
    log_of_base="np.log({0})/np.log({1})",
    total="sum({0} for {1} in range({2}, {3} + 1))",
    product="math.prod({0} for {1} in range({2}, {3} + 1))",
    integral="scipy.integrate.quad(lambda {1}: {0}, {2}, {3})[0]",
    case="np.where({1}, {0}, {2})",
    otherwise="np.nan",
    reserved=frozenset(("lambda", "is", "in", "as", "if", "or", "np", "math")),
)

MATLAB: Final = Dialect(
    "MATLAB",
    {Constant.PI: "pi", Constant.E: "exp(1)", Constant.I: "1i", Constant.INFINITY: "Inf"},
    {
        **_COMMON,
        **_RECIPROCAL,
        **_SHORT_ARCS,
        "ln": "log",
        "log": "log",
        "sgn": "sign",
        "ceiling": "ceil",
        "det": "det",
        "factorial": "factorial",
        "conjugate": "conj",
        "binomial": "nchoosek",
        "gamma": "gamma",
    },
    ("[{0}]", "; ", "{0}", ", "),
    power=".^",
    times=".*",
    over="./",
    function="{0} = @({1}) {2}",
    log_of_base="log({0})./log({1})",
    total="sum(arrayfun(@({1}) {0}, {2}:{3}))",
    product="prod(arrayfun(@({1}) {0}, {2}:{3}))",
    integral="integral(@({1}) {0}, {2}, {3})",
    reserved=frozenset(("i", "j", "pi", "end", "for", "if")),
)

JULIA: Final = Dialect(
    "Julia",
    {Constant.PI: "pi", Constant.E: "exp(1)", Constant.I: "im", Constant.INFINITY: "Inf"},
    {
        **_COMMON,
        **_RECIPROCAL,
        **_SHORT_ARCS,
        "ln": "log",
        "log": "log",
        "sgn": "sign",
        "ceiling": "ceil",
        "det": "det",
        "factorial": "factorial",
        "conjugate": "conj",
        "binomial": "binomial",
        "gamma": "gamma",
    },
    ("[{0}]", "; ", "{0}", " "),
    total="sum({0} for {1} in {2}:{3})",
    product="prod({0} for {1} in {2}:{3})",
    integral="quadgk({1} -> {0}, {2}, {3})[1]",
    case="({1} ? {0} : {2})",
    reserved=frozenset(("im", "pi", "end", "in", "if", "do")),
    log_of_base="log({1}, {0})",
)

MAPLE: Final = Dialect(
    "Maple",
    {Constant.PI: "Pi", Constant.E: "exp(1)", Constant.I: "I", Constant.INFINITY: "infinity"},
    {
        **_COMMON,
        **_RECIPROCAL,
        **{f"arc{name}": f"arc{name}" for name in _ARCS},
        **{f"ar{name}": f"arc{name}" for name in _HYPERBOLIC},
        "ln": "ln",
        "log": "log",
        "sgn": "signum",
        "ceiling": "ceil",
        "det": "LinearAlgebra:-Determinant",
        "factorial": "factorial",
        "factorial2": "doublefactorial",
        "conjugate": "conjugate",
        "binomial": "binomial",
        "gamma": "GAMMA",
        "zeta": "Zeta",
        "gcd": "igcd",
        "lcm": "ilcm",
    },
    ("Matrix([{0}])", ", ", "[{0}]", ", "),
    equal="=",
    define="{0} := {1}",
    function="{0} := ({1}) -> {2}",
    log_of_base="log[{1}]({0})",
    total="sum({0}, {1} = {2} .. {3})",
    product="product({0}, {1} = {2} .. {3})",
    integral="int({0}, {1} = {2} .. {3})",
    derivative="diff({0}, {1})",
    limit="limit({0}, {1} = {2})",
    case="piecewise({1}, {0}, {2})",
    otherwise="undefined",
    reserved=frozenset(("D", "I", "O", "Pi", "gamma", "in", "if", "or")),
    takes_infinity=True,
)

GEOGEBRA: Final = Dialect(
    "GeoGebra",
    {Constant.PI: "pi", Constant.E: "e", Constant.I: "i", Constant.INFINITY: "infinity"},
    {
        **_COMMON,
        **_RECIPROCAL,
        **_SHORT_ARCS,
        "ln": "ln",
        "log": "ln",
        "sgn": "sgn",
        "ceiling": "ceil",
        "det": "Determinant",
        "factorial": "factorial",
        "conjugate": "conjugate",
        "binomial": "nCr",
        "gamma": "gamma",
        "gcd": "GCD",
        "lcm": "LCM",
    },
    ("{{{0}}}", ", ", "{{{0}}}", ", "),
    equal="=",
    log_of_base="log({1}, {0})",
    total="Sum({0}, {1}, {2}, {3})",
    product="Product({0}, {1}, {2}, {3})",
    integral="Integral({0}, {1}, {2}, {3})",
    derivative="Derivative({0}, {1})",
    case="If({1}, {0}, {2})",
    otherwise="?",
    takes_infinity=True,
)
