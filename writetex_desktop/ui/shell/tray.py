"""The icon in the panel, its menu and its states."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Notice
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.shell.tray_menu import TrayMenu
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.activity import Activity
from writetex_desktop.ui.toolkit.icons import IconName, tray_icon
from writetex_desktop.ui.toolkit.notice_words import sentences

_LATE_HOST_S = 60
"""How long after the start a panel is likely to come: desktops start it beside other programs."""

_POLL_MS = 1000
_SLOW_POLL_MS = 10_000
"""Later a panel comes only when the user starts one."""


_ICONS: Final = {
    Activity.IDLE: IconName.TRAY,
    Activity.WORKING: IconName.TRAY_WORKING,
    Activity.FAILED: IconName.TRAY_FAILED,
}


class Tray(QObject):
    """The tray icon, where the desktop has a place for one.

    `QSystemTrayIcon.isVisible` is True even without a panel, so availability is the only thing asked. A
    StatusNotifier host that comes after the icon is not noticed by Qt: the icon is made anew for it. A panel
    that ends and comes again is: Qt puts the icon into it by itself.
    """

    available_changed = Signal(bool)
    """A panel has come, and the icon is in it."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._state = Activity.IDLE
        self._offline = False
        self._icons: dict[Activity, QIcon] = {}
        self._menu = TrayMenu(actions)
        self._icon: QSystemTrayIcon | None = None
        self._polls_left = _LATE_HOST_S * 1000 // _POLL_MS
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._look_for_host)

    @property
    def is_available(self) -> bool:
        """Whether there is a panel that shows the icon."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> TrayMenu:
        """The menu of the icon."""
        return self._menu

    @property
    def is_waiting(self) -> bool:
        """Whether it still looks out for a panel."""
        return self._poll.isActive()

    def show(self) -> None:
        """Put the icon into the panel, now or when there is one."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._make()
        else:
            self._poll.start()

    def set_offline(self, offline: bool) -> None:
        """Say in the tooltip that no connection is opened."""
        self._offline = offline
        self._show_state()

    def set_state(self, state: Activity) -> None:
        """Show another state."""
        self._state = state
        self._show_state()

    def show_notice(self, notice: Notice) -> None:
        """Let the panel show a notice, where it can."""
        if self._icon is not None:
            self._icon.showMessage(tr("WriteTex"), tagless(sentences(notice)))

    def close(self) -> None:
        """Take the icon away."""
        self._poll.stop()
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        self._menu.deleteLater()

    def _look_for_host(self) -> None:
        self._polls_left -= 1
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._poll.stop()
            self._make()
            self.available_changed.emit(True)
        elif self._polls_left <= 0:
            self._poll.setInterval(_SLOW_POLL_MS)

    def _make(self) -> None:
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._show_state()
        self._icon.show()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._actions.snip.trigger()

    def _show_state(self) -> None:
        if self._icon is None:
            return
        if self._state not in self._icons:
            self._icons[self._state] = tray_icon(_ICONS[self._state], _PANEL_INK)
        self._icon.setIcon(self._icons[self._state])
        self._icon.setToolTip(tagless(self._tip()))

    def _tip(self) -> str:
        match self._state:
            case Activity.IDLE:
                if self._offline:
                    return tr("WriteTex, offline: click to snip")
                return tr("WriteTex: click to snip")
            case Activity.WORKING:
                return tr("WriteTex is reading…")
            case Activity.FAILED:
                return tr("WriteTex: the last snip failed")


_PANEL_INK = QColor("#2f8fd0")
"""Legible on dark and on light panels; a panel's colour is not that of the windows and cannot be asked."""
