"""What every `SymbolFinder` keeps to."""

import asyncio
from collections.abc import Callable

import pytest

from tests.fakes import FakeSymbolFinder
from tests.unit.core.ink.inks import PLUS, line
from writetex_desktop.adapters.recogniser.handwriting.finder import DrawnSymbolFinder
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.ink.ink import Ink, Point, Stroke, moved, scaled
from writetex_desktop.ports.ink import SymbolFinder

FINDERS: dict[str, Callable[[], SymbolFinder]] = {
    "fake": FakeSymbolFinder,
    "drawn": lambda: DrawnSymbolFinder(resource_dir() / "ink"),
}


@pytest.fixture(params=FINDERS.values(), ids=list(FINDERS))
def finder(request: pytest.FixtureRequest) -> SymbolFinder:
    made: SymbolFinder = request.param()
    return made


def test_commands_come_with_their_confidence_the_likeliest_first(finder: SymbolFinder) -> None:
    guesses = asyncio.run(finder.find(PLUS))
    shares = [guess.confidence for guess in guesses]
    assert 1 <= len(guesses) <= 10
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    assert all(guess.command.strip() for guess in guesses)


def test_no_command_comes_twice(finder: SymbolFinder) -> None:
    guesses = asyncio.run(finder.find(PLUS))
    assert len({(guess.command, guess.package) for guess in guesses}) == len(guesses)


def test_no_more_come_than_are_wanted(finder: SymbolFinder) -> None:
    assert len(asyncio.run(finder.find(PLUS, 2))) <= 2


def test_nothing_is_found_on_empty_paper(finder: SymbolFinder) -> None:
    assert asyncio.run(finder.find(Ink())) == ()


def test_size_and_place_do_not_matter(finder: SymbolFinder) -> None:
    here = asyncio.run(finder.find(PLUS, 3))
    there = asyncio.run(finder.find(moved(scaled(PLUS, 4, (0, 0)), 300, -40), 3))
    assert [guess.command for guess in here] == [guess.command for guess in there]


@pytest.mark.parametrize(
    "ink",
    [Ink((Stroke((Point(3, 3),)),)), Ink((line((0, 0), (90, 0)),)), Ink((line((5, 5), (5, 6)),) * 40)],
    ids=["dot", "line", "many"],
)
def test_any_drawing_is_answered(finder: SymbolFinder, ink: Ink) -> None:
    asyncio.run(finder.find(ink))
