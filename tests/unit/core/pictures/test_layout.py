"""Scale and canvas of what is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pictures.geometry import Size
from writetex_desktop.core.pictures.image import ImageLimits
from writetex_desktop.core.pictures.layout import (
    MIN_LONG_SIDE_PX,
    MIN_PADDING_PX,
    MIN_SHORT_SIDE_PX,
    PATCH_PX,
    lay_out,
)

LIMITS = ImageLimits()

sides = st.integers(1, 8000)
heights = st.one_of(st.none(), st.floats(4, 400))
limits = st.builds(
    ImageLimits,
    max_side_px=st.integers(96, 4000),
    max_area_px=st.integers(96 * 96, 4_000_000),
)


@given(sides, sides, heights, limits)
def test_the_canvas_keeps_the_limits(
    width: int, height: int, text: float | None, bounds: ImageLimits
) -> None:
    canvas = lay_out(Size(width, height), text, bounds).canvas
    assert max(canvas.width, canvas.height) <= bounds.max_side_px
    assert canvas.width * canvas.height <= bounds.max_area_px


@given(sides, sides, heights)
def test_the_canvas_is_whole_patches_and_leaves_room_round_the_content(
    width: int, height: int, text: float | None
) -> None:
    layout = lay_out(Size(width, height), text, LIMITS)
    assert layout.canvas.width % PATCH_PX == 0
    assert layout.canvas.height % PATCH_PX == 0
    assert layout.canvas.width - layout.content.width >= 2 * MIN_PADDING_PX
    assert layout.canvas.height - layout.content.height >= 2 * MIN_PADDING_PX


@given(sides, sides, heights)
def test_the_canvas_is_never_small(width: int, height: int, text: float | None) -> None:
    canvas = lay_out(Size(width, height), text, LIMITS).canvas
    assert max(canvas.width, canvas.height) >= MIN_LONG_SIDE_PX
    assert min(canvas.width, canvas.height) >= MIN_SHORT_SIDE_PX


@given(st.integers(20, 2000), st.integers(20, 2000), heights)
def test_the_content_keeps_its_proportions(width: int, height: int, text: float | None) -> None:
    content = lay_out(Size(width, height), text, LIMITS).content
    scale = content.width / width
    assert content.height == pytest.approx(height * scale, abs=1 + height / width)
    assert scale <= 3.05


@pytest.mark.parametrize("text", [None, 24.0, 30.0, 44.0])
def test_readable_text_is_left_alone(text: float | None) -> None:
    assert lay_out(Size(500, 80), text, LIMITS).content == Size(500, 80)


def test_small_text_is_enlarged_to_a_readable_height() -> None:
    assert lay_out(Size(200, 30), 16.0, LIMITS).content == Size(400, 60)


def test_tiny_text_is_enlarged_three_times_at_most() -> None:
    assert lay_out(Size(100, 12), 5.0, LIMITS).content == Size(300, 36)


def test_text_of_a_dense_screen_is_made_smaller() -> None:
    assert lay_out(Size(1000, 160), 64.0, LIMITS).content == Size(500, 80)


def test_a_single_letter_gets_paper_instead_of_being_stretched() -> None:
    layout = lay_out(Size(20, 30), 30.0, LIMITS)
    assert layout.content == Size(20, 30)
    assert layout.canvas == Size(256, 64)
