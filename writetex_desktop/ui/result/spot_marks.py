"""Leads the user through the places that look wrong."""

from PySide6.QtCore import QObject

from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.ui.result.editor import SourceEditor
from writetex_desktop.ui.result.parser_strip import ParserStrip
from writetex_desktop.ui.toolkit.actions import Actions


class SpotMarks(QObject):
    """Marks the places in the editor and says in the strip what is the matter with one of them.

    What the parser says comes first: the strip tells of a place only while it has nothing else to say, or
    when the user turns to one.
    """

    def __init__(self, editor: SourceEditor, strip: ParserStrip, actions: Actions) -> None:
        super().__init__(editor)
        self._editor = editor
        self._strip = strip
        self._actions = actions
        self._spots: tuple[Spot, ...] = ()
        self._at = 0
        actions.next_spot.triggered.connect(lambda: self._turn(1))
        actions.previous_spot.triggered.connect(lambda: self._turn(-1))

    def show(self, spots: tuple[Spot, ...]) -> None:
        """Show these, and none of those before."""
        self._spots = spots
        self._at = -1
        self._editor.show_spots(spots)
        self._actions.set_spots_at_hand(bool(spots))
        if spots and not self._strip.text:
            self._tell(0)

    def _turn(self, step: int) -> None:
        """Go to the next one or the one before, round and round."""
        at = self._at + step if self._at >= 0 else min(step, 0) % len(self._spots)
        self._at = at % len(self._spots)
        self._editor.show_position(self._spots[self._at].start)
        self._tell(self._at)

    def _tell(self, at: int) -> None:
        self._strip.show_spot(self._spots[at], at + 1, len(self._spots), self._editor.toPlainText())
