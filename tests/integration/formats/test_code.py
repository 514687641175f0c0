"""Formulas as code: NumPy computes what SymPy computes, and other languages have what is written down."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.composition.exports import make_exports
from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.services.output.export import ExportOptions, ExportService

sympy = pytest.importorskip("sympy", reason="SymPy is not installed")

POINT = {"x": 0.7, "y": 1.3, "a": 2.5, "b": -0.4, "c": 1.9}
EXPRESSIONS = (
    r"\frac{-b+\sqrt{b^2+4ac}}{2a}",
    r"e^{-x^2}\sin(2\pi x)",
    r"\sum_{n=1}^{10}\frac{1}{n^2}",
    r"\log_2 a+\lvert b\rvert+\ln c",
    r"\sqrt[3]{x}-\tanh y\arctan x",
    r"\frac{a}{b}\cdot\frac{c}{x}^{y}",
    r"a-(b-(c-x))-\left(-y\right)^{2}",
    r"\prod_{n=2}^{5}\left(1-\frac{x}{n}\right)",
)
WRITTEN = {
    OutputFormat.MATLAB: {
        r"f(x)=e^{-x^2}": "f = @(x) exp(-x.^2)",
        r"\int_0^1 x^2\,dx": "integral(@(x) x.^2, 0, 1)",
        r"\begin{pmatrix}a&b-1\\c&d\end{pmatrix}": "[a, b - 1; c, d]",
    },
    OutputFormat.JULIA: {
        r"f(x)=e^{-x^2}": "f(x) = exp(-x^2)",
        r"\begin{cases}x&x>0\\-x&x\le0\end{cases}": "(x > 0 ? x : (x <= 0 ? -x : NaN))",
        r"\begin{pmatrix}a&b-1\\c&d\end{pmatrix}": "[a (b - 1); c d]",
    },
    OutputFormat.MAPLE: {
        r"y=\log_2 x": "y := log[2](x)",
        r"\sum_{n=1}^{\infty}\frac1{n^2}": "sum(1/n^2, n = 1 .. infinity)",
        r"\lim_{x\to0}\frac{\sin x}{x}": "limit(sin(x)/x, x = 0)",
    },
    OutputFormat.GEOGEBRA: {
        r"f(x)=\sqrt{x}": "f(x) = sqrt(x)",
        r"\int_0^1 x^2\,dx": "Integral(x^2, x, 0, 1)",
    },
}


@pytest.fixture(scope="module")
def exports(qapp: object) -> Iterator[ExportService]:
    renderer = MathJaxRenderer(resource_dir())
    yield make_exports(renderer)
    renderer.close()


async def written(exports: ExportService, latex: str, output_format: OutputFormat) -> str:
    return (await exports.export(latex, Mode.FORMULA, output_format)).text


@pytest.mark.parametrize("latex", EXPRESSIONS)
async def test_numpy_computes_what_sympy_computes(exports: ExportService, latex: str) -> None:
    code = await written(exports, latex, OutputFormat.PYTHON)
    exact = sympy.sympify(await written(exports, latex, OutputFormat.SYMPY)).doit()
    computed = eval(code, {"np": np, "math": math, "sum": sum, "range": range, **POINT})
    assert complex(computed) == pytest.approx(complex(exact.evalf(subs=POINT)))


@pytest.mark.parametrize(
    ("output_format", "latex", "code"),
    [(form, latex, code) for form, pairs in WRITTEN.items() for latex, code in pairs.items()],
)
async def test_other_languages_have_it_in_their_own_words(
    exports: ExportService, output_format: OutputFormat, latex: str, code: str
) -> None:
    assert await written(exports, latex, output_format) == code


async def test_a_definition_is_one(exports: ExportService) -> None:
    known: dict[str, object] = {"np": np}
    exec(await written(exports, r"f(x)=x^2+\pi", OutputFormat.PYTHON), known)
    assert eval("f(3)", known) == pytest.approx(9 + math.pi)


@pytest.mark.parametrize(
    ("latex", "output_format"),
    [
        (r"\frac{d}{dx}x^2", OutputFormat.PYTHON),
        (r"\sum_{n=1}^{\infty}\frac1{n^2}", OutputFormat.PYTHON),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}x", OutputFormat.MATLAB),
        (r"a<b<c", OutputFormat.JULIA),
    ],
)
async def test_what_a_language_cannot_say_is_refused(
    exports: ExportService, latex: str, output_format: OutputFormat
) -> None:
    with pytest.raises(ConversionError, match="cannot be written in"):
        await written(exports, latex, output_format)


async def test_what_had_to_be_assumed_is_said(exports: ExportService) -> None:
    code = await written(exports, r"a(x+1)", OutputFormat.PYTHON)
    assert code.startswith("a*(x + 1)")
    assert "# a before a parenthesis was read as a factor." in code or code == "a*(x + 1)"


@pytest.mark.parametrize(
    ("output_format", "as_function"),
    [
        (OutputFormat.SYMPY, "Function('sigma')(x + 1) + phi*(x + 2)"),
        (OutputFormat.PYTHON, "sigma(x + 1) + phi*(x + 2)"),
        (OutputFormat.MATHEMATICA, r"\[Sigma][x + 1] + \[Phi]*(x + 2)"),
    ],
)
async def test_a_letter_that_is_said_to_be_a_function_is_one_and_the_others_are_still_told(
    exports: ExportService, output_format: OutputFormat, as_function: str
) -> None:
    latex = r"\sigma(x+1)+\phi(x+2)"
    said = ExportOptions(functions=frozenset({"σ"}))
    code = (await exports.export(latex, Mode.FORMULA, output_format, said)).text
    assert code.startswith(as_function)
    assert "ϕ before a parenthesis was read as a factor." in code
    assert "σ" not in code
    before = await written(exports, latex, output_format)
    assert "σ, ϕ before a parenthesis" in before
