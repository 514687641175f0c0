"""Whether the machine has just woken up, as logind tells.

See https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html: the signal
`PrepareForSleep` comes with true before the machine sleeps and with false when it is awake again.
"""

from typing import Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SERVICE: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_INTERFACE: Final = "org.freedesktop.login1.Manager"


class ResumeWatch(QObject):
    """Listens to logind; where there is none it stays silent.

    Args:
        bus: Where logind is; None for the system's bus.
    """

    resumed = Signal()
    """The machine is awake again."""

    def __init__(self, bus: QDBusConnection | None = None) -> None:
        super().__init__()
        self._bus = bus

    def start(self) -> None:
        """Listen from now on."""
        bus = self._bus or QDBusConnection.systemBus()
        if bus.isConnected():
            slot = SLOT("_prepare_for_sleep(bool)")
            # PySide6 6.12 takes a str here and refuses bytes; its stub says the opposite.
            bus.connect(_SERVICE, _PATH, _INTERFACE, "PrepareForSleep", self, slot)  # type: ignore[call-overload]

    @Slot(bool)
    def _prepare_for_sleep(self, begins: bool) -> None:
        if not begins:
            self.resumed.emit()
