"""What the desktop prefers, where Qt does not know: the settings portal of freedesktop.org.

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
_SCHEME, _CONTRAST, _MOTION = "color-scheme", "contrast", "reduced-motion"

_TIMEOUT_MS: Final = 5000

_SCHEMES: Final = {1: Qt.ColorScheme.Dark, 2: Qt.ColorScheme.Light}
"""Zero, and whatever comes later, is no preference."""


class ColorSchemePortal(QObject):
    """Asks once and then listens; without a portal it stays silent."""

    changed = Signal(Qt.ColorScheme)
    """What the desktop prefers: at first, and whenever it changes."""

    contrast_changed = Signal(bool)
    """Whether it wants strong contrasts: at first, and whenever that changes."""

    motion_changed = Signal(bool)
    """Whether it wants nothing to move by itself: at first, and whenever that changes."""

    def start(self) -> None:
        """Ask the portal, without waiting for the answer."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("_setting_changed(QString,QString,QDBusVariant)")
        # PySide6 6.12 takes a str here and refuses bytes; its stub says the opposite.
        bus.connect(_SERVICE, _PATH, _INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]
        for key in (_SCHEME, _CONTRAST, _MOTION):
            question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
            question.setArguments([_NAMESPACE, key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(question, _TIMEOUT_MS), self)
            watcher.setObjectName(key)
            watcher.finished.connect(self._answered)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():
            self._tell(watcher.objectName(), *watcher.reply().arguments())
        watcher.deleteLater()

    @Slot(str, str, QDBusVariant)
    def _setting_changed(self, namespace: str, key: str, value: QDBusVariant) -> None:
        if namespace == _NAMESPACE:
            self._tell(key, value)

    def _tell(self, key: str, value: object) -> None:
        # `Read` wraps the number in two variants, `SettingChanged` in one.
        while isinstance(value, QDBusVariant):
            value = value.variant()
        match key, value:
            case "color-scheme", int(scheme):
                self.changed.emit(_SCHEMES.get(scheme, Qt.ColorScheme.Unknown))
            case "contrast", int(contrast):
                self.contrast_changed.emit(contrast == 1)
            case "reduced-motion", int(motion):
                self.motion_changed.emit(motion == 1)
            case _:
                pass  # what else the namespace holds, such as the accent colour
