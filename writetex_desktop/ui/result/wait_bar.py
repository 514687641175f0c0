"""A limit was reached: how long until it can be tried again, and who else could be asked meanwhile."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_MOST_OTHERS = 3
"""More buttons than that are no choice but a search; the result pane has all profiles."""

_TICK_MS = 1000
_MINUTE_S = 60
_HOUR_S = 3600


class WaitBar(QWidget):
    """Counts down while it is shown; takes no room otherwise, and then has no timer.

    It stands below the notice that tells of the limit, whose button tries again.

    Args:
        now: Gives seconds since some moment.
    """

    retry_requested = Signal(str)
    """The picture shall be read again, by the profile with this `id`."""

    def __init__(self, parent: QWidget | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._until = 0.0
        self._text = PlainLabel()
        self._text.setAccessibleDescription(tr("Time until the next try"))
        self._others: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._text, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def show_wait(self, seconds: float | None, others: Sequence[Profile]) -> None:
        """Begin to count.

        Args:
            seconds: How long the server asks to wait; None when it does not say.
            others: The profiles that could be asked instead; the first few get a button.
        """
        for button in self._others:
            button.hide()
            button.deleteLater()
        self._others = [self._made(profile) for profile in others[:_MOST_OTHERS]]
        self._until = self._now() + (seconds or 0.0)
        self.show()
        if seconds:
            self._timer.start()
        self._tick()

    def clear(self) -> None:
        """Show nothing."""
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground in a breath of the colour of warnings."""
        painter = QPainter(self)
        ground = level_colour(Level.WARNING, self.palette())
        ground.setAlphaF(0.14)
        painter.fillRect(self.rect(), ground)

    def _tick(self) -> None:
        left = round(self._until - self._now())
        if left > 0:
            self._text.setText(tr("You can try again in {time}.", time=format_countdown(left)))
            return
        self._timer.stop()
        self._text.setText(tr("You can try again now."))

    def _made(self, profile: Profile) -> QPushButton:
        button = QPushButton(tr("Ask {name}", name=profile.name.replace("&", "&&")))
        button.setToolTip(tagless(profile.model))
        button.clicked.connect(lambda: self.retry_requested.emit(profile.id))
        self._row.addWidget(button)
        return button


def format_countdown(seconds: int) -> str:
    """Write a span as clocks do: `0:42`, `12:05`, `6:46:07`."""
    minutes, rest = divmod(seconds, _MINUTE_S)
    if seconds < _HOUR_S:
        return f"{minutes}:{rest:02}"
    hours, minutes = divmod(minutes, _MINUTE_S)
    return f"{hours}:{minutes:02}:{rest:02}"
