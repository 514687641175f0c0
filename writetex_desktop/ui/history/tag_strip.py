"""The line in which the tags of entries are written."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListView, QPushButton, QWidget

from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.history.tags import folded, format_tags, parse_tags
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_MOST_SIGNS = 2000


class TagStrip(QWidget):
    """Shows the tags that the chosen entries have in common; hidden while none are written."""

    written = Signal(object, object, object)
    """The user wants entries (a tuple) put into groups and taken out of others: two tuples of tags."""

    left = Signal()
    """The user is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()
        self._before: tuple[str, ...] = ()
        self._known = QStringListModel(self)
        self._line = _TagLine(self._known)
        self._line.setMaxLength(_MOST_SIGNS)
        self._line.setPlaceholderText(tr("thesis/chapter 2, to check"))
        self._line.returnPressed.connect(self._keep)
        self._label = PlainLabel()
        self._label.setBuddy(self._line)
        keep = QPushButton(tr("&Keep"))
        keep.setToolTip(tr("Keep these tags (Enter)"))
        keep.setAutoDefault(False)
        keep.clicked.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._line, 1)
        row.addWidget(keep)
        self.setFocusProxy(self._line)
        self.hide()

    def edit(self, entries: Sequence[HistoryEntry]) -> None:
        """Let the user write the tags of these and take the keyboard."""
        self._entries = tuple(entries)
        first, *others = self._entries
        common = {folded(tag) for tag in first.tags}.intersection(
            *({folded(tag) for tag in entry.tags} for entry in others)
        )
        self._before = tuple(tag for tag in first.tags if folded(tag) in common)
        if others:
            self._label.setText(tr("Tags of all {count}, with commas:", count=len(self._entries)))
        else:
            self._label.setText(tr("Tags, with commas:"))
        self._line.setAccessibleName(self._label.text())
        self._line.setText(format_tags(self._before))
        self.show()
        self._line.setFocus()
        self._line.selectAll()

    def show_known(self, tags: Sequence[str]) -> None:
        """Offer these while one is written."""
        self._known.setStringList(list(tags))

    def rest(self) -> None:
        """Write no tags any more."""
        self.hide()
        self._entries = ()

    def event(self, event: QEvent) -> bool:
        """Keep Escape, which means the page elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the tags as they are with Escape."""
        if _is_escape(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        wanted = parse_tags(self._line.text())
        before, now = ({folded(tag) for tag in tags} for tags in (self._before, wanted))
        add = tuple(tag for tag in wanted if folded(tag) not in before)
        remove = tuple(tag for tag in self._before if folded(tag) not in now)
        if add or remove:
            self.written.emit(self._entries, add, remove)
        self.left.emit()


class _TagLine(QLineEdit):
    """Completes the tag that is being written, behind the last comma."""

    def __init__(self, known: QStringListModel) -> None:
        super().__init__()
        self._finder = QCompleter(known, self)
        self._finder.setWidget(self)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._offers = QListView()
        self._finder.setPopup(self._offers)
        self._finder.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Escape to what is offered, while something is."""
        if self._offers.isVisible() and event.key() in _OF_POPUP:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        written = self.text()[: self.cursorPosition()].rpartition(",")[2].strip()
        if not written:
            self._offers.hide()
            return
        self._finder.setCompletionPrefix(written)
        self._finder.complete()

    def _take(self, tag: str) -> None:
        before, comma, _ = self.text()[: self.cursorPosition()].rpartition(",")
        after = self.text()[self.cursorPosition() :]
        start = f"{before}{comma} {tag}".lstrip()
        self.setText(start + after)
        self.setCursorPosition(len(start))


_OF_POPUP = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab})


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
