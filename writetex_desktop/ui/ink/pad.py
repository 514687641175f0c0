"""The pad: paper on one side, what is read of it on the other."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.ink.signs import InkSign, SymbolGuess
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.recognition import Alternative
from writetex_desktop.ui.ink.canvas import InkCanvas
from writetex_desktop.ui.ink.pad_actions import PadActions
from writetex_desktop.ui.ink.paper import Paper, Rules
from writetex_desktop.ui.ink.reading_box import ReadingBox
from writetex_desktop.ui.ink.symbol_words import guess_words
from writetex_desktop.ui.toolkit.action_button import ActionButton
from writetex_desktop.ui.toolkit.format_names import fill_menu
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic

_BESIDE_FROM_PX: Final = 640
"""Width from which on the reading stands beside the paper and not below it."""

_NEXT_RULES: Final = {Rules.SQUARES: Rules.LINES, Rules.LINES: Rules.NONE, Rules.NONE: Rules.SQUARES}


class InkPad(QWidget):
    """Shows the paper and the reading; what is asked for goes out as signals.

    Attributes:
        actions_: What can be done here.
        canvas: The paper.
        reading: What is read of it.
    """

    copy_as_requested = Signal(object)
    """The user wants a copy in another `OutputFormat`, this once."""

    guess_chosen = Signal(object, object)
    """The user says that an `InkSign` is a `SymbolGuess`."""

    scratched = Signal(object)
    """The user wants an `InkSign` off the paper, to write it anew."""

    files_dropped = Signal(object)
    """Files were dropped here: a list of local paths."""

    left = Signal()
    """The user wants to go back to the result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_help_topic(self, HelpTopic.BY_HAND)
        self.actions_ = PadActions(self)
        self.canvas = InkCanvas()
        self.reading = ReadingBox()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._copy_as = QPushButton(tr("Copy &as"))
        self._signs_menu = QMenu(self)
        self._signs_menu.setToolTipsVisible(True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def sizeHint(self) -> QSize:
        """Ask for room in which a line of a formula is comfortable."""
        return QSize(720, 480)

    def show_reading_of(self, signs: Sequence[InkSign]) -> None:
        """Mark the signs in doubt."""
        self.canvas.set_signs(signs)
        self.actions_.check_sign.setEnabled(any(sign.is_doubtful for sign in signs))

    def show_alternatives(self, others: Sequence[Alternative]) -> None:
        """Offer other readings of the whole."""
        self.reading.show_alternatives(others)

    def offer_guesses(self, sign: InkSign, guesses: Sequence[SymbolGuess], place: QPoint) -> None:
        """Let the user choose what a sign is, in a menu.

        Args:
            sign: It.
            guesses: What it may be.
            place: Where on the screen.
        """
        menu = self._signs_menu
        menu.clear()
        menu.addSection(tr("This sign may be"))
        for number, guess in enumerate(guesses):
            words = guess_words(guess).replace("&", "&&")
            text = f"&{(number + 1) % 10}  {words}" if number < 10 else f"    {words}"  # noqa: PLR2004 - digits
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, guess=guess: self.guess_chosen.emit(sign, guess))
        menu.addSeparator()
        scratch = menu.addAction(icon(IconName.RUBBER), tr("&Rub it out and write it anew"))
        scratch.triggered.connect(lambda: self.scratched.emit(sign))
        menu.popup(place)
        menu.setActiveAction(menu.actions()[1])

    def show_paper(self, paper: Paper) -> None:
        """Write on another paper."""
        self.canvas.set_paper(paper)
        dark = self.canvas.is_dark
        self.actions_.dark.setChecked(dark)

    def show_in_own_window(self, own: bool) -> None:
        """Say on the button what a press brings."""
        self.actions_.own_window.setText(tr("&Large window") if own else tr("&Own window"))

    def event(self, event: QEvent) -> bool:
        """Claim Escape, which leads back, and the keys of copying."""
        if event.type() == QEvent.Type.ShortcutOverride and self.isVisible():
            key = getattr(event, "key", lambda: None)()
            if key == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.files_dropped.emit([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the reading beside the paper where there is room, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM_PX
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([1800, 1000] if wide else [1600, 1000])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.actions_.retint()
            self._copy_as.setIcon(icon(IconName.COPY, self.palette()))
            self.actions_.dark.setChecked(self.canvas.is_dark)

    def _connect(self) -> None:
        actions, canvas = self.actions_, self.canvas
        for tool, action in actions.tools.items():
            action.triggered.connect(lambda _checked=False, tool=tool: canvas.set_tool(tool))
        actions.zoom_in.triggered.connect(lambda: canvas.zoom_by(1))
        actions.zoom_out.triggered.connect(lambda: canvas.zoom_by(-1))
        actions.show_all.triggered.connect(lambda: canvas.show_all())
        actions.rules.triggered.connect(lambda: self._turn_rules())
        actions.dark.triggered.connect(lambda dark: self.show_paper(Paper(canvas.paper.rules, dark)))
        self.reading.markup_changed.connect(lambda text: actions.set_markup_at_hand(bool(text.strip())))
        actions.copy.enabledChanged.connect(self._copy_as.setEnabled)
        canvas.left.connect(self.left)

    def _turn_rules(self) -> None:
        paper = self.canvas.paper
        self.show_paper(Paper(_NEXT_RULES[paper.rules], paper.dark))

    # --- Layout ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(frame)
        self._split.addWidget(self.reading)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([1800, 1000])
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 16, 8)
        middle.addWidget(self._split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._made_bar())
        whole.addLayout(middle, 1)
        whole.addLayout(self._made_foot())

    def _made_bar(self) -> QHBoxLayout:
        actions = self.actions_
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for group in (
            tuple(actions.tools.values()),
            (actions.undo, actions.redo, actions.clear),
            (actions.rules, actions.dark),
            (actions.zoom_out, actions.zoom_in, actions.show_all),
        ):
            if row.count():
                row.addSpacing(12)
            for action in group:
                row.addWidget(_icon_button(action))
        row.addStretch(1)
        for action in (
            actions.check_sign,
            actions.find_symbol,
            actions.open,
            actions.save,
            actions.own_window,
        ):
            row.addWidget(_icon_button(action))
        return row

    def _made_foot(self) -> QHBoxLayout:
        menu = QMenu(self)
        fill_menu(menu, self.copy_as_requested.emit)
        self._copy_as.setIcon(icon(IconName.COPY, self.palette()))
        self._copy_as.setToolTip(tr("Copy the formula in another format, this once; each has a key"))
        self._copy_as.setMenu(menu)
        self._copy_as.setEnabled(False)
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 16, 12)
        row.setSpacing(8)
        row.addWidget(ActionButton(self.actions_.insert))
        row.addWidget(ActionButton(self.actions_.copy))
        row.addWidget(self._copy_as)
        row.addWidget(self.reading.status, 1)
        row.addWidget(self.reading.remedy)
        return row


def _icon_button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setIconSize(QSize(20, 20))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
