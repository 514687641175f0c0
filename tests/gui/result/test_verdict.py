"""What the window says of the comparison of picture and drawing."""

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import FormulaPart, RenderedFormula
from writetex_desktop.core.pictures.geometry import Rect
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.services.reading.visual_check import VisualVerdict
from writetex_desktop.ui.result.pane import ResultPane
from writetex_desktop.ui.result.verdict_label import VerdictLabel
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.formula import FormulaView

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5000 1000"><path d="M0 0H5000V100H0Z"/></svg>'
FORMULA = RenderedFormula(SVG, 5.0, 1.0, 0.0)
WHITE = Bitmap(100, 40, b"\xff" * (100 * 40 * 4))


@pytest.fixture
def pane(qtbot: QtBot) -> ResultPane:
    pane = ResultPane(Actions())
    qtbot.addWidget(pane)
    pane.resize(800, 500)
    pane.show()
    pane.show_crop(WHITE)
    return pane


def test_a_good_verdict_is_said_in_words_and_nothing_is_marked(pane: ResultPane) -> None:
    (crop,) = pane.findChildren(CropView)
    before = crop.viewport().grab().toImage()
    pane.show_verdict(VisualVerdict(0.974, ()))
    (label,) = pane.findChildren(VerdictLabel)
    assert label.text() == "Looks like the picture"
    assert crop.viewport().grab().toImage() == before


def test_a_picture_that_is_too_small_gets_no_figure(pane: ResultPane) -> None:
    pane.show_verdict(VisualVerdict(0.0, (), is_too_small=True))
    (label,) = pane.findChildren(VerdictLabel)
    assert label.text() == "Too small to check"
    assert "Zoom in" in label.toolTip()


def test_a_difference_is_marked_on_the_picture_where_it_is(pane: ResultPane) -> None:
    pane.show_verdict(VisualVerdict(0.4, (Rect(40, 0, 20, 40),)))
    (label,) = pane.findChildren(VerdictLabel)
    assert label.text() == "Differs at the marks: look there"
    (crop,) = pane.findChildren(CropView)
    place = crop.drawn_rect()
    image = crop.viewport().grab().toImage()
    y = round(place.center().y())
    white = QColor("#ffffff")
    assert image.pixelColor(round(place.left() + 0.5 * place.width()), y) != white
    assert image.pixelColor(round(place.left() + 0.1 * place.width()), y) == white


@pytest.mark.parametrize("steps", [0, 2, -2])
def test_a_difference_is_marked_on_the_drawing_too_at_every_zoom(pane: ResultPane, steps: int) -> None:
    (drawn,) = pane.findChildren(FormulaView)
    pane.show_render(FORMULA)
    pane.zoom(steps)
    before = drawn.viewport().grab().toImage()
    pane.show_verdict(VisualVerdict(0.4, (Rect(40, 0, 20, 40),), (FormulaPart(2.0, 0.0, 1.0, 1.0),)))
    after = drawn.viewport().grab().toImage()
    place = drawn.drawn_rect()

    def is_marked(share: float) -> bool:
        at = round(place.left() + share * place.width()), round(place.center().y())
        return before.pixelColor(*at) != after.pixelColor(*at)

    assert [is_marked(share) for share in (0.1, 0.5, 0.9)] == [False, True, False]
    assert "marked where it differs from the picture" in drawn.accessibleDescription()
    pane.show_verdict(None)
    assert drawn.viewport().grab().toImage() == before
    assert "marked" not in drawn.accessibleDescription()


@pytest.mark.parametrize(("grey", "is_darker"), [(b"\xff", True), (b"\x10", False)])
def test_a_mark_is_legible_on_the_paper_of_the_picture_in_either_theme(
    qtbot: QtBot, grey: bytes, is_darker: bool
) -> None:
    lines = []
    for ground in ("#ffffff", "#202020"):
        crop = CropView()
        qtbot.addWidget(crop)
        crop.setPalette(QPalette(QColor(ground)))
        crop.set_bitmap(Bitmap(100, 40, grey * (100 * 40 * 4)))
        crop.set_marks((Rect(40, 0, 20, 30),))
        crop.resize(200, 120)
        crop.show()
        place = crop.drawn_rect()
        image = crop.viewport().grab().toImage()
        # The line lies just below the place that is marked.
        lines.append(
            image.pixelColor(round(place.center().x()), round(place.top() + 0.75 * place.height()) + 3)
        )
    assert lines[0] == lines[1]
    assert (lines[0].lightness() < 128) is is_darker


def test_the_marks_of_a_picture_are_said_to_who_does_not_see_them(pane: ResultPane) -> None:
    (crop,) = pane.findChildren(CropView)
    pane.show_verdict(VisualVerdict(0.4, (Rect(40, 0, 20, 40),)))
    assert "marked where the drawing differs" in crop.accessibleDescription()
    pane.show_crop(WHITE)
    assert crop.accessibleDescription() == "The picture that was read"


def test_a_new_drawing_has_no_marks_of_the_last_one(pane: ResultPane) -> None:
    (drawn,) = pane.findChildren(FormulaView)
    pane.show_render(FORMULA)
    before = drawn.viewport().grab().toImage()
    pane.show_verdict(VisualVerdict(0.4, (), (FormulaPart(2.0, 0.0, 1.0, 1.0),)))
    pane.show_render(FORMULA)
    assert drawn.viewport().grab().toImage() == before


def test_a_new_picture_takes_words_and_marks_away(pane: ResultPane) -> None:
    (crop,) = pane.findChildren(CropView)
    before = crop.viewport().grab().toImage()
    pane.show_verdict(VisualVerdict(0.4, (Rect(40, 0, 20, 40),)))
    pane.show_verdict(None)
    (label,) = pane.findChildren(VerdictLabel)
    assert label.text() == ""
    assert crop.viewport().grab().toImage() == before
