"""The page that asks for a test shot before the first snip."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier, FakeScreenGrabber
from writetex_desktop.core.errors import CaptureError, Remedy, RemedyAction
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.screen_access_page import ScreenAccessPage
from writetex_desktop.ui.shell.screen_access_presenter import ScreenAccess, ScreenAccessPresenter
from writetex_desktop.ui.toolkit.actions import Actions

pytestmark = pytest.mark.gui


def frame(shade: int) -> ScreenFrame:
    return ScreenFrame(Screen("A", Rect(0, 0, 8, 4), 1.0), Bitmap(8, 4, bytes([shade] * 128)))


class Refusal(FakeScreenGrabber):
    async def grab(self) -> tuple[ScreenFrame, ...]:
        action = RemedyAction.OPEN_SCREEN_PERMISSION
        raise CaptureError("The desktop refused a screenshot.", Remedy("Allow it.", action))


class Desk:
    """A window on a system that asks, and its user."""

    def __init__(self, qtbot: QtBot, grabber: FakeScreenGrabber, *, missing: bool = True) -> None:
        self.window = MainWindow(Actions())
        qtbot.addWidget(self.window, before_close_func=lambda window: window.hide())
        self.settings = Observable(Settings())
        self.tasks = Tasks(FakeNotifier())
        self.allowed = 0
        self.presenter = ScreenAccessPresenter(
            window=self.window,
            settings=self.settings,
            edit=lambda edit: self.settings.set(edit(self.settings.value)),
            access=ScreenAccess(lambda: missing, lambda: grabber, self._on_allowed),
            tasks=self.tasks,
        )

    def start(self, qtbot: QtBot) -> ScreenAccessPage:
        self.presenter.start()
        with qtbot.waitActive(self.window):
            self.window.bring_to_front()
        page = self.presenter._page
        assert page is not None
        assert self.window.shows(page)
        return page

    def press(self, page: ScreenAccessPage, name: str) -> None:
        async def pressed() -> None:
            (button,) = [each for each in page.findChildren(QPushButton) if each.text() == name]
            assert button.isVisible()
            button.click()
            await asyncio.gather(*self.tasks._running)

        asyncio.run(pressed())

    def _on_allowed(self) -> None:
        self.allowed += 1


def test_a_test_shot_that_works_is_shown_and_the_page_never_comes_again(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeScreenGrabber((frame(90),)))
    page = desk.start(qtbot)
    desk.press(page, "&Test shot")
    assert page.shows_shot
    assert "This works" in page.text
    assert (desk.settings.value.screen_seen, desk.allowed) == (True, 1)
    desk.press(page, "&Done")
    assert not desk.window.shows(page)
    desk.presenter._page = None
    desk.presenter.start()
    assert desk.presenter._page is None


@pytest.mark.parametrize(
    ("grabber", "sentence"),
    [
        (FakeScreenGrabber((frame(0), frame(0))), "The picture is black"),
        (FakeScreenGrabber(()), "dialog was closed"),
        (Refusal(), "refused a screenshot. Allow it."),
    ],
    ids=["black", "closed", "denied"],
)
def test_what_went_wrong_is_explained_and_can_be_tried_again(
    qtbot: QtBot, grabber: FakeScreenGrabber, sentence: str
) -> None:
    desk = Desk(qtbot, grabber)
    page = desk.start(qtbot)
    desk.press(page, "&Test shot")
    assert sentence in page.text
    assert not page.shows_shot
    assert not desk.settings.value.screen_seen
    desk.press(page, "&Test shot")
    desk.press(page, "&Later")
    assert not desk.window.shows(page)


def test_the_settings_of_the_system_are_a_button_away(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Refusal())
    page = desk.start(qtbot)
    desk.press(page, "&Test shot")
    with qtbot.waitSignal(desk.window.remedy_requested) as asked:
        desk.press(page, "Open System Settings")
    assert asked.args == [RemedyAction.OPEN_SCREEN_PERMISSION]


@pytest.mark.parametrize(("missing", "seen"), [(False, False), (True, True)])
def test_nobody_is_asked_where_nothing_is_missing(qtbot: QtBot, missing: bool, seen: bool) -> None:
    desk = Desk(qtbot, FakeScreenGrabber(), missing=missing)
    desk.settings.set(replace(desk.settings.value, screen_seen=seen))
    desk.presenter.start()
    assert desk.presenter._page is None


def test_every_button_is_reached_by_tab(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FakeScreenGrabber(()))
    page = desk.start(qtbot)
    reached = []
    for _stop in range(30):
        focus = desk.window.focusWidget()
        assert focus is not None
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {each for each in page.findChildren(QPushButton) if each.isVisible()} <= set(reached)
