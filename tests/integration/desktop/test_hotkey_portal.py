"""The portal for hotkeys, with one of our own on a bus of its own."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from tests.portals import SHORTCUTS, Answer, Bus, MockPortal, Raw, Reaction, Refusal, mock_portal, private_bus
from writetex_desktop.core.app_id import APP_ID
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier
from writetex_desktop.core.errors import HotkeyError
from writetex_desktop.native.hotkeys.portal import PortalHotkeySource, trigger, unsupported
from writetex_desktop.native.session import read_session

SNIP = HotkeyAction("snip", "Snip a formula")
AGAIN = HotkeyAction("snip-again", "Snip the last region again")
FIRST = Hotkey("M", frozenset({Modifier.CTRL, Modifier.SUPER}))
SECOND = Hotkey("PrintScreen", frozenset({Modifier.ALT, Modifier.SHIFT}))
SWAY = read_session({"WAYLAND_DISPLAY": "wayland-1", "XDG_CURRENT_DESKTOP": "sway"}, "linux")


@pytest.fixture(scope="module")
def bus() -> Iterator[Bus]:
    with private_bus() as running:
        yield running


@pytest.fixture
def portal(bus: Bus) -> Iterator[MockPortal]:
    with mock_portal(bus) as running:
        yield running


class Rig:
    """A source, and what it told."""

    def __init__(self, bus: Bus) -> None:
        self.losses: asyncio.Queue[HotkeyError] = asyncio.Queue()
        self.presses: asyncio.Queue[str] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []
        self.source = PortalHotkeySource(
            SWAY, self.losses.put_nowait, self._spawn, bus.environment(), pauses_s=(20.0,)
        )

    def register(self, hotkey: Hotkey, name: str = "pressed", action: HotkeyAction = SNIP) -> None:
        self.source.register(action, hotkey, lambda: self.presses.put_nowait(name))

    async def close(self) -> None:
        self.source.close()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.ensure_future(coroutine))
        return self.tasks[-1]


async def test_a_press_is_heard_once_and_the_program_named_itself_first(bus: Bus, portal: MockPortal) -> None:
    rig = Rig(bus)
    rig.register(FIRST)
    await rig.source.bound.wait()
    portal.activate("/somebody/else", "snip")
    portal.activate(portal.sessions[0], "snip")
    assert await rig.presses.get() == "pressed"
    assert rig.presses.empty()
    assert portal.app_ids == [APP_ID]
    assert [method for method, _body in portal.calls] == [
        "Register",
        "Get",
        "CreateSession",
        "BindShortcuts",
    ]
    (shortcut,) = portal.calls[-1][1][1]
    assert shortcut[0] == "snip"
    assert shortcut[1]["preferred_trigger"] == ("s", "CTRL+LOGO+m")
    await rig.close()


async def test_another_hotkey_replaces_the_one_before(bus: Bus, portal: MockPortal) -> None:
    rig = Rig(bus)
    rig.register(FIRST, "first")
    await rig.source.bound.wait()
    rig.register(SECOND, "second")
    await rig.source.bound.wait()
    portal.activate(portal.sessions[0], "snip")
    portal.activate(portal.sessions[1], "snip")
    assert await rig.presses.get() == "second"
    await rig.close()


async def test_the_same_hotkey_with_another_listener_asks_the_user_nothing(
    bus: Bus, portal: MockPortal
) -> None:
    rig = Rig(bus)
    rig.register(FIRST, "old")
    await rig.source.bound.wait()
    rig.register(FIRST, "new")
    portal.activate(portal.sessions[0], "snip")
    assert await rig.presses.get() == "new"
    assert len(portal.sessions) == 1
    await rig.close()


@pytest.mark.parametrize(
    ("reaction", "sentence"),
    [
        (Answer(1), "not allowed"),
        (Answer(2), "refused"),
        (Refusal(), "refused"),
        (Answer(0, {"shortcuts": ("a(sa{sv})", [])}), "not allowed"),
        (Answer(0), "no sense"),
        (Raw("u", (0,)), "no sense"),
        (Answer(0, {"shortcuts": ("s", "snip")}), "no sense"),
    ],
    ids=["denied", "ended", "error", "nothing bound", "no shortcuts", "wrong shape", "wrong type"],
)
async def test_a_hotkey_that_cannot_be_had_is_told_with_the_line_to_paste(
    bus: Bus, portal: MockPortal, reaction: Reaction, sentence: str
) -> None:
    portal.bind = lambda _shortcuts: reaction
    rig = Rig(bus)
    rig.register(FIRST)
    loss = await rig.losses.get()
    assert sentence in loss.message
    assert "bindsym Ctrl+Mod4+m exec writetex snip" in loss.remedy.text
    assert not rig.source.bound.is_set()
    await rig.close()


@pytest.mark.parametrize("handle", [("s", "/elsewhere"), ("u", 7)])
async def test_a_session_that_is_none_is_not_used(
    bus: Bus, portal: MockPortal, handle: tuple[str, object]
) -> None:
    portal.create_session = lambda _options: Answer(0, {"session_handle": handle})
    rig = Rig(bus)
    rig.register(FIRST)
    assert "no sense" in (await rig.losses.get()).message
    await rig.close()


async def test_a_desktop_without_the_portal_is_told(bus: Bus, portal: MockPortal) -> None:
    del portal.versions[SHORTCUTS]
    rig = Rig(bus)
    rig.register(FIRST)
    assert "no global hotkeys" in (await rig.losses.get()).message
    await rig.close()


async def test_a_bus_that_dies_is_told_and_a_new_wish_is_tried_anew() -> None:
    with private_bus() as dying, mock_portal(dying):
        rig = Rig(dying)
        rig.register(FIRST)
        await rig.source.bound.wait()
        dying.server.kill()
        assert "bus has gone" in (await rig.losses.get()).message
        rig.register(FIRST)
        assert "bus has gone" in (await rig.losses.get()).message
        await rig.close()


async def test_nothing_is_told_of_a_hotkey_that_was_given_back(bus: Bus, portal: MockPortal) -> None:
    rig = Rig(bus)
    rig.register(FIRST)
    await rig.source.bound.wait()
    await rig.close()
    assert rig.losses.empty()
    assert not rig.source.bound.is_set()


def test_a_combination_is_written_as_the_specification_says() -> None:
    assert trigger(SECOND) == "ALT+SHIFT+Print"


@pytest.mark.parametrize(
    ("environment", "works"),
    [
        ({"WAYLAND_DISPLAY": "w", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}, True),
        ({"WAYLAND_DISPLAY": "w"}, False),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}, False),
    ],
)
def test_the_portal_needs_a_desktop_and_a_bus(environment: dict[str, str], works: bool) -> None:
    assert (unsupported(read_session(environment, "linux")) is None) == works


async def test_several_hotkeys_are_one_question_and_one_session(bus: Bus, portal: MockPortal) -> None:
    rig = Rig(bus)
    rig.register(FIRST, "snip")
    rig.register(SECOND, "again", AGAIN)
    await rig.source.bound.wait()
    (session,) = portal.sessions
    assert [name for name, _options in portal.calls[-1][1][1]] == ["snip", "snip-again"]
    portal.activate(session, "snip-again")
    portal.activate(session, "snip")
    assert [await rig.presses.get(), await rig.presses.get()] == ["again", "snip"]
    rig.source.unregister(SNIP)
    await _asked(portal, "BindShortcuts", 2)
    await rig.source.bound.wait()
    portal.activate(portal.sessions[1], "snip")
    portal.activate(portal.sessions[1], "snip-again")
    assert await rig.presses.get() == "again"
    await rig.close()


async def test_the_hotkeys_are_bound_again_when_the_portal_comes_again(bus: Bus) -> None:
    with mock_portal(bus):
        rig = Rig(bus)
        rig.register(FIRST)
        await rig.source.bound.wait()
    with mock_portal(bus) as portal:
        await _asked(portal, "BindShortcuts", 1)
        await rig.source.bound.wait()
        portal.activate(portal.sessions[0], "snip")
        assert await rig.presses.get() == "pressed"
        assert portal.app_ids == [APP_ID]
        assert rig.losses.empty()
        await rig.close()


@pytest.mark.parametrize("how", ["closed", "forgotten while it slept"])
async def test_the_hotkeys_are_bound_again_when_the_session_was_lost(
    bus: Bus, portal: MockPortal, how: str
) -> None:
    rig = Rig(bus)
    rig.source._pauses_s = (0.0, 20.0)
    rig.register(FIRST)
    await rig.source.bound.wait()
    rig.source.renew()  # nothing is amiss: nobody is asked
    if how == "closed":
        portal.emit(portal.sessions[0], "org.freedesktop.portal.Session", "Closed", "", ())
    else:
        await _asked(portal, "Get", 2)
        portal.forgotten.add(portal.sessions[0])
        rig.source.renew()
    await _asked(portal, "BindShortcuts", 2)
    await rig.source.bound.wait()
    portal.activate(portal.sessions[1], "snip")
    assert await rig.presses.get() == "pressed"
    await rig.close()


async def test_a_portal_that_never_comes_again_is_told_once(bus: Bus) -> None:
    rig = Rig(bus)
    rig.source._pauses_s = (0.0, 0.0)
    with mock_portal(bus):
        rig.register(FIRST)
        await rig.source.bound.wait()
    assert "does not snip" in (await rig.losses.get()).message
    assert rig.losses.empty()
    await rig.close()


async def _asked(portal: MockPortal, method: str, times: int) -> None:
    await asyncio.to_thread(portal.wait_for, method, times)
