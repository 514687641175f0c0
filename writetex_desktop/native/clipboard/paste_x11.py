"""Pasting into another window on X11: its manager gives it the focus, XTEST presses the keys.

* Which window is active, the window manager says (`_NET_ACTIVE_WINDOW` of
  https://specifications.freedesktop.org/wm-spec/latest/), and it makes one active on request.
* `_NET_WM_PID` tells ours from others'.
* XTEST (https://www.x.org/releases/current/doc/xextproto/xtest.html) presses keys as a keyboard does. What
  the user still holds would join in, as Super+Ctrl+V; so it is waited until the modifiers are up.
"""

import asyncio
import os
import select
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, Final

from Xlib import XK, X, display, error
from Xlib.ext import xtest
from Xlib.protocol import event

from writetex_desktop.core.desktop.backend import Unsupported
from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.language.words import tr
from writetex_desktop.native.session import DisplayServer, Session
from writetex_desktop.ports.clipboard import PasteTarget

PATIENCE_S: Final = 1.0
"""How long a window manager may take to change the focus, and the user to let the keys go."""

_LOOK_S: Final = 0.02
_FROM_THE_USER: Final = 2
"""Source indication of a pager: the user asked for it, so that no manager holds it back."""

_MODIFIERS: Final = ("Shift_L", "Shift_R", "Control_L", "Control_R", "Alt_L", "Alt_R", "Super_L", "Super_R")
_LOST: Final = (error.DisplayError, error.XError, error.ConnectionClosedError, OSError)


def unsupported(session: Session) -> Unsupported | None:
    """Say why it cannot work in a session."""
    if session.display_server is DisplayServer.X11:
        return None
    return Unsupported(tr("Pressing keys by XTEST needs an X11 session."))


class X11Paster:
    """A `FocusPaster` for X11; each call has a connection of its own.

    Args:
        display_name: As in `DISPLAY`; None for the one of the environment.
    """

    def __init__(self, display_name: str | None = None) -> None:
        self._display_name = display_name

    def focused(self) -> PasteTarget | None:
        """See `FocusPaster.focused`."""
        try:
            with closing(display.Display(self._display_name)) as connection:
                window = _active(connection)
                ours = not window or _process(connection, window) == os.getpid()
                return None if ours else PasteTarget(window)
        except _LOST:
            return None

    async def paste(self, target: PasteTarget) -> None:
        """See `FocusPaster.paste`.

        Raises:
            ClipboardError: The window is gone, another one has the focus, or keys are held down.
        """
        try:
            await asyncio.to_thread(self._paste, target)
        except _LOST as failure:
            raise ClipboardError(
                tr("The formula could not be pasted: the window it was for is gone."),
                tr("It is on the clipboard; paste it where you want it."),
            ) from failure

    def _paste(self, target: int) -> None:
        with closing(display.Display(self._display_name)) as connection:
            if not connection.has_extension("XTEST"):
                raise ClipboardError(
                    tr("The formula could not be pasted: this X server has no XTEST."),
                    tr("It is on the clipboard; press Ctrl+V."),
                )
            active = _active(connection)
            if active != target:
                if active and _process(connection, active) != os.getpid():
                    raise ClipboardError(
                        tr("You went on to another window, so the formula was not pasted."),
                        tr("It is on the clipboard; press Ctrl+V where you want it."),
                    )
                _activate(connection, target)
            _wait(
                connection,
                lambda: _active(connection) == target,
                tr("The formula could not be pasted: its window did not get the focus back."),
            )
            _wait(
                connection,
                lambda: not _held(connection),
                tr("The formula was not pasted, for a key was held down."),
            )
            _press_paste(connection)


def _active(connection: Any) -> int:
    """Give the window that is active, or 0."""
    root = connection.screen().root
    name = connection.intern_atom("_NET_ACTIVE_WINDOW")
    found = root.get_full_property(name, X.AnyPropertyType)
    return int(found.value[0]) if found is not None and len(found.value) else 0


def _process(connection: Any, window: int) -> int:
    """Give the process of a window, or 0 where it does not say; raises what X raises for one that is gone."""
    name = connection.intern_atom("_NET_WM_PID")
    found = connection.create_resource_object("window", window).get_full_property(name, X.AnyPropertyType)
    return int(found.value[0]) if found is not None and len(found.value) else 0


def _activate(connection: Any, target: int) -> None:
    """Ask the window manager to give a window the focus."""
    root = connection.screen().root
    window = connection.create_resource_object("window", target)
    window.get_attributes()  # raises for one that is gone
    message = event.ClientMessage(
        window=window,
        client_type=connection.intern_atom("_NET_ACTIVE_WINDOW"),
        data=(32, [_FROM_THE_USER, X.CurrentTime, 0, 0, 0]),
    )
    root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    connection.sync()


def _held(connection: Any) -> bool:
    """Whether a modifier key is down."""
    keys = connection.query_keymap()
    codes = (connection.keysym_to_keycode(XK.string_to_keysym(name)) for name in _MODIFIERS)
    return any(keys[code // 8] & (1 << code % 8) for code in codes if code)


def _press_paste(connection: Any) -> None:
    control, letter = (connection.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("Control_L", "v"))
    for kind, code in (
        (X.KeyPress, control),
        (X.KeyPress, letter),
        (X.KeyRelease, letter),
        (X.KeyRelease, control),
    ):
        xtest.fake_input(connection, kind, code)
    connection.sync()


def _wait(connection: Any, condition: Callable[[], bool], otherwise: str) -> None:
    """Wait until something holds that no event tells of reliably."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise ClipboardError(otherwise, tr("It is on the clipboard; press Ctrl+V where you want it."))
        select.select([connection.fileno()], [], [], _LOOK_S)
