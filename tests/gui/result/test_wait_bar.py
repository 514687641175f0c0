"""A limit with its countdown and the ways round it."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.result.wait_bar import WaitBar, format_countdown

OTHERS = [Profile(each, f"R&D {each}", "http://localhost", "m") for each in "abcd"]


@pytest.fixture
def bar(qtbot: QtBot) -> WaitBar:
    bar = WaitBar()
    qtbot.addWidget(bar)
    return bar


def buttons(bar: WaitBar) -> list[str]:
    return [each.text() for each in bar.findChildren(QPushButton) if not each.isHidden()]


def said(bar: WaitBar) -> str:
    (label,) = bar.findChildren(QLabel)
    return label.text()


def test_it_counts_down_and_offers_the_others(bar: WaitBar) -> None:
    bar.show_wait(42, OTHERS)
    assert said(bar) == "You can try again in 0:42."
    assert buttons(bar) == ["Ask R&&D a", "Ask R&&D b", "Ask R&&D c"]
    assert bar._timer.isActive()


def test_it_ends_by_itself(qtbot: QtBot) -> None:
    now = 100.0
    bar = WaitBar(now=lambda: now)
    qtbot.addWidget(bar)
    bar.show_wait(42, OTHERS[:1])
    now += 41
    bar._timer.timeout.emit()
    assert said(bar) == "You can try again in 0:01."
    now += 1
    bar._timer.timeout.emit()
    assert said(bar) == "You can try again now."
    assert not bar._timer.isActive()


def test_there_is_no_timer_when_nothing_is_counted(bar: WaitBar) -> None:
    bar.show_wait(None, OTHERS)
    assert not bar._timer.isActive()
    bar.show_wait(42, OTHERS)
    bar.clear()
    assert not bar._timer.isActive()
    assert bar.isHidden()


def test_a_click_asks_another_profile(bar: WaitBar, qtbot: QtBot) -> None:
    bar.show_wait(42, OTHERS[:1])
    (other,) = bar.findChildren(QPushButton)
    with qtbot.waitSignal(bar.retry_requested) as asked:
        other.click()
    assert asked.args == ["a"]


@pytest.mark.parametrize(("seconds", "text"), [(1, "0:01"), (42, "0:42"), (725, "12:05"), (24367, "6:46:07")])
def test_spans_are_written_as_clocks_do(seconds: int, text: str) -> None:
    assert format_countdown(seconds) == text
