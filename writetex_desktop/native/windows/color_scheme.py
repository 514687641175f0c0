"""Whether the desktop is light or dark, where Qt does not know: the settings portal of freedesktop.org.

Qt asks the portal on GNOME and XFCE only; with the wheel's plug-ins it stays `Unknown` on KDE and others.
See https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html.
"""

from typing import Final

from PySide6.QtCore import SLOT, QObject, Qt, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

_SERVICE: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_INTERFACE: Final = "org.freedesktop.portal.Settings"
_NAMESPACE: Final = "org.freedesktop.appearance"
_KEY: Final = "color-scheme"

_TIMEOUT_MS: Final = 5000

_SCHEMES: Final = {1: Qt.ColorScheme.Dark, 2: Qt.ColorScheme.Light}
"""Zero, and whatever comes later, is no preference."""


class ColorSchemePortal(QObject):
    """Asks once and then listens; without a portal it stays silent."""

    changed = Signal(Qt.ColorScheme)
    """What the desktop prefers: at first, and whenever it changes."""

    def start(self) -> None:
        """Ask the portal, without waiting for the answer."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("_setting_changed(QString,QString,QDBusVariant)")
        # PySide6 6.12 takes a str here and refuses bytes; its stub says the opposite.
        bus.connect(_SERVICE, _PATH, _INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]
        question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
        question.setArguments([_NAMESPACE, _KEY])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _TIMEOUT_MS), self)
        watcher.finished.connect(self._answered)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():
            self._tell(*watcher.reply().arguments())
        watcher.deleteLater()

    @Slot(str, str, QDBusVariant)
    def _setting_changed(self, namespace: str, key: str, value: QDBusVariant) -> None:
        if (namespace, key) == (_NAMESPACE, _KEY):
            self._tell(value)

    def _tell(self, value: object) -> None:
        # `Read` wraps the number in two variants, `SettingChanged` in one.
        while isinstance(value, QDBusVariant):
            value = value.variant()
        if isinstance(value, int):
            self.changed.emit(_SCHEMES.get(value, Qt.ColorScheme.Unknown))
