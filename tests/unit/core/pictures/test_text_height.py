"""The height of signs, on pictures drawn with characters."""

from writetex_desktop.core.pictures.text_height import estimate_text_height


def mask_of(*rows: str, enlarged: int = 1) -> tuple[bytes, int]:
    """Read rows of `#` (ink) and any other character (paper), each dot `enlarged` pixels wide and high."""
    lines = [b"".join((b"\xff" if dot == "#" else b"\0") * enlarged for dot in row) for row in rows]
    return b"".join(line * enlarged for line in lines), len(rows[0]) * enlarged


def bars(height: int, count: int) -> list[str]:
    """Draw `count` strokes of a height, apart from each other."""
    return ["#.." * count] * height


def test_the_height_of_equal_signs_is_theirs() -> None:
    assert estimate_text_height(*mask_of(*bars(9, 4))) == 9


def test_an_empty_picture_has_no_height() -> None:
    assert estimate_text_height(*mask_of("....", "....")) is None


def test_specks_do_not_count() -> None:
    assert estimate_text_height(*mask_of("#...#", ".....", "..#..")) is None


def test_a_fraction_bar_does_not_count() -> None:
    rows = [*bars(8, 3), "." * 9, *["#########"] * 4, "." * 9, *bars(8, 3)]
    assert estimate_text_height(*mask_of(*rows)) == 8


def test_dots_do_not_pull_the_height_down() -> None:
    dots = ["##...##..##.##"] * 2
    blank = ["." * 14]
    letters = ["##...##..##.##"] * 10
    mask, width = mask_of(*dots, *blank, *letters, enlarged=2)
    assert estimate_text_height(mask, width) == 20


def test_what_stands_under_a_root_is_seen() -> None:
    rows = [
        "....############",
        "...#............",
        *["...#..#..#..#..."] * 6,
        "...#............",
        "..##............",
    ]
    assert estimate_text_height(*mask_of(*rows)) == 6


def test_strokes_that_meet_below_are_one_sign() -> None:
    rows = ["#...#"] * 6 + [".#.#.", "..#.."]
    assert estimate_text_height(*mask_of(*rows)) == 8


def test_strokes_that_meet_above_are_one_sign() -> None:
    rows = ["..#..", ".#.#."] + ["#...#"] * 6
    assert estimate_text_height(*mask_of(*rows)) == 8


def test_three_strokes_joined_by_a_foot_are_one_sign() -> None:
    rows = ["#..#..#"] * 7 + ["#######"]
    assert estimate_text_height(*mask_of(*rows)) == 8


def test_ink_at_the_end_of_a_row_does_not_touch_ink_at_the_start_of_the_next() -> None:
    rows = ["#..", "..."] + ["..#"] * 3 + ["#.."] * 5
    assert estimate_text_height(*mask_of(*rows)) == 5


def test_a_full_page_is_judged_by_its_upper_lines() -> None:
    rows = [*bars(7, 200), "." * 600] * 100
    assert estimate_text_height(*mask_of(*rows)) == 7
