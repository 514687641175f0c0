"""The comparison of two drawings by their ink."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bare_shapes import BareShapes
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.ink import MOST_PIECES, Ink, moved, pieces_of, united, unlikeness
from writetex_desktop.core.pictures.ink_profile import compare_ink

EM = 30.0
RING = ("..####..", ".######.", "##....##", "##....##", "##....##", "##....##", ".######.", "..####..")
CROSS = ("...##...", "...##...", "...##...", "########", "########", "...##...", "...##...", "...##...")
STEM = ("########", "########", "...##...", "...##...", "...##...", "...##...", "...##...", "...##...")
BLANK = ("........",) * 8
HOOK = ("##......", "##......", "##......", "##......", "##......", "##......", "########", "########")


def drawn(*signs: tuple[str, ...], scale: int = 2, gap: int = 4) -> Ink:
    """Signs beside each other, each pixel `scale` wide and high."""
    rows = [("." * gap).join(sign[row] for sign in signs) for row in range(len(signs[0]))]
    wide = ["".join(cell * scale for cell in row) for row in rows for _ in range(scale)]
    mask = bytes(255 if cell == "#" else 0 for row in wide for cell in row)
    return Ink(len(wide[0]), mask, Rect(0, 0, len(wide[0]), len(wide)))


def test_a_ring_is_one_piece_and_two_signs_are_two() -> None:
    assert len(pieces_of(drawn(RING))) == 1
    assert [piece.left for piece in pieces_of(drawn(RING, CROSS))] == [0, 24]


def test_diagonal_pixels_hang_together() -> None:
    assert len(pieces_of(drawn(("#.", ".#"), scale=1))) == 1


def test_a_page_full_of_specks_is_not_looked_at() -> None:
    row = b"\xff\x00" * (MOST_PIECES + 1)
    assert pieces_of(Ink(len(row), row, Rect(0, 0, len(row), 1))) == ()


def test_a_shape_is_like_itself_at_any_size_and_unlike_another() -> None:
    (small,) = pieces_of(drawn(RING, scale=2))
    (large,) = pieces_of(drawn(RING, scale=5))
    (other,) = pieces_of(drawn(CROSS, scale=2))
    assert unlikeness(small, large) < 0.1
    assert unlikeness(small, other) > 0.5


def test_a_piece_that_is_united_with_itself_stays_what_it_is() -> None:
    (piece,) = pieces_of(drawn(RING))
    assert united((piece,)).shape == piece.shape


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_same_signs_are_alike_at_any_size(scale: int) -> None:
    signs = (RING, CROSS, STEM, HOOK, RING)
    found = compare_ink(drawn(*signs, scale=scale), drawn(*signs, scale=3), EM, BareShapes)
    assert found is not None
    assert found.bands == ()
    assert found.likeness > 0.9


def test_a_changed_sign_is_found_where_it_is() -> None:
    found = compare_ink(
        drawn(RING, CROSS, STEM, HOOK, RING), drawn(RING, CROSS, STEM, CROSS, RING), EM, BareShapes
    )
    assert found is not None
    assert found.bands
    assert found.likeness < 0.8
    (band,) = found.bands
    assert band.start < 40 / 56 < band.end  # the middle of the fourth of five signs
    (drawn_band,) = found.drawn_bands
    assert drawn_band.start < 40 / 56 < drawn_band.end


def test_a_sign_too_few_is_found() -> None:
    found = compare_ink(drawn(RING, CROSS, STEM, HOOK), drawn(RING, CROSS, STEM), EM, BareShapes)
    assert found is not None
    assert found.bands


def test_a_sign_that_the_drawing_lacks_is_marked_there_where_it_would_stand() -> None:
    found = compare_ink(drawn(RING, HOOK, CROSS), drawn(RING, BLANK, CROSS), EM, BareShapes)
    assert found is not None
    (drawn_band,) = found.drawn_bands
    assert drawn_band.start < 0.5 < drawn_band.end


def test_a_sign_that_fell_apart_in_one_picture_is_still_the_same() -> None:
    broken = tuple("........" if number == 4 else row for number, row in enumerate(STEM))
    assert len(pieces_of(drawn(broken))) == 2
    found = compare_ink(drawn(RING, broken, CROSS, RING), drawn(RING, STEM, CROSS, RING), EM, BareShapes)
    assert found is not None
    assert found.bands == ()


def test_nothing_is_said_of_a_blank_picture() -> None:
    assert compare_ink(Ink(2, bytes(4), Rect(0, 0, 2, 2)), drawn(RING), EM, BareShapes) is None


@given(
    st.lists(st.sampled_from([RING, CROSS, STEM, HOOK]), min_size=1, max_size=8),
    st.lists(st.sampled_from([RING, CROSS, STEM, HOOK]), min_size=1, max_size=8),
)
def test_likeness_and_bands_stay_in_their_ranges(
    ones: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> None:
    found = compare_ink(drawn(*ones), drawn(*others), EM, BareShapes)
    assert found is not None
    assert 0 <= found.likeness <= 1
    assert all(0 <= band.start <= band.end <= 1 for band in found.bands + found.drawn_bands)
    assert bool(found.bands) == bool(found.drawn_bands)
    assert (found.likeness < 0.8) == bool(found.bands) or found.likeness == pytest.approx(0.8)


def test_a_moved_piece_keeps_its_shape() -> None:
    (piece,) = pieces_of(drawn(RING))
    there = moved(piece, 2.0, 5.0, 7.0)
    assert (there.left, there.top, there.width, there.height) == (5.0, 7.0, 32.0, 32.0)
    assert there.shape == piece.shape
