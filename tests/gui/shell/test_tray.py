"""The tray icon, with a real panel that comes late."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.shell.tray import Tray
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.activity import Activity
from writetex_desktop.ui.toolkit.format_names import fill_menu


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    if QSystemTrayIcon.isSystemTrayAvailable():
        pytest.skip("there is a panel on this display already")
    tray = Tray(Actions())
    yield tray
    tray.close()


@contextmanager
def _panel() -> Iterator[None]:
    program = shutil.which("trayer")
    assert program is not None, "install trayer: packaging/dev.py test does it"
    process = subprocess.Popen([program, "--SetDockType", "false"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def test_without_a_panel_the_tray_looks_out_for_one_and_after_a_minute_seldom(tray: Tray) -> None:
    tray.show()
    assert not tray.is_available
    assert tray.is_waiting
    often = tray._poll.interval()
    for _ in range(60):
        assert tray._poll.interval() == often
        tray._poll.timeout.emit()
    assert tray.is_waiting
    assert tray._poll.interval() == 10 * often


def test_a_panel_that_comes_late_gets_the_icon(qtbot: QtBot, tray: Tray) -> None:
    tray.show()
    with _panel(), qtbot.waitSignal(tray.available_changed, timeout=20_000) as come:
        pass
    assert come.args == [True]
    assert not tray.is_waiting


def test_a_panel_that_ends_and_comes_again_has_the_icon(qtbot: QtBot, tray: Tray) -> None:
    with _panel():
        with qtbot.waitSignal(tray.available_changed, timeout=20_000):
            tray.show()
        icon = tray._icon
        assert icon is not None
        qtbot.waitUntil(lambda: icon.geometry().width() > 0, timeout=20_000)
    qtbot.waitUntil(lambda: not tray.is_available, timeout=20_000)
    with _panel():
        qtbot.waitUntil(lambda: tray.is_available, timeout=20_000)
        clicks = []
        tray._actions.snip.triggered.connect(lambda: clicks.append(True))

        def clicked() -> bool:
            where = icon.geometry().center()
            subprocess.run(["xdotool", "mousemove", str(where.x()), str(where.y()), "click", "1"], check=True)
            return bool(clicks)

        qtbot.waitUntil(clicked, timeout=20_000)


def test_a_click_on_the_icon_in_the_panel_snips(qtbot: QtBot, tray: Tray) -> None:
    with _panel():
        with qtbot.waitSignal(tray.available_changed, timeout=20_000):
            tray.show()
        icon = tray._icon
        assert icon is not None
        snips: list[bool] = []
        tray._actions.snip.triggered.connect(lambda: snips.append(True))

        def clicked() -> bool:
            """Click where the icon says it is; panels move it about before it rests."""
            where = icon.geometry().center()
            subprocess.run(["xdotool", "mousemove", str(where.x()), str(where.y()), "click", "1"], check=True)
            return bool(snips)

        qtbot.waitUntil(clicked, timeout=20_000)


def test_a_left_click_snips_and_other_clicks_do_not(qtbot: QtBot) -> None:
    actions = Actions()
    tray = Tray(actions)
    with qtbot.waitSignal(actions.snip.triggered):
        tray._activated(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(actions.snip.triggered):
        tray._activated(QSystemTrayIcon.ActivationReason.Context)
        tray._activated(QSystemTrayIcon.ActivationReason.DoubleClick)
    tray.close()


def test_the_menu_holds_every_door(qtbot: QtBot) -> None:
    actions = Actions()
    tray = Tray(actions)
    doors = [each for each in tray.menu.actions() if not each.isSeparator() and each.menu() is None]
    assert doors == [
        tray.menu.snip,
        actions.snip_later,
        actions.pad_window,
        actions.paste,
        actions.open_files,
        actions.stay_offline,
        actions.history,
        actions.restore_clipboard,
        actions.show_window,
        actions.settings,
        actions.help,
        actions.quit,
    ]
    tray.close()


def test_each_state_has_its_own_icon_and_tooltip(qtbot: QtBot, tray: Tray) -> None:
    tray._make()
    assert tray._icon is not None
    seen = set()
    for state in Activity:
        tray.set_state(state)
        seen.add((tray._icon.toolTip(), tray._icon.icon().cacheKey()))
    assert len({tip for tip, _ in seen}) == len({key for _, key in seen}) == len(Activity)


def test_another_endpoint_can_be_chosen_where_there_is_a_choice(qtbot: QtBot) -> None:
    tray = Tray(Actions())
    work, home = Profile("a", "R&D", "https://a", "m"), Profile("b", "Home", "http://localhost", "n")
    tray.menu.set_profiles([work], "a")
    assert not tray.menu.endpoints.menuAction().isVisible()
    tray.menu.set_profiles([work, home], "a")
    assert tray.menu.endpoints.menuAction().isVisible()
    tray.menu.profile_chosen.connect(lambda chosen: tray.menu.set_profiles([work, home], chosen))
    with qtbot.waitSignal(tray.menu.profile_chosen) as chosen:
        tray.menu.endpoints.actions()[1].trigger()
    assert chosen.args == ["b"]
    assert [each.isChecked() for each in tray.menu.endpoints.actions()] == [False, True]
    assert tray.menu.endpoints.actions()[0].text() == "R&&D"
    tray.close()


def test_the_menu_names_the_hotkey_that_works_everywhere(qtbot: QtBot, tray: Tray) -> None:
    tray.menu.set_hotkey("Ctrl+Alt+M")
    assert tray.menu.snip.text().endswith("\tCtrl+Alt+M")
    with qtbot.waitSignal(tray._actions.snip.triggered):
        tray.menu.snip.trigger()
    tray.menu.set_hotkey("")
    assert "\t" not in tray.menu.snip.text()


def test_the_format_in_force_is_marked_and_another_can_be_chosen(tray: Tray) -> None:
    chosen: list[OutputFormat] = []
    assert not tray.menu.formats.menuAction().isVisible()
    tray.menu.offer_formats(lambda menu: fill_menu(menu, chosen.append))
    tray.menu.set_format(OutputFormat.TYPST)
    marked = [each.data() for each in tray.menu.formats.actions() if each.isChecked()]
    assert marked == [OutputFormat.TYPST]
    (other,) = (each for each in tray.menu.formats.actions() if each.data() == OutputFormat.WORD)
    other.trigger()
    assert chosen == [OutputFormat.WORD]


def test_results_of_this_run_are_offered(qtbot: QtBot, tray: Tray) -> None:
    assert not tray.menu._recent.menuAction().isVisible()
    tray.menu.show_recent(((2, "a & b"), (1, "x^2")))
    assert [each.text() for each in tray.menu._recent.actions()] == ["a && b", "x^2"]
    with qtbot.waitSignal(tray.menu.recent_chosen) as chosen:
        tray.menu._recent.actions()[1].trigger()
    assert chosen.args == [1]
