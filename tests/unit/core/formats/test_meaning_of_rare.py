r"""What indices, primes and signs mean to programs that calculate, where it was silently another thing."""

import pytest

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.meaning.mathematica import to_mathematica
from writetex_desktop.core.formats.meaning.reading import read_meaning
from writetex_desktop.core.formats.meaning.sympy import to_sympy

PRIME = "<msup><mi>y</mi><mo>′</mo></msup>"


def _sympy(inner: str) -> str:
    return to_sympy(read_meaning(read_mathml(f"<math>{inner}</math>")).expression)


@pytest.mark.parametrize(
    ("inner", "meant"),
    [
        ("<mn>12</mn><mspace width='0.167em'/><mn>345.678</mn>", "12345.678"),
        ("<mn>1.234</mn><mspace width='0.167em'/><mn>5</mn>", "1.2345"),
        ("<mi>n</mi><mo>!</mo><mo>!</mo>", "factorial2(n)"),
        ("<mi>n</mi><mo>!</mo>", "factorial(n)"),
        (
            "<msub><mi>a</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>−</mo><msub><mi>a</mi><mi>n</mi></msub>",
            "a_nplus1 - a_n",
        ),
        ("<mi>a</mi><mo>=</mo><mi>b</mi><mspace width='2em'/><mtext>(1)</mtext>", "Eq(a, b)"),
        ("<mover><mrow><mi>x</mi><mo>+</mo><mi>y</mi></mrow><mo>―</mo></mover>", "conjugate(x + y)"),
        (f"{PRIME}<mo>=</mo><mi>y</mi>", "Eq(Derivative(Function('y')(x), x), Function('y')(x))"),
        (f"{PRIME}<mo>=</mo><mi>t</mi>", "Eq(Derivative(Function('y')(t), t), t)"),
        (f"{PRIME}<mo>(</mo><mi>s</mi><mo>)</mo>", "Derivative(Function('y')(s), s)"),
        (
            f"{PRIME}<mo>=</mo><msup><mi>y</mi><mn>2</mn></msup>",
            "Eq(Derivative(Function('y')(x), x), Function('y')(x)**2)",
        ),
    ],
)
def test_what_is_written_is_what_is_meant(inner: str, meant: str) -> None:
    assert _sympy(inner) == meant


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<mn>3</mn><mspace width='0.25em'/><mn>4</mn>", "A number beside a number"),
        ("<mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "A mixed number, which may be a product,"),
        ("<mi>n</mi><mo>!</mo><mo>!</mo><mo>!</mo>", "A factorial of this kind"),
        ("<msup><mn>20</mn><mo>∘</mo></msup><mi mathvariant='normal'>C</mi>", "A temperature"),
    ],
)
def test_what_may_be_two_things_is_refused_by_name(inner: str, what: str) -> None:
    with pytest.raises(ConversionError, match=what):
        _sympy(inner)


def test_an_index_that_runs_in_a_sum_depends_on_it() -> None:
    series = (
        "<munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>0</mn></mrow><mn>9</mn></munderover>"
        "<msub><mi>a</mi><mrow><mn>2</mn><mi>n</mi><mo>−</mo><mn>1</mn></mrow></msub>"
        "<msub><mi>b</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msub>"
    )
    expression = read_meaning(read_mathml(f"<math>{series}</math>")).expression
    assert to_sympy(expression) == "Sum(IndexedBase('a')[2*n - 1]*b_kplus1, (n, 0, 9))"
    assert to_mathematica(expression) == "Sum[Subscript[a, 2*n - 1]*Subscript[b, k + 1], {n, 0, 9}]"


def test_what_was_assumed_of_primes_and_bars_is_said() -> None:
    meaning = read_meaning(read_mathml(f"<math>{PRIME}<mo>+</mo><mi>y</mi></math>"))
    assert meaning.notes == ("y was read as a function of x.",)
    said = read_meaning(read_mathml(f"<math>{PRIME}<mo>(</mo><mi>x</mi><mo>)</mo></math>"))
    assert said.notes == ()
