"""Global hotkeys by the GlobalShortcuts portal: KDE Plasma 6, GNOME 48 and later, Hyprland.

See https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html. The
program asks for a combination; the desktop shows it to the user, who may give another one or none. A
combination is written as https://specifications.freedesktop.org/shortcuts-spec/latest/ says.

All of that takes as long as the user does, so `register` only begins it. What comes of it is told later.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.binding import binding_for
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, Modifier, format_hotkey
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.native.hotkeys.x11_keys import keysym_name
from writetex_desktop.native.portal import (
    OWNER_CHANGED,
    PATH,
    SESSION,
    Heard,
    NextSignal,
    Portal,
    PortalError,
    Why,
    open_portal,
)
from writetex_desktop.native.session import DisplayServer, Session

INTERFACE: Final = "org.freedesktop.portal.GlobalShortcuts"

_CLOSED: Final = (SESSION, "Closed")

ASKING_TIMEOUT_S = 120.0
"""How long the user may take to allow the hotkey."""

PAUSES_S: Final = (2.0, 10.0, 60.0)
"""A portal that has ended comes again with the next call to it, unless its desktop is starting itself."""

_MAY_PASS: Final = frozenset((Why.NO_ANSWER, Why.NO_PORTAL))
"""What a portal that is on its way says; after a refusal nobody asks the user a second time."""

_MODIFIERS: Final = {
    Modifier.CTRL: "CTRL",
    Modifier.SUPER: "LOGO",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
}

_SENTENCES: Final = {
    Why.NO_BUS: mark("The hotkey does not work: the session bus has gone."),
    Why.NO_PORTAL: mark("This desktop gives programs no global hotkeys."),
    Why.NO_ANSWER: mark("The desktop did not answer the wish for a hotkey."),
    Why.CANCELLED: mark("The hotkey was not allowed."),
    Why.REFUSED: mark("The desktop refused the hotkey."),
    Why.NONSENSE: mark("The desktop's answer to the wish for a hotkey makes no sense."),
}

_log = logging.getLogger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]
"""Starts a coroutine, as `Tasks.spawn` does."""


def unsupported(session: Session) -> Unsupported | None:
    """Say why the portal cannot be asked in a session; whether the desktop has it shows only then."""
    if session.display_server not in {DisplayServer.WAYLAND, DisplayServer.X11}:
        return Unsupported(
            tr("The portal for hotkeys needs a graphical session."), tr("Log in to a desktop.")
        )
    if not session.has_bus:
        return Unsupported(
            tr("There is no session bus."), tr("Bind `writetex snip` to a key of the desktop.")
        )
    return None


def trigger(hotkey: Hotkey) -> str:
    """Write a hotkey as the shortcuts specification wants it, such as `CTRL+LOGO+m`."""
    return "+".join(
        [*(_MODIFIERS[each] for each in Modifier if each in hotkey.modifiers), keysym_name(hotkey.key)]
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    action: HotkeyAction
    hotkey: Hotkey
    on_press: Callable[[], None]


class PortalHotkeySource:
    """A `HotkeySource` over the portal: one session, which holds a shortcut for each hotkey.

    When the portal ends and comes again, or closes the session, everything is bound anew.

    Args:
        session: Where; its desktop decides what the remedy says.
        on_lost: Is told that the hotkeys could not be had, or no longer work.
        spawn: Starts what listens.
        environment: Holds the address of the session bus.
        pauses_s: How long to wait for the portal to come again before each new attempt; after the last one
            the hotkeys are given up.
    """

    def __init__(
        self,
        session: Session,
        on_lost: Callable[[HotkeyError], None],
        spawn: Spawn,
        environment: Mapping[str, str] = os.environ,
        pauses_s: Sequence[float] = PAUSES_S,
    ) -> None:
        self._session = session
        self._on_lost = on_lost
        self._spawn = spawn
        self._environment = environment
        self._pauses_s = pauses_s
        self._pauses = iter(pauses_s)
        self._task: asyncio.Task[None] | None = None
        self._wanted: dict[str, _Wanted] = {}
        self._doubted = asyncio.Event()
        """Whether somebody wants to know that the session is still there."""
        self.bound = asyncio.Event()
        """Is set while the desktop has the hotkeys in force."""

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """See `HotkeySource.register`; raises nothing, because the desktop's answer comes later."""
        before = self._wanted.get(action.id)
        self._wanted[action.id] = _Wanted(action, hotkey, on_press)
        if before is None or (before.action, before.hotkey) != (action, hotkey):
            self._begin_anew()

    def unregister(self, action: HotkeyAction) -> None:
        """See `HotkeySource.unregister`; the desktop forgets a hotkey when the connection ends."""
        if self._wanted.pop(action.id, None) is not None:
            self._begin_anew()

    def renew(self) -> None:
        """See `HotkeySource.renew`: asks the desktop whether it still knows the session."""
        self._doubted.set()

    def close(self) -> None:
        """See `HotkeySource.close`."""
        self._wanted.clear()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.bound.clear()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
        if self._wanted:
            self._task = self._spawn(self._hold())

    async def _hold(self) -> None:
        """Keep the hotkeys in force until they are given back, refused, or lost for good."""
        await asyncio.sleep(0)  # several that are registered in one go are one question to the user
        self._pauses = iter(self._pauses_s)
        was_bound = False
        while True:
            try:
                await self._bind_and_listen()
                was_bound = True
            except PortalError as error:
                _log.info("the portal gave no hotkey: %s", error.why)
                pause_s = next(self._pauses, None) if was_bound and error.why in _MAY_PASS else None
                if pause_s is None:
                    self._give_up(error)
                    return
                await asyncio.sleep(pause_s)

    async def _bind_and_listen(self) -> None:
        """Bind the hotkeys, tell of presses until the desktop has forgotten them, and wait for the portal.

        Raises:
            PortalError: They could not be bound, or the bus has gone.
        """
        async with (
            open_portal(self._environment) as portal,
            portal.signals((INTERFACE, "Activated"), _CLOSED, OWNER_CHANGED) as heard,
        ):
            await portal.version(INTERFACE)
            session = await self._bind(portal)
            self.bound.set()
            try:
                await self._listen(portal, heard, session)
            finally:
                self.bound.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(next(self._pauses, 0.0)):
                    while not _portal_came(await heard()):
                        pass

    def _give_up(self, error: PortalError) -> None:
        explained = self._explained(error)
        self._wanted.clear()
        self._on_lost(explained)

    async def _bind(self, portal: Portal) -> str:
        """Make a session with a shortcut for each hotkey and give its path."""
        token = portal.token()
        made = await portal.request(
            INTERFACE,
            "CreateSession",
            "a{sv}",
            (),
            {"session_handle_token": ("s", token)},
            timeout_s=ASKING_TIMEOUT_S,
        )
        session = made.get("session_handle")
        if not isinstance(session, str) or not session.startswith(f"{PATH}/session/"):
            raise PortalError(Why.NONSENSE, "session_handle")
        shortcuts = [
            (
                each.action.id,
                {
                    "description": ("s", each.action.description),
                    "preferred_trigger": ("s", trigger(each.hotkey)),
                },
            )
            for each in self._wanted.values()
        ]
        bound = await portal.request(
            INTERFACE,
            "BindShortcuts",
            "oa(sa{sv})sa{sv}",
            (session, shortcuts, ""),
            {},
            timeout_s=ASKING_TIMEOUT_S,
        )
        match bound.get("shortcuts"):
            case [(str(name), dict()), *_others] if name in self._wanted:
                return session
            case []:
                raise PortalError(Why.CANCELLED, "no shortcut was bound")
            case _:
                raise PortalError(Why.NONSENSE, "shortcuts")

    async def _listen(self, portal: Portal, heard: NextSignal, session: str) -> None:
        """Tell of presses; returns when the portal has ended or the session is no longer there."""
        while (signal := await self._heard_or_doubted(portal, heard, session)) is not None:
            match signal.member, signal.body:
                case "Activated", (str(of), str(shortcut), *_rest) if of == session:
                    if shortcut in self._wanted:
                        self._pauses = iter(self._pauses_s)  # whatever was amiss has passed
                        self._wanted[shortcut].on_press()
                case "Closed", _ if signal.path == session:
                    return
                case "NameOwnerChanged", (_, str(before), _) if before:
                    return
                case _:
                    _log.debug("a hotkey of somebody else was pressed")

    async def _heard_or_doubted(self, portal: Portal, heard: NextSignal, session: str) -> Heard | None:
        """Wait for a signal; None when the session was doubted meanwhile, and rightly."""
        coming = asyncio.ensure_future(heard())
        try:
            while True:
                doubt = asyncio.ensure_future(self._doubted.wait())
                try:
                    await asyncio.wait((coming, doubt), return_when=asyncio.FIRST_COMPLETED)
                finally:
                    doubt.cancel()
                if coming.done():
                    return coming.result()
                self._doubted.clear()
                self._pauses = iter(self._pauses_s)
                if not await portal.has_session(session):
                    return None
        finally:
            coming.cancel()

    def _explained(self, error: PortalError) -> HotkeyError:
        hotkey = next(iter(self._wanted.values())).hotkey
        binding = binding_for(self._session.desktop, hotkey, keysym_name(hotkey.key))
        return HotkeyError(
            tr(
                "{sentence} {hotkey} does not snip.",
                sentence=tr_marked(_SENTENCES[error.why]),
                hotkey=format_hotkey(hotkey),
            ),
            Remedy(f"{binding.place} {binding.line}", RemedyAction.OPEN_SNIPPING_SETTINGS),
        )


def _portal_came(signal: Heard) -> bool:
    match signal.member, signal.body:
        case "NameOwnerChanged", (_, _, str(now)):
            return bool(now)
        case _:
            return False
