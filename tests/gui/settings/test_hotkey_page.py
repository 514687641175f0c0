"""Choosing the hotkeys in the settings, with a source that obeys."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import (
    FakeClipboard,
    FakeDesktopShortcuts,
    FakeHotkeySource,
    FakeNotifier,
    FakeSecretStore,
    FakeSettingsStore,
)
from tests.gui.keyboard import give_keyboard
from writetex_desktop.core.desktop.binding import Binding, binding_for, snip_command
from writetex_desktop.core.desktop.hotkey import Hotkey, Modifier
from writetex_desktop.core.desktop.snip_wish import SNIP, SNIP_AGAIN, SnipWish
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.codec import decode, encode
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.observable import Observable
from writetex_desktop.services.settings.overrides import Overrides
from writetex_desktop.services.settings.settings_service import SettingsService
from writetex_desktop.services.tasks import Tasks
from writetex_desktop.ui.settings.disclosure import Disclosure
from writetex_desktop.ui.settings.snipping.binding_presenter import BindingWorld
from writetex_desktop.ui.settings.snipping.hotkey_field import HotkeyField
from writetex_desktop.ui.settings.snipping.page import SnippingPage
from writetex_desktop.ui.settings.snipping.presenter import HotkeyPresenter, describe

pytestmark = pytest.mark.gui
CTRL_M = Hotkey("M", frozenset({Modifier.CTRL, Modifier.ALT}))
CTRL_K = Hotkey("K", frozenset({Modifier.CTRL, Modifier.ALT}))
TO_FAST = SnipWish(profile="fast")
PROFILES = (Profile("good", "Good", "", ""), Profile("fast", "Fast & cheap", "", ""))


def bindings_in_sway(settings: Settings) -> list[Binding]:
    return [binding_for(("sway",), each, each.key, wish) for wish, each in settings.hotkeys.items()]


class Desk:
    """The page with everything behind it, and what its user heard."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.source = FakeHotkeySource()
        self.notifier = FakeNotifier()
        self.no_hotkeys = Observable(value=False)
        self.desktop = FakeDesktopShortcuts()
        self.clipboard = FakeClipboard()
        self.tasks = Tasks(self.notifier)
        self.pressed: list[SnipWish] = []
        self.service = SettingsService(FakeSettingsStore(), FakeSecretStore(), settings, Overrides())
        self.presenter = HotkeyPresenter(
            settings=self.service,
            source=self.source,
            on_press=self.pressed.append,
            notifier=self.notifier,
            platform="linux",
            world=BindingWorld(
                is_needed=self.no_hotkeys,
                bindings=bindings_in_sway,
                shortcuts=self.desktop,
                command=snip_command,
                describe=describe,
                clipboard=self.clipboard,
            ),
            tasks=self.tasks,
        )
        self.page = SnippingPage()
        qtbot.addWidget(self.page)
        self.presenter.attach(self.page, self.service.change)
        self.service.settings.subscribe(self.page.show_settings)
        self.page.show_settings(settings)
        self.presenter.register()
        give_keyboard(qtbot, self.page)
        self.page.hotkeys.field(SNIP).clearFocus()  # Qt puts the keyboard on the first field

    @property
    def settings(self) -> Settings:
        return self.service.settings.value

    def record(self, wish: SnipWish, key: Qt.Key) -> None:
        """Go to a field, press Ctrl+Alt with a key there, and leave it."""
        field = self.page.hotkeys.field(wish)
        field.setFocus()
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        field.clearFocus()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, Settings(profiles=PROFILES, active_profile="good", hotkey=CTRL_M))


def test_each_snip_has_a_hotkey_of_its_own(desk: Desk) -> None:
    desk.record(SNIP_AGAIN, Qt.Key.Key_K)
    desk.record(TO_FAST, Qt.Key.Key_F)
    for hotkey in (CTRL_M, CTRL_K, Hotkey("F", CTRL_M.modifiers)):
        desk.source.press(hotkey)
    assert desk.pressed == [SNIP, SNIP_AGAIN, TO_FAST]
    assert desk.settings.repeat_hotkey == CTRL_K
    assert desk.settings.profile_hotkeys == (("fast", Hotkey("F", CTRL_M.modifiers)),)


def test_the_hotkey_of_a_profile_goes_with_it(desk: Desk) -> None:
    desk.record(TO_FAST, Qt.Key.Key_K)
    asyncio.run(desk.service.remove_profile("fast"))
    desk.source.press(CTRL_K)
    assert desk.pressed == []
    assert desk.settings.profile_hotkeys == ()


@pytest.mark.parametrize("mode", list(Mode))
def test_each_mode_can_have_a_hotkey_of_its_own_and_lose_it(desk: Desk, mode: Mode) -> None:
    wish = SnipWish(mode=mode.value)
    desk.page.findChildren(Disclosure)[0].set_open(True)
    desk.record(wish, Qt.Key.Key_K)
    desk.source.press(CTRL_K)
    assert desk.pressed == [wish]
    assert desk.settings.mode_hotkeys == ((mode, CTRL_K),)
    assert decode(encode(desk.settings)) == desk.settings
    desk.record(wish, Qt.Key.Key_L)
    assert desk.settings.mode_hotkeys == ((mode, Hotkey("L", CTRL_K.modifiers)),)
    desk.service.change(lambda settings: settings.with_hotkey(wish, None))
    desk.source.press(Hotkey("L", CTRL_K.modifiers))
    assert desk.pressed == [wish]


def test_the_hotkeys_of_modes_are_folded_away_until_there_is_one(desk: Desk) -> None:
    field = desk.page.hotkeys.field(SnipWish(mode="table"))
    assert not field.isVisible()
    desk.page.show_settings(replace(desk.settings, mode_hotkeys=((Mode.TABLE, CTRL_K),)))
    assert field.isVisible()
    assert field.accessibleName() == "Hotkey that snips as Table"


@pytest.mark.parametrize("mode", list(Mode))
def test_the_command_of_a_mode_names_it(mode: Mode) -> None:
    assert snip_command(SnipWish(mode=mode.value)) == ("writetex", "snip", "--mode", mode.value)


def test_hotkeys_sleep_while_one_is_recorded(desk: Desk) -> None:
    desk.page.hotkeys.field(SNIP_AGAIN).setFocus()
    desk.source.press(CTRL_M)
    assert desk.pressed == []
    desk.page.hotkeys.field(SNIP_AGAIN).clearFocus()
    desk.source.press(CTRL_M)
    assert desk.pressed == [SNIP]


def test_a_combination_of_our_own_is_refused_with_the_name_of_who_has_it(desk: Desk) -> None:
    desk.record(TO_FAST, Qt.Key.Key_K)
    desk.record(SNIP_AGAIN, Qt.Key.Key_K)
    assert desk.page.hotkeys.problem(SNIP_AGAIN) == (
        "“Snip to Fast & cheap” has Ctrl+Alt+K already. Choose another combination."
    )
    assert desk.settings.repeat_hotkey is None
    assert desk.page.hotkeys.field(SNIP_AGAIN).text() == ""


def test_a_combination_of_another_program_is_refused_and_the_old_one_stays(desk: Desk) -> None:
    desk.source.taken.add(CTRL_K)
    desk.record(SNIP, Qt.Key.Key_K)
    assert "Another program" in desk.page.hotkeys.problem(SNIP)
    desk.source.press(CTRL_M)
    assert desk.pressed == [SNIP]
    assert desk.settings.hotkey == CTRL_M


def test_a_hotkey_can_be_taken_away(desk: Desk) -> None:
    field = desk.page.hotkeys.field(SNIP)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    field.clearFocus()
    assert desk.settings.hotkey is None
    assert desk.source.registered == {}


def test_a_double_in_the_file_is_told_and_the_first_works(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Settings(hotkey=CTRL_M, repeat_hotkey=CTRL_M))
    desk.source.press(CTRL_M)
    assert desk.pressed == [SNIP]
    assert "has Ctrl+Alt+M already" in desk.notifier.notices[0].message


def test_profiles_have_rows_where_there_is_a_choice(desk: Desk) -> None:
    names = [each.accessibleName() for each in desk.page.findChildren(HotkeyField) if each.isVisible()]
    assert names == [
        "Hotkey",
        "Last region",
        "Write by hand",
        "Hotkey that snips to Good",
        "Hotkey that snips to Fast & cheap",
    ]
    desk.service.change(lambda _before: Settings(profiles=PROFILES[:1], hotkey=CTRL_M))
    qt_names = [each.accessibleName() for each in desk.page.findChildren(HotkeyField) if each.isVisible()]
    assert qt_names == ["Hotkey", "Last region", "Write by hand"]


def press(desk: Desk, name: str) -> None:
    """Press a button of the panel and wait for what it does."""

    async def pressed() -> None:
        (button,) = [
            each
            for each in desk.page.binding.findChildren(QPushButton)
            if each.text() == name and each.isVisible()
        ]
        button.click()
        await asyncio.gather(*desk.tasks._running)

    asyncio.run(pressed())


def said(desk: Desk) -> str:
    """Give what can be read on the panel."""
    return " ".join(each.text() for each in desk.page.binding.findChildren(QLabel) if each.isVisible())


def test_the_line_to_paste_is_there_as_long_as_there_are_no_hotkeys(desk: Desk) -> None:
    assert not desk.page.binding.isVisible()
    desk.no_hotkeys.set(True)
    assert desk.page.binding.isVisible()
    assert "Add this line to ~/.config/sway/config" in said(desk)
    press(desk, "Copy")
    assert desk.clipboard.content.text == "bindsym Ctrl+Mod1+M exec writetex snip"
    desk.record(TO_FAST, Qt.Key.Key_K)
    lines = [each.text() for each in desk.page.binding.findChildren(QLineEdit)]
    assert "bindsym Ctrl+Mod1+K exec writetex snip --profile fast" in lines


def test_the_desktop_takes_the_shortcuts_over_and_gives_them_back(desk: Desk) -> None:
    desk.no_hotkeys.set(True)
    desk.record(TO_FAST, Qt.Key.Key_K)
    press(desk, "Set it for &me")
    assert {hotkey: each.command for hotkey, each in desk.desktop.bound.items()} == {
        CTRL_M: ("writetex", "snip"),
        CTRL_K: ("writetex", "snip", "--profile", "fast"),
    }
    assert "The desktop has them: Ctrl+Alt+M, Ctrl+Alt+K." in said(desk)
    assert desk.source.registered == {}, "a press would snip twice"
    press(desk, "&Take it out again")
    assert desk.desktop.bound == {}
    assert not desk.settings.desktop_hotkeys


def test_a_desktop_that_refuses_says_what_to_do(desk: Desk) -> None:
    desk.no_hotkeys.set(True)
    desk.desktop.broken = True
    press(desk, "Set it for &me")
    assert "Paste the line by hand." in said(desk)
    assert not desk.settings.desktop_hotkeys
