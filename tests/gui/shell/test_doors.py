"""What works before there is a window, and how the window comes to be."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import (
    FakeClipboard,
    FakeClock,
    FakeDesktopShortcuts,
    FakeFocusPaster,
    FakeHotkeySource,
    FakeNotifier,
    FakeScreenGrabber,
    FakeSecretStore,
    FakeSettingsStore,
)
from writetex_desktop.core.desktop.binding import snip_command
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier
from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.core.pictures.geometry import Rect, Screen
from writetex_desktop.core.pictures.image import Bitmap, ScreenFrame
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.ports.clipboard import PasteTarget
from writetex_desktop.services.first_use import FirstUse
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.overlay.presenter import Snip, SnipPresenter
from writetex_desktop.ui.overlay.snipper import Snipper
from writetex_desktop.ui.settings.editor import SettingsEditor
from writetex_desktop.ui.settings.snipping.binding_presenter import BindingWorld
from writetex_desktop.ui.settings.snipping.presenter import HotkeyPresenter, describe
from writetex_desktop.ui.shell.doors import DoorPresenter, DoorViews
from writetex_desktop.ui.shell.notifier import BarNotifier
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.language import LanguageKeeper
from writetex_desktop.ui.toolkit.theme import ThemeKeeper
from writetex_desktop.ui.toolkit.views.notices import NoticeBar

pytestmark = pytest.mark.gui
CTRL_M = Hotkey("M", frozenset({Modifier.CTRL, Modifier.ALT}))
WHITE = Bitmap(2, 1, b"\xff" * 8)
CHOSEN = ScreenFrame(Screen("A", Rect(0, 0, 2, 1), 1.0), WHITE, is_chosen=True)
"""A frame that the user chose in a dialog of the desktop: it needs no overlay."""


class NotedDesk:
    """A desk that notes what reaches it."""

    def __init__(self, actions: Actions) -> None:
        self.window = QWidget()
        self.shown = 0
        self.snips: list[Snip] = []
        self.pressed: list[str] = []
        actions.settings.triggered.connect(lambda: self.pressed.append("settings"))

    def show_window(self) -> None:
        self.shown += 1

    def read_snip(self, snip: Snip) -> None:
        self.snips.append(snip)

    def write_by_hand(self, target: PasteTarget | None = None) -> None:
        self.pressed.append(f"write {target}")


class House:
    """The doors, with a desk behind them that notes."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        notifier = FakeNotifier()
        self.tasks = Tasks(notifier)
        self.source = FakeHotkeySource()
        self.service = SettingsService(FakeSettingsStore(), FakeSecretStore(), settings, Overrides())
        self.actions = Actions()
        self.tray = Tray(self.actions)
        self.snipper = Snipper()
        self.desk = FirstUse(self._made_desk)
        editor = SettingsEditor(self.service, notifier)
        self.presenter = DoorPresenter(
            views=DoorViews(
                self.tray,
                self.actions,
                ThemeKeeper(app),
                LanguageKeeper(app, lambda _: None, ("en",)),
                self.snipper,
            ),
            snips=SnipPresenter(
                window=lambda: self.desk.made.window if self.desk.made is not None else None,
                snipper=self.snipper,
                grabber=FakeScreenGrabber((CHOSEN,)),
                paster=FakeFocusPaster(PasteTarget(7)),
                clock=FakeClock(),
                in_use=lambda: None,
                take=lambda snip: self.desk().read_snip(snip),
                settings=self.service,
                tasks=self.tasks,
            ),
            hotkeys=self._hotkeys(notifier),
            desk=self.desk,
            settings=self.service,
            editor=editor,
        )
        self._qtbot = qtbot

    def has_desk(self) -> bool:
        return self.desk.made is not None

    def close(self) -> None:
        self.snipper.close()
        self.tray.close()

    def _made_desk(self) -> NotedDesk:
        desk = NotedDesk(self.actions)
        self._qtbot.addWidget(desk.window)
        return desk

    def _hotkeys(self, notifier: FakeNotifier) -> HotkeyPresenter:
        snip: Callable[[], None] = self.actions.snip.trigger
        return HotkeyPresenter(
            settings=self.service,
            source=self.source,
            on_press=lambda _wish: snip(),
            notifier=notifier,
            platform="linux",
            world=BindingWorld(
                is_needed=Observable(value=False),
                bindings=lambda _settings: (),
                shortcuts=FakeDesktopShortcuts(),
                command=snip_command,
                describe=describe,
                clipboard=FakeClipboard(),
            ),
            tasks=self.tasks,
        )


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[House]:
    made = House(qtbot, Settings(hotkey=CTRL_M, paste_back=True))
    yield made
    made.close()


def test_a_program_that_is_shown_has_its_hotkey_and_its_window(house: House) -> None:
    house.presenter.start(hidden=False)
    assert CTRL_M in [hotkey for hotkey, _press in house.source.registered.values()]
    assert house.desk().shown == 1


async def test_what_is_snipped_first_makes_the_desk_that_reads_it(house: House) -> None:
    house.actions.snip.trigger()
    assert not house.has_desk()
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
    desk = house.desk.made
    assert desk is not None
    assert [(each.bitmap, each.came_from) for each in desk.snips] == [(WHITE, PasteTarget(7))]


def test_the_first_press_of_what_the_window_answers_makes_it_and_is_heard_once(house: House) -> None:
    house.actions.settings.trigger()
    assert house.desk().pressed == ["settings"]
    house.actions.settings.trigger()
    assert house.desk().pressed == ["settings", "settings"]


def test_what_needs_no_window_makes_none(house: House) -> None:
    house.actions.stay_offline.trigger()
    assert house.service.offline.value
    house.actions.quit.trigger()
    assert house.presenter.quit_asked.is_set()
    assert not house.has_desk()


def test_what_was_told_before_there_was_a_window_stands_in_it(qtbot: QtBot) -> None:
    tray = Tray(Actions())
    notifier = BarNotifier(tray)
    for message in ("First.", "Last."):
        notifier.notify(Notice(Level.WARNING, message))
    bar = NoticeBar()
    qtbot.addWidget(bar)
    notifier.attach(bar)
    assert bar.notice is not None
    assert bar.notice.message == "Last."
    tray.close()


def test_the_mode_is_chosen_in_the_tray_before_there_is_a_window(qtbot: QtBot) -> None:
    house = House(qtbot, Settings())
    house.presenter.start(hidden=True)
    house.actions.modes[Mode.TABLE].trigger()
    assert house.service.settings.value.mode is Mode.TABLE
    house.close()
