"""The page with the monthly limit, the rate and the user's own price, by keyboard."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.costs.spending import Expense
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.ui.settings.costs_page import CostsPage

WORK = Profile("work", "Work", "https://api.example.com/v1", "eye-1")
SETTINGS = Settings(profiles=(WORK,), active_profile="work")


@pytest.fixture
def page(qtbot: QtBot) -> CostsPage:
    made = CostsPage()
    made.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    qtbot.addWidget(made)
    made.show_settings(SETTINGS)
    made.resize(560, 640)
    with qtbot.waitActive(made):
        made.show()
    return made


def field(page: QWidget, name: str) -> QDoubleSpinBox:
    (found,) = (box for box in page.findChildren(QDoubleSpinBox) if box.accessibleName() == name)
    return found


def enter(qtbot: QtBot, page: CostsPage, name: str, text: str) -> Settings:
    """Type into a field and leave it; gives what is asked for."""
    box = field(page, name)
    box.setFocus()
    box.selectAll()
    with qtbot.waitSignal(page.settings_edited) as asked:
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Tab)
    assert asked.args is not None
    (settings,) = asked.args
    assert isinstance(settings, Settings)
    return settings


def test_a_limit_can_be_set_and_taken_away(qtbot: QtBot, page: CostsPage) -> None:
    limited = enter(qtbot, page, "Monthly limit", "5")
    assert limited == replace(SETTINGS, monthly_cap=Money(Decimal("5.0"), Currency.USD))
    page.show_settings(limited)
    assert enter(qtbot, page, "Monthly limit", "0") == SETTINGS


def test_the_rate_can_be_changed(qtbot: QtBot, page: CostsPage) -> None:
    assert enter(qtbot, page, "Yuan for a dollar", "7.25").cny_per_usd == Decimal("7.25")


def test_a_price_of_ones_own_is_kept_with_the_profile(qtbot: QtBot, page: CostsPage) -> None:
    settings = enter(qtbot, page, "Price", "0.3")
    assert settings.profiles == (replace(WORK, price=Price(Decimal("0.3"), Decimal("0.0"), Currency.USD)),)


def test_leaving_a_field_as_it_is_asks_for_nothing(qtbot: QtBot, page: CostsPage) -> None:
    with qtbot.assertNotEmitted(page.settings_edited):
        box = field(page, "Monthly limit")
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Tab)


def test_the_expenses_stand_dearest_first_and_estimates_say_so(page: CostsPage) -> None:
    page.show_expenses(
        (
            Expense("2026-11", "a", "cheap", 2, 0, 600, 40, Money(Decimal("0.001"), Currency.USD)),
            Expense("2026-11", "b", "dear", 1, 1, 1000, 100, Money(Decimal("0.2"), Currency.USD)),
            Expense("2026-11", "c", "free", 1, 0, 300, 10, None),
        )
    )
    (table,) = page.findChildren(QTableWidget)
    model = table.model()
    rows = [[model.data(model.index(row, column)) for column in range(4)] for row in range(3)]
    assert rows == [
        ["dear", "1", "1,100", "about $0.20"],
        ["cheap", "2", "640", "$0.001"],
        ["free", "1", "310", "not known"],
    ]


def test_without_a_profile_there_is_no_price_to_set(page: CostsPage) -> None:
    page.show_settings(Settings())
    assert not field(page, "Price").isEnabled()
