"""The few words that say whether picture and drawing look alike."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.services.reading.visual_check import VisualVerdict
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class VerdictLabel(PlainLabel):
    """Says the verdict of the visual check beside the picture's title, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._differs = False
        self.setAccessibleDescription(tr("Comparison of picture and formula"))
        self.setContentsMargins(8, 4, 8, 4)
        self._colour()

    def show_verdict(self, verdict: VisualVerdict | None) -> None:
        """Say it; None says nothing."""
        self._differs = verdict is not None and bool(verdict.differs)
        if verdict is None:
            self.clear()
            self.setToolTip("")
        elif verdict.is_too_small:
            self.setText(tr("Too small to check"))
            self.setToolTip(
                tr("The picture has too few pixels to compare its signs. Zoom in before you snip.")
            )
        elif verdict.is_another:
            self.setText(tr("Differs: the picture shows something else"))
            self.setToolTip(
                tr("Picture and drawing are of quite another shape. Read it again, or with another model.")
            )
        elif verdict.differs:
            self.setText(tr("Differs at the marks: look there"))
            self.setToolTip(
                tr("Picture and drawing are both marked where their ink differs; a sign may be wrong there.")
            )
        else:
            self.setText(tr("Looks like the picture"))
            self.setToolTip(tr("The ink of the picture and of the drawn formula agree, sign by sign."))
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        if self._differs:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, level_colour(Level.WARNING, palette))
            self.setPalette(palette)
            self.setForegroundRole(QPalette.ColorRole.WindowText)
        else:
            self.setPalette(QPalette())
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
