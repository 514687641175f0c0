"""The one window: a tool bar, a notice bar, and below it the invitation or the result."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from writetex_desktop.core.recognition import Mode
from writetex_desktop.core.settings import Profile
from writetex_desktop.ui.actions import Actions
from writetex_desktop.ui.empty_page import EmptyPage
from writetex_desktop.ui.image_input import PictureFiles, holds_picture, read_mime
from writetex_desktop.ui.notices import NoticeBar
from writetex_desktop.ui.result_pane import ResultPane
from writetex_desktop.ui.tool_bar import WindowToolBar
from writetex_desktop.ui.wait_bar import WaitBar


class MainWindow(QMainWindow):
    """Holds the views; what they ask for goes out as signals, and nothing is decided here.

    Requests without a value are the `triggered` signals of the `Actions`.

    Attributes:
        pane: The result.
        notices: The notice bar.
        wait: The bar below it that counts until the next try.
        document: The chip of the document that goes along.
    """

    input_given = Signal(object)
    """Something was dropped or files were chosen: an `ImageInput`."""

    mode_changed = Signal(object)
    """The user chose what the next picture holds: a `Mode`."""

    profile_chosen = Signal(str)
    """The user chose another saved endpoint: the profile's `id`."""

    remedy_requested = Signal(object)
    """The user pressed the button of a notice: a `RemedyAction`."""

    close_requested = Signal()
    """The user closed the window; it stays until the presenter hides it."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.setWindowTitle(self.tr("WriteTex"))
        self.setAcceptDrops(True)
        self.pane = ResultPane(actions)
        self.notices = NoticeBar()
        self.wait = WaitBar()
        self._empty = EmptyPage(actions)
        self._pages = QStackedWidget()
        self._home: QWidget = self._empty
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.pane)
        self._bar = WindowToolBar(actions)
        self._bar.profile_chosen.connect(self.profile_chosen)
        self.document = self._bar.document
        self.addActions(list(actions))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.notices)
        column.addWidget(self.wait)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(middle)
        self.notices.remedy_requested.connect(self.remedy_requested)
        self._empty.remedy_requested.connect(self.remedy_requested)
        self.pane.input_given.connect(self.input_given)
        actions.mode_changed.connect(self.mode_changed)
        actions.open_files.triggered.connect(self._choose_files)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Ask for room in which both pictures and five lines of source are comfortable."""
        return QSize(960, 640)

    def show_result(self) -> None:
        """Show the result pane in place of the invitation, or of another page."""
        self._home = self.pane
        self._pages.setCurrentWidget(self.pane)

    def show_empty(self) -> None:
        """Show the invitation in place of the result pane."""
        self._home = self._empty
        self._pages.setCurrentWidget(self._empty)

    def shows(self, page: QWidget) -> bool:
        """Say whether a page is the one below the tool bar."""
        return self._pages.currentWidget() is page

    def show_page(self, page: QWidget) -> None:
        """Show another page until `leave_page`, or until there is a new result."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def leave_page(self) -> None:
        """Show the invitation or the result again."""
        self._pages.setCurrentWidget(self._home)
        self._home.setFocus()

    def set_offline(self, offline: bool) -> None:
        """Say in the tool bar that no endpoint is asked."""
        self._bar.set_offline(offline)

    def set_private(self, private: bool) -> None:
        """Say in the title that nothing is kept."""
        self.setWindowTitle(self.tr("WriteTex (private)") if private else self.tr("WriteTex"))

    def bring_to_front(self) -> None:
        """Show the window and ask the system to put it in front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def offer_copy(self) -> None:
        """Come up with the copy button under the keyboard.

        Some desktops take nothing for the clipboard from a program without the focus: then one key copies.
        """
        self.bring_to_front()
        self.pane.focus_copy()

    def set_hotkey(self, hotkey: str) -> None:
        """Write out the global hotkey.

        Args:
            hotkey: As `format_hotkey` writes it; empty when there is none.
        """
        self._empty.set_hotkey(hotkey)
        self._actions.set_hotkey(hotkey)

    def set_neighbours(self, *, before: bool, after: bool) -> None:
        """Offer to turn to the results before and after the shown one."""
        self._actions.set_neighbours(before=before, after=after)

    def set_mode(self, mode: Mode) -> None:
        """Check a mode without telling anybody."""
        self._actions.set_mode(mode)

    def set_profiles(self, profiles: Sequence[Profile], active: str, *, elsewhere: bool = False) -> None:
        """Offer the saved endpoints.

        Args:
            profiles: All of them.
            active: `id` of the one in use; empty for none.
            elsewhere: Whether the environment names an endpoint, which stands above them.
        """
        self._bar.set_profiles(profiles, active, elsewhere=elsewhere)
        self._empty.set_configured(self._bar.has_profile or elsewhere)
        self.pane.set_profiles(profiles)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave it to the presenter whether the window goes away or the program ends."""
        event.ignore()
        self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept pictures and files."""
        if holds_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.input_given.emit(read_mime(event.mimeData()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._actions.retint()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Open pictures"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Pictures and PDF (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff *.avif *.pdf)"),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._files_chosen)
        dialog.open()

    def _files_chosen(self, names: list[str]) -> None:
        self.input_given.emit(PictureFiles(tuple(Path(name) for name in names)))
