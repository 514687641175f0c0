"""What is taken for furniture: pictures drawn of boxes, letters of ten rows at sixteen pixels to the em."""

from collections.abc import Iterable

import pytest
from PIL import Image, ImageDraw

from writetex_desktop.core.pictures.parting.blobs import Blob, blobs_of
from writetex_desktop.core.pictures.parting.furniture import furniture

WIDTH, HEIGHT = 240, 100
LETTERS = [(90 + 14 * place, 45, 98 + 14 * place, 55) for place in range(5)]

Box = tuple[int, int, int, int]


def hollow(left: int, top: int, right: int, bottom: int) -> list[Box]:
    return [
        (left, top, right, top + 1),
        (left, bottom - 1, right, bottom),
        (left, top, left + 1, bottom),
        (right - 1, top, right, bottom),
    ]


def letter(left: int, top: int, right: int, bottom: int) -> list[Box]:
    """A ring with a slanting stroke, so that it is neither filled nor a frame."""
    slope = [
        (left + y - top, y, left + y - top + 2, y + 1)
        for y in range(top, bottom)
        if left + y - top < right - 1
    ]
    return [*hollow(left, top, right, bottom), *slope]


def inked(boxes: Iterable[Box]) -> bytes:
    mask = bytearray(WIDTH * HEIGHT)
    for left, top, right, bottom in boxes:
        for y in range(max(0, top), min(HEIGHT, bottom)):
            mask[y * WIDTH + left : y * WIDTH + right] = b"\xff" * (right - left)
    return bytes(mask)


def drawn(boxes: Iterable[Box]) -> list[Blob]:
    return blobs_of(inked(boxes), WIDTH)


def formula() -> list[Box]:
    return [box for place in LETTERS for box in letter(*place)]


def left_out(boxes: Iterable[Box]) -> set[Box]:
    found = furniture(drawn(boxes), (WIDTH, HEIGHT))
    return {(blob.left, blob.top, blob.right, blob.bottom) for blob in found}


def test_a_formula_alone_keeps_all_its_ink() -> None:
    assert left_out(formula()) == set()


def test_a_frame_away_from_the_ink_is_left_out() -> None:
    assert left_out([*formula(), *hollow(70, 25, 176, 75)]) == {(70, 25, 176, 75)}


def test_a_tight_closed_frame_is_a_box_of_the_formula() -> None:
    assert left_out([*formula(), *hollow(86, 41, 160, 59)]) == set()


def test_a_frame_with_paper_at_one_side_is_none() -> None:
    assert left_out([*formula(), *hollow(86, 41, 230, 59)]) == {(86, 41, 230, 59)}


def test_the_lines_of_a_table_are_left_out_with_their_ends() -> None:
    grid = [(0, 20, WIDTH, 21), (0, 80, WIDTH, 81), (40, 0, 41, HEIGHT), (200, 0, 201, HEIGHT)]
    assert left_out([*formula(), *grid]) == {(0, 0, WIDTH, HEIGHT)}


def test_a_frame_open_on_one_side_is_left_out() -> None:
    sides = hollow(70, 25, 176, 75)[:3]
    assert left_out([*formula(), *sides]) == {(70, 25, 176, 75)}


def test_a_root_stays() -> None:
    root = [(84, 40, 160, 41), (84, 40, 86, 58), (80, 54, 84, 58)]
    assert left_out([*formula(), *root]) == set()


@pytest.mark.parametrize("line", [(80, 25, 170, 27), (80, 72, 170, 74), (60, 20, 62, 80), (190, 20, 192, 80)])
def test_a_line_away_from_the_ink_is_left_out(line: Box) -> None:
    assert left_out([*formula(), line]) == {line}


def test_a_fraction_bar_stays() -> None:
    below = [box for left, _, right, _ in LETTERS for box in letter(left, 62, right, 72)]
    assert left_out([*formula(), *below, (86, 58, 158, 59)]) == set()


def test_an_overline_stays() -> None:
    assert left_out([*formula(), (88, 41, 158, 42)]) == set()


def test_the_bars_of_a_determinant_stay() -> None:
    assert left_out([*formula(), (80, 35, 81, 65), (163, 35, 164, 65)]) == set()


def test_a_caret_behind_the_formula_is_left_out() -> None:
    assert left_out([*formula(), (160, 41, 161, 60)]) == {(160, 41, 161, 60)}


def test_a_bar_with_a_script_stays() -> None:
    script = letter(165, 55, 171, 62)
    assert left_out([*formula(), (160, 41, 161, 60), *script]) == set()


def test_dashes_above_everything_are_left_out() -> None:
    dashes = [(60 + 9 * place, 25, 65 + 9 * place, 26) for place in range(14)]
    assert left_out([*formula(), *dashes]) == set(dashes)


def test_letters_cut_by_the_upper_edge_are_left_out() -> None:
    cut = [(20 + 12 * place, 0, 27 + 12 * place, 5) for place in range(16)]
    assert left_out([*formula(), *cut]) == set(cut)


def test_a_limit_over_a_sum_at_the_edge_stays() -> None:
    limit = [box for left in (100, 108) for box in letter(left, 0, left + 6, 6)]
    total = [(96, 10, 120, 12), (96, 10, 98, 26), (96, 26, 120, 28)]
    other = [box for left, _, right, _ in LETTERS[2:] for box in letter(left, 14, right, 24)]
    assert left_out([*limit, *total, *other]) == set()


def test_a_mouse_pointer_is_left_out() -> None:
    arrow = Image.new("L", (WIDTH, HEIGHT))
    corners = [(0, 0), (0, 16), (4, 12), (7, 18), (9, 17), (6, 11), (11, 11)]
    ImageDraw.Draw(arrow).polygon([(200 + x, 60 + y) for x, y in corners], outline=255)
    mask = bytes(map(max, arrow.tobytes(), inked(formula())))
    found = furniture(blobs_of(mask, WIDTH), (WIDTH, HEIGHT))
    assert [(blob.left, blob.top, blob.right, blob.bottom) for blob in found] == [(200, 60, 212, 79)]


def test_where_nothing_would_be_left_nothing_is_taken() -> None:
    assert left_out(hollow(70, 25, 176, 75)) == set()
