"""Columns by where lines stand, however many pieces a line is seen in."""

from writetex_desktop.core.pages.columns import columns_of
from writetex_desktop.core.pictures.geometry import Box

EM = 20.0


def line(left: float, right: float, place: float) -> Box:
    return Box(left, 30 * place, right, 30 * place + 22)


def two_columns() -> list[Box]:
    return [line(left, left + 400, place) for left in (0, 430) for place in range(8)]


def pieces(left: float, place: float) -> list[Box]:
    """A line with formulas, as it is seen."""
    return [line(left + 80 * number, left + 80 * number + 70, place) for number in range(4)]


def test_lines_in_pieces_are_columns_too() -> None:
    left = [line(0, 400, 0), line(0, 400, 3), line(0, 400, 6), *pieces(0, 1), *pieces(0, 4)]
    right = [line(430, 830, 0), line(430, 830, 3), line(430, 830, 6), *pieces(430, 1), *pieces(430, 4)]
    found = columns_of([*left, *right], EM)
    assert [sorted(part) for part in found] == [
        list(range(len(left))),
        list(range(len(left), len(left) + len(right))),
    ]


def test_a_speck_between_the_columns_parts_none_of_them() -> None:
    boxes = [*two_columns(), line(398, 440, 3.2)]
    assert len(columns_of(boxes, EM)) == 2


def test_a_heading_over_both_columns_comes_before_them() -> None:
    boxes = [*two_columns(), line(200, 640, -3)]
    assert columns_of(boxes, EM)[0] == [16]
    assert len(columns_of(boxes, EM)) == 3


def test_numbers_of_equations_are_no_column() -> None:
    boxes = [line(0, 400, place) for place in range(8)] + [line(470, 500, place) for place in range(1, 7)]
    assert len(columns_of(boxes, EM)) == 1
