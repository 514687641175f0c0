"""Picture and drawing are zoomed together."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject

from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.views.page import PageView
from writetex_desktop.ui.toolkit.views.zoom import ZoomView

ZOOM_STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""What one press of the zoom keys goes through, as browsers do."""


class ZoomTogether(QObject):
    """Keeps the zoom of several views the same; keys and the wheel over any of them change it.

    Args:
        views: They.
        actions: The keys.
    """

    def __init__(self, views: Sequence[ZoomView | PageView], actions: Actions) -> None:
        super().__init__(views[0])
        self._views = views
        self._at = ZOOM_STEPS.index(1.0)
        for view in views:
            if isinstance(view, ZoomView):
                view.zoom_asked.connect(self.zoom)
        actions.zoom_in.triggered.connect(lambda: self.zoom(1))
        actions.zoom_out.triggered.connect(lambda: self.zoom(-1))
        actions.zoom_reset.triggered.connect(lambda: self.zoom(0))

    def zoom(self, steps: int) -> None:
        """Zoom by steps; 0 goes back to the usual size."""
        at = ZOOM_STEPS.index(1.0) if steps == 0 else self._at + steps
        self._at = min(max(at, 0), len(ZOOM_STEPS) - 1)
        for view in self._views:
            view.set_zoom(ZOOM_STEPS[self._at])
