"""What SymPy computes in its own process, and what it is not let do."""

import asyncio

import pytest

from writetex_desktop.adapters.computing.child import UnfitError, answer
from writetex_desktop.adapters.computing.process import compute
from writetex_desktop.core.computing.plot import plot_svg
from writetex_desktop.core.computing.task import Task, Wish
from writetex_desktop.core.errors import ConversionError

sympy = pytest.importorskip("sympy", reason="SymPy is not installed")


@pytest.mark.parametrize(
    ("source", "task", "letter", "text"),
    [
        ("Eq(x**2 - 5*x + 6, 0)", Task.SOLVE, "", "(Eq(x, 2), Eq(x, 3))"),
        ("(x**2 - 1)/(x - 1)", Task.SIMPLIFY, "", "x + 1"),
        ("(x + y)**2", Task.EXPAND, "", "x**2 + 2*x*y + y**2"),
        ("x**2 - 1", Task.FACTOR, "", "(x - 1)*(x + 1)"),
        ("sin(x)**2", Task.DIFFERENTIATE, "x", "2*sin(x)*cos(x)"),
        ("x*exp(x)", Task.INTEGRATE, "", "(x - 1)*exp(x)"),
        ("Eq(a*x + b, 0)", Task.SOLVE, "x", "Eq(x, -b/a)"),
        ("Sum(Rational(1, 2)**n, (n, 1, oo))", Task.SIMPLIFY, "", "1"),
    ],
)
def test_each_task_gives_what_it_says(source: str, task: Task, letter: str, text: str) -> None:
    assert answer({"source": source, "task": task, "letter": letter}, sympy)["text"] == text


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os').system('x')",
        "x.__class__",
        "open('/etc/passwd')",
        "[x for x in y]",
        "lambda: 1",
        "x if y else z",
    ],
)
def test_nothing_but_mathematics_is_called(source: str) -> None:
    with pytest.raises(UnfitError):
        answer({"source": source, "task": Task.SIMPLIFY, "letter": ""}, sympy)


@pytest.mark.parametrize(
    ("source", "task", "letter", "said"),
    [
        ("a*x", Task.DIFFERENTIATE, "", "Say for which letter: a, x."),
        ("Integer(2)", Task.PLOT, "", "The formula cannot be computed."),
        ("pi", Task.PLOT, "", "There is no letter in the formula."),
        ("a*x", Task.PLOT, "x", "A plot needs one letter; there is also a."),
        ("x", Task.SOLVE, "q", "There is no q in the formula."),
    ],
)
def test_what_cannot_be_done_is_said(source: str, task: Task, letter: str, said: str) -> None:
    with pytest.raises(UnfitError) as refused:
        answer({"source": source, "task": task, "letter": letter}, sympy)
    assert str(refused.value) == said


async def test_a_process_answers_and_an_endless_one_is_ended() -> None:
    assert (await compute(Wish("2 + 2*x - x", Task.SIMPLIFY))).latex == "x + 2"
    with pytest.raises(ConversionError, match="took too long"):
        await compute(Wish("x", Task.SIMPLIFY), time_s=0.001)
    endless = asyncio.create_task(compute(Wish("2**2**2**2**2**2", Task.EVALUATE)))
    await asyncio.sleep(0)
    endless.cancel()
    with pytest.raises(asyncio.CancelledError):
        await endless


def test_a_curve_is_drawn_between_its_ends_and_broken_at_a_pole() -> None:
    points = answer({"source": "1/x", "task": Task.PLOT, "letter": ""}, sympy)["points"]
    svg = plot_svg(tuple(points))
    assert svg.count("M") >= 4
    assert "nan" not in svg
