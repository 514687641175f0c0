"""The `Notifier` of the window: the notice bar, and the tray while the window is not there."""

from writetex_desktop.core.notice import Level, Notice
from writetex_desktop.ui.main_window import MainWindow
from writetex_desktop.ui.tray import Tray


class BarNotifier:
    """Shows a notice in the bar of the window; errors also at the tray while nobody sees the bar."""

    def __init__(self, window: MainWindow, tray: Tray) -> None:
        self._window = window
        self._tray = tray

    def notify(self, notice: Notice) -> None:
        """See `Notifier.notify`."""
        self._window.notices.show_notice(notice)
        if notice.level is Level.ERROR and not self._window.isVisible():
            self._tray.show_notice(notice)
