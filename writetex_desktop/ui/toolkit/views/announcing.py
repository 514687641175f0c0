"""What a screen reader says by itself, when something has happened that nobody has the keyboard on."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

SETTLED_MS: Final = 250
"""What changes again within this time is said once, as it is then: keys repeat, verdicts follow results."""


class Announcer(QObject):
    """Says the last of several things that follow each other quickly; the same thing twice in a row once.

    Args:
        speaker: The widget in whose name it is said.
    """

    def __init__(self, speaker: QObject) -> None:
        super().__init__(speaker)
        self._speaker = speaker
        self._words = self._said = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._say)

    def say(self, words: str) -> None:
        """Say this when nothing else has come meanwhile; nothing takes back what was to be said."""
        self._words = words
        if words:
            self._settling.start()
        else:
            self._settling.stop()
            self._said = ""

    def _say(self) -> None:
        if self._words != self._said:
            self._said = self._words
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._speaker, self._words))
