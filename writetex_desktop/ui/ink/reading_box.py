"""What is read of the ink: drawn, as source, and what is said of it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.errors import Remedy
from writetex_desktop.core.formats.drawing.formula import RenderedFormula
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.notice import Level
from writetex_desktop.core.reading.recognition import Alternative
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.toolkit.notice_words import level_colour, remedy_label
from writetex_desktop.ui.toolkit.views.formula import FormulaView
from writetex_desktop.ui.toolkit.views.labels import PlainLabel, menu_line
from writetex_desktop.ui.toolkit.views.latex_highlighter import LatexHighlighter
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton
from writetex_desktop.ui.toolkit.views.titled import titled

_LINES: Final = 3


class ReadingBox(QWidget):
    """Shows the reading; its areas keep their size whatever is read.

    Attributes:
        preview: The formula, drawn.
        source: Its LaTeX, which can be changed.
        status: One line about it, for the foot of the pad.
        remedy: The button of that line; hidden where there is nothing to do.
    """

    markup_changed = Signal(str)
    """The source is another one, by the program or by the user."""

    source_edited = Signal(str)
    """The user changed the source: the whole of it."""

    alternative_chosen = Signal(str)
    """The user took another reading: its markup."""

    remedy_requested = Signal(object)
    """The user pressed the button of the line: a `RemedyAction`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = FormulaView()
        self.source = QPlainTextEdit()
        self.status = PlainLabel()
        self.remedy = QPushButton()
        self._others = QMenu(self)
        self._others_button = MenuButton()
        self._known = ""
        self._remedy = Remedy("")
        self._level = Level.INFO
        self._highlighter = LatexHighlighter(self.source.document(), self.palette())
        self.preview.setMinimumHeight(64)
        self._make_source()
        self._make_status()
        self._lay_out()

    @property
    def markup(self) -> str:
        """The source as it stands."""
        return self.source.toPlainText()

    def show_markup(self, markup: str) -> None:
        """Write the source without telling that the user did."""
        if markup != self.markup:
            blocked = self.source.blockSignals(True)
            self.source.setPlainText(markup)
            self._known = self.markup
            self.source.blockSignals(blocked)
            self.markup_changed.emit(markup)

    def show_render(self, formula: RenderedFormula | None) -> None:
        """Show the drawing; None is empty paper."""
        self.preview.set_formula(formula)
        self.preview.set_stale(False)

    def set_stale(self, stale: bool) -> None:
        """Dim the drawing while it is older than the ink."""
        self.preview.set_stale(stale)

    def say(self, sentence: str, level: Level = Level.INFO, remedy: Remedy | None = None) -> None:
        """Say something in one line, with a button where there is something to do at once."""
        self._level = level
        self._remedy = remedy or Remedy("")
        whole = f"{sentence} {self._remedy.text}".strip()
        self.status.setText(whole)
        self.status.setToolTip(tagless(whole))
        self._colour()
        self.remedy.setVisible(self._remedy.action is not None)
        if self._remedy.action is not None:
            self.remedy.setText(remedy_label(self._remedy.action))

    def show_alternatives(self, others: Sequence[Alternative]) -> None:
        """Offer other readings of the whole."""
        self._others.clear()
        for other in others:
            action = self._others.addAction(menu_line(other.markup))
            action.setToolTip(tagless(other.markup))
            action.triggered.connect(
                lambda _checked=False, markup=other.markup: self.alternative_chosen.emit(markup)
            )
        self._others_button.setEnabled(bool(others))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._highlighter.set_palette(self.palette())
            self._colour()

    def _edited(self) -> None:
        if self.markup == self._known:
            return  # only its colours are other ones
        self._known = self.markup
        self.markup_changed.emit(self.markup)
        self.source_edited.emit(self.markup)

    def _colour(self) -> None:
        palette = self.status.palette()
        plain = self.palette().color(QPalette.ColorRole.PlaceholderText)
        colour = plain if self._level is Level.INFO else level_colour(self._level, self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.status.setPalette(palette)

    def _make_source(self) -> None:
        source = self.source
        source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        source.setAccessibleName(tr("LaTeX source"))
        source.setPlaceholderText(tr("The LaTeX of what you write appears here."))
        source.setTabChangesFocus(True)
        source.setFrameShape(QFrame.Shape.NoFrame)
        margin = round(source.document().documentMargin())
        source.setFixedHeight(QFontMetrics(source.font()).lineSpacing() * _LINES + 2 * margin + 4)
        source.textChanged.connect(self._edited)

    def _make_status(self) -> None:
        self.status.setAccessibleName(tr("About the reading"))
        self.status.setWordWrap(True)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.status.setFixedHeight(QFontMetrics(self.status.font()).lineSpacing() * 2)
        self.remedy.hide()
        self.remedy.clicked.connect(lambda: self.remedy_requested.emit(self._remedy.action))

    def _lay_out(self) -> None:
        button = self._others_button
        button.setText(tr("Other readings"))
        button.setToolTip(tr("Take another reading of the whole"))
        button.setAutoRaise(True)
        button.setMenu(self._others)
        button.setEnabled(False)
        drawn = titled(tr("Preview"), self.preview)
        written = titled(tr("LaTeX"), self.source, button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(drawn, 1)
        column.addWidget(written)
