"""Programs that hold the X11 clipboard and do not behave: they hang at once, or in the middle."""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from Xlib import X, Xatom, display
from Xlib.protocol import event


@contextmanager
def hanging_owner(display_name: str, *, offers: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """Hold the clipboard until the block ends; gives the names of the forms that were asked for.

    Args:
        display_name: The server.
        offers: What is said when somebody asks for the forms; nobody is answered at all when it is empty.
    """
    connection: Any = display.Display(display_name)
    clipboard = connection.intern_atom("CLIPBOARD")
    window = connection.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    window.set_selection_owner(clipboard, X.CurrentTime)
    connection.sync()
    asked: list[str] = []
    ended, end = os.pipe()

    def serve() -> None:
        while ended not in select.select([connection.fileno(), ended], [], [])[0]:
            while connection.pending_events():
                wanted = connection.next_event()
                if wanted.type == X.SelectionRequest:
                    asked.append(connection.get_atom_name(wanted.target))
                    if offers and asked[-1] == "TARGETS":
                        _tell(connection, wanted, offers)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield asked
    finally:
        os.close(end)
        thread.join()
        os.close(ended)
        connection.close()


def _tell(connection: Any, wanted: Any, offers: tuple[str, ...]) -> None:
    atoms = [connection.intern_atom(name) for name in ("TARGETS", *offers)]
    wanted.requestor.change_property(wanted.property, Xatom.ATOM, 32, atoms)
    answer = event.SelectionNotify(
        time=wanted.time,
        requestor=wanted.requestor,
        selection=wanted.selection,
        target=wanted.target,
        property=wanted.property,
    )
    wanted.requestor.send_event(answer)
    connection.flush()
