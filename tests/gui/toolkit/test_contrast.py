"""Whatever is written in the windows is legible, in both themes: WCAG AA, 4.5 to 1."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.toolkit.test_theme import contrast
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.errors import Remedy, RemedyAction
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.image import Bitmap
from writetex_desktop.core.reading.recognition import Engine, Mode, Recognition
from writetex_desktop.services.reading.visual_check import VisualVerdict
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.theme import dark_palette, light_palette


def _window() -> QWidget:
    window = MainWindow(Actions())
    window.show_home(window.pane)
    window.pane.show_crop(Bitmap(40, 10, bytes(1600)))
    window.pane.show_done(Recognition("x", Mode.FORMULA, Engine.ENDPOINT, "gpt-x", 1.0))
    window.pane.show_verdict(VisualVerdict(1.0, ()))
    for level in Level:
        notice = Notice(level, f"Something of level {level}.", Remedy("Do it.", RemedyAction.RETRY))
        window.notices.show_notice(notice)
    return window


def _empty_window() -> QWidget:
    return MainWindow(Actions())


def _settings() -> QWidget:
    return SettingsDialog(Catalogue(()))


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[Callable[[QPalette], None]]:
    before = qapp.palette()
    yield qapp.setPalette
    qapp.setPalette(before)


def _written(window: QWidget) -> Iterator[QWidget]:
    """Every label and button that has words and can be used."""
    for widget in window.findChildren(QWidget):
        has_words = isinstance(widget, (QLabel, QAbstractButton)) and bool(widget.text())
        if has_words and widget.isEnabledTo(window):
            yield widget


@pytest.mark.parametrize(
    "palette",
    [light_palette, dark_palette, partial(light_palette, strong=True), partial(dark_palette, strong=True)],
)
@pytest.mark.parametrize("make", [_window, _empty_window, _settings])
def test_every_word_is_legible_on_its_ground(
    qtbot: QtBot,
    themed: Callable[[QPalette], None],
    make: Callable[[], QWidget],
    palette: Callable[[], QPalette],
) -> None:
    themed(palette())
    window = make()
    qtbot.addWidget(window, before_close_func=QWidget.hide)
    window.show()
    seen = 0
    for widget in _written(window):
        colours = widget.palette()
        ratio = contrast(colours.color(widget.foregroundRole()), colours.color(widget.backgroundRole()))
        assert ratio >= 4.5, f"{widget}: {ratio:.2f}"
        seen += 1
    assert seen >= 3


def test_the_buttons_of_dialogs_have_no_icon_of_a_colour_that_is_not_ours(qtbot: QtBot) -> None:
    dialog = _settings()
    qtbot.addWidget(dialog)
    (box,) = dialog.findChildren(QDialogButtonBox)
    assert all(button.icon().isNull() for button in box.buttons())
