"""The settings dialog with everything behind it but the network: for tests of the way to an endpoint."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import qasync
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.fakes import (
    FakeClipboard,
    FakeClock,
    FakeEndpointProbe,
    FakeNotifier,
    FakeRecognizer,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.adapters.storage.catalogue_file import load_catalogue
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.probe import ProbeReply
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE
from writetex_desktop.core.errors import SettingsError, WriteTexError
from writetex_desktop.core.pictures.image import EncodedImage
from writetex_desktop.core.reading.recognition import RecognizerEvent
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.endpoints.connection_test import ConnectionTest
from writetex_desktop.services.endpoints.local_servers import find_local_servers
from writetex_desktop.services.endpoints.model_lists import ModelLists
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.dialog import SettingsDialog
from writetex_desktop.ui.settings.endpoint.presenter import EndpointPresenter
from writetex_desktop.ui.settings.endpoint.world import EndpointWorld

T = TypeVar("T")
RESOURCES = Path(__file__).parents[3] / "resources"
CATALOGUE = load_catalogue(RESOURCES, RESOURCES / "none").catalogue
Script = tuple[RecognizerEvent | WriteTexError, ...]


@dataclass
class Desk:
    """The dialog, and hands that press its keys.

    Attributes:
        pages: What servers answer; nothing stands elsewhere.
        script: What the engine does with the test picture.
        opened: The web pages that were opened.
        files: Files, by their paths.
    """

    pages: dict[str, ProbeReply | WriteTexError] = field(default_factory=dict)
    script: Script = ()
    initial: Settings = field(default_factory=Settings)
    secrets: FakeSecretStore = field(default_factory=FakeSecretStore)
    opened: list[str] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict)
    connected: list[Endpoint] = field(default_factory=list)
    hang: bool = False
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tasks = Tasks(FakeNotifier())
        self.store = FakeSettingsStore()
        self.settings = SettingsService(self.store, self.secrets, self.initial, Overrides())
        self.probe = FakeEndpointProbe(self.pages)
        self.clipboard = FakeClipboard()
        self.dialog = SettingsDialog(CATALOGUE)
        self.page = self.dialog.endpoint
        lists = ModelLists(self.probe, CATALOGUE)
        trial = ConnectionTest(
            draft=self.settings.draft,
            connect=self._connect,
            lists=lists,
            catalogue=CATALOGUE,
            cost=lambda _base_url, _model, _usage: None,
            picture=_picture,
            clock=FakeClock(),
        )
        self.presenter = EndpointPresenter(
            self.page,
            settings=self.settings,
            edit=self.settings.change,
            world=EndpointWorld(
                try_out=trial.run,
                lists=lists,
                find_servers=lambda: find_local_servers(self.probe, CATALOGUE),
                picture=_picture,
                open_page=self._open_page,
                clipboard=self.clipboard,
                read_text=self.files.__getitem__,
                write_text=self.files.__setitem__,
                rules=lambda _base_url, _model: ORDINARY_WIRE,
                take_catalogue=self._take_catalogue,
            ),
            tasks=self.tasks,
        )
        self.dialog.settings_edited.connect(lambda settings: self.settings.change(lambda _before: settings))
        self.settings.settings.subscribe(self.dialog.show_settings)
        self.dialog.show_settings(self.initial)

    @property
    def profile(self) -> Profile:
        """The profile in use."""
        profile = self.settings.settings.value.profile
        assert profile is not None
        return profile

    async def press(self, *keys: str) -> None:
        """Press key combinations one after the other in what has the focus."""
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or self.dialog, key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type into what has the focus and leave it."""
        await self.write(text)
        await self.press("Tab")

    async def write(self, text: str) -> None:
        """Type into what has the focus and stay there."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        await self.settle()

    async def click(self, text: str) -> None:
        """Press the button with this text, by the keyboard."""
        button = self.button(text)
        button.setFocus()
        await self.press("Space")

    def button(self, text: str) -> QAbstractButton:
        """Find a visible button by its text."""
        found = [
            each
            for each in self.dialog.findChildren(QAbstractButton)
            if each.text().replace("&", "") == text and each.isVisible()
        ]
        assert len(found) == 1, (
            f"{text}: {[each.text() for each in self.dialog.findChildren(QAbstractButton)]}"
        )
        return found[0]

    def says(self) -> str:
        """Give all that can be read on the page."""
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def text_of(self, name: str) -> str:
        """Give what stands in a field."""
        return str(self.field(name).property("text") or self.field(name).property("currentText") or "")

    def field(self, name: str) -> QWidget:
        """Find a field by its accessible name."""
        found = [
            each
            for each in self.page.findChildren(QWidget)
            if each.accessibleName() == name and each.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ]
        return found[0]

    async def settle(self) -> None:
        """Wait until no button looks pressed and nothing is running but what hangs on purpose."""
        await _until(lambda: not any(each.isDown() for each in self.dialog.findChildren(QAbstractButton)))
        while running := {each for each in self.tasks._running if not self.hang}:
            await asyncio.wait(running)
            await asyncio.sleep(0)
        for _ in range(20 if self.hang else 1):
            await asyncio.sleep(0)

    async def _connect(self) -> FakeRecognizer:
        self.connected.append(await self.settings.endpoint())
        if self.hang:
            await asyncio.Event().wait()
        return FakeRecognizer([self.script])

    async def _take_catalogue(self, source: str) -> str:
        self.taken.append(source)
        if source.endswith("broken.toml"):
            raise SettingsError("This is no list of providers in TOML.", "Name another.")
        return "Taken."

    def _open_page(self, url: str) -> bool:
        self.opened.append(url)
        return not url.endswith("no-browser")


async def _until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until something holds that no signal tells of."""
    turned = asyncio.Event()
    timer = QTimer()
    timer.timeout.connect(lambda: turned.set() if condition() else None)
    timer.start(5)
    await turned.wait()
    timer.stop()


def _picture() -> EncodedImage:
    return EncodedImage("image/png", b"png", 128, 64)


def at_endpoint(app: QApplication, desk: Callable[[], Desk], act: Callable[[Desk], Awaitable[T]]) -> T:
    """Open the dialog on the program's loop, do something there, and close it."""

    async def main() -> T:
        here = desk()
        here.dialog.show()
        here.dialog.activateWindow()
        # Nothing that spins the loop may be called from a task of it.
        await _until(here.dialog.isActiveWindow)
        await here.settle()
        try:
            return await act(here)
        finally:
            await here.settle()  # what is still being written is told to a dialog that is there
            here.dialog.hide()
            await here.tasks.cancel_all()
            here.dialog.deleteLater()

    with qasync.QEventLoop(app) as loop:
        result: T = loop.run_until_complete(asyncio.wait_for(main(), 50))
    return result
