"""Three dots: which way they go on, and that they hold a row together."""

import pytest

from writetex_desktop.core.pictures.parting.bands import bands_of
from writetex_desktop.core.pictures.parting.dots import dots_word, standing_dots
from writetex_desktop.core.pictures.parting.signs import Sign


def dot(x: float, y: float, name: str = ".") -> Sign:
    return Sign(name, x - 0.05, y - 0.05, x + 0.05, y + 0.05)


def three(dx: float, dy: float, x: float = 3.0, y: float = 1.0, name: str = ".") -> list[Sign]:
    return [dot(x + step * dx, y + step * dy, name) for step in range(3)]


LETTER = Sign("a", 0.0, 1.0, 0.5, 1.43)


@pytest.mark.parametrize(
    ("signs", "word"),
    [
        (three(0, 0.35), "\\vdots"),
        (three(0.37, 0.3), "\\ddots"),
        (three(0.44, 0, y=1.18), "\\cdots"),
        (three(0.44, 0, y=1.38), "\\ldots"),
        (three(0.44, 0, y=1.38, name="\\cdot"), "\\ldots"),
    ],
)
def test_their_places_tell_what_they_are_whatever_each_was_taken_for(signs: list[Sign], word: str) -> None:
    assert dots_word([*signs, LETTER], (0, 1, 2), (0, 1, 2, 3)) == word


def test_high_dots_beside_standing_ones_alone_in_their_row() -> None:
    standing = three(0, 0.37)
    middle = standing[1].middle
    high, low = three(0.44, 0, x=5, y=middle + 0.2), three(0.44, 0, x=5, y=middle + 0.4)
    row = tuple(range(6))
    assert dots_word([*standing, *high], (3, 4, 5), row) == "\\cdots"
    assert dots_word([*standing, *low], (3, 4, 5), row) == "\\ldots"


def test_where_nothing_tells_they_are_what_most_of_them_were_seen_as() -> None:
    signs = three(0.44, 0, name="\\cdot")
    assert dots_word(signs, (0, 1, 2), (0, 1, 2)) == "\\cdots"
    assert dots_word(three(0.44, 0), (0, 1, 2), (0, 1, 2)) == "\\ldots"


@pytest.mark.parametrize(
    "signs",
    [
        three(0, 0.35)[:2],
        three(0, 1.4),
        three(2.0, 0),
        [*three(0, 0.35)[:2], Sign("1", 2.9, 1.6, 3.1, 2.2)],
        [dot(0, 0), dot(0.4, 0), dot(0.8, 0.4)],
    ],
)
def test_two_dots_far_ones_and_other_signs_are_none(signs: list[Sign]) -> None:
    assert dots_word(signs, tuple(range(len(signs))), tuple(range(len(signs)))) == ""


def test_standing_dots_of_several_columns_are_told_apart() -> None:
    signs = [*three(0, 0.35), *three(0, 0.35, x=5), *three(0.37, 0.3, x=7)]
    assert {frozenset(each) for each in standing_dots(signs)} == {
        frozenset((0, 1, 2)),
        frozenset((3, 4, 5)),
        frozenset((6, 7, 8)),
    }


def test_they_are_one_row_between_two_others() -> None:
    first = [Sign("a", x, 0.0, x + 0.5, 0.43) for x in (2.8, 4.8)]
    last = [Sign("b", x, 2.9, x + 0.5, 3.6) for x in (2.8, 4.8)]
    signs = [*first, *three(0, 0.36, y=1.2), *three(0, 0.36, x=5, y=1.2), *last]
    assert [len(band) for band in bands_of(signs, tuple(range(len(signs))))] == [2, 6, 2]
