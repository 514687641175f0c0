"""The entries of the history as a list that is fetched while it is scrolled."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

from writetex_desktop.core.history.entry import HistoryEntry
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.trust_words import trust_words
from writetex_desktop.ui.toolkit.views.dragging import sources_mime

ENTRY_ROLE = Qt.ItemDataRole.UserRole
"""The `HistoryEntry` of a row."""

_TIP_CHARACTERS = 2000
"""How much of a long markup the tooltip shows."""

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Holds the entries that were fetched so far, newest first."""

    more_wanted = Signal()
    """The view has come to the last entry, and there may be older ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[HistoryEntry] = []
        self._has_more = False
        self._fetching = False

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """All that were fetched."""
        return self._entries

    def show_entries(self, entries: Sequence[HistoryEntry], *, has_more: bool) -> None:
        """Show these in place of all others.

        Args:
            entries: Newest first.
            has_more: Whether there may be older ones.
        """
        self.beginResetModel()
        self._entries = list(entries)
        self._has_more, self._fetching = has_more, False
        self.endResetModel()

    def append(self, entries: Sequence[HistoryEntry], *, has_more: bool) -> None:
        """Show older ones below the others."""
        self._has_more, self._fetching = has_more, False
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def change(self, entry: HistoryEntry) -> None:
        """Show an entry as it is now."""
        row = self.row_of(entry.id)
        if row is not None:
            self._entries[row] = entry
            self.dataChanged.emit(self.index(row), self.index(row))

    def take_out(self, entry_ids: Collection[int]) -> None:
        """Show these no longer."""
        for row in reversed(range(len(self._entries))):
            if self._entries[row].id in entry_ids:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()

    def row_of(self, entry_id: int) -> int | None:
        """Give the row of an entry; None when it was not fetched."""
        return next((row for row, each in enumerate(self._entries) if each.id == entry_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt's own signature
        """Give the number of entries that were fetched."""
        return 0 if parent.isValid() else len(self._entries)

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there may be older ones."""
        return self._has_more and not self._fetching and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """Ask for older ones; they come with `append`."""
        self._fetching = True
        self.more_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be dragged into other programs."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give what is dragged: the sources, and of a single entry its small picture."""
        rows = sorted({index.row() for index in indexes})
        chosen = [self._entries[row] for row in rows]
        picture = QImage.fromData(chosen[0].thumbnail) if len(chosen) == 1 else None
        return sources_mime([entry.markup for entry in chosen], picture)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give an entry, its text, or what a screen reader says of it."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return entry
            case Qt.ItemDataRole.DisplayRole:
                return first_line(entry.markup)
            case Qt.ItemDataRole.ToolTipRole:
                return f"<pre>{escape(entry.markup[:_TIP_CHARACTERS])}</pre>"
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = [first_line(entry.markup), format_moment(entry.created, QLocale()), entry.model]
                if entry.trust is not None:
                    parts.append(trust_words(entry.trust))
                parts += [f"#{tag}" for tag in entry.tags]
                return ", ".join([*parts, tr("favourite")] if entry.favourite else parts)
            case _:
                return None


def first_line(markup: str) -> str:
    """Give the markup in one line, as far as one line can show it."""
    return " ".join(markup[:_TIP_CHARACTERS].split())


def format_moment(moment: datetime, locale: QLocale) -> str:
    """Write a moment in the user's time: a time for today, day and time for earlier ones."""
    seconds = int(moment.astimezone(UTC).timestamp())
    local = QDateTime.fromSecsSinceEpoch(seconds)
    time = locale.toString(local.time(), QLocale.FormatType.ShortFormat)
    days = local.date().daysTo(QDate.currentDate())
    if days == 0:
        return tr("Today {time}", time=time)
    if days == 1:
        return tr("Yesterday {time}", time=time)
    return f"{locale.toString(local.date(), QLocale.FormatType.ShortFormat)} {time}"
