"""The page of other programs: the switch, tokens made, shown once, limited and revoked."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakeNotifier, FakeSecretStore, FakeSettingsStore
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.serving.clients import PREFIX, Clients
from writetex_desktop.services.serving.door import DoorState
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.programs.page import ProgramsPage
from writetex_desktop.ui.settings.programs.presenter import ProgramsPresenter

pytestmark = pytest.mark.gui


class Desk:
    """The page with real tokens and settings behind it."""

    def __init__(self, qtbot: QtBot, *, keeps: bool = True) -> None:
        self.settings = SettingsService(FakeSettingsStore(), FakeSecretStore(), Settings(), Overrides())
        self.clients = Clients(self.settings, FakeSecretStore(keeps=keeps))
        self.state = Observable(DoorState())
        self.copied: list[str] = []
        self.page = ProgramsPage()
        qtbot.addWidget(self.page)
        self.page.settings_edited.connect(lambda wanted: self.settings.change(lambda _before: wanted))
        self.settings.settings.subscribe(self.page.show_settings)
        self.page.show_settings(self.settings.settings.value)
        ProgramsPresenter(
            self.page,
            clients=self.clients,
            state=self.state,
            copy=self.copied.append,
            tasks=Tasks(FakeNotifier()),
        )
        self.page.resize(560, 640)
        self.page.show()

    def box(self, text: str) -> QCheckBox:
        return next(box for box in self.page.findChildren(QCheckBox) if text in box.text().replace("&", ""))

    def line(self, name: str) -> QLineEdit:
        return next(line for line in self.page.findChildren(QLineEdit) if line.accessibleName() == name)

    def button(self, text: str) -> QPushButton:
        return next(
            each for each in self.page.findChildren(QPushButton) if text in each.text().replace("&", "")
        )

    @property
    def listed(self) -> list[str]:
        (found,) = self.page.findChildren(QListWidget)
        return [found.item(row).text() for row in range(found.count())]

    def said(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    async def make(self, name: str) -> str:
        QTest.keyClicks(self.line("New program"), name)
        QTest.keyClick(self.line("New program"), Qt.Key.Key_Return)
        await settle()
        return self.line("The new token").text()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_switch_and_the_port_are_settings_and_off_at_first(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    assert not desk.box("Answer other programs").isChecked()
    desk.box("Answer other programs").click()
    assert desk.settings.settings.value.serve
    desk.state.set(DoorState("http://127.0.0.1:50907"))
    assert desk.line("Address").text() == "http://127.0.0.1:50907/v1"
    desk.state.set(DoorState(problem="The library starlette is not installed. Install it."))
    assert desk.line("Address").text() == ""
    assert "Install it." in desk.said()


async def test_a_token_is_made_by_keyboard_shown_once_and_copied(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    assert not desk.button("Make a token").isEnabled()
    token = await desk.make("My editor")
    assert token.startswith(PREFIX)
    assert desk.listed == ["My editor"]
    assert desk.clients.identify(token) is not None
    desk.button("Copy the token").click()
    assert desk.copied == [token]
    other = await desk.make("Notes")
    assert other != token
    assert token not in {line.text() for line in desk.page.findChildren(QLineEdit)}


async def test_rights_are_of_the_chosen_program_and_a_wrong_origin_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    await desk.make("My editor")
    await desk.make("Notes")
    desk.box("search the history").click()
    origins = desk.line("Web pages")
    origins.setText("notes.example")
    origins.editingFinished.emit()
    assert "no origin" in desk.said()
    origins.setText("https://Notes.example app://obsidian.md")
    origins.editingFinished.emit()
    assert "no origin" not in desk.said()
    editor, notes = desk.clients.known.value
    assert (editor.history, editor.origins) == (False, ())
    assert (notes.history, notes.origins) == (True, ("https://notes.example", "app://obsidian.md"))


async def test_a_revoked_program_is_gone_and_its_token_worth_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    token = await desk.make("My editor")
    desk.button("Revoke").click()
    await settle()
    assert desk.listed == []
    assert desk.clients.identify(token) is None
    assert not desk.button("Revoke").isEnabled()
    assert desk.line("The new token").text() == ""


async def test_a_taken_name_and_a_missing_key_store_are_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot, keeps=False)
    await desk.make("My editor")
    assert "no key store" in desk.said()
    desk.line("New program").clear()
    await desk.make("MY EDITOR")
    assert "Choose another name" in desk.said()
    assert desk.listed == ["My editor"]
