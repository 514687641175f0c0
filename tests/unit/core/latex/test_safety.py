"""A picture can carry instructions; the user hears of those that a document would obey."""

from itertools import pairwise

import pytest

from tests.unit.core.formats.test_wrapping import FORMULAS
from writetex_desktop.core.latex.safety import danger_warning, find_dangers


@pytest.mark.parametrize(
    ("markup", "command"),
    [
        (r"x \input{/etc/passwd}", r"\input"),
        (r"\immediate\write18{rm -rf ~}", r"\immediate"),
        (r"\write 18{ls}", r"\write18"),
        (r"\openout1=a", r"\openout"),
        (r"\catcode`\%=12", r"\catcode"),
        (r"\read16 to \x", r"\read"),
        (r"\special{ps:}", r"\special"),
        (r"\csname in\endcsname", r"\csname"),
        (r"\directlua{os.execute('ls')}", r"\directlua"),
        (r"^^5cinput a", "^^"),
        (r"\def\x{\x\x}\x", r"\x"),
        (r"\def\a{\b}\def\b{\a}", r"\a"),
        (r"\newcommand{\y}{\y y}", r"\y"),
    ],
)
def test_a_dangerous_command_is_named_with_what_it_does(markup: str, command: str) -> None:
    assert find_dangers(markup)[0].command == command
    assert danger_warning(markup).startswith(f"The result holds {command}, which ")


def test_macros_that_double_themselves_are_found_before_anybody_expands_them() -> None:
    names = [f"m{chr(97 + at)}" for at in range(26)]
    chain = "\\def\\ma{xxxxxxxxxx}" + "".join(
        f"\\def\\{name}{{\\{before}\\{before}}}" for before, name in pairwise(names)
    )
    assert find_dangers(chain)


def test_ordinary_formulas_and_definitions_are_no_danger() -> None:
    assert [each for each in FORMULAS if find_dangers(each)] == []
    assert danger_warning(r"\def\RR{\mathbb{R}} f:\RR\to\RR") == ""
    assert danger_warning(r"x^^{2}") == ""


def test_each_command_is_named_once_and_in_its_order() -> None:
    dangers = find_dangers(r"\openout1 \input a \openout2")
    assert [(danger.command, danger.position) for danger in dangers] == [(r"\openout", 0), (r"\input", 10)]
    assert r"(also: \input)" in danger_warning(r"\openout1 \input a")
