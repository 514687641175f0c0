"""What another reading of the same picture gave, beside the source."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.latex.difference import Differences
from writetex_desktop.core.latex.edits import Span
from writetex_desktop.core.notice import Level
from writetex_desktop.ui.toolkit.notice_words import level_colour
from writetex_desktop.ui.toolkit.text_offsets import units_of
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_MARK_ALPHA = 70


class EarlierReading(QWidget):
    """Shows the reading before the last one, with the differences marked; hidden while there is none."""

    taken = Signal(str)
    """The user prefers this reading: its markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = PlainLabel()
        self._markup = ""
        self._source = QTextEdit()
        self._source.setReadOnly(True)
        self._source.setTabChangesFocus(True)
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._source.setAccessibleName(tr("Reading before"))
        take = QPushButton(tr("Ta&ke this one"))
        take.setToolTip(tr("Put the reading before back into the editor"))
        take.clicked.connect(self._take)
        close = QPushButton(tr("C&lose"))
        close.setToolTip(tr("Keep the new reading"))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self._says, 1)
        head.addWidget(take)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._source, 1)
        self.hide()

    def show_reading(self, markup: str, found: Differences) -> None:
        """Show a reading and mark where it differs."""
        self._markup = markup
        self._source.setPlainText(markup)
        for span in found.in_one:
            self._mark(span)
        count = self.locale().toString(found.count)
        self._says.setText(tr("The reading before; places that differ: {count}", count=count))
        self.show()

    def _take(self) -> None:
        self.hide()
        self.taken.emit(self._markup)

    def _mark(self, span: Span) -> None:
        ground = QColor(level_colour(Level.WARNING, self.palette()))
        ground.setAlpha(_MARK_ALPHA)
        form = QTextCharFormat()
        form.setBackground(ground)
        cursor = QTextCursor(self._source.document())
        # Qt counts UTF-16 units.
        start, end = (units_of(self._markup, place) for place in span)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)
