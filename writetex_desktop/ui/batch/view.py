"""The page of a batch: what waits, what is read, what came of it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from writetex_desktop.core.batches.batch import Batch, Totals
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.reading.trust import Trust
from writetex_desktop.services.batches.batch import Activity
from writetex_desktop.ui.batch.bar import BatchBar
from writetex_desktop.ui.batch.detail import BatchDetail
from writetex_desktop.ui.batch.lock_strip import LockStrip
from writetex_desktop.ui.batch.model import BatchModel, Column
from writetex_desktop.ui.batch.pause_strip import PauseStrip
from writetex_desktop.ui.batch.submission_strip import SubmissionStrip
from writetex_desktop.ui.batch.words import pictures
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic
from writetex_desktop.ui.toolkit.views.labels import PlainLabel
from writetex_desktop.ui.toolkit.views.row_table import RowTable

_COLUMN_PX = {Column.PICTURE: 176, Column.ENGINE: 112, Column.COST: 80}
_ROW_PX = 28

_URGENCY: Final[Mapping[Trust | None, int]] = {Trust.DIFFERS: 0, Trust.LOOK: 1}
"""Which results come first where the doubtful ones do; the others follow as they stand."""


class BatchView(QWidget):
    """Shows a batch and says what the user wants of it; it changes nothing itself.

    Attributes:
        bar: How far it is, and the buttons.
        detail: The selected item.
        lock: Where the password of a document is asked for.
        strip: What the provider's batch service has to do with it.
        model: The items.
        table: The table of them.
    """

    selected = Signal(int)
    """The user turned to the item of this place."""

    open_requested = Signal(int)
    """Show the item of this place in the result pane."""

    copy_requested = Signal(object)
    """Copy the results of the items at these places, a tuple."""

    left = Signal()
    """The user wants to go back to the result; the batch goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_help_topic(self, HelpTopic.BATCH)
        self.model = BatchModel(self)
        self.detail = BatchDetail()
        self.bar = BatchBar()
        self.strip = SubmissionStrip()
        self.pause = PauseStrip()
        self.lock = LockStrip()
        self.table = self._made_table()
        self._title = PlainLabel()
        self._estimate = PlainLabel()
        self._estimate.setWordWrap(True)
        self._estimate.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._back = QToolButton()
        self._back.setAutoRaise(True)
        self._back.setIconSize(QSize(16, 16))
        self._back.setToolTip(tr("Back to the result; the batch goes on (Esc)"))
        self._back.setAccessibleName(tr("Back to the result"))
        self._back.clicked.connect(lambda: self.left.emit())
        self._batch = Batch()
        self._only_doubtful = False
        self._first = QAction(tr("&Doubtful first"), self)
        self._first.setCheckable(True)
        self._first.toggled.connect(lambda _on: self._order_rows())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.bar.focus_left.connect(self.table.setFocus)
        self.bar.filter_changed.connect(self._filter)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _previous: self._tell_selected(current.row())
        )
        self._lay_out()
        self._retint()

    @property
    def estimate(self) -> str:
        """What is said of the costs."""
        return self._estimate.text()

    def show_batch(
        self, batch: Batch, totals: Totals, activity: Activity, seconds_left: float | None
    ) -> None:
        """Show a batch as it is now.

        Args:
            batch: The batch.
            totals: It in numbers.
            activity: What is done with it.
            seconds_left: How long it will still take, when that is known.
        """
        self.model.show_batch(batch)
        self._batch = batch
        if self._only_doubtful:
            self._hide_rows()
        if self._first.isChecked():
            self._order_rows()
        if batch.items and not self.table.currentIndex().isValid():
            self.table.selectionModel().setCurrentIndex(
                self.model.index(0, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
        self._title.setText(pictures(totals.count) if totals.count else "")
        self.bar.show_totals(totals, activity, seconds_left)

    def show_estimate(self, sentences: str, plan: str) -> None:
        """Say what the batch will cost.

        Args:
            sentences: At length.
            plan: In short, for the place beside the button.
        """
        self._estimate.setText(sentences)
        self.bar.show_plan(plan)

    def take_focus(self) -> None:
        """Let Enter start what waits, or the arrows walk through what was begun."""
        if self.lock.isVisibleTo(self):
            self.lock.setFocus()
        elif not self.bar.take_focus():
            self.table.setFocus()

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here and something else in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape, copy what is selected, open it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy_chosen()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.table.hasFocus():
            self._open()
        elif event.key() == Qt.Key.Key_F8:
            self._turn_to_doubtful(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def _made_table(self) -> RowTable:
        table = RowTable(_ROW_PX)
        table.setModel(self.model)
        table.setAccessibleName(tr("Pictures of the batch"))
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setFrameShape(RowTable.Shape.NoFrame)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _COLUMN_PX.items():
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(Column.RESULT, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        heading = self._title.font()
        heading.setBold(True)
        self._title.setFont(heading)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._estimate)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 8, 8)
        top.addLayout(words, 1)
        top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(1)
        middle.addWidget(self.table)
        middle.addWidget(self.detail)
        middle.setSizes([640, 320])
        middle.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.lock)
        column.addWidget(self.strip)
        column.addWidget(middle, 1)
        column.addWidget(self.pause)
        column.addWidget(self.bar)

    def _retint(self) -> None:
        self.model.retint()
        self._back.setIcon(icon(IconName.CLOSE, self.palette()))

    def _tell_selected(self, row: int) -> None:
        if row >= 0:
            self.selected.emit(row)

    def _filter(self, only_doubtful: bool) -> None:
        self._only_doubtful = only_doubtful
        self._hide_rows()
        if only_doubtful and self.table.isRowHidden(self.table.currentIndex().row()):
            self._turn_to_doubtful(1)

    def _hide_rows(self) -> None:
        for row, item in enumerate(self._batch.items):
            self.table.setRowHidden(row, self._only_doubtful and not item.is_doubtful)

    def _order_rows(self) -> None:
        """Show the rows in the order of the batch, or those that may be wrong before the others."""
        header, items = self.table.verticalHeader(), self._batch.items
        rows = list(range(len(items)))
        if self._first.isChecked():
            rows.sort(key=lambda row: _URGENCY.get(items[row].trust, len(_URGENCY)))
        for place, row in enumerate(rows):
            if (at := header.visualIndex(row)) != place:
                header.moveSection(at, place)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.table.selectionModel().selectedRows()
        show, copy = menu.addAction(tr("&Open in the result pane")), menu.addAction(tr("&Copy"))
        show.triggered.connect(lambda: self._open())
        copy.triggered.connect(lambda: self._copy_chosen())
        for action in (show, copy):
            action.setEnabled(any(self.model.item(index.row()).latex for index in chosen))
        menu.addSeparator()
        menu.addAction(self._first)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _copy_chosen(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        self.copy_requested.emit(tuple(sorted(index.row() for index in rows)))

    def _turn_to_doubtful(self, step: int) -> None:
        at = self._batch.next_doubtful(max(0, self.table.currentIndex().row()), step)
        if at is not None:
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _open(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.open_requested.emit(row)


def _is_ours(event: QKeyEvent) -> bool:
    """Whether a key is obeyed by the page: Escape, Ctrl+C and F8 mean the result pane elsewhere."""
    return (
        event.matches(QKeySequence.StandardKey.Cancel)
        or event.matches(QKeySequence.StandardKey.Copy)
        or event.key() == Qt.Key.Key_F8
    )
