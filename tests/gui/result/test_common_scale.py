"""Picture and drawing use the room there is, and are as large as each other."""

import pytest
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.result.common_scale import CommonScale
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.formula import FormulaView

Pair = tuple[CropView, FormulaView]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    picture, drawing = CropView(), FormulaView()
    CommonScale(picture, drawing)
    for view in (picture, drawing):
        qtbot.addWidget(view)
        view.resize(400, 300)
        with qtbot.waitExposed(view):
            view.show()
    return picture, drawing


def formula(width_em: float, height_em: float) -> RenderedFormula:
    return RenderedFormula(SVG, width_em, height_em, 0.0)


def bitmap(width: int, height: int) -> Bitmap:
    return Bitmap(width, height, bytes([255]) * (4 * width * height))


def scales(pair: Pair) -> tuple[float, float]:
    across = [view.drawn_rect().width() / view.natural_size().width() for view in pair]
    return across[0], across[1]


@pytest.mark.parametrize(
    ("size", "scale"),
    [((60, 20), 2.0), ((184, 30), 2.0), ((245, 30), 1.5), ((368, 30), 1.0), ((736, 30), 0.5)],
)
def test_a_small_picture_is_enlarged_as_far_as_its_pane_allows(
    pair: Pair, size: tuple[int, int], scale: float
) -> None:
    picture, _drawing = pair
    picture.set_bitmap(bitmap(*size))
    assert picture.drawn_rect().width() / picture.natural_size().width() == pytest.approx(scale, rel=0.02)


@pytest.mark.parametrize("width", [60, 245, 368])
def test_the_drawing_is_enlarged_as_the_picture_is(pair: Pair, width: int) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(width, 30))
    drawing.set_formula(formula(4.0, 1.0))
    assert scales(pair)[0] == pytest.approx(scales(pair)[1], rel=0.02)


def test_a_drawing_that_grows_changes_no_size_while_it_fits(pair: Pair) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(245, 30))
    seen = set()
    for width in (1.0, 2.0, 6.0, 9.0):
        drawing.set_formula(formula(width, 1.0))
        seen.add(tuple(round(each, 3) for each in scales(pair)))
    assert len(seen) == 1


def test_another_room_is_used_at_once(pair: Pair) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(368, 30))
    drawing.set_formula(formula(4.0, 1.0))
    before = scales(pair)
    picture.resize(800, 300)
    assert scales(pair) == pytest.approx([2 * each for each in before], rel=0.05)


def test_zoom_counts_from_the_usual_size(pair: Pair) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(60, 20))
    drawing.set_formula(formula(2.0, 1.0))
    before = scales(pair)
    for view in pair:
        view.set_zoom(4.0)
    assert scales(pair) == pytest.approx([4 * each for each in before])


@pytest.mark.parametrize("em_px", [9.0, 20.0, 46.0, 90.0])
def test_once_compared_the_signs_of_both_are_as_large_as_each_other(pair: Pair, em_px: float) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(round(8 * em_px), round(2 * em_px)))
    drawing.set_formula(formula(7.5, 1.8))
    (scale,) = picture.findChildren(CommonScale)
    scale.match(em_px)
    seen = [
        picture.drawn_rect().width() / picture.image.width() * em_px,
        drawing.drawn_rect().width() / 7.5,
    ]
    assert seen[0] == pytest.approx(seen[1], rel=0.02)
    for view in pair:  # and nothing of either is cut
        assert view.drawn_rect().width() <= view.viewport().width()

    picture.resize(picture.width() // 2, picture.height())
    assert picture.drawn_rect().width() / picture.image.width() * em_px == pytest.approx(
        drawing.drawn_rect().width() / 7.5, rel=0.02
    )


def test_a_coarse_picture_is_enlarged_more(pair: Pair) -> None:
    picture, drawing = pair
    picture.set_bitmap(bitmap(60, 12))
    drawing.set_formula(formula(6.0, 1.2))
    before = picture.drawn_rect().width()
    (scale,) = picture.findChildren(CommonScale)
    scale.match(10.0)
    assert picture.drawn_rect().width() > before
