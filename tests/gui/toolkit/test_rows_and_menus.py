"""Words of any length have room: beside the arrow of their menu, and in rows that become two."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.adapters.storage.translation_files import read_catalogue
from writetex_desktop.core.language.languages import ENGLISH, language
from writetex_desktop.core.language.words import speak
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.resources import resource_path
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton
from writetex_desktop.ui.toolkit.views.wrapped_row import WrappedRow

WORDS = "Manage"


@pytest.fixture
def button(qtbot: QtBot) -> MenuButton:
    made = MenuButton()
    qtbot.addWidget(made)
    made.setText(WORDS)
    made.setAutoRaise(True)
    made.setMenu(QMenu(made))
    made.resize(made.sizeHint())
    return made


def inked(button: MenuButton) -> list[int]:
    """Give the columns in which something is painted on the ground."""
    image = button.grab().toImage()
    ground = image.pixelColor(0, 0)
    rows = range(image.height())
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in rows)]


def last_group(columns: list[int]) -> tuple[int, int]:
    """Give the width of the last thing that is painted, and the gap before it."""
    begin = max(at for at, (one, next_) in enumerate(pairwise(columns), 1) if next_ > one + 1)
    return columns[-1] - columns[begin] + 1, columns[begin] - columns[begin - 1] - 1


def test_the_arrow_of_a_menu_stands_beside_the_words(button: MenuButton) -> None:
    width, gap = last_group(inked(button))
    assert gap >= 2
    assert 4 <= width <= 12


def test_the_arrow_is_at_the_end_of_the_words_in_either_direction(button: MenuButton) -> None:
    there = inked(button)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = [button.width() - 1 - x for x in reversed(inked(button))]
    assert last_group(there)[0] == pytest.approx(last_group(mirrored)[0], abs=1)


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(holder: QWidget, first: list[QPushButton], second: list[QPushButton], room: int) -> WrappedRow:
    row = WrappedRow(first, second, holder)
    row.resize(row.sizeHint().width() + room, 100)
    row.show()
    return row


def test_its_icon_stands_before_the_words(button: MenuButton) -> None:
    without = len(inked(button))
    button.setIcon(icon(IconName.SNIP))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.resize(button.sizeHint())
    assert len(inked(button)) >= without + 10


def test_two_groups_stand_in_one_row_while_there_is_room(qtbot: QtBot, holder: QWidget) -> None:
    first, second = [QPushButton(f"First {at}") for at in range(3)], [QPushButton("A second one")]
    row = shown(holder, first, second, 40)
    qtbot.waitUntil(lambda: row._is_wide)

    row.resize(row.minimumSizeHint().width(), 100)
    qtbot.waitUntil(lambda: not row._is_wide)
    top = first[0].mapTo(row, first[0].rect().topLeft()).y()
    qtbot.waitUntil(lambda: second[0].mapTo(row, second[0].rect().topLeft()).y() > top)

    row.resize(1000, 100)
    qtbot.waitUntil(lambda: row._is_wide)


def test_longer_words_make_two_rows_of_one(qtbot: QtBot, holder: QWidget) -> None:
    first = [QPushButton("First")]
    row = shown(holder, first, [QPushButton("Second")], 0)
    qtbot.waitUntil(lambda: row._is_wide)
    first[0].setText("First of all, in a language of long words")
    qtbot.waitUntil(lambda: not row._is_wide)


def test_no_key_is_written_on_a_button_of_a_bar(qtbot: QtBot) -> None:
    chinese = language("zh_CN")
    assert chinese is not None
    speak(chinese, read_catalogue(resource_path(), chinese))
    try:
        actions = Actions()
    finally:
        speak(ENGLISH, None)
    assert "(&O)" in actions.open_files.text()
    assert not [each.iconText() for each in actions if "(" in each.iconText() or "…" in each.iconText()]
