"""Global hotkeys by the GlobalShortcuts portal: KDE Plasma 6, GNOME 48 and later, Hyprland.

See https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html. The
program asks for a combination; the desktop shows it to the user, who may give another one or none. A
combination is written as https://specifications.freedesktop.org/shortcuts-spec/latest/ says.

All of that takes as long as the user does, so `register` only begins it. What comes of it is told later.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from writetex_desktop.core.backend import Unsupported
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.hotkey import Hotkey, Modifier, format_hotkey
from writetex_desktop.core.hotkey_binding import binding_for
from writetex_desktop.native.portal import PATH, NextSignal, Portal, PortalError, Why, open_portal
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.native.x11_keys import keysym_name

INTERFACE: Final = "org.freedesktop.portal.GlobalShortcuts"

SNIP_ID: Final = "snip"
"""What the desktop remembers the combination by."""

ASKING_TIMEOUT_S = 120.0
"""How long the user may take to allow the hotkey."""

_MODIFIERS: Final = {
    Modifier.CTRL: "CTRL",
    Modifier.SUPER: "LOGO",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
}

_SENTENCES: Final = {
    Why.NO_BUS: "The hotkey does not work: the session bus has gone.",
    Why.NO_PORTAL: "This desktop gives programs no global hotkeys.",
    Why.NO_ANSWER: "The desktop did not answer the wish for a hotkey.",
    Why.CANCELLED: "The hotkey was not allowed.",
    Why.REFUSED: "The desktop refused the hotkey.",
    Why.NONSENSE: "The desktop's answer to the wish for a hotkey makes no sense.",
}

_log = logging.getLogger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]
"""Starts a coroutine, as `Tasks.spawn` does."""


def unsupported(session: Session) -> Unsupported | None:
    """Say why the portal cannot be asked in a session; whether the desktop has it shows only then."""
    if session.display_server not in {DisplayServer.WAYLAND, DisplayServer.X11}:
        return Unsupported("The portal for hotkeys needs a graphical session.", "Log in to a desktop.")
    if not session.has_bus:
        return Unsupported("There is no session bus.", "Bind `writetex snip` to a key of the desktop.")
    return None


def trigger(hotkey: Hotkey) -> str:
    """Write a hotkey as the shortcuts specification wants it, such as `CTRL+LOGO+m`."""
    return "+".join(
        [*(_MODIFIERS[each] for each in Modifier if each in hotkey.modifiers), keysym_name(hotkey.key)]
    )


class PortalHotkeySource:
    """A `HotkeySource` over the portal; it holds one hotkey.

    Args:
        session: Where; its desktop decides what the remedy says.
        on_lost: Is told that the hotkey could not be had, or no longer works.
        spawn: Starts what listens.
        environment: Holds the address of the session bus.
        description: What the desktop calls the action.
    """

    def __init__(
        self,
        session: Session,
        on_lost: Callable[[HotkeyError], None],
        spawn: Spawn,
        environment: Mapping[str, str] = os.environ,
        description: str = "Snip a formula",
    ) -> None:
        self._session = session
        self._on_lost = on_lost
        self._spawn = spawn
        self._environment = environment
        self._description = description
        self._task: asyncio.Task[None] | None = None
        self._registered: tuple[Hotkey, Callable[[], None]] | None = None
        self.bound = asyncio.Event()
        """Is set while the desktop has the hotkey in force."""

    def register(self, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """See `HotkeySource.register`; raises nothing, because the desktop's answer comes later."""
        if self._registered is not None and self._registered[0] == hotkey:
            self._registered = hotkey, on_press
            return
        self.unregister()
        self._registered = hotkey, on_press
        self._task = self._spawn(self._hold(hotkey))

    def unregister(self) -> None:
        """See `HotkeySource.unregister`; the desktop forgets the hotkey when the connection ends."""
        self._registered = None
        self.bound.clear()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def close(self) -> None:
        """See `HotkeySource.close`."""
        self.unregister()

    async def _hold(self, hotkey: Hotkey) -> None:
        """Bind and listen until the hotkey is given back or lost."""
        try:
            async with (
                open_portal(self._environment) as portal,
                portal.signals(INTERFACE, "Activated") as activated,
            ):
                await portal.version(INTERFACE)
                session = await self._bind(portal, hotkey)
                self.bound.set()
                await self._listen(activated, session)
        except PortalError as error:
            _log.info("the portal gave no hotkey: %s", error.why)
            self._registered = None
            self.bound.clear()
            self._on_lost(self._explained(error, hotkey))

    async def _bind(self, portal: Portal, hotkey: Hotkey) -> str:
        """Make a session with one shortcut and give its path."""
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
        wanted = {
            "description": ("s", self._description),
            "preferred_trigger": ("s", trigger(hotkey)),
        }
        bound = await portal.request(
            INTERFACE,
            "BindShortcuts",
            "oa(sa{sv})sa{sv}",
            (session, [(SNIP_ID, wanted)], ""),
            {},
            timeout_s=ASKING_TIMEOUT_S,
        )
        match bound.get("shortcuts"):
            case [(str(name), dict()), *_others] if name == SNIP_ID:
                return session
            case []:
                raise PortalError(Why.CANCELLED, "no shortcut was bound")
            case _:
                raise PortalError(Why.NONSENSE, "shortcuts")

    async def _listen(self, activated: NextSignal, session: str) -> None:
        while True:
            match await activated():
                case (str(of), str(shortcut), *_rest) if (of, shortcut) == (session, SNIP_ID):
                    if self._registered is not None:
                        self._registered[1]()
                case _:
                    _log.debug("a hotkey of somebody else was pressed")

    def _explained(self, error: PortalError, hotkey: Hotkey) -> HotkeyError:
        binding = binding_for(self._session.desktop, hotkey, keysym_name(hotkey.key))
        return HotkeyError(
            f"{_SENTENCES[error.why]} {format_hotkey(hotkey)} does not snip.",
            Remedy(f"{binding.place} {binding.line}", RemedyAction.OPEN_SNIPPING_SETTINGS),
        )
