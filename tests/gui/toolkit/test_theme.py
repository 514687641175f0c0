"""Light, dark, and as the system has it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from writetex_desktop.core.notice import Level
from writetex_desktop.core.settings.settings import Theme
from writetex_desktop.ui.toolkit.icons import IconName, app_icon, icon
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.theme import ThemeKeeper, dark_palette, is_dark, light_palette


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

    def luminance(colour: QColor) -> float:
        parts = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in (colour.redF(), colour.greenF(), colour.blueF())
        )
        return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_dark_light_and_back_to_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    keeper = ThemeKeeper(qapp)
    for theme, dark in ((Theme.DARK, True), (Theme.LIGHT, False), (Theme.DARK, True)):
        with qtbot.waitSignal(keeper.changed):
            keeper.apply(theme)
        assert keeper.is_dark is dark
    with qtbot.waitSignal(keeper.changed):
        keeper.apply(Theme.SYSTEM)
    assert not keeper.is_dark
    # Fusion's own palette would have the links in pure blue.
    assert qapp.palette().color(QPalette.ColorRole.Link) == light_palette().color(QPalette.ColorRole.Link)


def test_the_desktops_wish_counts_where_qt_does_not_know_it(qtbot: QtBot, qapp: QApplication) -> None:
    if qapp.styleHints().colorScheme() is not Qt.ColorScheme.Unknown:
        pytest.skip("Qt knows the scheme of this desktop")
    keeper = ThemeKeeper(qapp)
    seen = []
    keeper.changed.connect(lambda: seen.append(keeper.is_dark))
    keeper.set_desktop_scheme(Qt.ColorScheme.Dark)
    for theme in (Theme.LIGHT, Theme.SYSTEM):
        with qtbot.waitSignal(keeper.changed):
            keeper.apply(theme)
    keeper.set_desktop_scheme(Qt.ColorScheme.Unknown)
    assert seen == [True, False, True, False]


@pytest.mark.parametrize("palette", [light_palette, dark_palette])
def test_text_is_legible_in_both_palettes(palette: type[QPalette]) -> None:
    colours = palette()
    role = QPalette.ColorRole
    pairs = (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Window),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Window),
        (role.HighlightedText, role.Highlight),
    )
    assert all(contrast(colours.color(text), colours.color(ground)) >= 4.5 for text, ground in pairs)
    assert all(contrast(level_colour(level, colours), colours.color(role.Window)) >= 4.5 for level in Level)


def test_the_palettes_are_what_they_are_called() -> None:
    assert is_dark(dark_palette())
    assert not is_dark(light_palette())


@pytest.mark.parametrize("name", list(IconName))
def test_every_icon_is_drawn_in_the_colour_of_the_text(qtbot: QtBot, name: IconName) -> None:
    colours = dark_palette()
    image = icon(name, colours).pixmap(20, 20).toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() >= 200
    ]
    assert inked
    text = colours.color(QPalette.ColorRole.ButtonText)
    assert all(abs(colour.red() - text.red()) <= 2 for colour in inked)


def test_the_program_has_an_icon_of_its_own(qtbot: QtBot) -> None:
    assert not app_icon().isNull()
    assert app_icon().pixmap(48, 48).toImage().pixelColor(24, 8).alpha() == 255
