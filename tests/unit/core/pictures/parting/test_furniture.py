"""What is taken for furniture: pictures drawn of boxes, letters of ten rows at sixteen pixels to the em."""

import math
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


def test_a_small_letter_is_no_mouse_pointer() -> None:
    """`b` of Latin Modern at 110 dots to the inch."""
    rows = ["xxx", ".xx", ".xx", ".xx", ".xxxxx", ".xx..xx", *[".xx...xx"] * 4, ".xxxxxx", "....x"]
    letter = [
        (200 + place, 45 + row, 201 + place, 46 + row)
        for row, ink in enumerate(rows)
        for place, each in enumerate(ink)
        if each == "x"
    ]
    assert left_out([*formula(), *letter]) == set()


def test_where_nothing_would_be_left_nothing_is_taken() -> None:
    assert left_out(hollow(70, 25, 176, 75)) == set()


@pytest.mark.parametrize("gap", [3, 8, 14, 22])
def test_a_root_stays_however_much_paper_is_under_its_bar(gap: int) -> None:
    top, bottom = 45 - gap, 60
    stroke = [(84 - (y - top) // 4, y, 86 - (y - top) // 4, y + 1) for y in range(top, bottom)]
    low = stroke[-1][0]
    hook = [
        (low - 8 + place, bottom - 12 + place, low - 6 + place, bottom - 11 + place) for place in range(10)
    ]
    assert left_out([*formula(), (84, top, 165, top + 1), *stroke, *hook]) == set()


def test_a_table_s_lines_in_the_shape_of_a_t_are_left_out() -> None:
    lines = [(60, 30, 180, 31), (80, 30, 81, 75)]
    assert left_out([*formula(), *lines]) == {(60, 30, 180, 75)}


def test_a_caret_before_the_formula_is_left_out() -> None:
    assert left_out([*formula(), (84, 40, 85, 61)]) == {(84, 40, 85, 61)}


def test_the_bar_of_a_ket_stays() -> None:
    assert left_out([*formula(), (88, 41, 89, 59)]) == set()


@pytest.mark.parametrize("left", [70, 166])
def test_a_pointer_in_text_is_left_out(left: int) -> None:
    beam = [(left + 3, 40, left + 4, 60), (left, 40, left + 7, 41), (left, 59, left + 7, 60)]
    assert left_out([*formula(), *beam]) == {(left, 40, left + 7, 60)}


@pytest.mark.parametrize("stem", [196, 199], ids=["opening", "closing"])
def test_a_narrow_bracket_is_no_pointer(stem: int) -> None:
    """Of a few pixels, its stem is near the middle as well."""
    bracket = [(stem, 40, stem + 1, 60), (196, 40, 200, 41), (196, 59, 200, 60)]
    assert not left_out([*formula(), *bracket])


def test_a_capital_i_and_a_bracket_stay() -> None:
    capital = [(166, 43, 169, 55), (164, 43, 171, 44), (164, 54, 171, 55)]
    bracket = [(84, 40, 85, 60), (84, 40, 87, 41), (84, 59, 87, 60)]
    assert left_out([*formula(), *capital, *bracket]) == set()


def test_a_bullet_before_an_item_is_left_out() -> None:
    assert left_out([*formula(), (72, 48, 77, 53)]) == {(72, 48, 77, 53)}


def test_an_operator_before_the_formula_stays() -> None:
    assert left_out([*formula(), (81, 48, 86, 53)]) == set()


def test_a_wavy_line_under_the_formula_is_left_out() -> None:
    wave = [(88 + place, 60 + abs(place % 6 - 3), 89 + place, 61 + abs(place % 6 - 3)) for place in range(60)]
    assert left_out([*formula(), *wave]) == {(88, 60, 148, 64)}


def test_a_brace_under_the_formula_stays() -> None:
    brace = [(88, 60, 158, 62), (88, 58, 90, 62), (156, 58, 158, 62), (122, 60, 124, 65)]
    assert left_out([*formula(), *brace]) == set()


def test_the_underline_of_a_link_is_left_out() -> None:
    assert left_out([*formula(), (87, 59, 157, 60)]) == {(87, 59, 157, 60)}


def test_a_frame_with_handles_is_left_out() -> None:
    handles = [box for x in (65, 120, 172) for y in (22, 72) for box in hollow(x, y, x + 7, y + 7)]
    found = left_out([*formula(), *hollow(68, 25, 176, 76), *handles])
    assert found == {(65, 22, 179, 79)}


def test_an_ellipse_round_the_formula_is_left_out() -> None:
    ring = [
        (round(124 + 80 * math.cos(turn / 100)), round(50 + 32 * math.sin(turn / 100)), 0, 0)
        for turn in range(629)
    ]
    boxes = [(x, y, x + 2, y + 2) for x, y, _, _ in ring]
    assert len(left_out([*formula(), *boxes])) == 1


def test_a_brace_after_the_formula_stays() -> None:
    brace = [(168, 42, 169, 60), (166, 40, 168, 42), (169, 50, 171, 51), (166, 60, 168, 62)]
    assert left_out([*formula(), *brace]) == set()
