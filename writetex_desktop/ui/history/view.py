"""The page of the history: a search field above a list that can be used without a mouse."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from writetex_desktop.core.history.entry import FAVOURITES, HistoryEntry, parse_search
from writetex_desktop.core.history.tags import folded, search_for
from writetex_desktop.core.language.words import tr, without_key
from writetex_desktop.ui.history.bar import HistoryBar
from writetex_desktop.ui.history.list import HistoryList, HistorySearch
from writetex_desktop.ui.history.model import ENTRY_ROLE, HistoryModel
from writetex_desktop.ui.history.row import HistoryRow
from writetex_desktop.ui.history.strip import HistoryStrip
from writetex_desktop.ui.history.tag_strip import TagStrip
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.help_topic import HelpTopic, set_help_topic
from writetex_desktop.ui.toolkit.views.labels import PlainLabel

_IN_SEARCH = frozenset({"Return", "Ctrl+Return", "Ctrl+C", "Ctrl+T"})
"""Keys that mean the current entry also while the search is written."""


class HistoryView(QWidget):
    """Shows entries and says what the user wants of them; it changes nothing itself.

    Attributes:
        model: The entries.
        strip: The line that says what was done.
    """

    search_changed = Signal(str)
    """The user typed into the search field."""

    copy_requested = Signal()
    """Copy the current entry in the format in force; while a search runs, the one that it will find."""

    open_requested = Signal()
    """Show the current entry in the result pane."""

    retry_requested = Signal()
    """Read the picture of the current entry again."""

    favourite_requested = Signal(object, bool)
    """Make this `HistoryEntry` a favourite, or no longer."""

    tags_written = Signal(object, object, object)
    """Put these `HistoryEntry`s, a tuple, into groups and take them out of others: two tuples of tags."""

    delete_requested = Signal(object)
    """Delete these `HistoryEntry`s, a tuple."""

    undo_requested = Signal()
    """Bring back what was deleted last."""

    clear_requested = Signal()
    """The user thinks of deleting everything and has not been asked yet."""

    export_requested = Signal(object, object)
    """Write everything to a file: a `Path` and an `ExportForm`."""

    document_requested = Signal(object, object)
    """Write these `HistoryEntry`s, a tuple, or all where there are none, as a `DocumentWish` says."""

    import_requested = Signal(object)
    """Add the entries of a file: a `Path`."""

    left = Signal()
    """The user wants to go back to the result."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_help_topic(self, HelpTopic.HISTORY)
        self.model = HistoryModel(self)
        self.strip = HistoryStrip()
        self._tagging = TagStrip()
        self._icons: dict[QAction, IconName] = {}
        self._keys = self._made_keys()
        self._list = HistoryList(self._keys)
        self._list.setAccessibleName(tr("Earlier results"))
        self._list.setFrameShape(HistoryList.Shape.NoFrame)
        self._list.setModel(self.model)
        names = {mode: without_key(action.text()) for mode, action in actions.modes.items()}
        self._row = HistoryRow(names, self._list)
        self._list.setItemDelegate(self._row)
        in_search = {key: action for key, action in self._keys.items() if key in _IN_SEARCH}
        self._search = HistorySearch(self._list, in_search)
        self._search.setPlaceholderText(tr("Search: \\frac, today, 2026-11, tag:thesis, fav:, doubt:"))
        self._search.setAccessibleName(tr("Search the history"))
        self._nothing = PlainLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._body = QStackedWidget()
        self._body.addWidget(self._list)
        self._body.addWidget(self._nothing)
        self._bar = HistoryBar(self._search, actions)
        self._lay_out()
        self._connect()
        self._show_current()

    @property
    def search(self) -> str:
        """What the user searches for."""
        return self._search.text()

    @property
    def current(self) -> HistoryEntry | None:
        """The entry that keys and menu mean."""
        entry: HistoryEntry | None = self._list.currentIndex().data(ENTRY_ROLE)
        return entry

    def take_focus(self) -> None:
        """Let the user type a search at once."""
        self._search.setFocus()
        self._search.selectAll()

    def show_entries(self, entries: Sequence[HistoryEntry], *, has_more: bool, nothing: str) -> None:
        """Show the first page of what was found; the current entry stays the current one where it can.

        Args:
            entries: Newest first.
            has_more: Whether there may be older ones.
            nothing: What is said in place of an empty list.
        """
        before = self.current
        self.model.show_entries(entries, has_more=has_more)
        self._nothing.setText(nothing)
        row = self.model.row_of(before.id) if before is not None else None
        self._set_row(row or 0)

    def append(self, entries: Sequence[HistoryEntry], *, has_more: bool) -> None:
        """Show older ones below the others."""
        self.model.append(entries, has_more=has_more)

    def take_out(self, entries: Sequence[HistoryEntry], nothing: str) -> None:
        """Show these no longer; the entry that comes to the place of the first becomes the current one."""
        row = min((self.model.row_of(entry.id) or 0 for entry in entries), default=0)
        self.model.take_out({entry.id for entry in entries})
        self._nothing.setText(nothing)
        self._set_row(min(row, len(self.model.entries) - 1))

    def change(self, entry: HistoryEntry) -> None:
        """Show an entry as it is now."""
        self.model.change(entry)
        self._show_current()

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Offer these tags, each with how many entries have it."""
        self._bar.show_tags(tags)
        self._tagging.show_known([tag for tag, _ in tags])
        self._check_tags()

    def show_copied(self) -> None:
        """Say that the clipboard has it."""
        self.strip.say(tr("Copied."))

    def show_deleted(self, count: int) -> None:
        """Say that entries were deleted, and offer them back."""
        if count == 1:
            self.strip.say(tr("The entry was deleted."), can_undo=True)
        else:
            self.strip.say(tr("{count} entries were deleted.", count=count), can_undo=True)
        if not self.model.entries:
            self.strip.take_focus()

    def ask_clear(self, count: int) -> None:
        """Ask whether everything shall be deleted."""
        sentence = tr("Delete all {count} entries for good, favourites too? This cannot be undone.")
        self.strip.ask(sentence.format(count=self.locale().toString(count)))

    def event(self, event: QEvent) -> bool:
        """Claim Escape, which leads back."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back one step: from a question, from a search, from the page."""
        if not _is_escape(event):
            super().keyPressEvent(event)
        elif self.strip.is_asking:
            self.strip.clear()
            self._list.setFocus()
        elif self._search.text():
            self._search.clear()
            self._search.setFocus()
        else:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._row.retint()
            self._retint()

    # --- Making ----------------------------------------------------------------------------------------

    def _made_keys(self) -> dict[str, QAction]:
        made = (
            ("Return", IconName.COPY, tr("&Copy"), self.copy_requested.emit),
            ("Ctrl+Return", IconName.OPEN, tr("&Open in the result pane"), self.open_requested.emit),
            ("F5", IconName.RETRY, tr("&Read again"), self.retry_requested.emit),
            ("S", IconName.STAR, tr("&Favourite"), self._star),
            ("T", IconName.TAG, tr("&Tags…"), self._write_tags),
            ("Del", IconName.DELETE, tr("&Delete"), self._delete),
        )
        keys: dict[str, QAction] = {}
        for key, name, text, slot in made:
            keys[key] = action = QAction(text, self)
            # Shown in the menu only; the list and the search field obey the keys.
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, slot_=slot: slot_())
            self._icons[action] = name
        keys["S"].setCheckable(True)
        keys["Ctrl+C"] = keys["Return"]
        keys["Ctrl+T"] = keys["T"]  # where a letter alone is written
        keys["Ctrl+Z"] = undo = QAction(self)
        undo.triggered.connect(self.undo_requested)
        return keys

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._body, 1)
        column.addWidget(self._tagging)
        column.addWidget(self.strip)
        self._retint()

    def _connect(self) -> None:
        self._search.textChanged.connect(self._tell_search)
        self._bar.favourites_toggled.connect(self._toggle_favourites)
        self._bar.tag_chosen.connect(self._toggle_tag)
        self._tagging.written.connect(self.tags_written)
        self._tagging.left.connect(self._end_tagging)
        self._bar.left.connect(self.left)
        self._bar.clear_requested.connect(self.clear_requested)
        self._bar.export_requested.connect(self.export_requested)
        self._bar.document_requested.connect(lambda wish: self.document_requested.emit(self._chosen(), wish))
        self._bar.import_requested.connect(self.import_requested)
        self._list.typed.connect(self._type_on)
        self._list.doubleClicked.connect(lambda _index: self.open_requested.emit())
        self._list.current_changed.connect(self._show_current)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self.strip.undo_requested.connect(self.undo_requested)
        self.model.rowsRemoved.connect(self._show_body)
        self.model.rowsInserted.connect(self._show_body)
        self.model.modelReset.connect(self._show_body)

    def _retint(self) -> None:
        for action, name in self._icons.items():
            action.setIcon(icon(name, self.palette()))

    # --- Doing -----------------------------------------------------------------------------------------

    def _star(self) -> None:
        if (entry := self.current) is not None:
            self.favourite_requested.emit(entry, not entry.favourite)

    def _write_tags(self) -> None:
        if chosen := self._chosen():
            self.strip.hide()
            self._tagging.edit(chosen)

    def _end_tagging(self) -> None:
        self._tagging.rest()
        self.strip.show()
        self._list.setFocus()

    def _delete(self) -> None:
        if chosen := self._chosen():
            self.delete_requested.emit(chosen)

    def _chosen(self) -> tuple[HistoryEntry, ...]:
        return tuple(index.data(ENTRY_ROLE) for index in sorted(self._list.selectedIndexes()))

    def _tell_search(self, text: str) -> None:
        self.strip.clear()
        self._bar.set_favourites(FAVOURITES in text.split())
        self._check_tags()
        self.search_changed.emit(text)

    def _toggle_favourites(self, wanted: bool) -> None:
        words = [word for word in self._search.text().split(" ") if word and word != FAVOURITES]
        self._search.setText(" ".join([FAVOURITES, *words] if wanted else words))

    def _toggle_tag(self, tag: str) -> None:
        word, text = search_for(tag), self._search.text()
        without = " ".join(text.replace(word, " ").split()) if word in text else None
        self._search.setText(f"{word} {text}".strip() if without is None else without)

    def _check_tags(self) -> None:
        wanted = parse_search(self._search.text(), date.today()).tags  # noqa: DTZ011 - days do not matter here
        self._bar.set_tags({folded(tag) for tag in wanted})

    def _type_on(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)

    def _set_row(self, row: int) -> None:
        index = self.model.index(row)
        if index.isValid():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        self._show_current()

    def _show_current(self) -> None:
        entry = self.current
        self._keys["S"].setChecked(entry is not None and entry.favourite)

    def _show_body(self) -> None:
        body = self._list if self.model.entries else self._nothing
        if self._body.currentWidget() is not body:
            self._body.setCurrentWidget(body)
            if not self._bar.isAncestorOf(QApplication.focusWidget() or self._bar):
                body.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        if self.current is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self._icons))
        menu.popup(self._list.viewport().mapToGlobal(place))


def _is_escape(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )
