"""What a model or a server writes shows as it is: nothing takes it for HTML, and reads the files it names.

Qt is the judge: what its `mightBeRichText` says so of, labels and tooltips draw as HTML.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, Place
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.core.visible import tagless, untagged
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.toolkit.views.elided_label import ElidedLabel
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

HOSTILE = (
    "<img src='/dev/zero'>",
    'x = <img src="//host/share/a.png"> 2',
    "<a href='file:///'>b</a>",
    "<!doctype html><b>a",
    "a &lt;b",
    "<?xml version='1.0'?><html>",
    "<B>a",
    "<table><tr><td>1</table>",
    "<qt>a",
)
PIECES = st.sampled_from([*"<>&/!?; \n", "lt;", "b", "img", "&lt;", "<b>", "<!doc", "</p>", "\u2060", "qt"])


@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_text_has_a_tag_left_and_each_is_found_again(text: str) -> None:
    shown = tagless(text)
    assert not Qt.mightBeRichText(shown)
    assert tagless(shown) == shown
    if "\u2060" not in text:
        assert untagged(shown) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_every_sign(text: str, qtbot: QtBot) -> None:
    assert Qt.mightBeRichText(text)
    for label in (PlainLabel(text), ElidedLabel(text)):
        qtbot.addWidget(label)
        assert label.text() == text
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not Qt.mightBeRichText(label.toolTip())
        assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(text.partition("\n")[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_result_that_is_html_is_shown_as_its_source(text: str, qtbot: QtBot) -> None:
    popup = SnipPopup()
    qtbot.addWidget(popup)
    origin = Place(Screen("a", Rect(0, 0, 1280, 800), 1.0), Rect(300, 100, 200, 50))
    popup.show_working(origin, Bitmap(200, 50, bytes(200 * 50 * 4)))
    popup.show_done(Recognition(text, Mode.TEXT, Engine.ENDPOINT, text, 0.84), None, text)
    labels = popup.findChildren(QLabel)
    assert any(text in untagged(label.text()) or text in untagged(label.toolTip()) for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    for widget in popup.findChildren(QWidget):
        assert not Qt.mightBeRichText(widget.toolTip())
