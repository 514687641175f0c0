"""The line that counts down while a batch waits for a server."""

import math
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.services.batches.patience import Pause
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_TICK_MS = 1000


class PauseStrip(QWidget):
    """Says why nothing is asked now and for how long; hidden while nobody waits."""

    skip_requested = Signal()
    """The user does not want to wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: Callable[[], float] = monotonic
        self._pause: Pause | None = None
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._skip = QPushButton(tr("Ask no&w"))
        self._skip.setAutoDefault(False)
        self._skip.setToolTip(tr("Do not wait: ask the server again at once"))
        self._skip.clicked.connect(self.skip_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._skip)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._count)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def show_pause(self, pause: Pause | None, now: Callable[[], float]) -> None:
        """Show a wait, or that it is over.

        Args:
            pause: The wait; None when it is over.
            now: Gives the time by which its end is told.
        """
        self._pause, self._now = pause, now
        if pause is None:
            self._timer.stop()
        else:
            self._count()
            self._timer.start()
        self.setVisible(pause is not None)

    def _count(self) -> None:
        if self._pause is not None:
            left = max(0, math.ceil(self._pause.until - self._now()))
            sentence = tr("{reason} The batch goes on in {seconds} s.")
            self._words.setText(sentence.format(reason=self._pause.reason, seconds=left))
