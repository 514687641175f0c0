"""The finder of symbols with its real network: drawings made here by hand and by formula are found."""

import json
import math
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from writetex_desktop.adapters.recogniser.handwriting.finder import DrawnSymbolFinder
from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.ink.ink import Ink, Point, Stroke, moved, scaled

INK = Path(__file__).parents[3] / "resources" / "ink"

Line = list[tuple[float, float]]


def _arc(x: float, y: float, radius: float, begin: float, end: float) -> Line:
    angles = [math.radians(begin + (end - begin) * step / 24) for step in range(25)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


DRAWINGS: dict[str, list[Line]] = {
    "\\rightarrow": [[(0, 50), (100, 52)], [(75, 28), (101, 51), (74, 78)]],
    "\\sum": [[(90, 5), (8, 0), (55, 50), (5, 99), (95, 96)]],
    "\\pm": [[(50, 0), (50, 70)], [(12, 36), (90, 34)], [(14, 97), (88, 95)]],
    "\\neq": [[(0, 35), (100, 33)], [(2, 65), (98, 66)], [(70, 5), (28, 97)]],
    "\\leq": [[(92, 4), (10, 38), (94, 72)], [(8, 98), (93, 99)]],
    "\\forall": [[(0, 0), (48, 98), (100, 2)], [(22, 42), (78, 41)]],
    "\\exists": [[(8, 0), (80, 2), (82, 99), (6, 97)], [(20, 50), (81, 49)]],
    "\\perp": [[(50, 0), (49, 97)], [(2, 98), (99, 97)]],
    "\\subset": [[(98, 6), (60, 4), *_arc(50, 50, 46, 270, 90), (60, 96), (99, 95)]],
    "\\oplus": [_arc(50, 50, 50, -90, 270), [(50, 1), (51, 99)], [(1, 50), (99, 51)]],
    "\\infty": [
        [
            (50 + 50 * math.cos(t / 10), 50 + 24 * math.sin(t / 5))
            for t in range(64)
        ]
    ],
    "\\cup": [[(6, 0), (5, 45), *_arc(50, 50, 44, 180, 0), (95, 2)]],
}  # fmt: skip


def _ink(lines: list[Line]) -> Ink:
    return Ink(tuple(Stroke(tuple(Point(x, y) for x, y in line)) for line in lines))


@pytest.mark.parametrize("command", DRAWINGS)
async def test_a_drawn_symbol_is_among_the_first(command: str) -> None:
    found = await DrawnSymbolFinder(INK).find(_ink(DRAWINGS[command]))
    assert command in [guess.command for guess in found]
    assert len(found) == 10
    assert all(one.confidence >= other.confidence for one, other in pairwise(found))


async def test_size_and_place_of_a_drawing_do_not_matter() -> None:
    finder, ink = DrawnSymbolFinder(INK), _ink(DRAWINGS["\\forall"])
    other = moved(scaled(ink, 7.5, (0, 0)), -4000, 900)
    assert [guess.command for guess in await finder.find(ink)] == [
        guess.command for guess in await finder.find(other)
    ]


async def test_nothing_is_found_of_an_empty_drawing() -> None:
    assert await DrawnSymbolFinder(INK).find(Ink()) == ()


async def test_a_single_dot_is_found_to_be_a_dot() -> None:
    found = await DrawnSymbolFinder(INK).find(Ink((Stroke((Point(3, 3),)),)))
    assert {"\\cdot", "."} & {guess.command for guess in found}


async def test_symbols_that_look_the_same_are_given_together() -> None:
    found = await DrawnSymbolFinder(INK).find(_ink(DRAWINGS["\\rightarrow"]))
    commands = [guess.command for guess in found]
    first, other = commands.index("\\rightarrow"), commands.index("\\longrightarrow")
    assert abs(first - other) <= 3
    assert found[first].confidence == found[other].confidence


def test_all_symbols_of_the_data_are_known_with_their_packages() -> None:
    looks = json.loads((INK / "symbols.json").read_text(encoding="utf-8"))["looks"]
    told = [(one["command"], one["package"]) for look in looks for one in look]
    assert len(told) >= 1000
    assert ("\\rightsquigarrow", "amssymb") in told
    assert ("\\alpha", "") in told
    assert ("\\llbracket", "stmaryrd") in told
    assert all(command and " " not in command for command, _ in told)


async def test_a_foreign_network_is_not_loaded(tmp_path: Path) -> None:
    for name in ("finder.onnx", "symbols.json"):
        (tmp_path / name).write_bytes((INK / name).read_bytes() + b" ")
    with pytest.raises(InternalError, match="built-in recogniser"):
        await DrawnSymbolFinder(tmp_path).find(_ink(DRAWINGS["\\sum"]))


def test_nothing_large_is_loaded_before_something_is_drawn() -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from writetex_desktop.adapters.recogniser.handwriting.finder import DrawnSymbolFinder\n"
        f"DrawnSymbolFinder(Path({str(INK)!r}))\n"
        "print([name for name in ('onnxruntime', 'numpy', 'PIL') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
