"""The language of the window: chosen, and in force at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from writetex_desktop.core.language.languages import ENGLISH, LANGUAGES
from writetex_desktop.core.language.pseudo import PseudoCatalogue
from writetex_desktop.core.language.words import speak, tr
from writetex_desktop.ui.toolkit.language import LanguageKeeper, offered_languages
from writetex_desktop.ui.toolkit.resources import resource_path

pytestmark = pytest.mark.gui

Keep = Callable[..., LanguageKeeper]


@pytest.fixture
def keep(qapp: QApplication) -> Iterator[Keep]:
    kept = []

    def made(system: tuple[str, ...] = ("en",), forced: str = "") -> LanguageKeeper:
        keeper = LanguageKeeper(
            qapp, lambda each: None if each == ENGLISH else PseudoCatalogue(), system, forced
        )
        kept.append(keeper)
        return keeper

    yield made
    for each in kept:
        each.apply("en")
        each.deleteLater()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(QLocale("en_US"))
    speak(ENGLISH, None)


def test_what_is_on_the_screen_is_said_anew_and_what_the_user_wrote_stays(qtbot: QtBot, keep: Keep) -> None:
    keeper = keep()
    keeper.apply("")
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle(tr("Settings"))
    label, box, field = QLabel(tr("Theme")), QCheckBox(tr("Start &in the tray")), QLineEdit(tr("Theme"))
    box.setToolTip(tr("It opens all the same."))
    field.setPlaceholderText(tr("Search"))
    choice, titles = QComboBox(), QListWidget()
    choice.addItem(tr("Light"), 1)
    titles.addItem(tr("Pages"))
    action = QAction(tr("&Open"), window)
    dialog_buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    column = QVBoxLayout(window)
    for each in (label, box, field, choice, titles, dialog_buttons):
        column.addWidget(each)

    keeper.apply("qps")

    shown = (window.windowTitle(), label.text(), box.text(), box.toolTip(), field.placeholderText())
    items = (choice.itemText(0), titles.item(0).text(), action.text())
    assert all(text.startswith("[") for text in (*shown, *items))
    assert field.text() == "Theme"

    keeper.apply("en")
    assert (label.text(), box.text(), choice.itemText(0)) == ("Theme", "Start &in the tray", "Light")


def test_qt_speaks_the_language_too(qtbot: QtBot, keep: Keep) -> None:
    keeper = keep()
    keeper.apply("")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(buttons)

    keeper.apply("fr")

    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    qtbot.waitUntil(lambda: close.text().replace("&", "") == "Fermer")


def test_arabic_turns_the_window_and_keeps_latin_digits(qapp: QApplication, keep: Keep) -> None:
    keeper = keep()

    keeper.apply("ar")

    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert QLocale().toString(1234) in {"1,234", "1.234"}
    keeper.apply("de")
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"


def test_the_system_language_holds_until_another_is_chosen(keep: Keep) -> None:
    keeper = keep(("de_AT", "en"))

    keeper.apply("")
    assert QLocale().language() is QLocale.Language.German
    keeper.apply("it")
    assert QLocale().language() is QLocale.Language.Italian
    keeper.apply("")
    assert QLocale().language() is QLocale.Language.German


def test_the_language_of_the_command_line_holds_for_the_run(keep: Keep) -> None:
    keeper = keep(("de",), "ja")

    keeper.apply("it")

    assert QLocale().language() is QLocale.Language.Japanese


def test_numbers_are_written_as_the_language_of_the_command_line_has_them(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")  # as the command line sets it for what it starts
    keep(("de",), "de").apply("")
    assert QLocale().toString(0.5, "f", 1) == "0,5"


def test_a_language_is_offered_where_its_catalogue_is_there() -> None:
    catalogues = resource_path("locale")
    there = {each.name for each in catalogues.iterdir()} if catalogues.is_dir() else set()
    assert {each.code for each in offered_languages()} == {"en", *there}


def test_qt_has_words_for_every_language_of_ours() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for each in LANGUAGES:
        assert (folder / f"qtbase_{each.code}.qm").exists(), each.code
