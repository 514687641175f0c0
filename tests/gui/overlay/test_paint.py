"""Where things stand on the overlay, and that painting only what changed gives the whole picture."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from writetex_desktop.core.pictures.geometry import PointF, Rect, Size
from writetex_desktop.core.pictures.selection import (
    Adjusting,
    Canvas,
    Dragging,
    Grip,
    Hold,
    Idle,
    SelectionState,
)
from writetex_desktop.ui.overlay.layout import OverlayView, Texts, arrange, damaged
from writetex_desktop.ui.overlay.paint import label_font, label_size, paint_overlay

pytestmark = pytest.mark.gui

WIDTH, HEIGHT = 640, 420
WHOLE = Rect(0, 0, WIDTH, HEIGHT)
NOISE = random.Random(5).randbytes(WIDTH * HEIGHT * 4)
TEXTS = Texts("640 × 120 px", "Enter confirms, Esc cancels.")

scales = st.sampled_from([1.0, 1.25, 1.5, 2.0])
points = st.builds(PointF, st.integers(0, WIDTH).map(float), st.integers(0, HEIGHT).map(float))


@st.composite
def regions(draw: st.DrawFn) -> Rect:
    width, height = draw(st.integers(4, WIDTH)), draw(st.integers(4, HEIGHT))
    return Rect(draw(st.integers(0, WIDTH - width)), draw(st.integers(0, HEIGHT - height)), width, height)


edges = st.sampled_from([-1, 0, 1])
states: st.SearchStrategy[SelectionState] = st.one_of(
    st.just(Idle()),
    st.builds(Dragging, points, points),
    st.builds(Adjusting, regions()),
    st.builds(
        lambda region, grip: Adjusting(region, Hold(grip, PointF(0, 0), region)),
        regions(),
        st.builds(Grip, edges, edges),
    ),
)


@st.composite
def views(draw: st.DrawFn, scale: float) -> OverlayView:
    state = draw(states)
    pointer = draw(points)
    if isinstance(state, Dragging):
        pointer = state.pointer
    font = label_font(QApplication.font(), scale)
    return arrange(
        state,
        Canvas(Size(WIDTH, HEIGHT), scale),
        PointF(pointer.x / scale, pointer.y / scale),
        last=draw(st.none() | regions()),
        texts=TEXTS,
        measure=lambda text: label_size(text, font, scale),
    )


def picture(view: OverlayView, scale: float, parts: list[Rect], onto: QImage | None = None) -> QImage:
    """Paint parts of a view, over what another one left."""
    frame = QImage(NOISE, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGB32)
    painted = onto.copy() if onto is not None else QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(painted)
    region = QRegion()
    for part in parts:
        region += QRect(part.x, part.y, part.width, part.height)
    painter.setClipRegion(region)
    exposed = region & QRect(0, 0, WIDTH, HEIGHT)
    rects = [Rect(each.x(), each.y(), each.width(), each.height()) for each in iterated(exposed)]
    paint_overlay(painter, frame, view, rects, font=label_font(QApplication.font(), scale), scale=scale)
    painter.end()
    return painted


def iterated(region: QRegion) -> list[QRect]:
    return list(region)  # type: ignore[call-overload, no-any-return]  # the stubs miss __iter__


@pytest.mark.heavy("paints the whole screen for each of many states, in the test itself")
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_painting_what_changed_gives_the_same_picture_as_painting_all(
    qapp: QApplication, data: st.DataObject
) -> None:
    scale = data.draw(scales)
    old, new = data.draw(views(scale)), data.draw(views(scale))
    parts = list(damaged(old, new, Size(WIDTH, HEIGHT), scale))
    before = picture(old, scale, [WHOLE])
    assert picture(new, scale, parts, onto=before) == picture(new, scale, [WHOLE])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_labels_and_the_magnifier_stay_on_the_screen(qapp: QApplication, data: st.DataObject) -> None:
    view = data.draw(views(data.draw(st.sampled_from([1.0, 1.25]))))
    areas = [part.area for part in (view.size, view.hint, view.magnifier) if part is not None]
    assert all(area.intersected(WHOLE) == area for area in areas)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_magnifier_never_covers_the_pixel_it_magnifies(qapp: QApplication, data: st.DataObject) -> None:
    view = data.draw(views(1.0))
    if view.magnifier is not None:
        assert view.magnifier.area.intersected(view.magnifier.centre).is_empty


def shown(state: SelectionState, pointer: PointF, frame: QImage) -> QImage:
    font = label_font(QApplication.font(), 1.0)
    canvas = Canvas(Size(frame.width(), frame.height()), 1.0)
    view = arrange(
        state,
        canvas,
        pointer,
        last=None,
        texts=Texts("", ""),
        measure=lambda text: label_size(text, font, 1.0),
    )
    painted = QImage(frame.size(), QImage.Format.Format_RGB32)
    painter = QPainter(painted)
    paint_overlay(painter, frame, view, [Rect(0, 0, frame.width(), frame.height())], font=font, scale=1.0)
    painter.end()
    return painted


@pytest.mark.parametrize("colour", ["white", "black", "#268bd2", "#808080"])
def test_the_region_is_shown_as_it_is_with_a_border_that_is_seen_on_any_colour(
    qapp: QApplication, colour: str
) -> None:
    frame = QImage(800, 600, QImage.Format.Format_RGB32)
    frame.fill(QColor(colour))
    painted = shown(Dragging(PointF(100, 100), PointF(300, 200)), PointF(300, 200), frame)
    inside, outside = painted.pixelColor(100, 100), painted.pixelColor(20, 20)
    assert inside == QColor(colour) == painted.pixelColor(299, 199)
    assert outside != inside
    border = [painted.pixelColor(99, 150), painted.pixelColor(98, 150)]
    contrasts = [abs(each.lightness() - inside.lightness()) for each in border]
    assert max(contrasts) > 60


def test_the_magnifier_shows_each_device_pixel_eight_times_larger(qapp: QApplication) -> None:
    frame = QImage(800, 600, QImage.Format.Format_RGB32)
    frame.fill(QColor("white"))
    frame.setPixelColor(403, 302, QColor("red"))
    painted = shown(Idle(), PointF(400, 300), frame)
    # It stands 24 to the right and below; its middle is pixel (400, 300) with 7 pixels on either side.
    left, top = 424 + (7 + 3) * 8, 324 + (7 + 2) * 8
    red = [painted.pixelColor(x, y) == QColor("red") for x in (left, left + 7) for y in (top, top + 7)]
    assert red == [True] * 4
    assert painted.pixelColor(left - 1, top) != QColor("red")
    assert painted.pixelColor(left + 8, top) != QColor("red")
