"""What other programs hold in an X11 selection, read without waiting for one that hangs.

Qt asks on the thread of the windows and waits five seconds for each form (`clipboard_timeout` of
qxcbclipboard.cpp), so that a stopped browser would stop us for a minute. Here a connection of its own, in a
thread, asks for `TARGETS` first and gives up for good when the budget of all forms is spent.

The protocol: https://www.x.org/releases/current/doc/xorg-docs/icccm/icccm.html#Peer_to_Peer_Communication_by_Means_of_Selections
"""

import asyncio
import select
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from typing import Any, Final

from Xlib import X, display, error

from writetex_desktop.core.errors import ClipboardError
from writetex_desktop.core.language.words import tr

BUDGET_S: Final = 0.5
"""What a program may take for all forms together; one that works answers in milliseconds."""

PICTURE_S: Final = 2.5
"""What it may take on top for what the user pastes: some make a picture's file only when it is asked for."""

CLIPBOARD: Final = "CLIPBOARD"

PRIMARY: Final = "PRIMARY"
"""What was marked last, which a middle click pastes."""

_WORDS: Final = 1 << 20
"""Four-byte words of one reading of a property; servers hand out 256 KB to 16 MB at a time."""

_LOST: Final = (error.DisplayError, error.XError, error.ConnectionClosedError, OSError)

Choose = Callable[[Collection[str]], tuple[str, ...]]
"""Names the forms to read, given the names of those that are offered."""


class X11Selection:
    """Reads selections; each call has a connection of its own.

    Args:
        display_name: As in `DISPLAY`; None for the one of the environment.
    """

    def __init__(self, display_name: str | None = None) -> None:
        self._display_name = display_name

    async def read(
        self, choose: Choose, *, more_s: float = 0.0, selection: str = CLIPBOARD
    ) -> Mapping[str, bytes]:
        """Read what another program holds; nothing where nobody holds anything.

        Args:
            choose: Names the forms to read.
            more_s: Seconds beyond `BUDGET_S` for a program that has said in time what it offers.
            selection: `CLIPBOARD` or `PRIMARY`.

        Raises:
            ClipboardError: The program that holds it does not answer in time.
        """
        try:
            return await asyncio.to_thread(self._read, choose, more_s, selection)
        except _LOST as failure:
            raise _unanswered() from failure

    def _read(self, choose: Choose, more_s: float, selection: str) -> dict[str, bytes]:
        with closing(display.Display(self._display_name)) as connection:
            asking = _Asking(connection, selection, time.monotonic() + BUDGET_S)
            if connection.get_selection_owner(asking.selection) == X.NONE:
                return {}
            offered = asking.offered()
            asking.deadline += more_s
            read = ((form, asking.ask(form)) for form in choose(offered))
            return {form: data for form, data in read if data is not None}


class _Asking:
    """The questions of one reading, under one deadline in seconds of the monotonic clock."""

    def __init__(self, connection: Any, selection: str, deadline: float) -> None:
        self._connection = connection
        self.deadline = deadline
        self.selection = connection.intern_atom(selection)
        self._property = connection.intern_atom("WRITETEX_SELECTION")
        self._incremental = connection.intern_atom("INCR")
        self._window = connection.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )

    def offered(self) -> tuple[str, ...]:
        """Give the names of all forms; of old programs that do not tell them, the text's."""
        named = self._answer("TARGETS")
        if named is None:
            return ("STRING",)
        return tuple(self._connection.get_atom_name(atom) for atom in named.value if atom)

    def ask(self, form: str) -> bytes | None:
        """Give the bytes of a form, or None when it is refused after all."""
        answer = self._answer(form)
        if answer is None:
            return None
        if answer.property_type != self._incremental:
            return _bytes(answer)
        pieces = []
        while piece := self._piece():
            pieces.append(piece)
        return b"".join(pieces)

    def _answer(self, form: str) -> Any:
        self._window.convert_selection(
            self.selection, self._connection.intern_atom(form), self._property, X.CurrentTime
        )
        answered = self._wait(lambda event: event.type == X.SelectionNotify)
        return None if answered.property == X.NONE else self._take()

    def _piece(self) -> bytes:
        """Wait for the next piece of something large; an empty one is the end."""
        self._wait(lambda event: event.type == X.PropertyNotify and event.state == X.PropertyNewValue)
        return _bytes(self._take())

    def _take(self) -> Any:
        """Read the property and delete it, which asks for the next piece."""
        found = self._window.get_full_property(self._property, X.AnyPropertyType, _WORDS)
        self._window.delete_property(self._property)
        self._connection.flush()
        return found

    def _wait(self, wanted: Callable[[Any], bool]) -> Any:
        while True:
            while self._connection.pending_events():
                event = self._connection.next_event()
                if wanted(event):
                    return event
            left_s = self.deadline - time.monotonic()
            if left_s <= 0 or not select.select([self._connection.fileno()], [], [], left_s)[0]:
                raise _unanswered()


def _bytes(answer: Any) -> bytes:
    if answer is None:
        return b""
    value = answer.value
    return value if isinstance(value, bytes) else bytes(value)


def _unanswered() -> ClipboardError:
    return ClipboardError(
        tr("The program that copied last does not answer, so the clipboard cannot be read."),
        tr("Copy it once more, or end that program if it hangs."),
    )
