"""Formulas in a text stand on its line."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.formats.page import Formula, Paragraph, Words
from writetex_desktop.ui.toolkit.views.page import PageView


def drawing(height_em: float, depth_em: float) -> RenderedFormula:
    """A red block that stands on the baseline, and nothing below it."""
    height, ink = round(1000 * height_em), round(1000 * (height_em - depth_em))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}">'
        f'<rect width="1000" height="{ink}" fill="#ff0000"/></svg>'
    )
    return RenderedFormula(svg, 1.0, height_em, depth_em)


def lowest(image: QImage, *, red: bool) -> int:
    """The lowest row with red, or else with black."""

    def is_ink(colour: QColor) -> bool:
        return colour.green() < 90 and (colour.red() > 160 if red else colour.red() < 90)

    rows = range(image.height() - 1, -1, -1)
    return next(
        row for row in rows if any(is_ink(image.pixelColor(column, row)) for column in range(image.width()))
    )


def test_a_deep_formula_does_not_run_into_the_next_line(qtbot: QtBot) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(240, 200)
    formula = Formula("x", display=False)
    lines = Paragraph((Words("z "), formula, Words(" z z z z z z z z z z z z z z z z z z z z z z z z z z z")))
    heights = []
    for depth_em in (0.0, 3.0):
        view.show_page((lines,), {formula: drawing(1.0 + depth_em, depth_em)})
        view.grab()
        heights.append(view.document().size().height())
    em = view.fontInfo().pixelSize()
    assert heights[1] - heights[0] >= 2.5 * em


@pytest.mark.parametrize(("height_em", "depth_em"), [(0.5, 0.0), (1.0, 0.25), (2.0, 0.9), (0.8, 0.7)])
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a_formula_stands_on_the_line_of_its_text(
    qtbot: QtBot, height_em: float, depth_em: float, zoom: float
) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(240, 120)
    formula = Formula("x", display=False)
    view.set_zoom(zoom)
    view.show_page((Paragraph((Words("zz "), formula)),), {formula: drawing(height_em, depth_em)})
    image = view.grab().toImage()
    assert abs(lowest(image, red=True) - lowest(image, red=False)) <= 1
