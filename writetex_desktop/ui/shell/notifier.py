"""The `Notifier` of the window: the notice bar, and the tray while the window is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.ui.shell.tray import Tray

if TYPE_CHECKING:
    from writetex_desktop.ui.toolkit.views.notices import NoticeBar


class BarNotifier:
    """Shows a notice in the bar of the window; errors also at the tray while nobody sees the bar.

    Of what is told before there is a bar, the last notice is shown once there is one.
    """

    def __init__(self, tray: Tray) -> None:
        self._tray = tray
        self._bar: NoticeBar | None = None
        self._waiting: Notice | None = None

    def attach(self, bar: NoticeBar) -> None:
        """Show notices in a bar from now on."""
        self._bar = bar
        if self._waiting is not None:
            bar.show_notice(self._waiting)
            self._waiting = None

    def notify(self, notice: Notice) -> None:
        """See `Notifier.notify`."""
        if self._bar is None:
            self._waiting = notice
        else:
            self._bar.show_notice(notice)
        is_seen = self._bar is not None and self._bar.window().isVisible()
        if notice.level is Level.ERROR and not is_seen:
            self._tray.show_notice(notice)
