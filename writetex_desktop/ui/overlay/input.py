"""Keyboard and mouse for the overlay: asked for until they are ours, and what to say meanwhile.

X11 gives each of the two to one program at a time. A program whose hotkey is still down has the keyboard for
a moment, an open menu has both until it is closed, and a program that hangs may never let go.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr

_PAUSE_MS: Final = 20
"""Pause before keyboard and mouse are asked for again while another program holds them."""

_SAY_AFTER: Final = 20
"""Vain askings before the user is told; for less long a hotkey holds the keyboard while it is down."""

_GIVE_UP_AFTER: Final = 500
"""Vain askings, 10 s, without a move of the mouse, before the overlay goes away: nobody could close it."""


class OverlayInput(QObject):
    """Takes keyboard and mouse, and goes on asking while another program holds them.

    Attributes:
        obstacle: What keeps the overlay from hearing the user, and what to do; empty when nothing does.

    Args:
        take: Asks for both and says whether the keyboard is ours.
        on_change: Is called when `obstacle` is another one.
        on_fault: Is called when it gives up.
    """

    def __init__(
        self, take: Callable[[], bool], on_change: Callable[[], None], on_fault: Callable[[Exception], None]
    ) -> None:
        super().__init__()
        self._take = take
        self._on_change = on_change
        self._on_fault = on_fault
        self._askings = 0
        self._heard_at = 0
        self.obstacle = ""
        self._pause = QTimer(self, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def start(self) -> None:
        """Take them, now or as soon as they are free."""
        self._pause.start()
        self._ask()

    def stop(self) -> None:
        """Ask no more."""
        self._pause.stop()

    def heard(self) -> None:
        """Take note that the user can reach the overlay."""
        self._heard_at = self._askings

    def _ask(self) -> None:
        self._askings += 1
        if self._take():
            self._pause.stop()
            self._say("")
        elif self._askings == _SAY_AFTER:
            self._say(
                tr(
                    "Another program has the keyboard. Click once, then drag with the mouse; "
                    "a right click cancels."
                )
            )
        elif self._askings - self._heard_at >= _GIVE_UP_AFTER:
            self._pause.stop()
            self._on_fault(
                CaptureError(
                    tr("Another program holds the keyboard and the mouse, so that no region can be chosen."),
                    tr("Close its menu, or end it, and snip again."),
                )
            )

    def _say(self, obstacle: str) -> None:
        if obstacle != self.obstacle:
            self.obstacle = obstacle
            self._on_change()
