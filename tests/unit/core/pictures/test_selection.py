from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pictures.geometry import PointF, Rect, Size, device_region
from writetex_desktop.core.pictures.selection import (
    MIN_SIDE_PX,
    Adjusting,
    Cancelled,
    Canvas,
    Chosen,
    Dragging,
    Grip,
    Idle,
    SelectionState,
    back,
    confirm,
    double_press,
    grip_at,
    hold_space,
    move,
    nudge,
    press,
    region_of,
    release,
    snapped,
)

SCREEN = Canvas(Size(1920, 1080), 1.0)
CONFIRMING = Canvas(Size(1920, 1080), 1.0, confirm=True)

scales = st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 3.0])
sides = st.integers(40, 4000)


@st.composite
def canvases(draw: st.DrawFn) -> Canvas:
    return Canvas(Size(draw(sides), draw(sides)), draw(scales), confirm=draw(st.booleans()))


def positions(canvas: Canvas, margin: float = 50.0) -> st.SearchStrategy[PointF]:
    """Logical positions on a screen and a little outside."""
    across = st.floats(-margin, canvas.bounds.width / canvas.scale + margin)
    down = st.floats(-margin, canvas.bounds.height / canvas.scale + margin)
    return st.builds(PointF, across, down)


def device_points(canvas: Canvas) -> st.SearchStrategy[tuple[int, int]]:
    """Device pixels that a mouse can be on, without the last row and column, which stand for the edge."""
    return st.tuples(st.integers(0, canvas.bounds.width - 2), st.integers(0, canvas.bounds.height - 2))


def drag(canvas: Canvas, *points: PointF) -> SelectionState:
    state = press(Idle(), points[0], canvas)
    for point in points[1:]:
        state = move(state, point, canvas)
    return release(state, points[-1], canvas)


def adjusting(x: int, y: int, width: int, height: int) -> Adjusting:
    return Adjusting(Rect(x, y, width, height))


def inside(rect: Rect, canvas: Canvas) -> bool:
    return rect.intersected(Rect(0, 0, canvas.bounds.width, canvas.bounds.height)) == rect


@given(st.data())
def test_a_drag_between_two_device_pixels_covers_exactly_those_between_them(data: st.DataObject) -> None:
    canvas = data.draw(canvases())
    (x0, y0), (x1, y1) = data.draw(device_points(canvas)), data.draw(device_points(canvas))
    start = PointF(x0 / canvas.scale, y0 / canvas.scale)
    end = PointF(x1 / canvas.scale, y1 / canvas.scale)
    region = region_of(move(press(Idle(), start, canvas), end, canvas), canvas)
    assert region == Rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
    assert region == device_region(start, end, canvas.scale, canvas.bounds)


@given(st.data())
def test_a_chosen_region_lies_on_the_screen_and_is_never_tiny(data: st.DataObject) -> None:
    canvas = data.draw(canvases())
    state = drag(canvas, *data.draw(st.lists(positions(canvas), min_size=1, max_size=4)))
    region = region_of(state, canvas)
    if region is None:
        assert state == Idle()
    else:
        assert inside(region, canvas)
        assert min(region.width, region.height) >= MIN_SIDE_PX


@given(st.data())
def test_the_direction_of_a_drag_does_not_matter(data: st.DataObject) -> None:
    canvas = data.draw(canvases())
    one, other = data.draw(positions(canvas)), data.draw(positions(canvas))
    assert drag(canvas, one, other) == drag(canvas, other, one)


def test_a_drag_into_the_last_pixel_reaches_the_edge_of_the_screen() -> None:
    assert drag(SCREEN, PointF(0, 0), PointF(1919, 1079)) == Chosen(Rect(0, 0, 1920, 1080))


@pytest.mark.parametrize("end", [PointF(100, 100), PointF(103, 300), PointF(300, 97)])
def test_a_click_or_a_tiny_drag_chooses_nothing_and_the_overlay_stays(end: PointF) -> None:
    assert drag(SCREEN, PointF(100, 100), end) == Idle()


def test_a_drag_of_the_least_size_is_a_choice() -> None:
    assert drag(SCREEN, PointF(100, 100), PointF(104, 104)) == Chosen(Rect(100, 100, 4, 4))


@given(st.data())
def test_space_moves_the_region_without_changing_its_size(data: st.DataObject) -> None:
    canvas = data.draw(canvases())
    points = st.builds(lambda at: PointF(at[0] / canvas.scale, at[1] / canvas.scale), device_points(canvas))
    state = press(Idle(), data.draw(points), canvas)
    state = hold_space(move(state, data.draw(points), canvas), held=True)
    assert isinstance(state, Dragging)
    before = (state.pointer.x - state.anchor.x, state.pointer.y - state.anchor.y)
    for point in data.draw(st.lists(points, max_size=4)):
        state = move(state, point, canvas)
        assert isinstance(state, Dragging)
        assert (state.pointer.x - state.anchor.x, state.pointer.y - state.anchor.y) == before
        assert state.pointer == snapped(point, canvas)


def test_after_space_is_let_go_the_drag_goes_on_from_the_moved_corner() -> None:
    state = move(press(Idle(), PointF(100, 100), SCREEN), PointF(200, 150), SCREEN)
    state = move(hold_space(state, held=True), PointF(210, 170), SCREEN)
    state = hold_space(state, held=False)
    assert release(state, PointF(310, 270), SCREEN) == Chosen(Rect(110, 120, 200, 150))


def test_space_does_nothing_when_no_drag_is_on() -> None:
    assert hold_space(Idle(), held=True) == Idle()


def test_a_step_back_ends_a_drag_first_and_the_overlay_next() -> None:
    dragging = move(press(Idle(), PointF(100, 100), SCREEN), PointF(200, 150), SCREEN)
    assert back(dragging) == Idle()
    assert back(Idle()) == Cancelled()
    assert back(adjusting(1, 2, 30, 40)) == Cancelled()


def test_with_confirmation_a_drag_waits_until_it_is_confirmed() -> None:
    state = drag(CONFIRMING, PointF(100, 100), PointF(300, 200))
    assert state == adjusting(100, 100, 200, 100)
    assert confirm(state) == Chosen(Rect(100, 100, 200, 100))
    assert double_press(state, PointF(150, 150), CONFIRMING) == Chosen(Rect(100, 100, 200, 100))


def test_there_is_nothing_to_confirm_before_a_drag() -> None:
    assert confirm(Idle()) == Idle()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((200, 150), (210, 160), Rect(110, 110, 200, 100)),
        ((100, 150), (90, 400), Rect(90, 100, 210, 100)),
        ((300, 150), (320, 0), Rect(100, 100, 220, 100)),
        ((200, 100), (500, 80), Rect(100, 80, 200, 120)),
        ((200, 200), (0, 230), Rect(100, 100, 200, 130)),
        ((100, 100), (120, 130), Rect(120, 130, 180, 70)),
        ((300, 100), (280, 90), Rect(100, 90, 180, 110)),
        ((100, 200), (110, 220), Rect(110, 100, 190, 120)),
        ((300, 200), (350, 250), Rect(100, 100, 250, 150)),
        ((98, 202), (108, 222), Rect(110, 100, 190, 120)),
    ],
    ids=["middle", "left", "right", "top", "bottom", "lt", "rt", "lb", "rb", "beside-a-corner"],
)
def test_each_handle_moves_its_edges(start: tuple[int, int], end: tuple[int, int], expected: Rect) -> None:
    state = press(adjusting(100, 100, 200, 100), PointF(*start), CONFIRMING)
    state = release(move(state, PointF(*end), CONFIRMING), PointF(*end), CONFIRMING)
    assert state == Adjusting(expected)


def test_a_press_far_from_the_region_begins_a_new_drag() -> None:
    state = press(adjusting(100, 100, 200, 100), PointF(600, 600), CONFIRMING)
    assert release(state, PointF(700, 650), CONFIRMING) == adjusting(600, 600, 100, 50)


def test_a_small_region_can_still_be_held_by_its_middle() -> None:
    assert grip_at(Rect(100, 100, 8, 8), PointF(104, 104), CONFIRMING) == Grip(0, 0)


def test_the_reach_of_a_handle_grows_with_the_scale_of_the_screen() -> None:
    region = Rect(200, 200, 200, 200)
    assert grip_at(region, PointF(93, 150), Canvas(Size(1920, 1080), 2.0)) == Grip(-1, 0)
    assert grip_at(region, PointF(186, 300), Canvas(Size(1920, 1080), 1.0)) is None


@pytest.mark.parametrize(
    ("dx", "dy", "resize", "expected"),
    [
        (1, 0, False, Rect(101, 100, 200, 100)),
        (0, -10, False, Rect(100, 90, 200, 100)),
        (-1, 0, True, Rect(100, 100, 199, 100)),
        (0, 10, True, Rect(100, 100, 200, 110)),
        (-9999, 0, False, Rect(0, 100, 200, 100)),
        (0, 9999, True, Rect(100, 100, 200, 980)),
        (-9999, 0, True, Rect(100, 100, MIN_SIDE_PX, 100)),
    ],
)
def test_arrow_keys_move_or_resize_within_the_screen(dx: int, dy: int, resize: bool, expected: Rect) -> None:
    assert nudge(adjusting(100, 100, 200, 100), dx, dy, CONFIRMING, resize=resize) == Adjusting(expected)


@given(st.data())
def test_no_way_of_adjusting_leaves_the_screen_or_makes_a_region_tiny(data: st.DataObject) -> None:
    canvas = data.draw(canvases())
    width = data.draw(st.integers(MIN_SIDE_PX, canvas.bounds.width))
    height = data.draw(st.integers(MIN_SIDE_PX, canvas.bounds.height))
    x = data.draw(st.integers(0, canvas.bounds.width - width))
    y = data.draw(st.integers(0, canvas.bounds.height - height))
    state: SelectionState = adjusting(x, y, width, height)
    at = data.draw(positions(canvas))
    steps: list[Callable[[SelectionState], SelectionState]] = [
        lambda state: press(state, at, canvas) if grip_at(region, at, canvas) else state,
        lambda state: move(state, data.draw(positions(canvas)), canvas),
        lambda state: release(state, data.draw(positions(canvas)), canvas),
        lambda state: nudge(
            state, data.draw(st.integers(-99, 99)), 0, canvas, resize=data.draw(st.booleans())
        ),
        lambda state: nudge(
            state, 0, data.draw(st.integers(-99, 99)), canvas, resize=data.draw(st.booleans())
        ),
    ]
    for step in data.draw(st.lists(st.sampled_from(steps), max_size=8)):
        region = region_of(state, canvas) or Rect(0, 0, 0, 0)
        state = step(state)
        changed = region_of(state, canvas)
        assert changed is not None
        assert inside(changed, canvas)
        assert min(changed.width, changed.height) >= MIN_SIDE_PX


@pytest.mark.parametrize("over", [Chosen(Rect(1, 2, 30, 40)), Cancelled()])
def test_what_is_over_does_not_change_any_more(over: SelectionState) -> None:
    at = PointF(10, 10)
    assert press(over, at, SCREEN) == move(over, at, SCREEN) == release(over, at, SCREEN) == over
    assert nudge(over, 1, 1, SCREEN, resize=False) == over
    assert confirm(over) == over
