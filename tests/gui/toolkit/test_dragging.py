"""What is dragged out of the window, and the frame while something is dragged over it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.drawing.formula import INK, RenderedFormula
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.ui.toolkit.views.crop import CropView
from writetex_desktop.ui.toolkit.views.dragging import SVG, formula_mime, picture_mime
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.zoom import ZoomView

DRAWING = RenderedFormula(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    f'<rect width="20" height="10" fill="{INK}"/></svg>',
    4.0,
    1.0,
    0.2,
)


MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'


def test_a_formula_is_offered_as_source_drawing_and_picture(qtbot: QtBot) -> None:
    mime = formula_mime("x^2", DRAWING, MATHML)
    assert mime.text() == "x^2"
    for name in ("application/mathml+xml", "application/mathml-presentation+xml"):
        assert bytes(mime.data(name).data()).decode() == MATHML
    drawing = QSvgRenderer(mime.data(SVG))
    assert drawing.isValid()
    picture = mime.imageData()
    assert isinstance(picture, QImage)
    assert (picture.width(), picture.height()) == (4 * 48, 48)
    assert picture.pixelColor(10, 20).name() == "#000000"
    assert picture.pixelColor(150, 20).name() == "#ffffff"


def test_a_picture_is_offered_as_it_is(qtbot: QtBot) -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert picture_mime(image).imageData() == image


@pytest.fixture(params=[CropView, FormulaView])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> ZoomView:
    view: ZoomView = request.param()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    return view


def _fill(view: ZoomView) -> None:
    if isinstance(view, CropView):
        view.set_bitmap(Bitmap(100, 40, bytes(100 * 40 * 4)))
    elif isinstance(view, FormulaView):
        view.set_formula(DRAWING)


def _pull(view: ZoomView, by: int) -> None:
    port: QWidget = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    QTest.mouseMove(port, QPoint(150 + by, 100))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(150 + by, 100))


def test_what_is_seen_whole_is_dragged_out(qtbot: QtBot, view: ZoomView) -> None:
    _fill(view)
    with qtbot.waitSignal(view.dragged_out):
        _pull(view, 60)


def test_a_click_nothing_and_what_is_larger_than_its_room_are_not(qtbot: QtBot, view: ZoomView) -> None:
    with qtbot.assertNotEmitted(view.dragged_out):
        _pull(view, 60)
        _fill(view)
        _pull(view, 2)
        view.set_zoom(8.0)
        _pull(view, 60)
    assert view.horizontalScrollBar().value() != 0 or view.horizontalScrollBar().maximum() > 0
