"""The line that says what is wrong with the source, and where, and offers to repair it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from writetex_desktop.core.errors import RemedyAction, RenderError
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.core.latex.syntax import SyntaxProblem
from writetex_desktop.core.notice import Level
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.views.labels import PlainLabel


class ParserStrip(QWidget):
    """One line below the editor; it keeps its room when it has nothing to say, so that nothing jumps."""

    position_chosen = Signal(int)
    """The user wants to see the place: offset into the source in characters."""

    remedy_requested = Signal(object)
    """The user pressed the button: `RemedyAction.REPAIR`."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = 0
        self._level = Level.ERROR
        self._turns = [QToolButton(), QToolButton()]
        for button, action in zip(self._turns, (actions.previous_spot, actions.next_spot), strict=True):
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = PlainLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setAccessibleDescription(tr("What the parser says"))
        self._place = QToolButton()
        self._place.setAutoRaise(True)
        self._place.setToolTip(tr("Put the cursor at this place"))
        self._place.clicked.connect(lambda: self.position_chosen.emit(self._position))
        self._repair = QToolButton()
        self._repair.setText(tr("Re&pair"))
        self._repair.setToolTip(tr("Make braces, brackets and environments match"))
        self._repair.clicked.connect(lambda: self.remedy_requested.emit(RemedyAction.REPAIR))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._place)
        row.addWidget(self._repair)
        for button in self._turns:
            button.setAutoRaise(True)
            row.addWidget(button)
        self.setFixedHeight(QFontMetrics(self.font()).height() + 12)
        self.clear()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    def show_error(self, error: RenderError, source: str) -> None:
        """Show what the parser said.

        Args:
            error: The refusal.
            source: The markup it was about; the place is given as line and column of it.
        """
        self.clear()
        self._text.setText(error.message)
        self._text.setToolTip(tagless(error.remedy.text))
        self._place.setVisible(error.position is not None)
        if error.position is not None:
            self._show_place(error.position, source)

    def show_problem(self, problem: SyntaxProblem, source: str) -> None:
        """Show what does not match, with the button that makes it match."""
        self.clear()
        self._text.setText(problem.message)
        self._text.setToolTip(tr("Braces, brackets and environments must match."))
        self._place.show()
        self._show_place(problem.position, source)
        self._repair.show()

    def show_spot(self, spot: Spot, number: int, count: int, source: str) -> None:
        """Show what is doubtful about a place, the `number`-th of `count`, with buttons to the others."""
        text = spot.message
        if count > 1:
            text = tr("{number} of {count}: {message}", number=number, count=count, message=spot.message)
        self._text.setText(text)
        self._text.setToolTip(tagless(spot.message))
        self._repair.hide()
        self._place.show()
        self._show_place(spot.start, source)
        self._colour(Level.WARNING)
        for button in self._turns:
            button.setVisible(count > 1)

    def _show_place(self, position: int, source: str) -> None:
        self._position = position
        before = source[:position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        self._place.setText(tr("Line {line}, column {column}", line=line, column=column))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour(self._level)

    def _colour(self, level: Level) -> None:
        self._level = level
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, level_colour(level, palette))
        self._text.setPalette(palette)

    def clear(self) -> None:
        """Say nothing."""
        self._text.clear()
        self._text.setToolTip("")
        self._place.hide()
        self._repair.hide()
        for button in self._turns:
            button.hide()
        self._colour(Level.ERROR)
