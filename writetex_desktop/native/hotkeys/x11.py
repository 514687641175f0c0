"""Global hotkeys on X11: a passive key grab on a connection of its own, heard on Qt's own event loop.

What the protocol asks for (https://www.x.org/releases/current/doc/xproto/x11protocol.html#requests:GrabKey):

* A grab names the modifiers exactly, so one is made for each state of CapsLock and NumLock.
* A combination that another client has is refused with BadAccess; that is the only way to learn of it.
* While the key is held the grab is *active*, and then nobody else can grab the keyboard (AlreadyGrabbed),
  not even our own overlay, which sits on Qt's connection. So the active grab is given back at every press;
  the passive one stays.
* Auto-repeat comes as release and press with one time stamp, and the server makes up that release also for
  a client that no longer has the grab: a press with the time of the last release is no press.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

from PySide6.QtCore import QSocketNotifier
from Xlib import XK, X, display, error

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.desktop.hotkey import Hotkey, HotkeyAction, format_hotkey
from writetex_desktop.core.errors import HotkeyError, Remedy, RemedyAction
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.hotkeys.x11_keys import LOCK_MASK, PLACES, keysym_name, mask_of, modifier_masks
from writetex_desktop.native.session import DisplayServer, Session

_log = logging.getLogger(__name__)

_ALL_MODIFIERS = 0xFF
"""Shift, Lock, Control, Mod1 to Mod5; what is above them are mouse buttons and the keyboard group."""

_CONNECTION_LOST = (error.ConnectionClosedError, OSError)


def unsupported(session: Session) -> Unsupported | None:
    """Say why X11 hotkeys cannot work in a session."""
    if session.display_server is DisplayServer.X11:
        return None
    return Unsupported(
        tr("Global hotkeys through X11 need an X11 session."),
        tr("Bind `writetex snip` to a key in the settings of your desktop."),
    )


@dataclass(frozen=True, slots=True)
class _Grab:
    keycode: int
    masks: tuple[int, ...]

    def is_of(self, keycode: int, state: int) -> bool:
        """Say whether a press with this state (modifiers and mouse buttons) fired the grab."""
        return keycode == self.keycode and state & _ALL_MODIFIERS in self.masks


@dataclass(frozen=True, slots=True)
class _Registration:
    hotkey: Hotkey
    grab: _Grab
    on_press: Callable[[], None]


class X11HotkeySource:
    """A `HotkeySource` for X11. Use it on the main thread.

    Args:
        on_lost: Told, once each time, that a hotkey which was in force no longer is: the X server closed the
            connection, or the keyboard changed and has no such key or another program had the combination
            there. The latter is taken again with the next keyboard that allows it.
        display_name: As in `DISPLAY`; None for the one of the environment.
    """

    def __init__(self, on_lost: Callable[[HotkeyError], None], display_name: str | None = None) -> None:
        self._on_lost = on_lost
        self._display_name = display_name
        self._display: Any = None
        self._notifier: QSocketNotifier | None = None
        self._registrations: dict[str, _Registration] = {}
        self._waiting: dict[str, tuple[Hotkey, Callable[[], None]]] = {}
        """What the present keyboard cannot give; the next one may."""
        self._last_release: tuple[int, int] | None = None
        """Key code and server time in milliseconds."""

    def register(self, action: HotkeyAction, hotkey: Hotkey, on_press: Callable[[], None]) -> None:
        """See `HotkeySource.register`.

        Raises:
            HotkeyError: The combination is taken, the keyboard lacks a key of it, or no X server answers.
        """
        self._connect()
        before = self._registrations.get(action.id)
        with self._losing_is_an_error():
            grab = self._find(hotkey)
            if before is None or before.grab != grab:
                self._take(hotkey, grab)
                if before is not None:
                    self._give_back(before.grab)
            self._registrations[action.id] = _Registration(hotkey, grab, on_press)
            self._waiting.pop(action.id, None)
        self._drain()  # the replies just read may have brought events along, for which no wake-up comes

    def unregister(self, action: HotkeyAction) -> None:
        """See `HotkeySource.unregister`."""
        self._forget(action.id)

    def renew(self) -> None:
        """See `HotkeySource.renew`: grabs last as long as the connection, whose end the server tells."""
        self._drain()

    def close(self) -> None:
        """See `HotkeySource.close`."""
        for action in (*self._registrations, *self._waiting):
            self._forget(action)
        self._disconnect()

    def _forget(self, action: str) -> None:
        self._waiting.pop(action, None)
        registration = self._registrations.pop(action, None)
        if registration is not None and self._display is not None:
            try:
                self._give_back(registration.grab)
            except _CONNECTION_LOST:
                self._disconnect()

    def _connect(self) -> None:
        if self._display is not None:
            return
        try:
            self._display = display.Display(self._display_name)
        except (error.DisplayError, error.XauthError, *_CONNECTION_LOST) as failure:
            raise HotkeyError(
                tr("The hotkey cannot be set: the X server cannot be reached."),
                tr("Snip from the tray or the window, or start the program again."),
            ) from failure
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)

    def _disconnect(self) -> None:
        connection, self._display = self._display, None
        if self._notifier is not None:
            # A notifier left on for a dead socket fires without end.
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if connection is not None:
            try:
                connection.close()
            except _CONNECTION_LOST:
                _log.debug("the X server had closed the hotkey's connection already")

    @contextmanager
    def _losing_is_an_error(self) -> Iterator[None]:
        try:
            yield
        except _CONNECTION_LOST as failure:
            self._registrations.clear()
            self._disconnect()
            raise _lost() from failure

    def _drain(self) -> None:
        """Handle all events that have come; also when no wake-up announced them."""
        presses: list[tuple[int, int]] = []
        try:
            keyboard_changed = False
            while self._display is not None and self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.MappingNotify:
                    self._display.refresh_keyboard_mapping(event)
                    keyboard_changed |= event.request != X.MappingPointer
                elif self._is_press(event):
                    presses.append((event.detail, event.state))
            if keyboard_changed:
                self._regrab()
        except _CONNECTION_LOST:
            self._disconnect()
            if self._registrations:
                self._registrations.clear()
                self._on_lost(_lost())
            return
        for keycode, state in presses:
            for registration in tuple(self._registrations.values()):
                if registration.grab.is_of(keycode, state):
                    registration.on_press()

    def _is_press(self, event: Any) -> bool:
        """Whether a key went down; see the module's docstring for what is done about grab and repeats."""
        if event.type == X.KeyRelease:
            self._last_release = event.detail, event.time
        if event.type != X.KeyPress:
            return False
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()
        return self._last_release != (event.detail, event.time)

    def _regrab(self) -> None:
        """Follow the keyboard: keys may have moved, or NumLock may have another bit.

        All are given back before the first is taken again, since two keys may have changed places.
        """
        before, missed = dict(self._registrations), dict(self._waiting)
        wanted = {action: (each.hotkey, each.on_press) for action, each in before.items()} | missed
        found: dict[str, _Registration | HotkeyError] = {}
        for action, (hotkey, on_press) in wanted.items():
            try:
                found[action] = _Registration(hotkey, self._find(hotkey), on_press)
            except HotkeyError as failure:
                found[action] = failure
        if found == before:
            return
        for each in before.values():
            self._give_back(each.grab)
        for action, now in found.items():
            try:
                if isinstance(now, HotkeyError):
                    raise now
                self._take(now.hotkey, now.grab)
            except HotkeyError as failure:
                self._registrations.pop(action, None)
                self._waiting[action] = wanted[action]
                if action not in missed:
                    self._on_lost(failure)
            else:
                self._registrations[action] = now
                self._waiting.pop(action, None)

    def _find(self, hotkey: Hotkey) -> _Grab:
        """Find key code and masks of a combination on the keyboard as it is now.

        Where no key has the letter, as on a Russian keyboard, it is the key at the letter's place.
        """
        keysym = keysym_name(hotkey.key)
        keycode = self._display.keysym_to_keycode(XK.string_to_keysym(keysym)) or PLACES.get(keysym.lower())
        if not keycode:
            raise HotkeyError(tr("This keyboard has no key {key}.", key=hotkey.key), _choose_another())
        names = ("Alt_L", "Alt_R", "Super_L", "Super_R", "Num_Lock")
        keycodes = {name: self._keycodes(name) for name in names}
        modifier_map = self._display.get_modifier_mapping()
        known = modifier_masks(modifier_map, keycodes)
        mask = 0
        for modifier in hotkey.modifiers:
            if modifier not in known:
                raise HotkeyError(
                    tr("This keyboard has no modifier {modifier}.", modifier=modifier), _choose_another()
                )
            mask |= known[modifier]
        locks = sorted({0, LOCK_MASK} | {0, mask_of(modifier_map, keycodes["Num_Lock"])})
        masks = {mask | first | second for first, second in product(locks, locks)}
        return _Grab(keycode, tuple(sorted(masks)))

    def _keycodes(self, keysym: str) -> frozenset[int]:
        codes = self._display.keysym_to_keycodes(XK.string_to_keysym(keysym))
        return frozenset(code for code, _index in codes)

    def _take(self, hotkey: Hotkey, grab: _Grab) -> None:
        root = self._display.screen().root
        refusal = error.CatchError(error.BadAccess)
        for mask in grab.masks:
            root.grab_key(grab.keycode, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=refusal)
        self._display.sync()
        if refusal.get_error():
            self._give_back(grab)  # some of the masks may have been free
            raise HotkeyError(
                tr("Another program uses {hotkey} already.", hotkey=format_hotkey(hotkey)), _choose_another()
            ) from refusal.get_error()

    def _give_back(self, grab: _Grab) -> None:
        root = self._display.screen().root
        for mask in grab.masks:
            root.ungrab_key(grab.keycode, mask)
        self._display.sync()


def _lost() -> HotkeyError:
    return HotkeyError(
        tr("The hotkey no longer works: the X server closed its connection."),
        Remedy(tr("Set the hotkey again in the settings."), RemedyAction.OPEN_SNIPPING_SETTINGS),
    )


def _choose_another() -> Remedy:
    return Remedy(tr("Choose another combination in the settings."), RemedyAction.OPEN_SNIPPING_SETTINGS)
