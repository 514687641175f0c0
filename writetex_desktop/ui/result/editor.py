"""The editor of the markup."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextCursor,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QTextEdit, QToolTip, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.edits import (
    Edited,
    Span,
    arguments_of,
    completions,
    ends_in_command,
    partners_at,
    typed_command,
    unwrapped,
    wrapped,
)
from writetex_desktop.core.latex.suspicion import Spot
from writetex_desktop.core.notice import Level
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.result.source_marks import SourceMarks
from writetex_desktop.ui.toolkit.image_input import PlainText, holds_picture, read_mime
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.text_offsets import characters_of, units_of
from writetex_desktop.ui.toolkit.views.latex_highlighter import LatexHighlighter

_LINES: Final = 5
"""Height of the editor in lines; it does not grow while text streams."""

_COMPLETE_FROM: Final = 2
"""Letters of a command after which the rest is offered."""

_MATCHED_UP_TO: Final = 20_000
"""Characters of source beyond which what belongs together is not looked for at each move of the cursor."""

_ROUND: Final = {"{": "}", "(": ")", "[": "]", "$": "$"}


class SourceEditor(QPlainTextEdit):
    """A plain monospace editor that leaves pictures and copying without a selection to the window."""

    edited = Signal(str)
    """The user changed the text; what the program writes does not count."""

    input_given = Signal(object)
    """A picture or files were pasted or dropped here: an `ImageInput`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setAccessibleName(tr("LaTeX source"))
        self.setPlaceholderText(tr("The LaTeX appears here; you can also type or paste your own."))
        # Tab goes on to the next field, as everywhere else in the window; LaTeX needs no tabs.
        self.setTabChangesFocus(True)
        self._highlighter = LatexHighlighter(self.document(), self.palette())
        self._error: int | None = None
        self._differing: tuple[Span, ...] = ()
        self._spots: tuple[Spot, ...] = ()
        self._program_wrote = False
        self._known = ""
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = QListView()
        self._popup.setAccessibleName(tr("LaTeX commands"))
        self._popup.clicked.connect(lambda index: self._complete(index.data()))
        self._completer.setPopup(self._popup)
        self.textChanged.connect(self._tell)
        self.cursorPositionChanged.connect(self._mark)

    def set_markup(self, markup: str) -> None:
        """Write what the program has; keeps the place of the cursor and appends without flicker.

        All that is written until the user types is one step of undoing.
        """
        before = self.toPlainText()
        if before == markup:
            return
        self._forget_marks()
        blocked = self.blockSignals(True)
        cursor = QTextCursor(self.document())
        if self._program_wrote:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        if markup.startswith(before):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(markup[len(before) :])
        else:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(markup)
        cursor.endEditBlock()
        self._program_wrote = True
        self._known = markup
        self.blockSignals(blocked)
        self._mark()
        bar = self.verticalScrollBar()
        if not self.hasFocus():
            bar.setValue(bar.maximum())

    def begin_reading(self) -> None:
        """Let what is written from now on be a step of undoing of its own."""
        self._program_wrote = False

    def show_error(self, position: int | None) -> None:
        """Underline the place that the parser names, an offset in characters; None for none."""
        self._error = position
        self._mark()

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Underline places that look wrong, until the text changes; each says why under the pointer."""
        self._spots = spots
        self._mark()

    def mark_differences(self, spans: Sequence[Span]) -> None:
        """Mark places that differ from another reading, until the text changes."""
        self._differing = tuple(spans)
        self._mark()

    def show_position(self, position: int) -> None:
        """Put the cursor at an offset in characters (code points, as Python counts them)."""
        cursor = self.textCursor()
        cursor.setPosition(units_of(self.toPlainText(), position))
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def position(self) -> int:
        """Where the cursor stands, as an offset in characters."""
        return self._selection()[1]

    def select(self, start: int, end: int) -> None:
        """Select a part of the source, given as offsets in characters, and show it."""
        source, cursor = self.toPlainText(), self.textCursor()
        cursor.setPosition(units_of(source, start))
        cursor.setPosition(units_of(source, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace(self, start: int, end: int, latex: str) -> None:
        """Write something else in place of a part of the source, as an edit of the user."""
        source = self.toPlainText()
        self._apply(Edited(source[:start] + latex + source[end:], start, start + len(latex)))

    def insert_latex(self, latex: str) -> None:
        """Put LaTeX at the cursor, in place of what is selected; a command stays apart from letters."""
        cursor = self.textCursor()
        following = self.toPlainText()[cursor.selectionEnd() : cursor.selectionEnd() + 1]
        cursor.insertText(f"{latex} " if ends_in_command(latex) and following.isalpha() else latex)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def wrap_selection(self, before: str, after: str) -> None:
        """Put something round the selection, or round the cursor."""
        self._apply(wrapped(self.toPlainText(), *self._selection(), before, after))

    def unwrap_selection(self) -> None:
        """Take away what stands round the selection, if anything does."""
        edited = unwrapped(self.toPlainText(), *self._selection())
        if edited is not None:
            self._apply(edited)

    def replace_all(self, source: str) -> None:
        """Write another source as an edit of the user, in one step of undoing."""
        if source != self.toPlainText():
            at = min(self._selection()[1], len(source))
            self._apply(Edited(source, at, at))

    def sizeHint(self) -> QSize:
        """Ask for room for a few lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        frame = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(480, round(line * _LINES) + frame)

    def minimumSizeHint(self) -> QSize:
        """Stay at two lines at least."""
        line = QFontMetricsF(self.font()).lineSpacing()
        return QSize(160, round(line * 2) + 2 * self.frameWidth())

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the window while nothing is selected, and say what is doubtful."""
        if isinstance(event, QHelpEvent):
            units = self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position()
            at = characters_of(self.toPlainText(), units)
            said = next((spot.message for spot in self._spots if spot.start <= at <= spot.end), "")
            QToolTip.showText(event.globalPos(), tagless(said), self)
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and not self.textCursor().hasSelection()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer and take completions, and wrap a selection in the bracket that is typed."""
        if self._popup.isVisible():
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._complete(self._popup.currentIndex().data() or "")
                return
            if event.key() == Qt.Key.Key_Escape:
                self._popup.hide()
                return
        if self.textCursor().hasSelection() and event.text() in _ROUND and not self.isReadOnly():
            self.wrap_selection(event.text(), _ROUND[event.text()])
            return
        if self._program_wrote and event.text().isprintable() and event.text():
            # A block of its own keeps Qt from merging what is typed into what the program wrote.
            cursor = self.textCursor()
            cursor.beginEditBlock()
            super().keyPressEvent(event)
            cursor.endEditBlock()
        else:
            super().keyPressEvent(event)
        if event.text() and not self.isReadOnly():
            self._offer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark what belongs together."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take these marks away."""
        super().focusOutEvent(event)
        self._mark()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take the completion with Tab; else go on to the next field."""
        if self._popup.isVisible():
            self._complete(self._popup.currentIndex().data() or "")
            return True
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._highlighter.set_palette(self.palette())
            self._mark()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take pictures and files as well as text."""
        return holds_picture(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert text; hand on pictures and files."""
        given = read_mime(source)
        if isinstance(given, PlainText):
            super().insertFromMimeData(source)
        else:
            self.input_given.emit(given)

    def _tell(self) -> None:
        source = self.toPlainText()
        if source == self._known:
            return  # new colours, which Qt tells of like new text
        self._known = source
        self._program_wrote = False
        self._forget_marks()
        self._mark()
        self.edited.emit(source)

    def _forget_marks(self) -> None:
        self._error = None
        self._differing = self._spots = ()

    def _selection(self) -> Span:
        """Give the selection as offsets in characters."""
        cursor, source = self.textCursor(), self.toPlainText()
        return characters_of(source, cursor.selectionStart()), characters_of(source, cursor.selectionEnd())

    def _apply(self, edited: Edited) -> None:
        """Write an edit as one step of undoing, with its selection."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(edited.source)
        cursor.setPosition(units_of(edited.source, edited.start))
        cursor.setPosition(units_of(edited.source, edited.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _offer(self) -> None:
        """Offer commands that go on as what was typed."""
        typed = typed_command(self.toPlainText(), self._selection()[1])
        found = completions(typed) if len(typed) >= _COMPLETE_FROM else ()
        if not found or found == (typed,):
            self._popup.hide()
            return
        self._names.setStringList(found)
        self._popup.setCurrentIndex(self._names.index(0))
        place = self.cursorRect()
        room = self._popup.sizeHintForColumn(0) + self._popup.verticalScrollBar().sizeHint().width()
        place.setWidth(room + 2 * self._popup.frameWidth())
        self._completer.complete(place)

    def _complete(self, name: str) -> None:
        """Write the rest of a command, and braces for its arguments with the cursor in the first."""
        self._popup.hide()
        cursor = self.textCursor()
        typed = typed_command(self.toPlainText(), self._selection()[1])
        if not name.startswith(typed):
            return
        braces = "{}" * arguments_of(name)
        cursor.insertText(name[len(typed) :] + braces)
        if braces:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(braces) - 1
            )
        self.setTextCursor(cursor)

    def _mark(self) -> None:
        """Mark what belongs together at the cursor, and where the parser stopped."""
        source = self.toPlainText()
        paint = SourceMarks(self.document(), source, self.palette())
        marks: list[QTextEdit.ExtraSelection] = []
        if self.hasFocus() and len(source) <= _MATCHED_UP_TO:
            ground = self.palette().color(QPalette.ColorRole.Highlight)
            marks += [paint.tinted(span, ground) for span in partners_at(source, self._selection()[1]) or ()]
        warning = level_colour(Level.WARNING, self.palette())
        marks += [paint.tinted(span, warning) for span in self._differing]
        marks += [paint.waved((spot.start, spot.end), Level.WARNING) for spot in self._spots]
        if self._error is not None:
            start = min(self._error, max(0, len(source) - 1))
            marks.append(paint.waved((start, min(start + 1, len(source))), Level.ERROR))
        self.setExtraSelections(marks)
