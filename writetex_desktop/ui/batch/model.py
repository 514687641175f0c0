"""The items of a batch as a table."""

from collections.abc import Sequence
from enum import IntEnum
from typing import assert_never

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPalette

from writetex_desktop.core.batches.batch import Batch, BatchItem, ItemState
from writetex_desktop.core.costs.cost import format_cost
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.batch.words import result_words, state_words
from writetex_desktop.ui.toolkit.icons import IconName, icon, pixmap
from writetex_desktop.ui.toolkit.views.dragging import sources_mime
from writetex_desktop.ui.toolkit.views.labels import name_among_words

Index = QModelIndex | QPersistentModelIndex

_ICONS = {
    ItemState.WAITING: IconName.WAITING,
    ItemState.WORKING: IconName.WORKING,
    ItemState.DONE: IconName.CHECK,
    ItemState.FAILED: IconName.ERROR,
    ItemState.CANCELLED: IconName.CANCEL,
}


_ICON_PX = 16


class Column(IntEnum):
    """The columns."""

    PICTURE = 0
    RESULT = 1
    ENGINE = 2
    COST = 3


class BatchModel(QAbstractTableModel):
    """Shows a batch; of a new one, only the rows that differ are told to the view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = Batch()
        self._drawn: dict[IconName, QIcon] = {}

    def show_batch(self, batch: Batch) -> None:
        """Show a batch as it is now."""
        before, after = self._batch.items, batch.items
        # Items are values: one that has not changed is the same object, so that this is quick.
        changed = [row for row, (old, new) in enumerate(zip(before, after, strict=False)) if old is not new]
        is_another = any(before[row].source != after[row].source for row in changed)
        if is_another or len(after) < len(before) or not before:
            self.beginResetModel()
            self._batch = batch
            self.endResetModel()
            return
        if len(after) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._batch = batch
            self.endInsertRows()
        self._batch = batch
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], Column.COST))

    def item(self, row: int) -> BatchItem:
        """Give the item of a row."""
        return self._batch.items[row]

    def retint(self) -> None:
        """Draw the icons anew."""
        self._drawn.clear()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt's own signature
        """Give the number of items."""
        return 0 if parent.isValid() else len(self._batch.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt's own signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what was read be dragged into other programs."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self.item(index.row()).latex else flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give what is dragged: the sources of what was read."""
        rows = sorted({index.row() for index in indexes})
        return sources_mime([item.latex for item in map(self.item, rows) if item.latex])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        match Column(section):
            case Column.PICTURE:
                return tr("Picture")
            case Column.RESULT:
                return tr("Result")
            case Column.ENGINE:
                return tr("Read by")
            case Column.COST:
                return tr("Cost")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a cell shows, or what a screen reader says of it."""
        item, column = self.item(index.row()), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(item, column)
        if column is Column.COST and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._about(item, role) if column is Column.PICTURE else None

    def _about(self, item: BatchItem, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._icon(IconName.WARNING if item.is_doubtful else _ICONS[item.state])
            case Qt.ItemDataRole.ToolTipRole:
                return tagless(f"{item.source.path} ({state_words(item)})")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.source.name}, {state_words(item)}"
            case _:
                return None

    def _icon(self, name: IconName) -> QIcon:
        if name not in self._drawn:
            self._drawn[name] = _drawn_icon(name)
        return self._drawn[name]


def _drawn_icon(name: IconName) -> QIcon:
    """Draw an icon in the colours of ordinary and of selected rows."""
    drawn = icon(name)
    bright = QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText)
    scale = QGuiApplication.primaryScreen().devicePixelRatio()
    drawn.addPixmap(pixmap(name, bright, _ICON_PX, scale), QIcon.Mode.Selected)
    return drawn


def _text(item: BatchItem, column: Column) -> str:
    answer = item.recognition
    match column:
        case Column.PICTURE:
            return name_among_words(item.source.name)
        case Column.RESULT:
            return result_words(item)
        case Column.ENGINE:
            return name_among_words(answer.model) if answer is not None else ""
        case Column.COST:
            return format_cost(answer.cost) if answer is not None and answer.cost is not None else ""
    assert_never(column)
