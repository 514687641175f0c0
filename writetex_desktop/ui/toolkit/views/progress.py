"""Signs of work under way: a thin line and the time that has passed."""

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.theme import is_still
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

LINE_HEIGHT = 3
"""In logical pixels; the line keeps its place when it is not running."""

_FRAME_MS = 40
_SWEEP_MS = 1600
"""How long the bright part takes from one end to the other."""
_SHARE = 0.28
"""Share of the width that is bright."""


class ProgressLine(QWidget):
    """A thin line along which a bright part runs; it has a timer only while it can be seen running."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._running = False
        self._since = QElapsedTimer()
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self.update)

    def sizeHint(self) -> QSize:
        """Ask for the height of the line."""
        return QSize(LINE_HEIGHT, LINE_HEIGHT)

    minimumSizeHint = sizeHint  # noqa: N815 - Qt's name

    def set_running(self, running: bool) -> None:
        """Start or stop the line."""
        self._running = running
        if running:
            self._since.start()
        self._follow_visibility()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the animation."""
        super().showEvent(event)
        self._follow_visibility()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._frames.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and the bright part."""
        if not self._running:
            return
        painter = QPainter(self)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        track = self.palette().color(QPalette.ColorRole.Highlight)
        track.setAlphaF(0.18)
        painter.fillRect(self.rect(), track)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_still(QCoreApplication.instance()):
            painter.fillRect(self.rect(), accent)
            return
        share = (self._since.elapsed() % _SWEEP_MS) / _SWEEP_MS
        # An ease in and out: the part slows down at the ends instead of hitting them.
        eased = share * share * (3 - 2 * share)
        start = (eased * (1 + _SHARE) - _SHARE) * self.width()
        painter.fillRect(QRectF(start, 0, self.width() * _SHARE, self.height()), accent)

    def _follow_visibility(self) -> None:
        if self._running and self.isVisible() and not is_still(QCoreApplication.instance()):
            self._frames.start()
        else:
            self._frames.stop()


class ElapsedLabel(PlainLabel):
    """What is being done and for how long, such as "Reading… 1.2 s"."""

    _STEP_MS = 100

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._doing = ""
        self._since = QElapsedTimer()
        self._steps = QTimer(self)
        self._steps.setInterval(self._STEP_MS)
        self._steps.timeout.connect(self._write)
        # The digits keep their place while they count.
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def start(self, doing: str) -> None:
        """Begin to count from zero."""
        self._doing = doing
        self._since.start()
        self._steps.start()
        self._write()

    def say(self, doing: str) -> None:
        """Change what is being done without starting anew."""
        self._doing = doing
        self._write()

    def stop(self) -> None:
        """Count no more; the text stays."""
        self._steps.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the longest text in the font as it is now."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._write()

    def _write(self) -> None:
        text = tr(
            "{doing} {seconds} s",
            doing=self._doing,
            seconds=self.locale().toString(self._since.elapsed() / 1000, "f", 1),
        )
        self.setText(text)
