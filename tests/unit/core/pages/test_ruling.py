"""Rules and cells of tables."""

import pytest

from writetex_desktop.core.formats.page import Span
from writetex_desktop.core.pages.ruling import alignment, merged, ruled_tables, steps, unruled_tables
from writetex_desktop.core.pictures.geometry import Box

EM = 20.0


def test_rules_of_one_length_are_a_table_and_a_lone_one_is_none() -> None:
    rules = [Box(100, top, 400, top + 2) for top in (100, 140, 220)]
    lone = Box(100, 600, 250, 602)
    (table,) = ruled_tables([*rules, lone], [Box(200, 101, 202, 220)], EM)
    assert table.lying == tuple(rules)
    assert table.box == Box(100, 100, 400, 222)
    assert len(table.standing) == 1


def test_an_axis_as_long_as_the_rules_above_it_is_none_of_the_table() -> None:
    rules = [Box(100, top, 400, top + 2) for top in (100, 140, 280)]
    rows = [Box(110, top, 390, top + 16) for top in (112, 150, 180, 210, 240)]
    axis = Box(100, 500, 400, 502)
    (table,) = ruled_tables([*rules, axis], [], EM, rows)
    assert table.lying == tuple(rules)


def grid(rows: list[str], lefts: tuple[float, ...] = (100, 260, 400, 520)) -> list[tuple[Box, str]]:
    """Cells at the same places in each row, their text as wide as it is long."""
    return [
        (Box(left, 100 + 25 * at, left + 0.5 * EM * len(text), 116 + 25 * at), text)
        for at, row in enumerate(rows)
        for left, text in zip(lefts, row.split("|"), strict=False)
    ]


METALS = ["Sample|Count|Mean", "Copper|120|8.93", "Silver|98|10.49", "Iron|210|7.87"]
SENTENCE = (Box(100, 40, 900, 56), "The following values were taken in the second series of them")


def test_rows_of_figures_under_words_are_a_table_without_rules() -> None:
    (box,) = unruled_tables([SENTENCE, *grid(METALS)], EM)
    assert box.left <= 100
    assert box.right >= 440
    assert 60 < box.top <= 100
    assert box.bottom >= 191


@pytest.mark.parametrize(
    "rows",
    [
        ["1.0|0.2|0.1", "0.2|1.0|0.4", "0.1|0.4|1.0"],
        ["Alice Miller|Bob Meyer", "Oxford|Paris", "alice at home|bob at home"],
        METALS[:2],
    ],
    ids=["a matrix", "authors", "two rows"],
)
def test_what_has_columns_and_is_no_table_is_left_alone(rows: list[str]) -> None:
    assert unruled_tables(grid(rows), EM) == []


def test_two_columns_of_text_are_no_table() -> None:
    long = "In 1905 there were 27 of them, and 13 more in 1906"
    assert unruled_tables(grid([f"{long}|{long}"] * 6, (100, 700)), EM) == []


def test_cells_that_nothing_parts_are_one() -> None:
    open_sides = {(0, 1, False), (0, 0, True)}
    spans, owners = merged(2, 3, lambda row, column, below: (row, column, below) in open_sides)
    assert spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))
    assert owners[1, 0] == (0, 0)
    assert owners[0, 2] == (0, 1)


def test_columns_are_aligned_where_their_edges_are() -> None:
    assert alignment([Box(100, 0, 140, 9), Box(100, 0, 170, 9)], EM) == "l"
    assert alignment([Box(120, 0, 160, 9), Box(100, 0, 160, 9)], EM) == "r"
    assert alignment([Box(120, 0, 140, 9), Box(100, 0, 160, 9)], EM) == "c"
    assert alignment([Box(120, 0, 140, 9)], EM) == "l"


def test_edges_that_are_near_are_one() -> None:
    assert steps([10, 11, 40], 5) == [10.5, 40]
    assert steps([], 5) == []
