"""The overlay as a `RegionSelector`: its windows, kept ready, and the region chosen last."""

import asyncio
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from writetex_desktop.core.errors import CaptureError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.image import ScreenFrame, Selection
from writetex_desktop.ui.overlay.session import LastRegion, OverlayRules, OverlaySession, still_there
from writetex_desktop.ui.overlay.strays import StrayKeys
from writetex_desktop.ui.overlay.window import OverlayWindow


def _leave(_window_id: int) -> None:
    """Leave a window where Qt puts it."""


class Snipper(QObject):
    """Lets the user choose a region on the frozen screens; implements `RegionSelector`.

    One window for each screen is made at once and made anew whenever the screens change, so that showing
    them is all that a snip has to do.

    Args:
        lift: Puts a window, given by its `winId`, above what Qt cannot; called each time one is to be shown.
    """

    painted = Signal()
    """The first picture of a snip is on its way to every screen."""

    def __init__(self, lift: Callable[[int], None] = _leave) -> None:
        super().__init__()
        self._lift = lift
        self._unpainted: set[str] = set()
        self._rules = OverlayRules()
        self._last: LastRegion | None = None
        self._session: OverlaySession | None = None
        self._windows: dict[str, OverlayWindow] = {}
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._follow_screens)
        for screen in app.screens():
            screen.geometryChanged.connect(self._follow_screens)
        self.rebuild()

    def configure(self, rules: OverlayRules) -> None:
        """Change how the overlay behaves, from the next time on."""
        self._rules = rules

    def rebuild(self) -> None:
        """Make the windows for the screens there are now; an open overlay fails, its frames are outdated."""
        if self._session is not None:
            self._session.fail(
                CaptureError(tr("The screens changed while a region was being chosen."), tr("Snip again."))
            )
            self._session.close()
        self._made_for = _present_screens()
        for window in self._windows.values():
            window.close()
            window.deleteLater()
        screens = QGuiApplication.screens()
        self._windows = {screen.name(): OverlayWindow(screen, self._lift) for screen in screens}
        for name, window in self._windows.items():
            window.painted.connect(partial(self._on_painted, name))

    def warm(self) -> None:
        """Get ready, so that the first snip is as quick as the next; takes about 0.1 s, best when idle."""
        for window in self._windows.values():
            window.rehearse()

    def repeat_last(self) -> None:
        """Choose the last region again; does nothing when the overlay is not open or there is none."""
        if self._session is not None:
            self._session.repeat_last()

    def last(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """See `RegionSelector.last`."""
        found = still_there(self._last, frames)
        return Selection(*found) if found else None

    async def select(self, frames: tuple[ScreenFrame, ...]) -> Selection | None:
        """Show the frames and wait for a region; see `RegionSelector`. One call at a time.

        Raises:
            CaptureError: The frames are of other screens than there are now.
        """
        if not frames or not {frame.screen.name for frame in frames} <= self._windows.keys():
            raise CaptureError(tr("The screens changed while they were being read."), tr("Snip again."))
        self._unpainted = {frame.screen.name for frame in frames}
        finished: asyncio.Future[Selection | None] = asyncio.get_running_loop().create_future()
        windows = {frame.screen.name: self._windows[frame.screen.name] for frame in frames}
        session = self._session = OverlaySession(windows, frames, self._rules, self._last, finished)
        strays = StrayKeys(windows[frames[0].screen.name])
        try:
            session.open()
            strays.start()
            selection = await finished
        finally:
            strays.stop()
            self._session = None
            session.close()
            session.deleteLater()
        del frames, finished
        if selection is not None:
            self._last = LastRegion(selection.frame.screen.name, selection.region)
        return selection

    def close(self) -> None:
        """Take the windows away; the snipper is not used again."""
        self._app.screenAdded.disconnect(self._on_screen_added)
        self._app.screenRemoved.disconnect(self._follow_screens)
        for screen in self._app.screens():
            screen.geometryChanged.disconnect(self._follow_screens)
        for window in self._windows.values():
            window.close()
            window.deleteLater()
        self._windows = {}

    def _on_screen_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._follow_screens)
        self._follow_screens()

    def _follow_screens(self) -> None:
        """Make the windows anew if anything is different; Qt tells of one change several times."""
        if _present_screens() != self._made_for:
            self.rebuild()

    def _on_painted(self, name: str) -> None:
        self._unpainted.discard(name)
        if not self._unpainted:
            self.painted.emit()


def _present_screens() -> tuple[tuple[str, QRect, float], ...]:
    return tuple(
        (screen.name(), screen.geometry(), screen.devicePixelRatio()) for screen in QGuiApplication.screens()
    )
