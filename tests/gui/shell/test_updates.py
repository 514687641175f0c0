"""The question on the first page, and what is told of a newer version."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier
from writetex_desktop.core.errors import RemedyAction
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.services.updates import UpdateCheck
from writetex_desktop.ui.shell.main_window import MainWindow
from writetex_desktop.ui.shell.update_presenter import UpdatePresenter, UpdateWorld
from writetex_desktop.ui.toolkit.actions import Actions

pytestmark = pytest.mark.gui

PAGE = "https://example.org/9"
NEWER = {"version": "9.0.0", "notes": "New.", "page": PAGE}


class Listening(FakeNotifier):
    def __init__(self) -> None:
        super().__init__()
        self.told = asyncio.Event()

    def notify(self, notice: Notice) -> None:
        super().notify(notice)
        self.told.set()


class Desk:
    """A window with the question, and what it leads to."""

    def __init__(self, qtbot: QtBot, *, has_source: bool) -> None:
        self.window = MainWindow(Actions())
        qtbot.addWidget(self.window, before_close_func=lambda window: window.hide())
        self.settings = Observable(Settings())
        self.notifier = Listening()
        self.tasks = Tasks(self.notifier)
        self.asked = 0
        self.opened: list[str] = []
        check = UpdateCheck(
            fetch=self._fetch,
            is_signed=lambda _message, _signature: True,
            last=lambda: None,
            keep=lambda _moment: None,
            may_ask=lambda: self.settings.value.check_updates,
            now=lambda: datetime.now(UTC),
            version="1.0.0",
        )
        self.presenter = UpdatePresenter(
            window=self.window,
            settings=self.settings,
            edit=lambda edit: self.settings.set(edit(self.settings.value)),
            world=UpdateWorld(check, has_source, "Run the installer.", self._open),
            notifier=self.notifier,
            tasks=self.tasks,
        )

    @property
    def question(self) -> QCheckBox:
        return next(
            box for box in self.window.findChildren(QCheckBox) if "updates" in box.text().replace("&", "")
        )

    async def _fetch(self) -> bytes:
        self.asked += 1
        return json.dumps({"release": json.dumps(NEWER), "signature": ""}).encode()

    def _open(self, url: str) -> bool:
        self.opened.append(url)
        return True


async def test_it_is_asked_once_the_box_is_ticked_and_the_notice_leads_to_the_page(qtbot: QtBot) -> None:
    desk = Desk(qtbot, has_source=True)
    desk.presenter.start()
    assert not desk.question.isHidden()
    assert (desk.question.isChecked(), desk.asked) == (False, 0)
    desk.question.click()
    assert desk.settings.value.check_updates
    await asyncio.wait_for(desk.notifier.told.wait(), 20)
    (told,) = desk.notifier.notices
    assert (told.message, told.remedy.text) == ("WriteTex 9.0.0 is there: New.", "Run the installer.")
    assert told.remedy.action is RemedyAction.OPEN_RELEASE
    desk.window.remedy_requested.emit(RemedyAction.OPEN_RELEASE)
    assert (desk.opened, desk.asked) == ([PAGE], 1)
    await desk.tasks.cancel_all()


async def test_a_build_that_knows_no_address_asks_nobody_anything(qtbot: QtBot) -> None:
    desk = Desk(qtbot, has_source=False)
    desk.presenter.start()
    assert desk.question.isHidden()
    assert desk.asked == 0
