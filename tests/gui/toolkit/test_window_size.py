"""Windows come up whole on small screens."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.adapters.storage.translation_files import read_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import Catalogue
from writetex_desktop.core.language.languages import ENGLISH, LANGUAGES, Language
from writetex_desktop.core.language.words import speak
from writetex_desktop.ui.batch.view import BatchView
from writetex_desktop.ui.help.window import HelpWindow
from writetex_desktop.ui.history.view import HistoryView
from writetex_desktop.ui.ink.pad import InkPad
from writetex_desktop.ui.ink.pad_window import PadWindow
from writetex_desktop.ui.result.popup import SnipPopup
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.shell.first_page import FirstPage
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.resources import resource_path
from writetex_desktop.ui.toolkit.views.window_size import resize_within_screen

LAPTOP = QSize(1093, 614)
"""1366x768 at 125 %, in logical pixels."""

SMALLEST = QSize(800 - 16, 600 - 48)
"""What a frame leaves of the smallest screen."""


def test_a_window_that_fits_has_the_size_it_would_like(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    resize_within_screen(window, QSize(960, 640))
    assert window.size() == QSize(960, 640)


def test_a_window_that_is_too_large_is_whole_with_its_title(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    resize_within_screen(window, QSize(9000, 9000))
    room = QGuiApplication.primaryScreen().availableSize()
    assert window.width() < room.width()
    assert 0 < room.height() - window.height() < 64


MADE: dict[str, Callable[[], QWidget]] = {
    "window": lambda: MainWindow(Actions()),
    "settings": lambda: SettingsDialog(Catalogue(())),
    "pad": PadWindow,
    "help": lambda: HelpWindow("# Help", lambda _page: None),
}


@pytest.mark.parametrize("made", MADE.values(), ids=MADE.keys())
def test_every_window_can_be_as_small_as_a_laptop(qtbot: QtBot, made: Callable[[], QWidget]) -> None:
    window = made()
    qtbot.addWidget(window)
    smallest = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert smallest.width() <= LAPTOP.width()
    assert smallest.height() <= LAPTOP.height() - 48


@pytest.fixture(params=LANGUAGES, ids=lambda each: str(each.code))
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    language: Language = request.param
    speak(language, None if language == ENGLISH else read_catalogue(resource_path(), language))
    yield language
    speak(ENGLISH, None)


PAGES: dict[str, Callable[[], QWidget]] = {
    **MADE,
    "batch": BatchView,
    "history": lambda: HistoryView(Actions()),
    "ink": InkPad,
    "first": lambda: FirstPage(resource_path("samples", "01-quadratic.png")),
    "popup": SnipPopup,
}


@pytest.mark.parametrize("made", PAGES.values(), ids=PAGES.keys())
def test_no_language_is_too_long_for_the_smallest_screen(
    qtbot: QtBot, spoken: Language, made: Callable[[], QWidget]
) -> None:
    page = made()
    qtbot.addWidget(page)
    if isinstance(page, MainWindow):
        page.set_hotkey("Ctrl+Alt+Shift+Super+M")
    needed = page.minimumSizeHint().expandedTo(page.minimumSize())
    assert needed.width() <= SMALLEST.width()
    assert needed.height() <= SMALLEST.height()
