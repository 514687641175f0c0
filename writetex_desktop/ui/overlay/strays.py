"""Keys that Qt gives to another window of ours while the overlay holds the keyboard."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from writetex_desktop.ui.overlay.window import OverlayWindow


class StrayKeys(QObject):
    """Brings them back, so that Escape always ends the overlay.

    A window that comes to the front meanwhile, for a file was opened or an answer has come, takes the keys of
    the whole program: Qt sends them to the window that has the focus, whichever the system gave them to.

    Args:
        overlay: Gets them.
    """

    def __init__(self, overlay: OverlayWindow) -> None:
        super().__init__()
        self._overlay = overlay
        self._watched: QWindow | None = None
        self._app: QGuiApplication | None = None

    def start(self) -> None:
        """Watch the window that has the focus, now and whenever it is another one."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def stop(self) -> None:
        """Leave keys to whom they are given; may be called twice, and before `start`."""
        app, self._app = self._app, None
        if app is not None:
            app.focusWindowChanged.disconnect(self._follow)
        self._follow(None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take a key away from the window that it was given to."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            QCoreApplication.sendEvent(self._overlay, event)
        return True

    def _follow(self, window: QWindow | None) -> None:
        # The overlay's own window may be gone by now, with the screen that it was on.
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None and window is self._overlay.windowHandle():
            self._watched = None
        if self._watched is not None:
            self._watched.installEventFilter(self)
