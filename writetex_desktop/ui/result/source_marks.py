"""How places of a source are marked."""

from typing import Final

from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from writetex_desktop.core.latex.edits import Span
from writetex_desktop.core.notice import Level
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.text_offsets import units_of

_ALPHA: Final = 70


class SourceMarks:
    """Makes the marks of one source.

    Args:
        document: Where it stands.
        source: It, as offsets count it.
        palette: The colours of the theme.
    """

    def __init__(self, document: QTextDocument, source: str, palette: QPalette) -> None:
        self._document = document
        self._source = source
        self._palette = palette

    def tinted(self, span: Span, colour: QColor) -> QTextEdit.ExtraSelection:
        """Tint a place."""
        faint = QColor(colour)
        faint.setAlpha(_ALPHA)
        form = QTextCharFormat()
        form.setBackground(faint)
        return self._extra(span, form)

    def waved(self, span: Span, level: Level) -> QTextEdit.ExtraSelection:
        """Underline a place with a wave."""
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(level_colour(level, self._palette))
        return self._extra(span, form)

    def _extra(self, span: Span, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._document)
        cursor.setPosition(units_of(self._source, span[0]))
        cursor.setPosition(units_of(self._source, span[1]), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format = form
        return mark
