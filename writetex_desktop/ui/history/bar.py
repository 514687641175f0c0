"""The row above the list of the history: the search field, and what concerns all entries."""

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from writetex_desktop.core.history.export import ExportForm
from writetex_desktop.core.history.tags import folded
from writetex_desktop.core.language.words import tr
from writetex_desktop.ui.toolkit.actions import Actions
from writetex_desktop.ui.toolkit.document_menu import document_menu
from writetex_desktop.ui.toolkit.icons import IconName, icon
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton


class HistoryBar(QWidget):
    """Holds the search field and some buttons."""

    favourites_toggled = Signal(bool)
    """The user wants favourites only, or everything."""

    tag_chosen = Signal(str)
    """Show what has this tag, or everything again."""

    left = Signal()
    """The user wants to go back to the result."""

    clear_requested = Signal()
    """The user thinks of deleting everything and has not been asked yet."""

    export_requested = Signal(object, object)
    """Write everything to a file: a `Path` and an `ExportForm`."""

    document_requested = Signal(object)
    """Write what is selected, or everything, into a document: a `DocumentWish`."""

    import_requested = Signal(object)
    """Add the entries of a file: a `Path`."""

    def __init__(self, search: QLineEdit, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._favourites = QToolButton()
        self._favourites.setCheckable(True)
        self._favourites.setText(tr("Favourites"))
        self._favourites.setToolTip(tr("Show favourites only"))
        self._favourites.toggled.connect(self.favourites_toggled)
        self._shown_tags: tuple[tuple[str, int], ...] = ()
        self._tags = MenuButton()
        self._tags.setText(tr("Tags"))
        self._tags.setToolTip(tr("Show what has a tag; T gives an entry tags"))
        self._tags.setMenu(QMenu(tr("Tags"), self))
        self._tags.hide()
        private = QToolButton()
        private.setDefaultAction(actions.private_mode)
        more = MenuButton()
        more.setText(tr("More"))
        more.setToolTip(tr("Import, export or delete everything"))
        more.setMenu(self._made_menu())
        back = QToolButton()
        back.setText(tr("Back"))
        back.setToolTip(tr("Go back to the result (Esc)"))
        back.clicked.connect(self.left)
        self._icons = {
            self._favourites: IconName.STAR,
            self._tags: IconName.TAG,
            more: IconName.MORE,
            back: IconName.CLOSE,
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(search, 1)
        for button in (self._favourites, self._tags, private, more, back):
            button.setAutoRaise(True)
            button.setIconSize(QSize(20, 20))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        self._retint()

    def set_favourites(self, wanted: bool) -> None:
        """Check or uncheck "Favourites" without telling anybody."""
        with QSignalBlocker(self._favourites):
            self._favourites.setChecked(wanted)

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Offer tags, each with how many entries have it; the button comes with the first one."""
        if tuple(tags) == self._shown_tags:
            return
        self._shown_tags = tuple(tags)
        menu = self._tags.menu()
        menu.clear()
        for tag, count in tags:
            action = menu.addAction(f"{tag.replace('&', '&&')}\t{self.locale().toString(count)}")
            action.setCheckable(True)
            action.setData(tag)
            action.triggered.connect(lambda _checked=False, tag_=tag: self.tag_chosen.emit(tag_))
        self._tags.setVisible(bool(tags))

    def set_tags(self, chosen: Collection[str]) -> None:
        """Check the tags that are searched for, in their folded form."""
        for action in self._tags.menu().actions():
            action.setChecked(folded(action.data()) in chosen)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._retint()

    def _retint(self) -> None:
        for button, name in self._icons.items():
            button.setIcon(icon(name, self.palette()))

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("&Import…")).triggered.connect(lambda: self._choose_import())
        for form, text in (
            (ExportForm.JSON, tr("Export as &JSON…")),
            (ExportForm.MARKDOWN, tr("Export as &Markdown…")),
            (ExportForm.LATEX, tr("Export as &LaTeX…")),
        ):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, form_=form: self._choose_export(form_)
            )
        menu.addMenu(document_menu(self, "writetex-history", self.document_requested.emit))
        menu.addSeparator()
        menu.addAction(tr("&Delete all…")).triggered.connect(lambda: self.clear_requested.emit())
        return menu

    def _choose_export(self, form: ExportForm) -> None:
        dialog = self._dialog(tr("Export the history"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(f"writetex-history.{form.value}")
        dialog.fileSelected.connect(lambda name: self.export_requested.emit(Path(name), form))
        dialog.open()

    def _choose_import(self) -> None:
        dialog = self._dialog(tr("Import a history"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Exported history (*.json)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.import_requested.emit(Path(name)))
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
