"""What is folded away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from writetex_desktop.ui.settings.disclosure import Disclosure


def test_the_arrow_points_where_the_language_goes(qtbot: QtBot) -> None:
    part = Disclosure("More", QLabel("content"))
    qtbot.addWidget(part)
    (button,) = part.findChildren(QToolButton)
    assert button.arrowType() is Qt.ArrowType.RightArrow
    part.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert button.arrowType() is Qt.ArrowType.LeftArrow
    part.set_open(True)
    assert button.arrowType() is Qt.ArrowType.DownArrow
    part.set_open(False)
    assert button.arrowType() is Qt.ArrowType.LeftArrow
