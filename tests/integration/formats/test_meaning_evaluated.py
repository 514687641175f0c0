"""What is written for SymPy and Mathematica has the value that SymPy's own reader gives the formula."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.meaning.mathematica import to_mathematica
from writetex_desktop.core.formats.meaning.reading import read_meaning
from writetex_desktop.core.formats.meaning.sympy import to_sympy

sympy = pytest.importorskip("sympy", reason="SymPy is not installed")
pytest.importorskip("lark", reason="SymPy's reader of LaTeX stands on lark")
latex_reader = pytest.importorskip("sympy.parsing.latex")
mathematica_reader = pytest.importorskip("sympy.parsing.mathematica")

LEAVES = ("x", "y", "z", "2", "3", "x^2", "2x", "xy")
FORMS = (
    *(r"\frac{%s}{%s}", r"\left(%s\right)^2", r"\sqrt{%s}", r"\sqrt[3]{%s}", r"%s + %s", r"%s - %s"),
    *(r"\sin\left(%s\right)", r"\cos\left(%s\right)", r"\ln\left(%s\right)", r"e^{%s}", r"\left|%s\right|"),
    *(
        r"\left(%s\right)\left(%s\right)",
        r"%s \cdot \left(%s\right)",
        r"\lfloor %s\rfloor",
        r"\tan^2\left(%s\right)",
    ),
)
POINTS = (
    {"x": 0.31, "y": 1.72, "z": 2.43},
    {"x": 1.11, "y": 0.62, "z": 0.27},
    {"x": 2.05, "y": 0.33, "z": 1.49},
)


@pytest.fixture(scope="module")
def renderer() -> Iterator[MathJaxRenderer]:
    renderer = MathJaxRenderer(resource_dir())
    yield renderer
    renderer.close()


def expressions(count: int) -> list[str]:
    """Expressions of a small grammar, the same at each run."""
    dice = random.Random(14)

    def expression(depth: int) -> str:
        if not depth or dice.random() < 1 / 5:
            return dice.choice(LEAVES)
        form = dice.choice(FORMS)
        return form % tuple(expression(depth - 1) for _ in range(form.count("%s")))

    return [expression(3) for _ in range(count)]


def values(expression: Any) -> list[complex] | None:
    """The values at three points; None where one of them is none."""
    found = []
    for point in POINTS:
        value = expression.subs({sympy.Symbol(name): number for name, number in point.items()}).evalf(20)
        if not value.is_number or not value.is_finite:
            return None
        found.append(complex(value))
    return found


async def test_expressions_have_the_value_that_sympys_reader_gives_them(renderer: MathJaxRenderer) -> None:
    compared = 0
    for latex in expressions(40):
        try:
            judged = latex_reader.parse_latex(latex, backend="lark")
        except Exception:  # noqa: BLE001 - what the judge cannot read, it cannot judge
            continue
        if not isinstance(judged, sympy.Basic):
            continue  # the judge found several meanings
        judged = judged.subs(sympy.Symbol("e"), sympy.E)
        meaning = read_meaning(read_mathml(await renderer.mathml(latex)))
        ours = sympy.sympify(to_sympy(meaning.expression))
        expected = values(judged)
        if expected is None:
            continue
        assert values(ours) == pytest.approx(expected, rel=1e-9), latex
        mathematica = mathematica_reader.parse_mathematica(to_mathematica(meaning.expression))
        mathematica = mathematica.replace(sympy.Function("Abs"), sympy.Abs)
        mathematica = mathematica.replace(sympy.Function("Floor"), sympy.floor)
        assert values(mathematica) == pytest.approx(expected, rel=1e-9), latex
        compared += 1
    assert compared >= 20
