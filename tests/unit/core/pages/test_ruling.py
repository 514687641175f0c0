"""Rules and cells of tables."""

from writetex_desktop.core.formats.page import Span
from writetex_desktop.core.pages.ruling import alignment, merged, ruled_tables, steps
from writetex_desktop.core.pictures.geometry import Box

EM = 20.0


def test_rules_of_one_length_are_a_table_and_a_lone_one_is_none() -> None:
    rules = [Box(100, top, 400, top + 2) for top in (100, 140, 220)]
    lone = Box(100, 600, 250, 602)
    (table,) = ruled_tables([*rules, lone], [Box(200, 101, 202, 220)], EM)
    assert table.lying == tuple(rules)
    assert table.box == Box(100, 100, 400, 222)
    assert len(table.standing) == 1


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
