"""Which saved endpoint is shown, and what can be done with it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.settings import Profile
from writetex_desktop.ui.settings.calm_box import CalmComboBox
from writetex_desktop.ui.toolkit.views.menu_button import MenuButton


class ProfileBar(QWidget):
    """A box with all profiles in their order, and a menu for the one that is chosen."""

    chosen = Signal(str)
    """Another profile shall be used: its `id`."""

    new_requested = Signal()
    """The fields shall be empty, for a new profile."""

    renamed = Signal(str)
    """The profile shall have this name."""

    duplicate_requested = Signal()
    remove_requested = Signal()

    moved = Signal(int)
    """The profile shall stand that many places later in the order."""

    export_chosen = Signal(object)
    """All profiles shall be written there: a `Path`."""

    import_chosen = Signal(object)
    """Profiles shall be read from there: a `Path`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = CalmComboBox()
        self._box.setAccessibleName(tr("Profile"))
        self._box.setPlaceholderText(tr("New profile"))
        self._box.activated.connect(lambda row: self.chosen.emit(str(self._box.itemData(row))))
        self._is_renaming = False
        self._name = QLineEdit()
        self._name.setAccessibleName(tr("Name of the profile"))
        self._name.returnPressed.connect(self._rename)
        self._name.installEventFilter(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._box)
        self._stack.addWidget(self._name)
        self._menu = QMenu(self)
        self._new = self._action(tr("&New profile"), self.new_requested.emit)
        self._duplicate = self._action(tr("&Duplicate"), self.duplicate_requested.emit)
        self._rename_action = self._action(tr("&Rename"), self._begin_rename)
        self._menu.addSeparator()
        self._earlier = self._action(tr("Move &up in the order"), lambda: self.moved.emit(-1))
        self._later = self._action(tr("Move do&wn in the order"), lambda: self.moved.emit(1))
        self._menu.addSeparator()
        self._export = self._action(tr("&Export all, without keys…"), self._choose_export)
        self._action(tr("&Import…"), self._choose_import)
        self._menu.addSeparator()
        self._remove = self._action(tr("Remo&ve"), self.remove_requested.emit)
        self._button = MenuButton()
        self._button.setText(tr("Mana&ge"))
        self._button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._stack, 1)
        row.addWidget(self._button)
        self._button.setFixedHeight(self._box.sizeHint().height())
        self._stack.setFixedHeight(self._box.sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def menu(self) -> QMenu:
        """The menu of the profile."""
        return self._menu

    def show_profiles(self, profiles: Sequence[Profile], active: str) -> None:
        """Show the profiles without telling anybody; `active` is empty for a new one."""
        with QSignalBlocker(self._box):
            self._box.clear()
            for profile in profiles:
                self._box.addItem(profile.name or profile.model, profile.id)
            self._box.setCurrentIndex(self._box.findData(active))
        row, count = self._box.currentIndex(), self._box.count()
        self._box.setEnabled(bool(count))
        for action in (self._duplicate, self._rename_action, self._remove):
            action.setEnabled(row >= 0)
        self._export.setEnabled(bool(count))
        self._new.setEnabled(row >= 0)
        self._earlier.setEnabled(row > 0)
        self._later.setEnabled(0 <= row < count - 1)
        self._is_renaming = False
        self._stack.setCurrentWidget(self._box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave renaming with Escape, or by going elsewhere."""
        if watched is self._name and self._is_renaming:
            is_press = event.type() is QEvent.Type.KeyPress
            if is_press and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self._is_renaming = False
                self._stack.setCurrentWidget(self._box)
                self._box.setFocus()
                return True
            if event.type() is QEvent.Type.FocusOut:
                self._rename()
        return super().eventFilter(watched, event)

    def _action(self, text: str, act: Callable[[], None]) -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(lambda: act())
        return action

    def _begin_rename(self) -> None:
        self._is_renaming = True
        self._name.setText(self._box.currentText())
        self._stack.setCurrentWidget(self._name)
        self._name.selectAll()
        self._name.setFocus()

    def _rename(self) -> None:
        if not self._is_renaming:
            return
        self._is_renaming = False
        self._stack.setCurrentWidget(self._box)
        name = self._name.text().strip()
        if name and name != self._box.currentText():
            self.renamed.emit(name)
        self._box.setFocus()

    def _choose_export(self) -> None:
        dialog = self._dialog(tr("Export profiles"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("writetex-profiles.json")
        dialog.fileSelected.connect(lambda name: self.export_chosen.emit(Path(name)))
        dialog.open()

    def _choose_import(self) -> None:
        dialog = self._dialog(tr("Import profiles"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_chosen.emit(Path(name)))
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([tr("Profiles (*.json)"), tr("All files (*)")])
        return dialog
