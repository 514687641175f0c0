"""Ink as values: boxes, moving, scaling, choosing, undoing."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.core.ink.inks import PLUS, SCRATCH, inks, line, strokes
from writetex_desktop.core.ink.choosing import enclosed, scratched_out, touched
from writetex_desktop.core.ink.ink import Ink, Point, Stroke, moved, scaled
from writetex_desktop.core.ink.sketch import Sketch
from writetex_desktop.core.ink.smoothing import curves, thinned
from writetex_desktop.core.pictures.geometry import Box


def test_an_empty_drawing_has_no_box() -> None:
    assert Ink().box is None
    assert not Ink()


def test_a_stroke_has_at_least_one_point() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        Stroke(())


@given(inks)
def test_every_point_is_in_the_box(ink: Ink) -> None:
    box = ink.box
    assert box is not None
    assert all(box.holds(point.x, point.y) for stroke in ink.strokes for point in stroke.points)


def test_what_is_moved_alone_leaves_the_rest_where_it_is() -> None:
    ink = moved(PLUS, 5, -3, {1})
    assert ink.strokes[0] is PLUS.strokes[0]
    assert ink.strokes[1].box == Box(25, -3, 25, 37)


def test_scaling_keeps_the_place_about_which_it_is_done() -> None:
    ink = scaled(PLUS, 2, (20, 20))
    assert ink.box == Box(-20, -20, 60, 60)
    assert ink.strokes[0].width == PLUS.strokes[0].width


def test_the_rubber_takes_the_stroke_under_it() -> None:
    assert touched(PLUS, 5, 21, 2) == {0}
    assert touched(PLUS, 20, 20, 2) == {0, 1}
    assert touched(PLUS, 5, 5, 2) == frozenset()


def test_the_rubber_takes_a_dot() -> None:
    assert touched(Ink((Stroke((Point(3, 3),)),)), 4, 3, 1) == {0}


def test_the_lasso_takes_what_is_mostly_inside() -> None:
    lasso = [(-2, 10), (42, 10), (42, 30), (-2, 30)]
    assert enclosed(PLUS, lasso) == {0}
    assert enclosed(PLUS, [(-9, -9), (49, -9), (49, 49), (-9, 49)]) == {0, 1}
    assert enclosed(PLUS, lasso[:2]) == frozenset()


def test_a_scribble_over_strokes_scratches_them_out() -> None:
    assert scratched_out(PLUS, SCRATCH) == {0, 1}


def test_a_scribble_on_empty_paper_is_writing() -> None:
    assert scratched_out(moved(PLUS, 200, 0), SCRATCH) == frozenset()


@pytest.mark.parametrize(
    "written",
    [
        line((0, 0), (10, 40), (20, 5), (30, 40), (40, 0)),
        line((0, 40), (8, 0), (16, 40), (24, 0), (32, 40)),
        line((0, 0), (40, 40)),
        line((0, 0), (40, 0), (0, 40), (40, 40)),
    ],
    ids=["w", "m", "line", "z"],
)
def test_what_is_written_across_a_stroke_scratches_nothing_out(written: Stroke) -> None:
    assert scratched_out(PLUS, written) == frozenset()


@given(st.lists(strokes, max_size=12))
def test_strokes_are_undone_to_empty_paper_and_made_again(drawn: list[Stroke]) -> None:
    sketch = Sketch()
    for stroke in drawn:
        sketch = sketch.drawn(stroke)
    whole = sketch.ink
    for _ in drawn:
        assert sketch.can_undo
        sketch = sketch.undo()
    assert sketch.ink == Ink()
    assert not sketch.can_undo
    for _ in drawn:
        sketch = sketch.redo()
    assert sketch.ink == whole
    assert not sketch.can_redo


@given(inks, inks, st.data())
def test_any_change_can_be_taken_back_and_made_again(before: Ink, other: Ink, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(range(len(before.strokes)))))
    rows = [*before.chosen(kept).strokes, *other.strokes]
    after = Ink(tuple(data.draw(st.permutations(rows))))
    assume(after != before)
    sketch = Sketch().changed(before).changed(after)
    assert sketch.ink == after
    assert sketch.undo().ink == before
    assert sketch.undo().redo().ink == after


def test_a_change_that_changes_nothing_is_none() -> None:
    sketch = Sketch().changed(PLUS)
    assert sketch.changed(Ink(tuple(PLUS.strokes))) is sketch


def test_drawing_anew_forgets_what_was_undone() -> None:
    sketch = Sketch().drawn(PLUS.strokes[0]).undo().drawn(PLUS.strokes[1])
    assert not sketch.can_redo


def test_thousands_of_strokes_are_undone_to_empty_paper() -> None:
    sketch = Sketch()
    for number in range(2000):
        sketch = sketch.drawn(Stroke((Point(number, 0),)))
    while sketch.can_undo:
        sketch = sketch.undo()
    assert sketch.ink == Ink()


@given(strokes)
def test_the_smooth_line_goes_from_the_first_point_to_the_last_without_a_gap(stroke: Stroke) -> None:
    made = curves(stroke)
    first, last = stroke.points[0], stroke.points[-1]
    assert made[0].start == (first.x, first.y)
    assert made[-1].end == (last.x, last.y)
    assert all(one.end == two.start for one, two in pairwise(made))


def test_a_resting_pen_tells_nothing_new() -> None:
    resting = (Point(0, 0), Point(0.1, 0), Point(0.1, 0.1), Point(5, 5), Point(5, 5.1))
    assert thinned(resting) == (Point(0, 0), Point(5, 5), Point(5, 5.1))
