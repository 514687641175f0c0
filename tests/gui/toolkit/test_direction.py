"""What is written from left to right is shown so among words that are written from right to left."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from writetex_desktop.core.language.languages import ENGLISH, LANGUAGES
from writetex_desktop.core.language.words import speak
from writetex_desktop.ui.toolkit.views.labels import menu_line, name_among_words, source_line

ISOLATES = "\u2066\u2068\u2069"
(ARABIC,) = (each for each in LANGUAGES if each.is_right_to_left)


@pytest.fixture
def arabic() -> Iterator[None]:
    speak(ARABIC, None)
    yield
    speak(ENGLISH, None)


def order(text: str) -> str:
    """Give the signs as Qt puts them from left to right in a paragraph that runs from right to left."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout = QTextLayout(text, QFont("DejaVu Sans"))
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(4000)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    runs = layout.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll)
    seen = [
        (place.x(), text[at])
        for run in runs
        for place, at in zip(run.positions(), run.stringIndexes(), strict=True)
        if text[at] not in ISOLATES
    ]
    return "".join(sign for _x, sign in sorted(seen, key=lambda each: each[0]))


@pytest.mark.parametrize("name", ["01-quadratic.png", "gauss.c++", "(2) scan.png", "writetex-small-5"])
def test_a_name_keeps_its_order(qtbot: QtBot, arabic: None, name: str) -> None:
    assert order(name_among_words(name)) == name


def test_a_name_with_digits_first_would_not_without_the_marks(qtbot: QtBot) -> None:
    assert order("01-quadratic.png") == "quadratic.png-01"


@pytest.mark.parametrize("source", [r"x = \frac{-b}{2a}", r"{a}^{2}", r"\int_0^1 f"])
def test_a_source_keeps_its_order(qtbot: QtBot, arabic: None, source: str) -> None:
    assert order(source_line(source)) == source
    assert order(menu_line(source)) == source


def test_nothing_is_put_round_names_in_other_languages() -> None:
    assert name_among_words("01.png") == "01.png"
    assert source_line("x") == "x"
