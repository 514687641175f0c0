"""Settings: every action of the window with its key, which can be changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Settings
from writetex_desktop.core.visible import tagless
from writetex_desktop.ui.settings.page import SettingsPage, WarningPrint, fine_print
from writetex_desktop.ui.toolkit.shortcuts import PORTABLE, KeyRow, shown_keys, taken_by
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_ROWS_SHOWN: Final = 12
_NAME: Final = Qt.ItemDataRole.UserRole


def _no_rows() -> tuple[KeyRow, ...]:
    return ()


class KeysPage(SettingsPage):
    """The sheet of all keys, made from the actions; the chosen row's key is changed below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = tr("Keys")
        self._ask: Callable[[], tuple[KeyRow, ...]] = _no_rows
        self._rows: tuple[KeyRow, ...] = ()
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search.setPlaceholderText(tr("An action or a key"))
        self._search.textChanged.connect(self._filter)
        self.add_field(tr("&Find"), self._search, "")
        self._table = QTableWidget(0, 2)
        self._table.setHorizontalHeaderLabels([tr("Action"), tr("Key")])
        self._table.setAccessibleName(tr("Actions and their keys"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._table.setMinimumHeight(self._table.verticalHeader().defaultSectionSize() * _ROWS_SHOWN)
        self._table.itemSelectionChanged.connect(self._show_chosen)
        self.form.addRow(self._table)
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._edit.setClearButtonEnabled(True)
        self._edit.editingFinished.connect(self._changed)
        self._reset = QPushButton(tr("&Usual key"))
        self._reset.setToolTip(tr("Give this action the key that it came with"))
        self._reset.clicked.connect(self._take_usual)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._edit, 1)
        row.addWidget(self._reset)
        both.setFocusProxy(self._edit)
        self.add_field(
            tr("&Key"), both, tr("Press the key, with Ctrl, Alt or Shift. It works inside the window.")
        )
        self._about = PlainLabel()
        self._about.setWordWrap(True)
        self._taken = WarningPrint()
        self.form.addRow("", self._about)
        self.form.addRow("", self._taken)
        self.form.addRow(
            "", fine_print(tr("The hotkeys, which work in every program, stand on the page Snipping."))
        )
        self._show_chosen()

    def set_source(self, ask: Callable[[], tuple[KeyRow, ...]]) -> None:
        """Show these actions; `ask` gives them as they are when it is called."""
        self._ask = ask
        self._fill()

    def show_settings(self, settings: Settings) -> None:
        """Show the keys in force."""
        super().show_settings(settings)
        self._fill()

    def matches(self, search: str) -> bool:
        """Say whether a search finds the page or one of the actions."""
        wanted = search.casefold().split()
        rows = (f"{row.text} {row.tip} {shown_keys(row.keys)}".casefold() for row in self._ask())
        return super().matches(search) or any(all(word in text for word in wanted) for text in rows)

    def _fill(self) -> None:
        chosen = self._chosen()
        self._rows = self._ask()
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(self._rows))
            for at, row in enumerate(self._rows):
                text, keys = QTableWidgetItem(row.text), QTableWidgetItem(shown_keys(row.keys))
                text.setData(_NAME, row.name)
                for item in (text, keys):
                    item.setToolTip(tagless(row.tip))
                self._table.setItem(at, 0, text)
                self._table.setItem(at, 1, keys)
                if chosen is not None and row.name == chosen.name:
                    self._table.selectRow(at)
        self._filter(self._search.text())
        self._show_chosen()

    def _filter(self, search: str) -> None:
        words = search.casefold().split()
        for at, row in enumerate(self._rows):
            text = f"{row.text} {row.tip} {shown_keys(row.keys)}".casefold()
            self._table.setRowHidden(at, not all(word in text for word in words))

    def _chosen(self) -> KeyRow | None:
        at = self._table.currentRow()
        return self._rows[at] if self._table.selectedItems() and at < len(self._rows) else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        self._edit.setEnabled(row is not None)
        self._reset.setEnabled(row is not None and row.keys != row.usual)
        self._taken.hide()
        with QSignalBlocker(self._edit):
            self._edit.setKeySequence(QKeySequence(row.keys if row is not None else ""))
        if row is None:
            self._about.setText(tr("Choose an action in the list to change its key."))
        else:
            self._about.setText(
                tr(
                    "{action}: {tip}. Its usual key: {keys}",
                    action=row.text,
                    tip=row.tip,
                    keys=shown_keys(row.usual),
                )
            )

    def _changed(self) -> None:
        row = self._chosen()
        if row is not None:
            self._give(row, self._edit.keySequence().toString(PORTABLE))

    def _take_usual(self) -> None:
        row = self._chosen()
        if row is not None:
            self._give(row, row.usual)

    def _give(self, row: KeyRow, keys: str) -> None:
        if keys == row.keys:
            return
        other = taken_by(self._rows, row.name, keys)
        if other is not None:
            self._show_chosen()
            self._taken.setText(
                tr(
                    "{keys} is the key of {action}. Choose another, or give that one another key first.",
                    keys=shown_keys(keys),
                    action=other.text,
                )
            )
            self._taken.show()
            self.grown.emit(self._taken)
            return
        others = tuple(each for each in self.settings.shortcuts if each[0] != row.name)
        own = () if keys == row.usual else ((row.name, keys),)
        self.settings_edited.emit(replace(self.settings, shortcuts=(*others, *own)))
